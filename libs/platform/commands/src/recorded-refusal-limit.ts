import type { Instant } from '@plumbline/kernel';

const HOUR = 3_600_000;

/** How many refusals of one actor are recorded in an hour: recording is proof, not a way to fill the log. Counts per process. */
export class RecordedRefusalLimit {
  private readonly taken = new Map<string, number[]>();

  constructor(private readonly perHour: number) {}

  /** Whether one more refusal of this actor is recorded now; if so it counts. */
  take(actor: string, now: Instant): boolean {
    const at = Date.parse(now);
    for (const [id, times] of this.taken) {
      if (times.every((time) => time <= at - HOUR)) this.taken.delete(id);
    }
    const recent = (this.taken.get(actor) ?? []).filter((time) => time > at - HOUR);
    if (recent.length >= this.perHour) return false;
    this.taken.set(actor, [...recent, at]);
    return true;
  }
}
