import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresEventStore } from './postgres';
import { StoreError } from './port';
import { newEvent } from './testing';

/** Streams that one writer appends to without end. The event at revision n is that of the command `<stream>/<n>`. */
const [url, ...streams] = process.argv.slice(2);
const store = await openPostgresEventStore({ url: url!, settleMs: 1_000 });

/** What this process was told is recorded: written at once, so that it is known even if the process is killed in the next instant. */
const acknowledge = (stream: string, revision: number, position: bigint, id: string): void => {
  writeSync(1, `${stream} ${revision} ${position} ${id}\n`);
};

async function revisionOf(stream: string): Promise<number> {
  for (;;) {
    try {
      const { revision } = await store.read(stream, 2 ** 31 - 1);
      return revision === 'none' ? -1 : revision;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      await sleep(20);
    }
  }
}

async function appendWithoutEnd(stream: string): Promise<void> {
  for (let known = await revisionOf(stream); ;) {
    const next = known + 1;
    try {
      const events = [newEvent(`${stream}/${next}`), newEvent(`${stream}/${next + 1}`)];
      const appended = await store.append([{ stream, expected: known < 0 ? 'none' : known, events }]);
      for (const { revision, position, id } of appended.events) acknowledge(stream, revision, position, id);
      known = next + 1;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      await sleep(10);
      known = await revisionOf(stream);
    }
  }
}

await Promise.all(streams.map(appendWithoutEnd));
