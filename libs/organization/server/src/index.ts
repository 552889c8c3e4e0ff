export { AuthorityFromLog } from './authority-from-log';
export { OrganizationModule, organizationRegistration } from './organization.module';
export { organizationAsks } from './organization.queries';
export { peopleImporter } from './people.importer';
export { unitsImporter } from './units.importer';
