import type {
  Actor,
  Decision,
  EventBody,
  FactAnswers,
  FactQuery,
  Instant,
  LocalDate,
  StreamKey,
} from '@plumbline/kernel';
import { eventId } from '@plumbline/platform/event-store';
import { askKey, type AskedFacts } from './asked-facts';
import type { ReadCommand } from './command-form';
import type { PolicyInForce } from './ports';
import type { StreamNames } from './stream-names';
import type { AnyFold, StreamStates, Wanted } from './stream-states';

/** What an attempt at deciding holds for all its commands. */
export interface Moment {
  readonly now: Instant;
  readonly today: LocalDate;
  readonly policy: PolicyInForce;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** A decision and what it rests on. */
export interface Decided {
  readonly decision: Decision<EventBody>;
  /** Streams whose folds it saw. */
  readonly factStreams: readonly string[];
  readonly asked: boolean;
}

/** Gathers a command's facts and has its decider decide. */
export class Deciding {
  constructor(
    private readonly names: StreamNames,
    private readonly standalone: boolean,
    readonly states: StreamStates,
    private readonly asks: AskedFacts,
  ) {}

  /** Loads, set-based, the commands' own streams and the facts they name as things stand. */
  async prefetch(commands: readonly ReadCommand[]): Promise<void> {
    await this.states.need(commands.map((command) => this.own(command)));
    const queries = commands.flatMap((command) => this.queries(command).map((query) => ({ query, command })));
    await this.gather(queries);
  }

  /** @throws Error when the decider asks for a fact it did not declare */
  async decide(command: ReadCommand, moment: Moment): Promise<Decided> {
    const first = this.queries(command);
    await this.gather(first.map((query) => ({ query, command })));
    const further = this.furtherQueries(command, first);
    await this.gather(further.map((query) => ({ query, command })));
    const queries = [...first, ...further];
    const { commandId, id, registered, body } = command;
    const { now, today, actor, onBehalfOf } = moment;
    const decision = registered.decider.decide(body, this.states.state(this.own(command)), {
      now,
      today,
      occurredAt: command.occurredAt ?? now,
      actor,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      commandId,
      id,
      idOf: (key: StreamKey) => this.names.idOf(key, commandId),
      eventId: (place: number) => eventId(commandId, place),
      facts: this.answers(command, queries),
      standalone: this.standalone,
    });
    const factStreams = queries.flatMap((query) =>
      query.kind === 'stream' ? [this.names.of(query.key, commandId)] : [],
    );
    return { decision, factStreams, asked: queries.some((query) => query.kind === 'ask') };
  }

  private own({ stream, registered }: ReadCommand): Wanted {
    return { stream, fold: registered.decider };
  }

  private queries(command: ReadCommand): readonly FactQuery[] {
    return command.registered.decider.facts?.(command.body, this.states.state(this.own(command))) ?? [];
  }

  private furtherQueries(command: ReadCommand, first: readonly FactQuery[]): readonly FactQuery[] {
    const { body, registered } = command;
    const state = this.states.state(this.own(command));
    return registered.decider.furtherFacts?.(body, state, this.answers(command, first)) ?? [];
  }

  private async gather(all: readonly { readonly query: FactQuery; readonly command: ReadCommand }[]): Promise<void> {
    await this.states.need(
      all.flatMap(({ query, command }) =>
        query.kind === 'stream' ? [{ stream: this.names.of(query.key, command.commandId), fold: query.fold }] : [],
      ),
    );
    for (const { query } of all) if (query.kind === 'ask') await this.asks.need(query.question, query.about);
  }

  private answers({ registered, commandId }: ReadCommand, queries: readonly FactQuery[]): FactAnswers {
    const undeclared = (fact: string): Error =>
      new Error(
        `the decider of ${registered.type} asks for ${fact}, which it does not declare: the append could not assert it`,
      );
    return {
      stream: <S>(fold: object, key: StreamKey): S => {
        const stream = this.names.of(key, commandId);
        const declared = queries.some(
          (query) => query.kind === 'stream' && query.fold === fold && this.names.of(query.key, commandId) === stream,
        );
        if (!declared) throw undeclared(`a fold of ${key.concept}`);
        return this.states.state({ stream, fold: fold as AnyFold }) as S;
      },
      ask: <A>(question: string, about: Readonly<Record<string, unknown>> = {}): A => {
        const asked = askKey(question, about);
        const declared = queries.some((query) => query.kind === 'ask' && askKey(query.question, query.about) === asked);
        if (!declared) throw undeclared(`"${question}"`);
        return this.asks.answer(question, about) as A;
      },
    };
  }
}
