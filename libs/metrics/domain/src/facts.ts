export * from './hypothesis.facts';
export * from './import-verification.facts';
export * from './metric.facts';
export * from './release.facts';
export * from './series.facts';
export * from './streams.facts';
export * from './target.facts';
