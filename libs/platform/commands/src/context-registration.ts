import type { Actor, AnyDecider, Role } from '@plumbline/kernel';
import type { z } from 'zod';
import type { PolicyPort, RoleBook } from './ports';

/** When and for whom a question is answered. */
export interface Asking {
  /** Answer as of exactly this position; left out: as of the least checkpoint of the tables that are read. */
  readonly asOf?: bigint;
  /** Who asks through the query bus; null when a decision asks. */
  readonly actor: Actor | null;
}

/** An answer and the position of the log it rests on. */
export interface Answered<A = unknown> {
  readonly answer: A;
  readonly position: bigint;
}

/** A question that read models answer: for other contexts' decisions (`askFact`) and for the query bus (`Ask`). */
export interface AskDefinition<Q = unknown, A = unknown> {
  readonly summary: string;
  /** Who may ask through the query bus. Empty: decisions only. */
  readonly roles: readonly (Role | 'process')[];
  readonly about: z.ZodType<Q>;
  readonly answer: (about: Q, asking: Asking) => Promise<Answered<A>>;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyAsk = AskDefinition<any, unknown>;

export const defineAsk = <Q, A>(
  summary: string,
  roles: readonly (Role | 'process')[],
  about: z.ZodType<Q>,
  answer: (about: Q, asking: Asking) => Promise<Answered<A>>,
): AskDefinition<Q, A> => ({ summary, roles, about, answer });

/** A refusal that is itself recorded. The closed list of them is the sum of what contexts register. */
export interface RecordedRefusal {
  readonly rule: string;
  /** The event type that records it; an event type of several rules carries `rule` in its data. */
  readonly event: string;
}

/** What a context's server gives to the registry, once, when its module starts. */
export interface ContextRegistration {
  readonly context: string;
  readonly deciders: readonly AnyDecider[];
  readonly asks?: Readonly<Record<string, AnyAsk>>;
  readonly recordedRefusals?: readonly RecordedRefusal[];
  /** Given by exactly one context: who holds which role, read fresh. */
  readonly roleBook?: RoleBook;
  /** Given by exactly one context: the policy in force. */
  readonly policy?: PolicyPort;
}
