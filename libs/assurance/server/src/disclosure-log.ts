import { randomUUID } from 'node:crypto';
import { calendarKey, type DisclosureCommand, lastDayOf } from '@plumbline/assurance/domain';
import type { Actor, LocalDate } from '@plumbline/kernel';
import {
  type CommandHandler,
  type CommandResult,
  RECORDED_REFUSALS_PER_HOUR,
  RecordedRefusalLimit,
  type StreamNames,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';

/** A restricted report that is about to be shown: what, of whom, to whom, as of which event. */
export interface Viewing {
  readonly viewer: Actor;
  readonly report: string;
  readonly cycle: string | null;
  /** Person id of the leader it is about. */
  readonly leader: string | null;
  readonly unit: string | null;
  /** Id of the event as of which it is shown. */
  readonly asOf: string;
}

export interface Exporting extends Viewing {
  readonly format: Format;
  /** SHA-256 of what the report says, hex. */
  readonly manifestHash: string;
}
type Format = Extract<DisclosureCommand, { type: 'assurance.RecordExport' }>['data']['format'];

export interface Refusing {
  /** Person id of who asked. */
  readonly viewer: string;
  readonly report: string;
  readonly leader: string | null;
  readonly rule: string;
}

export interface DisclosureLogParts {
  readonly commands: Pick<CommandHandler, 'handle'>;
  readonly store: Pick<EventStore, 'read'>;
  readonly names: StreamNames;
  readonly now: () => string;
  readonly refusalsPerHour?: number;
}

const ACTOR = { id: 'process:reports', role: 'process' } as const;
const OTHER_DAY = 'a-disclosure-belongs-to-the-day-that-last-began';

/** Records what is shown, refused and taken away of restricted reports, before it happens. */
export class DisclosureLog {
  private readonly limit: RecordedRefusalLimit;
  private day: LocalDate | undefined;

  constructor(private readonly parts: DisclosureLogParts) {
    this.limit = new RecordedRefusalLimit(parts.refusalsPerHour ?? RECORDED_REFUSALS_PER_HOUR);
  }

  /** @throws Error when it could not be recorded: then it must not be shown */
  async viewed({ viewer, ...viewing }: Viewing): Promise<void> {
    await this.record((day) => ({
      type: 'assurance.RecordReportView',
      data: { day, viewer: viewer.id, role: roleOf(viewer), ...viewing },
    }));
  }

  /** @throws Error when it could not be recorded: then it must not leave */
  async exported({ viewer, ...exporting }: Exporting): Promise<void> {
    await this.record((day) => ({
      type: 'assurance.RecordExport',
      data: { day, viewer: viewer.id, role: roleOf(viewer), ...exporting },
    }));
  }

  /** Records a refusal, of one person at most so many an hour. @throws Error when it could not be recorded */
  async refused(refusing: Refusing): Promise<void> {
    if (!this.limit.take(refusing.viewer, this.parts.now())) return;
    await this.record((day) => ({ type: 'assurance.RecordDisclosureRefusal', data: { day, ...refusing } }));
  }

  private async record(command: (day: LocalDate) => DisclosureCommand): Promise<void> {
    let result = await this.send(command, (this.day ??= await this.lastDay()));
    if (!result.accepted && result.refused === OTHER_DAY) {
      this.day = await this.lastDay();
      result = await this.send(command, this.day);
    }
    if (!result.accepted)
      throw new Error(`a disclosure could not be recorded: ${result.refused} ${result.detail ?? ''}`.trim());
  }

  private async send(command: (day: LocalDate) => DisclosureCommand, day: LocalDate): Promise<CommandResult> {
    return await this.parts.commands.handle(command(day), { commandId: randomUUID(), actor: ACTOR });
  }

  private async lastDay(): Promise<LocalDate> {
    const { store, names } = this.parts;
    const { events } = await store.read(names.of(calendarKey));
    const lastDay = lastDayOf(events.map(({ event }) => event));
    if (lastDay === null) throw new Error('a disclosure could not be recorded: no day has begun yet');
    return lastDay;
  }
}

type Role = Extract<DisclosureCommand, { type: 'assurance.RecordReportView' }>['data']['role'];

function roleOf({ role }: Actor): Role {
  if (role === 'process') throw new Error('the product shows itself nothing');
  return role;
}
