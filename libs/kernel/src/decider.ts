import type { z } from 'zod';
import type { Actor, EventBody, EventDefinitions, Instant, LocalDate, RecordedEvent, Role } from './event';
import type { Decision } from './rule';

/** What someone asks for. `{type: 'organization.RegisterUnit', data: {…}}` */
export interface CommandBody<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
}

/** One command type: its schema is the one definition for pipe, OpenAPI, CLI help and form. */
export interface CommandDefinition<D = unknown> {
  readonly summary: string;
  readonly data: z.ZodType<D>;
  /** Roles that may send it, checked before the decider. Owner-only rules are the decider's. */
  readonly roles: readonly (Role | 'process')[];
  readonly example: D;
}
export type CommandDefinitions = Readonly<Record<string, CommandDefinition>>;

export const defineCommand = <D>(
  summary: string,
  roles: readonly (Role | 'process')[],
  data: z.ZodType<D>,
  example: NoInfer<D>,
): CommandDefinition<D> => ({ summary, roles, data, example });

export type CommandOf<Defs extends CommandDefinitions> = {
  [T in keyof Defs & string]: Defs[T] extends CommandDefinition<infer D> ? CommandBody<T, D> : never;
}[keyof Defs & string];

/**
 * Which stream: `<concept>-<uuid>`. By a natural key (the uuid is an HMAC of it under the deployment's secret, so that a code names its stream without a
 * lookup and cannot be guessed from outside), by its id, or new (the uuid derives from the command id, so that a repeated create meets its own stream).
 */
export type StreamKey =
  | { readonly concept: string; readonly natural: string }
  | { readonly concept: string; readonly id: string }
  | { readonly concept: string; readonly created: true };

/** Codes match without regard to case or Unicode form: `lc_ts` = `LC_TS`. */
export const naturalKey = (concept: string, ...parts: readonly string[]): StreamKey => ({
  concept,
  natural: parts.map((part) => part.normalize('NFC').toUpperCase().normalize('NFC')).join('\u0000'),
});
export const idKey = (concept: string, id: string): StreamKey => ({ concept, id });
export const createdKey = (concept: string): StreamKey => ({ concept, created: true });

/** A fold of one stream. The part of a decider that other contexts may see is published as `<concept>.facts.ts`. */
export interface Fold<S, E extends EventBody = EventBody> {
  readonly concept: string;
  readonly initial: S;
  readonly evolve: (state: S, event: RecordedEvent<E>) => S;
}

/** A fact that a decision rests on. `stream`: another stream's fold, its revision asserted in the same append. `ask`: a read model's answer. */
export type FactQuery =
  | { readonly kind: 'stream'; readonly fold: Fold<unknown, never>; readonly key: StreamKey }
  | { readonly kind: 'ask'; readonly question: string; readonly about: Readonly<Record<string, unknown>> };

export const streamFact = <S, E extends EventBody>(fold: Fold<S, E>, key: StreamKey): FactQuery => ({
  kind: 'stream',
  fold: fold as unknown as Fold<unknown, never>,
  key,
});
export const askFact = (question: string, about: Readonly<Record<string, unknown>> = {}): FactQuery => ({
  kind: 'ask',
  question,
  about,
});

/** Answers to the facts a decider declared. Asking for one that was not declared throws: the append could not assert it. */
export interface FactAnswers {
  stream<S, E extends EventBody>(fold: Fold<S, E>, key: StreamKey): S;
  ask<A>(question: string, about?: Readonly<Record<string, unknown>>): A;
}

/** Everything a decision needs that is not in its own stream. Time, actor and ids are arguments. */
export interface DecisionContext {
  /** The command's instant; `recordedAt` may be a moment later. */
  readonly now: Instant;
  /** `now` as a calendar day in the organisation's time zone. */
  readonly today: LocalDate;
  /** Valid time of the command's events: `now` unless the command said otherwise. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly commandId: string;
  /** The uuid of the stream this decision writes. */
  readonly id: string;
  /** The uuid that a stream key stands for. */
  readonly idOf: (key: StreamKey) => string;
  /** The id that the event at this place among the decision's own will bear, counted from 0. */
  readonly eventId: (place: number) => string;
  readonly facts: FactAnswers;
  /** The deployment's role: in standalone one person may both declare and import. */
  readonly standalone: boolean;
}

/** One aggregate: what may be asked of it, and what becomes of it. Pure. */
export interface Decider<S, C extends CommandBody, E extends EventBody> extends Fold<S, E> {
  readonly commands: CommandDefinitions;
  readonly events: EventDefinitions;
  readonly stream: (command: C) => StreamKey;
  readonly facts?: (command: C, state: S) => readonly FactQuery[];
  /** Facts that only the first ones name: asked when those are known, asserted like them. Asks of the first ones only. */
  readonly furtherFacts?: (command: C, state: S, known: FactAnswers) => readonly FactQuery[];
  readonly decide: (command: C, state: S, context: DecisionContext) => Decision<E>;
}

/** A decider whose types the registry need not know. */
export type AnyDecider = Decider<unknown, CommandBody<string, never>, EventBody<string, never>>;
export const anyDecider = <S, C extends CommandBody, E extends EventBody>(decider: Decider<S, C, E>): AnyDecider =>
  decider as unknown as AnyDecider;
