import type { ApiClient } from '@plumbline/api-client';
import { BadUsage } from './exit';
import { Progress } from './progress';

interface Clock {
  readonly day: string | null;
  readonly now: string;
  readonly simulated: boolean;
}
interface Moved {
  readonly day: string;
  readonly now: string;
  readonly reached: boolean;
}

const MS_PER_DAY = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;

/** What time it is by the instance's clock. */
export async function readClock(api: ApiClient): Promise<string> {
  const { day, now, simulated } = (await api.get<Clock>('/v1/clock')).body;
  return simulated
    ? `Simulated: the last day that has begun is ${day ?? 'none yet'}, the time is ${now}.`
    : `The real clock: ${now}; the last day that has begun is ${day ?? 'none yet'}.`;
}

/** Lets days pass, one by one, until a day has begun. An interrupted run goes on where it stood. */
export async function moveClock(api: ApiClient, to: string): Promise<string> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(to)) throw new BadUsage(`--to ${to} is not a day as 2026-11-23.`);
  const { day: from } = (await api.get<Clock>('/v1/clock')).body;
  const progress = new Progress();
  try {
    for (;;) {
      const { day, now, reached } = (await api.post<Moved>('/v1/clock', { to })).body;
      if (reached) return `It is ${day}, ${now}.`;
      if (from !== null) progress.show('days', daysBetween(from, day), daysBetween(from, to));
    }
  } finally {
    progress.end();
  }
}
