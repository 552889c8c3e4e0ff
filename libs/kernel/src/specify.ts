import type { CommandBody, Decider, DecisionContext, FactAnswers, FactQuery, Fold, StreamKey } from './decider';
import type { Actor, EventBody, EventDefinitions, RecordedEvent } from './event';
import type { Decision } from './rule';
import { isTextToSeal } from './sealed';

const spell = (key: StreamKey, created = 'created'): string =>
  'natural' in key
    ? `${key.concept}:${key.natural.replaceAll('\u0000', '/')}`
    : 'id' in key
      ? key.id
      : `${key.concept}:${created}`;

/** An event as a spec writes it: type and data; what matters of the envelope may be overridden. */
export type GivenEvent<E extends EventBody> = E &
  Partial<Pick<RecordedEvent, 'id' | 'actor' | 'occurredAt' | 'recordedAt' | 'commandId' | 'onBehalfOf'>>;

const recorded = <E extends EventBody>(event: GivenEvent<E>, index: number): RecordedEvent<E> =>
  ({
    id: `event-${index}`,
    stream: 'spec',
    revision: index,
    occurredAt: '2026-01-01T00:00:00.000Z',
    recordedAt: '2026-01-01T00:00:00.000Z',
    actor: { id: 'person-a', role: 'hr' },
    correlationId: 'spec',
    causationId: 'spec',
    commandId: `given-${index}`,
    commandHash: '',
    policyVersion: '1',
    salt: '',
    ...event,
  }) as RecordedEvent<E>;

/** Gives a fold of a stream as it stands after these events: how a spec states a fact from elsewhere. */
export const stateOf = <S, E extends EventBody>(fold: Fold<S, E>, ...events: readonly GivenEvent<E>[]): S =>
  events.map(recorded).reduce((state, event) => fold.evolve(state, event), fold.initial);

export interface SpecContext extends Partial<Omit<DecisionContext, 'facts' | 'actor'>> {
  readonly actor?: Actor;
  /** Facts by `<concept>:<KEY>` or by id: states made with `stateOf`. A stream not named here is as it was before its first event. */
  readonly streams?: Readonly<Record<string, unknown>>;
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** Specs write short ids and texts that are not yet sealed, so that the form of a text is not looked at: fields, their types and their bounds are. */
const OF_FORM: readonly string[] = ['invalid_format', 'invalid_key', 'custom'];
const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** As the door seals each text before the event is stored. A text without subjects could never be erased. */
function sealing(value: unknown): unknown {
  if (isTextToSeal(value)) {
    const { toSeal, subjects } = value;
    if (subjects.length === 0) throw new Error(`the decider seals a text about nobody: "${toSeal}"`);
    return { key: 'spec', sealed: toSeal, subjects };
  }
  if (Array.isArray(value)) return value.map(sealing);
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sealing(each)]))
    : value;
}

/** What no decision may be, whatever a spec says of it. */
function soundDecision<E extends EventBody>(decision: Decision<E>, definitions: EventDefinitions): Decision<E> {
  for (const { type, data } of decision.events ?? []) {
    const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined;
    if (!definition) throw new Error(`the decider appends "${type}", which it does not declare`);
    const wrong = definition.data.safeParse(sealing(data)).error?.issues.find(({ code }) => !OF_FORM.includes(code));
    if (wrong)
      throw new Error(`the schema of ${type} refuses what is appended: ${wrong.path.join('.')} ${wrong.message}`);
  }
  if (decision.refused !== undefined && decision.detail !== undefined && !/^\S.* .*\S$/s.test(decision.detail))
    throw new Error(`the refusal by ${decision.refused} has a detail without words: "${decision.detail}"`);
  return decision;
}

/**
 * given / when / then for a decider, without mocks:
 * `specify(unit).given(registered).when({type, data}, {actor}).` gives the decision. Natural keys spell their ids: `unit:GPA`.
 * Asking for a fact that the decider did not declare throws, as it does in the product; so does an event that it does not declare or that its schema refuses,
 * and a refusal's detail that says nothing.
 */
export const specify = <S, C extends CommandBody, E extends EventBody>(decider: Decider<S, C, E>) => ({
  given: (...events: readonly GivenEvent<E>[]) => ({
    when: (command: C, spec: SpecContext = {}): Decision<E> => {
      const state = stateOf<S, E>(decider, ...events);
      const named = (query: FactQuery): string =>
        query.kind === 'stream'
          ? `${query.fold.concept}|${spell(query.key)}`
          : `ask|${query.question}|${JSON.stringify(query.about)}`;
      const declared = (decider.facts?.(command, state) ?? []).map(named);
      const check = (name: string): void => {
        if (!declared.includes(name))
          throw new Error(`the decider asks for ${name} but declares only [${declared.join(', ')}]`);
      };
      const facts: FactAnswers = {
        stream: <T, F extends EventBody>(fold: Fold<T, F>, key: StreamKey): T => {
          check(`${fold.concept}|${spell(key)}`);
          const states = spec.streams ?? {};
          return (spell(key) in states ? states[spell(key)] : fold.initial) as T;
        },
        ask: <A>(question: string, about: Readonly<Record<string, unknown>> = {}): A => {
          check(`ask|${question}|${JSON.stringify(about)}`);
          if (!(question in (spec.answers ?? {}))) throw new Error(`the spec gives no answer to "${question}"`);
          return spec.answers?.[question] as A;
        },
      };
      declared.push(...(decider.furtherFacts?.(command, state, facts) ?? []).map(named));
      const context: DecisionContext = {
        now: '2026-06-15T12:00:00.000Z',
        today: '2026-06-15',
        occurredAt: spec.now ?? '2026-06-15T12:00:00.000Z',
        actor: { id: 'person-hr', role: 'hr' },
        commandId: 'command-1',
        id: spell(decider.stream(command)),
        idOf: (key) => spell(key),
        eventId: (place) => `${spec.commandId ?? 'command-1'}/${place}`,
        standalone: true,
        ...spec,
        facts,
      };
      return soundDecision(decider.decide(command, state, context), decider.events);
    },
  }),
});
