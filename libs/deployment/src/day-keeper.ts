import { setTimeout as delay } from 'node:timers/promises';
import type { LocalDate } from '@plumbline/kernel';
import { addDays } from '@plumbline/kernel';
import { calendarFacts, organizationFacts } from '@plumbline/organization/facts';
import { localDay } from '@plumbline/platform/commands';
import { naturalKey, type Fold, type EventBody, type RecordedEvent, type StreamKey } from '@plumbline/kernel';
import type { Deployment } from './deployment';

const LOOK_EVERY_MS = 30_000;
const ACTOR = { id: 'process:day-keeper', role: 'process' } as const;

/** Records each day as it begins in the organisation's time zone; missed days one by one. Two keepers on one log do no harm: a day begins once. */
export class DayKeeper {
  constructor(
    private readonly deployment: Deployment,
    private readonly onProgress: (day: LocalDate) => void = () => undefined,
  ) {}

  /** Records the days that have begun by now; none before the organisation is configured. */
  async keep(signal?: AbortSignal): Promise<void> {
    const { state: organization } = await this.fold(organizationFacts, naturalKey('organization', 'organization'));
    if (!organization.configured) return;
    const today = localDay(this.now(), organization.timeZone);
    const { state: calendar } = await this.fold(calendarFacts, naturalKey('calendar', 'calendar'));
    let day = calendar.lastDay === null ? today : addDays(calendar.lastDay, 1);
    for (; day <= today && signal?.aborted !== true; day = addDays(day, 1)) {
      const result = await this.deployment.commands.handle(
        { type: 'organization.BeginDay', data: { date: day } },
        { commandId: `day-keeper/${day}`, actor: ACTOR },
      );
      if (!result.accepted) throw new Error(`the day ${day} could not begin: ${result.refused} ${result.detail ?? ''}`);
      this.onProgress(day);
    }
  }

  /** Looks every half minute until the signal aborts; a failing store is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.keep(signal);
      } catch (error) {
        this.deployment.log.warn({ err: error }, 'a day could not be recorded; it is tried again');
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private now(): string {
    return this.deployment.clock.now();
  }

  private async fold<S, E extends EventBody>(fold: Fold<S, E>, key: StreamKey): Promise<{ readonly state: S }> {
    const { events } = await this.deployment.store.read(this.deployment.names.of(key));
    return { state: events.reduce((state, { event }) => fold.evolve(state, event as RecordedEvent<E>), fold.initial) };
  }
}
