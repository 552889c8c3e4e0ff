import { z } from 'zod';
import type { AnyDecider, CommandDefinition, EventDefinition, Role } from '@plumbline/kernel';
import type { AnyAsk, ContextRegistration, RecordedRefusal } from './context-registration';
import type { PolicyPort, RoleBook } from './ports';

/** A command as API, CLI and forms list it. */
export interface RegisteredCommand {
  readonly type: string;
  readonly context: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly roles: readonly (Role | 'process')[];
  readonly example: unknown;
  readonly decider: AnyDecider;
}

export interface RegisteredAsk extends AnyAsk {
  readonly question: string;
  readonly context: string;
}

/** An event type that some decider writes. */
export interface RegisteredEvent extends EventDefinition {
  readonly type: string;
  readonly context: string;
  /** The concept whose streams hold it. */
  readonly concept: string;
}

const assertStrict = (schema: z.ZodType, of: string): void => {
  const bad = schema instanceof z.ZodObject && !(schema.def.catchall instanceof z.ZodNever);
  if (bad) throw new Error(`the schema of ${of} must be z.strictObject: an unknown field is refused, never dropped`);
};

const once = <V>(map: Map<string, V>, key: string, value: V, what: string): void => {
  if (map.has(key)) throw new Error(`${what} ${key} is registered twice`);
  map.set(key, value);
};

/** Every command, question and event type of this process, filled by each context's module when it starts; the buses route by it. */
export class CommandRegistry {
  private readonly commands = new Map<string, RegisteredCommand>();
  private readonly asks = new Map<string, RegisteredAsk>();
  private readonly events = new Map<string, RegisteredEvent>();
  private readonly refusalsByRule = new Map<string, RecordedRefusal[]>();
  private book: RoleBook | undefined;
  private policies: PolicyPort | undefined;

  /** @throws Error when a type is registered twice, a schema lets unknown fields pass, or an example does not fit its schema. */
  register(registration: ContextRegistration): void {
    const { context } = registration;
    for (const decider of registration.deciders) {
      for (const [type, definition] of Object.entries(decider.commands))
        this.addCommand(context, type, definition, decider);
      for (const [type, definition] of Object.entries(decider.events)) {
        assertStrict(definition.data, type);
        once(this.events, type, { ...definition, type, context, concept: decider.concept }, 'the event type');
      }
    }
    for (const [question, ask] of Object.entries(registration.asks ?? {})) {
      once(this.asks, question, { ...ask, question, context }, 'the question');
    }
    for (const refusal of registration.recordedRefusals ?? []) {
      if (!this.events.has(refusal.event))
        throw new Error(`${refusal.rule} is recorded by the unknown event type ${refusal.event}`);
      this.refusalsByRule.set(refusal.rule, [...(this.refusalsByRule.get(refusal.rule) ?? []), refusal]);
    }
    if (registration.roleBook && this.book) throw new Error('a role book is registered twice');
    if (registration.policy && this.policies) throw new Error('a policy is registered twice');
    this.book = registration.roleBook ?? this.book;
    this.policies = registration.policy ?? this.policies;
  }

  /** All commands in the order of their types. */
  all(): readonly RegisteredCommand[] {
    return [...this.commands.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  command(type: string): RegisteredCommand | undefined {
    return this.commands.get(type);
  }

  ask(question: string): RegisteredAsk | undefined {
    return this.asks.get(question);
  }

  allAsks(): readonly RegisteredAsk[] {
    return [...this.asks.values()].sort((a, b) => (a.question < b.question ? -1 : 1));
  }

  /** All event types that deciders write, in the order of their names. */
  allEvents(): readonly RegisteredEvent[] {
    return [...this.events.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  /** Event types that record a refusal by this rule; empty when such a refusal is not recorded. */
  recordedBy(rule: string): readonly string[] {
    return (this.refusalsByRule.get(rule) ?? []).map((refusal) => refusal.event);
  }

  /** The rule that an event records the refusal by, or undefined when it records something that was done. */
  refusalIn(event: { readonly type: string; readonly data: unknown }): string | undefined {
    const rules = [...this.refusalsByRule.values()].flat().filter((refusal) => refusal.event === event.type);
    const named = (event.data as { readonly rule?: unknown } | null)?.rule;
    return (rules.find((refusal) => refusal.rule === named) ?? rules[0])?.rule;
  }

  /** @throws Error before a context has registered its role book. */
  get roleBook(): RoleBook {
    if (!this.book) throw new Error('no context has registered a role book');
    return this.book;
  }

  /** @throws Error before a context has registered the policy. */
  get policy(): PolicyPort {
    if (!this.policies) throw new Error('no context has registered a policy');
    return this.policies;
  }

  private addCommand(context: string, type: string, definition: CommandDefinition, decider: AnyDecider): void {
    assertStrict(definition.data, type);
    const example = definition.data.safeParse(definition.example);
    if (!example.success)
      throw new Error(`the example of ${type} does not fit its schema: ${z.prettifyError(example.error)}`);
    const { summary, data: schema, roles } = definition;
    once(
      this.commands,
      type,
      { type, context, summary, schema, roles, example: definition.example, decider },
      'the command',
    );
  }
}
