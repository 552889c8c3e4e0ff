export { EvaluationsModule, evaluationsRegistration } from './evaluations.module';
