import type { Actor, Role } from '@plumbline/kernel';
import { type EventStore, MemoryEventStore } from '@plumbline/platform/event-store';
import { MasterKey, MemoryTextKeys, TextVault } from '@plumbline/platform/subjects';
import type { CommandMeta } from './command-meta';
import { CommandRegistry } from './command-registry';
import { type CommandHandlerParts, handlerParts } from './handler-parts';
import type { PolicyInForce, RoleBook } from './ports';
import { toyContext } from './toy-context.testing';

export const HR: Actor = { id: 'aaaaaaaa-0000-8000-8000-00000000000a', role: 'hr' };
export const LEGAL: Actor = { id: 'bbbbbbbb-0000-8000-8000-00000000000b', role: 'legal' };
export const STEWARD: Actor = { id: 'cccccccc-0000-8000-8000-00000000000c', role: 'data-steward' };

/** A deployment of the toy context: everything real but the store (in memory) and the role book (a set). For specs. */
export class ToyDeployment {
  now = '2026-11-23T09:00:00.000Z';
  policy: PolicyInForce = { version: 'pack-1', maxBackdateDays: 30, timeZone: 'America/Toronto' };
  readonly roles = new Set([HR, LEGAL, STEWARD].map(({ id, role }) => `${id} ${role}`));
  /** `delegate principal type`. */
  readonly delegations = new Set<string>();
  readonly logged: Record<string, unknown>[] = [];
  readonly counted: string[] = [];
  readonly keys = new MemoryTextKeys();
  readonly vault = new TextVault(new MasterKey(new Uint8Array(32).fill(9)), this.keys);
  readonly registry = new CommandRegistry();
  readonly store: EventStore;
  asked = 0;

  constructor(store?: EventStore) {
    this.store = store ?? new MemoryEventStore(() => this.now);
    this.registry.register({
      ...toyContext({
        holder: async () => {
          this.asked += 1;
          return { answer: LEGAL.id, position: (await this.store.head()).position };
        },
      }),
      roleBook: this.roleBook,
      policy: { inForce: async () => this.policy },
    });
  }

  readonly roleBook: RoleBook = {
    holds: async (person: string, role: Role) => ({ holds: this.roles.has(`${person} ${role}`), unchanged: [] }),
    actsFor: async (delegate, principal, type) => ({
      holds: this.delegations.has(`${delegate} ${principal} ${type}`),
      unchanged: [],
    }),
  };

  parts(store: EventStore = this.store): CommandHandlerParts {
    return handlerParts(
      {
        store,
        clock: { now: () => this.now },
        secret: new Uint8Array(32).fill(1),
        sealer: this.vault,
        standalone: true,
        log: {
          info: (fields) => void this.logged.push(fields),
          warn: (fields) => void this.logged.push(fields),
        },
        meter: { count: (type, outcome, count = 1) => void this.counted.push(`${type} ${outcome} ${count}`) },
        recordedRefusalsPerHour: 2,
      },
      this.registry,
    );
  }

  async everything(): Promise<readonly string[]> {
    const { events } = await this.store.readPage(0n, 1_000_000);
    return events.map(({ event }) => event.type);
  }
}

let commands = 0;
/** Who sends it, and an id no other command of the spec has. */
export const by = (actor: Actor, meta: Partial<CommandMeta> = {}): CommandMeta => ({
  commandId: `command-${++commands}`,
  actor,
  ...meta,
});
