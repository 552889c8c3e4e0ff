export * from './encode';
export * from './ids';
export * from './memory';
export * from './port';
