import type { Actor, Instant, Role } from '@plumbline/kernel';
import type { Unchanged } from '@plumbline/platform/event-store';
import type { Refused } from './command-result';
import type { RoleBook } from './ports';

/** What lets an actor act: the streams that say so, asserted by the append. */
export interface Authorised {
  readonly unchanged: readonly Unchanged[];
}

const forbidden = (refused: string, detail: string): Refused => ({
  accepted: false,
  kind: 'forbidden',
  refused,
  detail,
});

/**
 * Whether this actor may send this: its role is one of those allowed, and is held at this instant, by the actor, or by the one acted for when a delegation
 * covers the command. `process` is the product's own role: only ids `process:<name>` have it, and nobody grants it.
 */
export async function authorise(
  request: { readonly type: string; readonly roles: readonly (Role | 'process')[] },
  actor: Actor,
  onBehalfOf: string | undefined,
  book: RoleBook,
  at: Instant,
): Promise<Authorised | Refused> {
  if (!request.roles.includes(actor.role)) {
    return forbidden('a-command-is-sent-in-one-of-its-roles', `${request.type} is for ${request.roles.join(', ')}`);
  }
  if (actor.role === 'process') {
    if (!actor.id.startsWith('process:'))
      return forbidden('a-role-is-held-when-it-acts', 'no person acts in the role process');
    return { unchanged: [] };
  }
  const held = await book.holds(onBehalfOf ?? actor.id, actor.role, at);
  if (!held.holds) return forbidden('a-role-is-held-when-it-acts', `the role ${actor.role} is not held at this moment`);
  if (onBehalfOf === undefined) return { unchanged: held.unchanged };
  const delegated = await book.actsFor(actor.id, onBehalfOf, request.type, at);
  if (!delegated.holds) {
    return forbidden('a-delegation-covers-what-is-done-for-another', `no live delegation covers ${request.type}`);
  }
  return { unchanged: [...held.unchanged, ...delegated.unchanged] };
}
