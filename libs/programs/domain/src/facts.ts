export * from './action.facts';
export * from './streams.facts';
