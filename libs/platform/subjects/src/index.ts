export * from './ports';
export * from './pseudonym';
