import { randomUUID } from 'node:crypto';
import type { PositionedEvent } from '@plumbline/kernel';
import { type NewEvent, StoreError, type StreamWrite } from './port';
import { idFor, newEvent } from './testing';

/** Patience of stores in specs that have a node fail. */
export const QUICK = { patienceMs: 1_500, answerMs: 2_500, settleMs: 5_000 };

export const stream = (word: string): string => `test-${idFor(word)}`;
export const write = (word: string, expected: number | 'none', ...events: readonly NewEvent[]): StreamWrite => ({
  stream: stream(word),
  expected,
  events,
});
export const happened = (data: unknown = {}): NewEvent => newEvent(randomUUID(), 0, data);
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export async function all(events: AsyncIterable<PositionedEvent>): Promise<PositionedEvent[]> {
  const list: PositionedEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}
export async function failure(outcome: Promise<unknown>): Promise<StoreError> {
  const error = await outcome.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof StoreError) return error;
  throw error ?? new Error('it succeeded');
}
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}
