export * from './cycle.facts';
export * from './link.facts';
export * from './scorecard.facts';
export * from './streams.facts';
