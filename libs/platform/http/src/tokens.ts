/** Injection tokens: what an app gives to the HTTP platform. */
export const ROUTES = Symbol('ROUTES');
export const PERSON_IDS = Symbol('PERSON_IDS');
export const ACTING = Symbol('ACTING');
/** Who is known; see known-people.ts. */
export const KNOWN_PEOPLE = Symbol('KNOWN_PEOPLE');
export const HEALTH = Symbol('HEALTH');
