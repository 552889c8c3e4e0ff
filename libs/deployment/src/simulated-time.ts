import { addDays, type Instant, type LocalDate, naturalKey } from '@plumbline/kernel';
import { calendarFacts, organizationFacts } from '@plumbline/organization/facts';
import { beginDay } from './day-keeper';
import type { Deployment } from './deployment';
import { firstInstant, morningOf } from './deployment-clock';
import { factsIn } from './facts-in';

/** Lets days pass in a demonstration: one by one, each with all that processes do on it before the next begins. */
export class SimulatedTime {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deployment: Deployment) {}

  /** The last day that has begun, null before the first. */
  async day(): Promise<LocalDate | null> {
    const { store, names } = this.deployment;
    return (await factsIn(store, names, calendarFacts, naturalKey('calendar', 'calendar'))).lastDay;
  }

  get isSimulated(): boolean {
    return this.deployment.clock.simulated;
  }

  get now(): Instant {
    return this.deployment.clock.now();
  }

  /**
   * Lets days pass up to and including `to`, or as many as `mayGoOn` allows (asked before each). One caller after another.
   * @returns the day it has come to
   * @throws RangeError when the log is no demonstration, or the day lies behind
   */
  moveTo(to: LocalDate, mayGoOn: (day: LocalDate) => boolean = () => true): Promise<LocalDate> {
    const next = this.turn.then(() => this.move(to, mayGoOn));
    this.turn = next.catch(() => undefined);
    return next;
  }

  private async move(to: LocalDate, mayGoOn: (day: LocalDate) => boolean): Promise<LocalDate> {
    const { clock, store, names } = this.deployment;
    const organization = await factsIn(store, names, organizationFacts, naturalKey('organization', 'organization'));
    const from = organization.demonstrationFrom;
    if (from === null || !clock.simulated)
      throw new RangeError('Time passes by itself here: this is no demonstration.');
    let day = await this.day();
    if (day !== null && to < day) throw new RangeError(`It is ${day} already; time does not go back to ${to}.`);
    while (day === null || day < to) {
      const next: LocalDate = day === null ? from : addDays(day, 1);
      if (!mayGoOn(next)) break;
      clock.simulate(later(clock.now(), firstInstant(next, organization.timeZone)));
      await beginDay(this.deployment, next);
      await this.deployment.processes.catchUp();
      clock.simulate(later(clock.now(), morningOf(next, organization.timeZone)));
      day = next;
    }
    return day ?? from;
  }
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
