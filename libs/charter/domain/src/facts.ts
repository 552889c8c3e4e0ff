export * from './charter.facts';
export * from './commitment.facts';
export * from './streams.facts';
