export * from './cell';
export { type Disclosed, derived, isDisclosed, together } from './disclosed';
export * from './disclosure-policy';
export * from './disclose';
export * from './event-gate';
export { type PastRelease, type ShownOver, suppressOver } from './history';
export { type Coverage, type Group, Knowledge, type Stretched } from './knowledge';
export * from './release-grid';
export * from './suppression';
