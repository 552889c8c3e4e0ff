export { toyContext } from './toy-context.testing';
export { by, HR, LEGAL, STEWARD, ToyDeployment } from './toy-deployment.testing';
