import { type Instant, type LocalDate, naturalKey } from '@plumbline/kernel';
import { calendarFacts, organizationFacts } from '@plumbline/organization/facts';
import { localDay, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { factsIn } from './facts-in';

/** The only place a deployment's time comes from: the machine's clock, or in a demonstration a time that stands until it is set. */
export class DeploymentClock {
  private standsAt: Instant | undefined;

  constructor(private readonly real: () => Instant = () => new Date().toISOString()) {}

  get simulated(): boolean {
    return this.standsAt !== undefined;
  }

  readonly now = (): Instant => this.standsAt ?? this.real();

  /** From here on the real clock is not looked at. @throws RangeError when time would go back */
  simulate(at: Instant): void {
    if (this.standsAt !== undefined && at < this.standsAt)
      throw new RangeError(`simulated time stands at ${this.standsAt} and does not go back to ${at}`);
    this.standsAt = at;
  }
}

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/** The first instant of a calendar day in a time zone: midnight, or where the clocks skip it the first moment after. */
export function firstInstant(day: LocalDate, timeZone: string): Instant {
  const noonUtc = Date.parse(`${day}T12:00:00.000Z`);
  let [before, within] = [noonUtc - 2 * MS_PER_DAY, noonUtc + MS_PER_DAY];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(new Date(middle).toISOString(), timeZone) < day) before = middle;
    else within = middle;
  }
  return new Date(within).toISOString();
}

/** When people are at work on a day: nine hours after it began. */
export const morningOf = (day: LocalDate, timeZone: string): Instant =>
  new Date(Date.parse(firstInstant(day, timeZone)) + 9 * MS_PER_HOUR).toISOString();

/** Where simulated time stands by what the log says: the morning of the last day that has begun, or the last event if that is later. Undefined unless it is a demonstration. */
export async function simulatedNow(store: EventStore, names: StreamNames): Promise<Instant | undefined> {
  const organization = await factsIn(store, names, organizationFacts, naturalKey('organization', 'organization'));
  if (organization.demonstrationFrom === null) return undefined;
  const { lastDay } = await factsIn(store, names, calendarFacts, naturalKey('calendar', 'calendar'));
  const { knownAt } = await store.head();
  const morning =
    lastDay === null
      ? firstInstant(organization.demonstrationFrom, organization.timeZone)
      : morningOf(lastDay, organization.timeZone);
  return knownAt !== null && knownAt > morning ? knownAt : morning;
}
