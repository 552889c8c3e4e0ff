export { DataDirectoryInUseError } from './data-lock';
export { type FreshDatabase, freshDatabase, TEMPLATE_DATABASE } from './fresh-database';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres';
export { type DatabaseRoles, makeRoles, ROLE_NAMES } from './roles';
export { bundleForSpec } from './spec-process';
export { type RunningProcess, runningProcess } from './process-identity';
