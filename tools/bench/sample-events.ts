import { createHash, randomUUID } from 'node:crypto';
import { type NewEvent, uuidV8 } from '@plumbline/platform/event-store';

const NOW = '2026-01-05T09:00:00.000Z';

/** An id that is the same in every run. */
export const idOf = (name: string): string => uuidV8(createHash('sha256').update(name).digest());

const RECORDER = idOf('recorder');
const DATA = {
  ...{ metricId: idOf('metric'), unitId: idOf('unit'), period: '2026-01', definitionVersion: 1 },
  ...{ value: '68.25', num: 273, den: 400, n: 400, base: 400, eligible: 500, s: null, releaseId: null },
  ...{ source: 'A benchmark', method: 'counted', importId: null, evidenceRefs: [], recordedBy: RECORDER },
};

/** An event of the size that most have: a figure that was recorded, with its envelope. Costs nearly nothing to make. */
export function sampleEvent(): NewEvent {
  const id = randomUUID();
  return {
    ...{ id, type: 'metrics.ObservationRecorded.v1', occurredAt: NOW },
    ...{ actor: { id: RECORDER, role: 'data-steward' }, correlationId: id, causationId: id, commandId: id },
    ...{ commandHash: '0'.repeat(64), policyVersion: '1', salt: '0'.repeat(32), data: { ...DATA, obsId: id } },
  };
}

/** Such an event as whoever uses a bare client or driver makes it and writes it: as JSON. */
export const sampleBytes = (): Buffer =>
  Buffer.from(JSON.stringify({ ...sampleEvent(), stream: 'sample-stream-0', revision: 1_000, recordedAt: NOW }));
