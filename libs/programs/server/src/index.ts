export { actionsImporter } from './actions.importer';
export { ProgramsModule, programsRegistration } from './programs.module';
export { programsAsks } from './programs.queries';
