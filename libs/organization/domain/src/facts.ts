export * from './calendar.facts';
export * from './consultation.facts';
export * from './import.facts';
export * from './legal-review.facts';
export * from './organization.facts';
export * from './person.facts';
export * from './root.facts';
export * from './unit.facts';
