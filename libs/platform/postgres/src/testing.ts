export { type FreshDatabase, freshDatabase } from './fresh-database';
export { type LongRun, longRun } from './long-run';
export { bundleForSpec } from './spec-process';
