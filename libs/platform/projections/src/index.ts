export { type AsOf, AsOfReader, type AsOfReaderOptions, ReadModelLagging } from './as-of-reader';
export { AsOfView, type KnownPosition, type RowsOptions, type Where } from './as-of-view';
export { CheckpointWatch, type CheckpointWatchOptions } from './checkpoint-watch';
export { ADVANCED, type Checkpoint, readCheckpoints, type ReadModelStatus } from './checkpoints';
export { checkpointsDdl, ddlOf, type TableDdl } from './ddl';
export { entityOf, readDataSource, type ReadDataSourceOptions } from './entity';
export { FoldFailed, foldPage, type PageChanges, type RowVersion } from './fold-page';
export { type BuildProgress, ProjectionRunner, type RunnerLog, type RunnerOptions } from './projection-runner';
export { prune } from './prune';
export {
  type RebuildCheck,
  rebuildCheck,
  type RebuildCheckOptions,
  RebuildCheckRunning,
  type RowDifference,
  type TableCheck,
} from './rebuild-check';
export {
  type DeclaredReadModel,
  READ_MODELS,
  ReadModelMisdeclared,
  type ReadModelTable,
  tableOf,
  tablesOf,
} from './table';
