import { randomBytes } from 'node:crypto';
import { type Actor, type AnyDecider, type EventBody, isTextToSeal, toSeal, type TextToSeal } from '@plumbline/kernel';
import { eventId, type NewEvent } from '@plumbline/platform/event-store';
import type { Sealer, TextOfEvent } from '@plumbline/platform/subjects';
import { problemsOf, type ReadCommand } from './command-form';
import type { Moment } from './deciding';
import { mapTexts } from './plain-data';

/** The field under which the envelope's reason is sealed: `sealed:<event id>/envelope.reason`. */
export const REASON_FIELD = 'envelope.reason';

const persons = (actor: Actor, onBehalfOf: string | undefined): readonly string[] =>
  [actor.id, onBehalfOf].filter((id): id is string => id !== undefined && !id.startsWith('process:'));

/** Events in their envelopes; texts are still plain. `index` is each event's place among those of its command. */
export function stampEvents(
  bodies: readonly EventBody[],
  command: ReadCommand,
  moment: Moment,
  factsAt: string | undefined,
): readonly NewEvent[] {
  const { commandId, hash, reason, evidence } = command;
  const { actor, onBehalfOf, correlationId, causationId, policy } = moment;
  return bodies.map(({ type, data }, index) => ({
    id: eventId(commandId, index),
    type,
    occurredAt: command.occurredAt ?? moment.now,
    actor,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    correlationId,
    causationId: causationId ?? commandId,
    commandId,
    commandHash: hash,
    policyVersion: policy.version,
    ...(factsAt === undefined ? {} : { factsAt }),
    ...(reason === undefined ? {} : { reason: toSeal(reason, persons(actor, onBehalfOf)) }),
    ...(evidence === undefined || evidence.length === 0 ? {} : { evidence }),
    salt: randomBytes(16).toString('hex'),
    data: mapTexts(data, (text) => text),
  }));
}

/** Events whose texts are ciphertext, and the keys that open them. */
export interface SealedEvents {
  readonly events: readonly NewEvent[];
  readonly keys: readonly string[];
}

/** Seals all texts of many events in one go and leaves no plain one. */
export async function sealEvents(events: readonly NewEvent[], sealer: Sealer): Promise<SealedEvents> {
  const texts: TextOfEvent[] = [];
  const note =
    (eventId: string) =>
    (text: TextToSeal, field: string): TextToSeal => {
      texts.push({ eventId, field, text: text.toSeal, subjects: text.subjects });
      return text;
    };
  for (const event of events) {
    mapTexts(event.data, note(event.id));
    if (isTextToSeal(event.reason)) note(event.id)(event.reason, REASON_FIELD);
  }
  if (texts.length === 0) return { events, keys: [] };
  const sealed = await sealer.seal(texts);
  if (sealed.length !== texts.length)
    throw new Error(`${texts.length} texts were given to be sealed and ${sealed.length} came back`);
  const next = sealed[Symbol.iterator]();
  const take = (): unknown => next.next().value;
  const replaced = events.map((event) => {
    const data = mapTexts(event.data, take);
    return isTextToSeal(event.reason) ? { ...event, data, reason: take() as NewEvent['reason'] } : { ...event, data };
  });
  return { events: replaced, keys: sealed.map(({ key }) => key) };
}

/** @throws Error when a decider decided an event that its schemas do not describe: it would be kept for ever */
export function checkEvents(events: readonly NewEvent[], decider: AnyDecider): void {
  for (const { type, data } of events) {
    const definition = decider.events[type];
    if (!definition) throw new Error(`the decider of ${decider.concept} does not declare the event type ${type}`);
    const parsed = definition.data.safeParse(data);
    if (!parsed.success) {
      const problems = problemsOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
      throw new Error(`${type} does not fit its schema: ${problems.join('; ')}`);
    }
  }
}
