export { disclosureFacts, type DisclosureFacts } from './disclosure.facts';
