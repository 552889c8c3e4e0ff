import { isSealedText, type PositionedEvent, sealedReference } from '@plumbline/kernel';
import type { MayOpen } from '@plumbline/reporting/domain';

/** An event as it leaves the API: its envelope and data, or id, type and position alone. Positions are decimal strings. */
export type EventView =
  | { readonly position: string; readonly id: string; readonly type: string; readonly payload: 'withheld' }
  | ({ readonly position: string; readonly id: string; readonly type: string; readonly data: unknown } & Readonly<
      Record<string, unknown>
    >);

/** Sealed texts leave as `sealed:<event>/<field>`; whoever may read them has them opened at the last step. */
function withReferences(value: unknown, eventId: string, path: string): unknown {
  if (isSealedText(value)) return sealedReference(eventId, path);
  if (Array.isArray(value)) return value.map((item, index) => withReferences(item, eventId, `${path}.${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      withReferences(member, eventId, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

/** Secrets of the writer's side that say nothing to a reader. */
const INNER = new Set(['salt', 'commandHash', 'data', 'reason']);

/** The one way an event leaves. */
export function viewOf({ position, event }: PositionedEvent, mayOpen: MayOpen): EventView {
  const { id, type, data } = event;
  if (!mayOpen({ id, type, data, act: event.act }))
    return { position: position.toString(), id, type, payload: 'withheld' };
  const envelope = Object.fromEntries(Object.entries(event).filter(([name]) => !INNER.has(name)));
  return {
    position: position.toString(),
    ...envelope,
    id,
    type,
    ...(event.reason === undefined ? {} : { reason: sealedReference(id, 'envelope.reason') }),
    data: withReferences(data, id, ''),
  };
}
