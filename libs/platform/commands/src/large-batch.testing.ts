import { migrateEventStore, openPostgresEventStore } from '@plumbline/platform/event-store';
import { peakMib } from '@plumbline/platform/postgres/testing';
import { BatchHandler } from './batch-handler';
import { CommandHandler } from './command-handler';
import type { BatchCommand } from './command-meta';
import { by, HR, STEWARD, ToyDeployment } from './toy-deployment.testing';

/** A large import in a process of its own: `node … <admin url> <rows>` prints what became of it, how long it took and the most memory it ever held. */
const [, , url = '', rows = ''] = process.argv;
const roles = await migrateEventStore(url);
const store = await openPostgresEventStore({ url: roles.writerUrl });
const toy = new ToyDeployment(store);
toy.now = new Date().toISOString();
await new CommandHandler(toy.parts()).handle({ type: 'toy.DefineMetric', data: { code: 'LC' } }, by(HR));

const observation = (row: number): BatchCommand => ({
  commandId: `import-of-a-file-with-a-long-hash-${row}`,
  type: 'toy.Observe',
  data: {
    metric: 'LC',
    unit: `UNIT-${row % 20_000}`,
    period: String(2000 + Math.floor(row / 20_000)),
    value: `${row % 100}.5`,
    n: row,
    source: 'Public Service Employee Survey, open data, a file with a rather long name.csv',
  },
});
const commands = {
  *[Symbol.iterator]() {
    for (let row = 0; row < Number(rows); row++) yield observation(row);
  },
};
const before = process.memoryUsage.rss();
const started = performance.now();
let heard = 0;
const batch = new BatchHandler(toy.parts());
const first = await batch.handle(commands, { actor: STEWARD, correlationId: 'import', progress: () => (heard += 1) });
const seconds = (performance.now() - started) / 1000;
const again = await batch.handle(commands, { actor: STEWARD, correlationId: 'import' });
await store.close();
const peak = peakMib();
const { recorded, accepted } = first;
const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);
process.stdout.write(
  JSON.stringify({
    accepted,
    recorded,
    repeated: again.repeated,
    heard,
    seconds,
    before: mib(before),
    peak,
  }),
);
