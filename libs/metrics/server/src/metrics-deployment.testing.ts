import { naturalKey, type Actor, type Role, type StreamKey } from '@plumbline/kernel';
import {
  CYCLE_STANDING,
  FIGURE_KNOWN,
  LINE_OF_UNIT,
  metricsDeciders,
  metricsRecordedRefusals,
} from '@plumbline/metrics/domain';
import {
  CommandHandler,
  CommandRegistry,
  defineAsk,
  handlerParts,
  StreamNames,
  type Accepted,
  type CommandHandlerParts,
  type CommandResult,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import { MemoryEventStore, uuidV8, type EventStore } from '@plumbline/platform/event-store';
import { MasterKey, MemoryTextKeys, TextVault } from '@plumbline/platform/subjects';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const SECRET = new Uint8Array(32).fill(3);
const person = (n: number): string => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e${String(n).padStart(2, '0')}`;
export const as = (n: number, role: Role): Actor => ({ id: person(n), role });

/** This context with everything real around it but the other contexts: their events are put into the log as they would stand there. */
export class MetricsDeployment {
  now = '2026-06-15T09:00:00.000Z';
  readonly names = new StreamNames(SECRET);
  readonly store = new MemoryEventStore(() => this.now);
  readonly registry = new CommandRegistry();
  private sent = 0;

  constructor(metrics: (deployment: MetricsDeployment) => Partial<ContextRegistration> = () => ({})) {
    this.registry.register({
      context: 'metrics',
      deciders: metricsDeciders,
      recordedRefusals: metricsRecordedRefusals,
      ...metrics(this),
    });
    const now = async <A>(answer: A) => ({ answer, position: (await this.store.head()).position });
    this.registry.register({
      context: 'reporting',
      deciders: [],
      asks: {
        [FIGURE_KNOWN]: defineAsk('Whether a figure is known', [], z.record(z.string(), z.string()), () =>
          now({ known: false }),
        ),
      },
    });
    this.registry.register({
      context: 'evaluations',
      deciders: [],
      asks: {
        [CYCLE_STANDING]: defineAsk('How far a cycle is', [], z.strictObject({ cycle: z.string() }), () =>
          now({ state: 'OPEN', periodStart: '2026-01-01', periodEnd: '2026-12-31' }),
        ),
      },
    });
    this.registry.register({
      context: 'organization',
      deciders: [],
      asks: {
        [LINE_OF_UNIT]: defineAsk(
          'Who stands in the line of a unit',
          [],
          z.strictObject({ unit: z.string() }),
          async () => ({
            answer: [],
            position: (await this.store.head()).position,
          }),
        ),
      },
      roleBook: {
        holds: async () => ({ holds: true, unchanged: [] }),
        actsFor: async () => ({ holds: false, unchanged: [] }),
      },
      policy: { inForce: async () => ({ version: '1', maxBackdateDays: 31, timeZone: 'Europe/London' }) },
    });
  }

  parts(store: EventStore = this.store): CommandHandlerParts {
    const quiet = { info: () => undefined, warn: () => undefined };
    return handlerParts(
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
  }

  idOf(concept: string, ...codes: readonly string[]): string {
    return this.names.idOf(naturalKey(concept, ...codes));
  }

  /** Puts an event of another context at the end of its stream. */
  async put(key: StreamKey, type: string, data: object): Promise<void> {
    const stream = this.names.of(key);
    const { revision } = await this.store.read(stream);
    const commandId = `put-${++this.sent}`;
    await this.store.append([
      {
        stream,
        expected: revision,
        events: [
          {
            id: uuidV8(createHash('sha256').update(commandId).digest()),
            type,
            data,
            occurredAt: this.now,
            actor: { id: 'process:spec', role: 'process' },
            correlationId: commandId,
            causationId: commandId,
            commandId,
            commandHash: '0'.repeat(64),
            policyVersion: '1',
            salt: '0'.repeat(32),
          },
        ],
      },
    ]);
  }

  async registerUnit(code: string): Promise<void> {
    const data = { unitId: this.idOf('unit', code), code, name: code, parentId: null, outsideTree: false };
    await this.put(naturalKey('unit', code), 'organization.OrgUnitRegistered.v1', { ...data, validFrom: '2009-01-01' });
  }

  send(actor: Actor, type: string, data: object, store?: EventStore): Promise<CommandResult> {
    return new CommandHandler(this.parts(store)).handle({ type, data }, { commandId: `command-${++this.sent}`, actor });
  }

  async done(actor: Actor, type: string, data: object): Promise<Accepted> {
    const result = await this.send(actor, type, data);
    if (!result.accepted) throw new Error(`${type}: ${result.refused} ${result.detail ?? ''}`);
    return result;
  }

  async types(): Promise<readonly string[]> {
    const { events } = await this.store.readPage(0n, 1_000);
    return events.map(({ event }) => event.type);
  }
}
