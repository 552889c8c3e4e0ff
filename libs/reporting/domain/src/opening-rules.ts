import type { EventBody } from '@plumbline/kernel';

/** Who may open an event's payload: everybody, or whoever the function says. */
export type Rule<E extends EventBody> = 'open' | ((data: E['data']) => boolean);

/** A rule for each event type of a union: one that nobody has thought about does not compile. */
export type RulesOver<E extends EventBody> = { readonly [T in E['type']]: Rule<Extract<E, { type: T }>> };
