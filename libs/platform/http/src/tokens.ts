/** Injection tokens: what an app gives to the HTTP platform. */
export const ROUTES = Symbol('ROUTES');
export const PERSON_IDS = Symbol('PERSON_IDS');
export const ACTING = Symbol('ACTING');
export const HEALTH = Symbol('HEALTH');
