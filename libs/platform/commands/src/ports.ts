import type { Instant, Role } from '@plumbline/kernel';
import type { EventStore, Unchanged } from '@plumbline/platform/event-store';
import type { Sealer } from '@plumbline/platform/subjects';

/** The only place a command's time comes from. */
export interface Clock {
  now(): Instant;
}

/** Whether something is so, and the streams that say it: the append asserts that they stand as they were read. */
export interface Standing {
  readonly holds: boolean;
  readonly unchanged: readonly Unchanged[];
}

/** Who may act as what. Reads streams, never a read model: a role revoked a moment ago no longer counts. */
export interface RoleBook {
  /** Whether the person holds the role at this instant. */
  holds(person: string, role: Role, at: Instant): Promise<Standing>;
  /** Whether a delegation by `principal` lets `delegate` send commands of this type at this instant. */
  actsFor(delegate: string, principal: string, commandType: string, at: Instant): Promise<Standing>;
}

export interface PolicyInForce {
  /** Written into every event's envelope. */
  readonly version: string;
  /** Days that an event may lie back without a reason. */
  readonly maxBackdateDays: number;
  /** IANA name of the organisation's time zone. */
  readonly timeZone: string;
}

/** The policy in force, read from its stream. Before the organisation is configured: the defaults under the version `unconfigured`. */
export interface PolicyPort {
  inForce(at: Instant): Promise<PolicyInForce>;
}

/** The structured log: pino's shape. Never given data of a command, only its type, ids and rule. */
export interface CommandLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Counts what became of commands: `outcome` is `recorded`, `unchanged`, `repeated`, or the rule that refused. */
export interface CommandMeter {
  count(commandType: string, outcome: string, commands?: number): void;
}

/** What the app gives: everything else comes from the contexts through the registry. */
export interface CommandPorts {
  readonly store: EventStore;
  readonly clock: Clock;
  /** The deployment's secret: natural keys, command hashes and person ids are HMACs under it. At least 32 bytes. */
  readonly secret: Uint8Array;
  readonly sealer: Sealer;
  /** In standalone one person may both declare and import. */
  readonly standalone: boolean;
  readonly log: CommandLog;
  readonly meter: CommandMeter;
  /** Recorded refusals per actor and hour; more are refused without a record. 30 unless said. */
  readonly recordedRefusalsPerHour?: number;
}
