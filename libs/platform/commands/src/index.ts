export * from './buses';
export * from './command-meta';
export * from './command-registry';
export * from './command-result';
export * from './commands.module';
export * from './context-registration';
export * from './ports';
