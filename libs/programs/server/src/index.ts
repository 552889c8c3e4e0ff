export { ProgramsModule, programsRegistration } from './programs.module';
export { programsAsks } from './programs.queries';
