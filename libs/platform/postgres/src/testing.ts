export { type FreshDatabase, freshDatabase } from './fresh-database';
export { type LongRun, longRun } from './long-run';
export { peakMib } from './peak-memory';
export { bundleForSpec } from './spec-process';
