import { setTimeout as delay } from 'node:timers/promises';
import type { LocalDate } from '@plumbline/kernel';
import { addDays } from '@plumbline/kernel';
import { calendarFacts, organizationFacts } from '@plumbline/organization/facts';
import { localDay } from '@plumbline/platform/commands';
import { naturalKey, type Fold, type EventBody, type RecordedEvent, type StreamKey } from '@plumbline/kernel';
import { ClockWatch } from './clock-watch';
import type { Deployment } from './deployment';

const LOOK_EVERY_MS = 30_000;
const ACTOR = { id: 'process:day-keeper', role: 'process' } as const;

const DATABASE_NOW = `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`;

/** Records that a day has begun; once, whoever says it. @throws Error when the log refuses it */
export async function beginDay({ commands }: Deployment, day: LocalDate): Promise<void> {
  const result = await commands.handle(
    { type: 'organization.BeginDay', data: { date: day } },
    { commandId: `day-keeper/${day}`, actor: ACTOR },
  );
  if (!result.accepted) throw new Error(`the day ${day} could not begin: ${result.refused} ${result.detail ?? ''}`);
}

/** The machine's clock is watched; one that a demonstration or a spec sets is what it is. */
const watchOf = ({ clock, options, ownerPool }: Deployment): ClockWatch | undefined =>
  options.clock || clock.simulated
    ? undefined
    : new ClockWatch(
        {
          now: clock.now,
          database: async () => (await ownerPool.query<{ now: string }>(DATABASE_NOW)).rows[0]?.now ?? clock.now(),
          steady: () => performance.now(),
        },
        options.acceptClock,
      );

/**
 * Records each day as it begins in the organisation's time zone; missed days one by one. A clock that has gone far ahead is looked at twice (`ClockWatch`). Two
 * keepers on one log do no harm: a day begins once.
 */
export class DayKeeper {
  private readonly watch: ClockWatch | undefined;
  private said = '';

  constructor(
    private readonly deployment: Deployment,
    private readonly onProgress: (day: LocalDate) => void = () => undefined,
    /** Told once what keeps days from being recorded. */
    private readonly onDoubt: (because: string) => void = () => undefined,
  ) {
    this.watch = watchOf(deployment);
  }

  /** Records the days that have begun by now; none before the organisation is configured. */
  async keep(signal?: AbortSignal): Promise<void> {
    const { state: organization } = await this.fold(organizationFacts, naturalKey('organization', 'organization'));
    if (!organization.configured) return;
    const today = localDay(this.now(), organization.timeZone);
    const { state: calendar } = await this.fold(calendarFacts, naturalKey('calendar', 'calendar'));
    if (calendar.lastDay !== null && !(await this.believes(calendar.lastDay, today))) return;
    let day = calendar.lastDay === null ? today : addDays(calendar.lastDay, 1);
    for (; day <= today && signal?.aborted !== true; day = addDays(day, 1)) {
      await beginDay(this.deployment, day);
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

  private async believes(lastDay: LocalDate, today: LocalDate): Promise<boolean> {
    const standing = await this.watch?.look(lastDay, today);
    if (standing === undefined || standing.believed) return true;
    if (standing.because !== this.said) {
      this.deployment.log.warn({ lastDay, today }, standing.because);
      this.onDoubt(standing.because);
    }
    this.said = standing.because;
    return false;
  }

  private now(): string {
    return this.deployment.clock.now();
  }

  private async fold<S, E extends EventBody>(fold: Fold<S, E>, key: StreamKey): Promise<{ readonly state: S }> {
    const { events } = await this.deployment.store.read(this.deployment.names.of(key));
    return { state: events.reduce((state, { event }) => fold.evolve(state, event as RecordedEvent<E>), fold.initial) };
  }
}
