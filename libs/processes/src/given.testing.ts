import type { EventBody, RecordedEvent } from '@plumbline/kernel';
import type { Process, ProcessStep } from './process';
import { ProcessFold } from './process-fold';

/** An event as a spec writes it: type and data; what matters of the envelope may be given. */
export type GivenEvent = EventBody & Partial<Pick<RecordedEvent, 'id' | 'actor' | 'recordedAt' | 'occurredAt'>>;

export const dayBegan = (date: string): GivenEvent => ({
  type: 'organization.DayBegan.v1',
  data: { date },
  id: `day-${date}`,
  recordedAt: `${date}T00:00:00.000Z`,
  occurredAt: `${date}T00:00:00.000Z`,
});

const recorded = (event: GivenEvent, index: number): RecordedEvent => ({
  id: `event-${index}`,
  stream: 'spec',
  revision: index,
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  actor: { id: 'person-a', role: 'hr' },
  correlationId: 'spec',
  causationId: 'spec',
  commandId: `given-${index}`,
  commandHash: '',
  policyVersion: '1',
  salt: '',
  ...event,
});

/** These events → exactly these commands: what a process does on the last event, knowing all that came before. */
export function after(process: Process, ...events: readonly GivenEvent[]): readonly ProcessStep[] {
  const fold = new ProcessFold([process]);
  const all = events.map(recorded);
  for (const event of all) fold.apply(event);
  const last = all.at(-1);
  return (last && process.on[last.type]?.(last, fold.rowsFor(process))) ?? [];
}

/** What it does on each of the events in turn. */
export const throughout = (process: Process, ...events: readonly GivenEvent[]): readonly ProcessStep[] =>
  events.flatMap((_event, index) => after(process, ...events.slice(0, index + 1)));
