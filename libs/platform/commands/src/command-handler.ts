import type { PositionedEvent } from '@plumbline/kernel';
import {
  type Appended,
  type LoadedStream,
  type NewEvent,
  StoreError,
  type Unchanged,
} from '@plumbline/platform/event-store';
import { AskedFacts } from './asked-facts';
import { authorise } from './authority';
import { CommandForm, type ReadCommand } from './command-form';
import type { CommandMeta } from './command-meta';
import type { Accepted, CommandResult, Refused } from './command-result';
import { Deciding, type Moment } from './deciding';
import type { CommandHandlerParts } from './handler-parts';
import { refusalIn } from './recorded-refusals';
import { checkEvents, sealEvents, stampEvents } from './stamping';
import { StreamNames } from './stream-names';
import { StreamStates } from './stream-states';
import { checkValidTime, localDay } from './valid-time';

/** How often a conflict is met by reloading and deciding again. */
export const MOST_REDECISIONS = 3;
/** Milliseconds before each look for a command whose append was not answered: it may be committing still. */
export const SETTLING_PAUSES: readonly number[] = [0, 100, 400];
export const COMMAND_ID_USED_AGAIN: Refused = {
  accepted: false,
  kind: 'rule',
  refused: 'command-id-used-again',
  detail: 'another command was sent under this id (Idempotency-Key); send this one under an id of its own',
};

const stale = (kind: 'precondition' | 'conflict', detail: string): Refused => ({
  accepted: false,
  kind,
  refused: 'stale-revision',
  detail,
});

const unchanged = ({ stream, revision, events }: LoadedStream): Accepted => ({
  accepted: true,
  stream,
  revision,
  position: events.at(-1)?.position ?? null,
  events: [],
  repeated: false,
});

/** While the log cannot be reached, an outcome that is not known stays unknown: it is not "nothing was recorded". */
export const unlessReached = (error: unknown): undefined => {
  if (error instanceof StoreError && error.failure === 'unavailable') return undefined;
  throw error;
};

/** Whether an event found under a command's id records this very command of this actor. */
export const recordsCommand = ({ event }: PositionedEvent, command: ReadCommand, actorId: string): boolean =>
  event.commandHash === command.hash && event.actor.id === actorId;

/** The one way a command becomes events: form, authority, state, facts, decision, append. Knows no framework. */
export class CommandHandler {
  private readonly names: StreamNames;
  private readonly form: CommandForm;

  constructor(private readonly parts: CommandHandlerParts) {
    this.names = new StreamNames(parts.secret);
    this.form = new CommandForm(parts.registry, this.names, parts.secret);
  }

  /**
   * Answers what was recorded, or the rule that refused.
   * @throws StoreError `unavailable` | `too-large`; `outcome-unknown` when the store did not say whether it recorded the command and it is not found either:
   * sending it again under the same id is safe.
   */
  async handle(command: { readonly type: string; readonly data: unknown }, meta: CommandMeta): Promise<CommandResult> {
    const { commandId, onBehalfOf, occurredAt, reason, evidence } = meta;
    const read = this.form.read({ ...command, commandId, onBehalfOf, occurredAt, reason, evidence });
    const result = 'refused' in read ? read : await this.attempts(read, meta);
    this.tell(command.type, meta, result);
    return result;
  }

  private async attempts(command: ReadCommand, meta: CommandMeta): Promise<CommandResult> {
    for (let redecisions = 0; ; redecisions++) {
      try {
        return await this.attempt(command, meta);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        const mayDecideAgain = meta.ifMatch === undefined && redecisions < MOST_REDECISIONS;
        if (error.failure === 'stale-revision' && mayDecideAgain) continue;
        return await this.settle(command, meta, error);
      }
    }
  }

  private async attempt(command: ReadCommand, meta: CommandMeta): Promise<CommandResult> {
    const { registry, store, clock, facts, standalone, limit } = this.parts;
    const { actor, onBehalfOf, correlationId = command.commandId, causationId } = meta;
    const now = clock.now();
    const authority = await authorise(command.registered, actor, onBehalfOf, registry.roleBook, now);
    if ('refused' in authority) return authority;

    const own = await store.read(command.stream);
    const earlier = this.earlier(own, command, actor.id, true);
    if (earlier) return earlier;
    if (meta.ifMatch !== undefined && meta.ifMatch !== own.revision) {
      return stale('precondition', `the stream stands at revision ${own.revision}, not ${meta.ifMatch}; read it again`);
    }

    const policy = await registry.policy.inForce(now);
    const untimely = checkValidTime(command.occurredAt, command.reason, now, policy.maxBackdateDays);
    if (untimely) return untimely;

    const today = localDay(now, policy.timeZone);
    const moment: Moment = { now, today, policy, actor, onBehalfOf, correlationId, causationId };
    const states = new StreamStates(store);
    states.take(own, command.registered.decider);
    const asks = new AskedFacts(facts, store);
    const decided = await new Deciding(this.names, standalone, states, asks).decide(command, moment);
    const refusal = refusalIn(decided.decision, registry);
    const bodies = refusal?.events ?? decided.decision.events ?? [];
    if (bodies.length === 0 || (refusal && !limit.take(actor.id, now))) return refusal?.answer ?? unchanged(own);

    decided.factStreams.forEach((stream) => states.assert(stream));
    const others = states.unchanged(authority.unchanged).filter(({ stream }) => stream !== own.stream);
    const drafts = stampEvents(bodies, command, moment, decided.asked ? asks.factsAt : undefined);
    const appended = await this.append(drafts, command, own, others);
    const ids = appended.events.map(({ id }) => id);
    if (refusal) return { ...refusal.answer, recordedEvents: ids };
    const revision = appended.events.at(-1)?.revision ?? own.revision;
    return { accepted: true, stream: own.stream, revision, position: appended.last, events: ids, repeated: false };
  }

  private async append(
    drafts: readonly NewEvent[],
    command: ReadCommand,
    { stream, revision }: LoadedStream,
    others: readonly Unchanged[],
  ): Promise<Appended> {
    const { store, sealer } = this.parts;
    const { events, keys } = await sealEvents(drafts, sealer);
    try {
      checkEvents(events, command.registered.decider);
      return await store.append([{ stream, expected: revision, events }], others);
    } catch (error) {
      const unknown = error instanceof StoreError && error.failure === 'outcome-unknown';
      if (!unknown) await sealer.discard(keys);
      throw error;
    }
  }

  /** The answer to a command that its stream holds already. */
  private earlier(
    { stream, events }: LoadedStream,
    command: ReadCommand,
    actorId: string,
    repeated: boolean,
  ): CommandResult | undefined {
    const own = events.filter(({ event }) => event.commandId === command.commandId);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return undefined;
    if (!recordsCommand(first, command, actorId)) return COMMAND_ID_USED_AGAIN;
    const ids = own.map(({ event }) => event.id);
    const refused = this.parts.registry.refusalIn(first.event);
    if (refused !== undefined) return { accepted: false, kind: 'rule', refused, recordedEvents: ids };
    return { accepted: true, stream, revision: last.event.revision, position: last.position, events: ids, repeated };
  }

  /** What an append that failed for good comes to: by looking, never by deciding again. */
  private async settle(command: ReadCommand, meta: CommandMeta, error: StoreError): Promise<CommandResult> {
    const look = async (repeated: boolean): Promise<CommandResult | undefined> =>
      this.earlier(await this.parts.store.read(command.stream), command, meta.actor.id, repeated);
    switch (error.failure) {
      case 'stale-revision':
        return (
          (await look(true)) ??
          (meta.ifMatch === undefined
            ? stale('conflict', 'others are writing the same record; send the command again under the same id')
            : stale('precondition', 'the record changed meanwhile; read it again'))
        );
      case 'duplicate-event':
        return (await look(true)) ?? COMMAND_ID_USED_AGAIN;
      case 'outcome-unknown':
        for (const pause of SETTLING_PAUSES) {
          await new Promise((resume) => setTimeout(resume, pause));
          const found = await look(false).catch(unlessReached);
          if (found) return found;
        }
        throw error;
      case 'too-large':
      case 'unavailable':
      case 'unknown-position':
      case 'stream-deleted':
      case 'unfinished-act':
        throw error;
    }
  }

  private tell(commandType: string, meta: CommandMeta, result: CommandResult): void {
    const { log, meter, registry } = this.parts;
    const type = registry.command(commandType) ? commandType : 'unknown';
    if (result.accepted) {
      meter.count(type, result.repeated ? 'repeated' : result.events.length === 0 ? 'unchanged' : 'recorded');
      return;
    }
    meter.count(type, result.refused);
    if (result.recordedEvents) return;
    const { commandId, actor } = meta;
    log.info(
      { command: type, rule: result.refused, kind: result.kind, commandId, actor: actor.id, role: actor.role },
      'command refused',
    );
  }
}
