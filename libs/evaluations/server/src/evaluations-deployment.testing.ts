import { createHash } from 'node:crypto';
import { evaluationsDeciders, evaluationsRecordedRefusals } from '@plumbline/evaluations/domain';
import { naturalKey, type Actor, type Role, type StreamKey } from '@plumbline/kernel';
import {
  CommandHandler,
  CommandRegistry,
  defineAsk,
  handlerParts,
  StreamNames,
  type CommandResult,
} from '@plumbline/platform/commands';
import {
  MemoryEventStore,
  uuidV8,
  type EventStore,
  type StreamWrite,
  type Unchanged,
} from '@plumbline/platform/event-store';
import { MasterKey, MemoryTextKeys, TextVault } from '@plumbline/platform/subjects';
import { z } from 'zod';

const SECRET = new Uint8Array(32).fill(3);
export const personId = (n: number): string => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e${String(n).padStart(2, '0')}`;
export const as = (n: number, role: Role): Actor => ({ id: personId(n), role });

/** A store on which something happens just before the first append through it. */
export const withMeanwhile = (store: EventStore, meanwhile: () => Promise<unknown>): EventStore => {
  let happened = false;
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== 'append') {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return async (writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[]) => {
        if (!happened) {
          happened = true;
          await meanwhile();
        }
        return target.append(writes, unchanged);
      };
    },
  });
};

/** This context with everything real around it but the other contexts: their events are put into the log as they would stand there. */
export class EvaluationsDeployment {
  now = '2026-06-15T09:00:00.000Z';
  readonly names = new StreamNames(SECRET);
  readonly store = new MemoryEventStore(() => this.now);
  private readonly registry = new CommandRegistry();
  private sent = 0;

  constructor() {
    this.registry.register({
      context: 'evaluations',
      deciders: evaluationsDeciders,
      recordedRefusals: evaluationsRecordedRefusals,
    });
    const lastEvent = async () => {
      const { event, position } = await this.store.head();
      return { answer: event, position };
    };
    this.registry.register({
      context: 'organization',
      deciders: [],
      asks: { 'organization.last-event': defineAsk('Id of the last event', [], z.strictObject({}), lastEvent) },
      roleBook: {
        holds: async () => ({ holds: true, unchanged: [] }),
        actsFor: async () => ({ holds: false, unchanged: [] }),
      },
      policy: { inForce: async () => ({ version: '1', maxBackdateDays: 31, timeZone: 'UTC' }) },
    });
  }

  idOf(concept: string, ...codes: readonly string[]): string {
    return this.names.idOf(naturalKey(concept, ...codes));
  }

  /** Puts an event of another context at the end of its stream. */
  async put(key: StreamKey, type: string, data: object): Promise<void> {
    const stream = this.names.of(key);
    const { revision } = await this.store.read(stream);
    const commandId = `put-${++this.sent}`;
    const envelope = {
      ...{ occurredAt: this.now, actor: { id: 'process:spec', role: 'process' as const } },
      ...{ correlationId: commandId, causationId: commandId, commandId },
      ...{ commandHash: '0'.repeat(64), policyVersion: '1', salt: '0'.repeat(32) },
    };
    const id = uuidV8(createHash('sha256').update(commandId).digest());
    await this.store.append([{ stream, expected: revision, events: [{ ...envelope, id, type, data }] }]);
  }

  send(actor: Actor, type: string, data: object, store: EventStore = this.store): Promise<CommandResult> {
    const quiet = { info: () => undefined, warn: () => undefined };
    const parts = handlerParts(
      {
        store,
        clock: { now: () => this.now },
        secret: SECRET,
        sealer: new TextVault(new MasterKey(new Uint8Array(32).fill(9)), new MemoryTextKeys()),
        standalone: true,
        log: quiet,
        meter: { count: () => undefined },
      },
      this.registry,
    );
    return new CommandHandler(parts).handle({ type, data }, { commandId: `command-${++this.sent}`, actor });
  }

  async done(actor: Actor, type: string, data: object): Promise<void> {
    const result = await this.send(actor, type, data);
    if (!result.accepted) throw new Error(`${type}: ${result.refused} ${result.detail ?? ''}`);
  }

  async types(): Promise<readonly string[]> {
    return (await this.store.readPage(0n, 1_000)).events.map(({ event }) => event.type);
  }
}
