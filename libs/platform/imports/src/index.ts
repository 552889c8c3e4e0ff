export * from './importer';
export { FileRefused, MAX_FILE_BYTES, MAX_ROWS } from './file';
export { type ImportJob, ImportJobs, TooManyImports } from './import-jobs';
export { importErrors, importRoutes, ImportsController } from './imports.controller';
export {
  type ImportBracket,
  importCommandId,
  importIdOf,
  type ImportOutcome,
  type ImportPorts,
  type ImportProgress,
  type ImportRequest,
  ImportRun,
  MAX_LISTED_PROBLEMS,
} from './run-import';
export { Uploads } from './uploads';
