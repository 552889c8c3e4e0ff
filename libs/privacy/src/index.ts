export * from './cell';
export { type Disclosed, derived, isDisclosed, together } from './disclosed';
export * from './disclosure-policy';
export * from './disclose';
export * from './event-gate';
export * from './release-grid';
export * from './suppression';
