import { z } from 'zod';
import type { Sealed } from './sealed';

/** What happened: the type with its version, and its data. `organization.OrgUnitRegistered.v1`. */
export interface EventBody<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
}

export const ROLES = [
  'executive',
  'hr',
  'legal',
  'assessor',
  'auditor',
  'board',
  'program-lead',
  'data-steward',
  'trusted-recipient',
  'member',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];
/** Roles that a person is granted, and the one the product itself acts in (days that begin, processes). */
export type ActorRole = Role | 'process';

/** Who acts. `id` is a pseudonymous person id, or `process:<name>`. `via` says when the start's own key, not a person's login, signed. */
export interface Actor {
  readonly id: string;
  readonly role: ActorRole;
  readonly via?: 'local-key';
}

/** RFC 3339 instant in UTC with milliseconds: `2026-11-23T09:41:00.000Z`. Instants in this one form compare as strings. */
export type Instant = string;
/** Calendar day `YYYY-MM-DD`, in the organisation's time zone. */
export type LocalDate = string;

/** Everything an event carries beside type and data. Position is not in it: a position is a store's coordinate. */
export interface Envelope {
  /** uuid v8 of SHA-256(command id, index): unique for ever, in every store. */
  readonly id: string;
  readonly stream: string;
  /** 0, 1, 2 … within the stream. */
  readonly revision: number;
  /** Valid time: when it happened, may be past. */
  readonly occurredAt: Instant;
  /** Stamped by the writer when its group leaves. */
  readonly recordedAt: Instant;
  /** Id of the first event of the append that recorded this one, given by the store where that append has several: they are one act, and nobody ever knew a part of it. */
  readonly act?: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  /** HMAC-SHA-256 (hex) of the command's canonical JSON under the deployment's secret. */
  readonly commandHash: string;
  readonly policyVersion: string;
  /** Id of the event as of which facts from read models were asked. */
  readonly factsAt?: string;
  readonly reason?: Sealed;
  readonly evidence?: readonly string[];
  /** 16 random bytes, hex. */
  readonly salt: string;
}

/** An event as stored and read back. */
export type RecordedEvent<E extends EventBody = EventBody> = Envelope & E;

/** The act that recorded an event: the id of the first event of its append, its own where it came alone. */
export const actOf = ({ act, id }: Pick<Envelope, 'act' | 'id'>): string => act ?? id;

/** An event of the log with the coordinate its store gave it and the bytes that are hashed. */
export interface PositionedEvent<E extends EventBody = EventBody> {
  readonly position: bigint;
  readonly event: RecordedEvent<E>;
  /** RFC 8785 canonical JSON of the whole event, UTF-8, as stored. */
  readonly bytes: Uint8Array;
}

/** One version of one event type: its schema and an example that the documentation prints and the golden files hold. */
export interface EventDefinition<D = unknown> {
  readonly data: z.ZodType<D>;
  readonly summary: string;
  readonly example: D;
}
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/** Declares event types. Shapes are strict: an unknown field is refused before it is stored. */
export const defineEvent = <D>(summary: string, data: z.ZodType<D>, example: NoInfer<D>): EventDefinition<D> => ({
  summary,
  data,
  example,
});

/** The union of bodies that a record of definitions declares. */
export type EventOf<Defs extends EventDefinitions> = {
  [T in keyof Defs & string]: Defs[T] extends EventDefinition<infer D> ? EventBody<T, D> : never;
}[keyof Defs & string];
