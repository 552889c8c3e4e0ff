import { addDays, type Instant, type LocalDate } from '@plumbline/kernel';

/** Days that a deployment is off, or asleep, without anybody wondering. */
export const UNREMARKABLE_DAYS = 7;
/** Beyond so many days a clock is not believed without a person's word. */
export const MOST_DAYS_UNASKED = 400;
/** How long a clock that jumped must go on steadily before it is believed. */
export const STEADY_MS = 10 * 60_000;
/** How far two clocks, or one clock and the time that passed, may differ. */
const TOLERANCE_MS = 60_000;

/** The clocks that a jump is held against. */
export interface Clocks {
  readonly now: () => Instant;
  /** Of the database server: another machine's, where there is one. */
  readonly database: () => Promise<Instant>;
  /** Milliseconds since some moment; never set by anybody. */
  readonly steady: () => number;
}

export type Standing =
  | { readonly believed: true }
  /** `because` says in words what keeps the days from being recorded, and what to do. */
  | { readonly believed: false; readonly because: string };

const apart = (a: Instant, b: Instant): number => Math.abs(Date.parse(a) - Date.parse(b));

/**
 * Looks twice at a clock that has gone far ahead: a day that began is recorded for ever. Up to a week is taken as it is. More is believed when the database's
 * clock says the same and both have gone on for ten minutes in step with the time that passed; a server that was off for a month loses those ten minutes and no
 * more. More than 400 days need a person's word (`--accept-clock`).
 */
export class ClockWatch {
  private first: { readonly at: Instant; readonly steady: number } | undefined;

  constructor(
    private readonly clocks: Clocks,
    /** A person has said that the clock is right. */
    private readonly accepted = false,
  ) {}

  /** @param lastDay last day recorded; @param today what the clock says */
  async look(lastDay: LocalDate, today: LocalDate): Promise<Standing> {
    if (this.accepted || today <= addDays(lastDay, UNREMARKABLE_DAYS)) {
      this.first = undefined;
      return { believed: true };
    }
    const said = `The clock says ${today}; the last day recorded is ${lastDay}.`;
    if (today > addDays(lastDay, MOST_DAYS_UNASKED))
      return this.doubt(`${said} If the clock is right, start with --accept-clock (PLUMBLINE_ACCEPT_CLOCK=yes).`);
    const now = this.clocks.now();
    const database = await this.clocks.database();
    if (apart(now, database) > TOLERANCE_MS)
      return this.doubt(`${said} The database's clock says ${database}. Set the clock that is wrong.`);
    const steady = this.clocks.steady();
    this.first ??= { at: now, steady };
    const passed = steady - this.first.steady;
    if (Math.abs(Date.parse(now) - Date.parse(this.first.at) - passed) > TOLERANCE_MS) {
      this.first = { at: now, steady };
      return { believed: false, because: `${said} It was set meanwhile; it is looked at again for ten minutes.` };
    }
    return passed >= STEADY_MS
      ? { believed: true }
      : {
          believed: false,
          because: `${said} The days between are recorded when the clock has gone on steadily for ten minutes, or at once with --accept-clock.`,
        };
  }

  private doubt(because: string): Standing {
    this.first = undefined;
    return { believed: false, because };
  }
}
