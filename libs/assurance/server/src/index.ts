export { AssuranceModule, assuranceRegistration } from './assurance.module';
export { assuranceAsks, type Disclosures } from './assurance.queries';
export { DisclosureLog, type DisclosureLogParts, type Exporting, type Refusing, type Viewing } from './disclosure-log';
