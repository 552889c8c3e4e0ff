export { endOfAct, lastWholeAct } from './acts';
export * from './encode';
export * from './ids';
export * from './memory';
export { migrateEventStore } from './migrate';
export * from './port';
export * from './postgres';
export { type RawEvent, restoreEvents } from './postgres-restore';
