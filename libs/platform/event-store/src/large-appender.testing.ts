import { peakMib } from '@plumbline/platform/postgres/testing';
import { openPostgresEventStore } from './postgres';
import type { StreamWrite } from './port';
import { idFor, newEvent } from './testing';

/** One append of so many events, each to a stream of its own, as an import makes them; prints what it took. */
const [url, count] = process.argv.slice(2);
const store = await openPostgresEventStore({ url: url! });

function* writes(): Generator<StreamWrite> {
  for (let line = 0; line < Number(count); line++) {
    const data = {
      period: '2026',
      value: '71.25',
      n: 120,
      base: 150,
      eligible: 400,
      source: `line ${line}`,
      note: 'x'.repeat(120),
    };
    yield {
      stream: `series-${idFor(`line ${line}`)}`,
      expected: 'none',
      events: [newEvent(`line ${line}`, 0, data, 'metrics.ObservationRecorded.v1')],
    };
  }
}

const began = Date.now();
const { events, last } = await store.append(writes());
await store.close();
const mebibytes = peakMib();
process.stdout.write(
  JSON.stringify({ events: events.length, last: last.toString(), mebibytes, milliseconds: Date.now() - began }),
);
