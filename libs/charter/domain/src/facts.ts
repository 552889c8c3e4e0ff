export * from './charter.facts';
export * from './commitment.facts';
export * from './promise.facts';
export * from './reporting-duty.facts';
export * from './streams.facts';
