export * from './importer';
export { FileRefused, MAX_FILE_BYTES, MAX_ROWS } from './file';
export { type ImportJob, ImportJobs, TooManyImports } from './import-jobs';
export {
  type ImportBracket,
  importCommandId,
  importIdOf,
  type ImportOutcome,
  type ImportPorts,
  type ImportProgress,
  type ImportRequest,
} from './import-request';
export { importErrors, importRoutes, ImportsController } from './imports.controller';
export { MAX_LISTED_PLANS } from './planned-commands';
export { MAX_LISTED_PROBLEMS } from './problems';
export { count, fields, flag, folded, given, list, problemsIn } from './row-fields';
export { ImportRun } from './run-import';
export { MOST_WAITING, Uploads } from './uploads';
