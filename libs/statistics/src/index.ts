export * from './bootstrap';
export * from './changes';
export * from './correlation';
export * from './holm';
export * from './hypothesis';
export * from './interval';
export * from './lag-test';
export * from './random';
