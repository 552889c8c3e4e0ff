export * from './process';
export * from './process-fold';
export { processes } from './processes';
