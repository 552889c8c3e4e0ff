export { CharterModule, charterRegistration } from './charter.module';
export { charterAsks } from './charter.queries';
export { commitmentsImporter } from './commitments.importer';
