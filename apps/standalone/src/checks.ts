import { resolve } from 'node:path';
import {
  backup,
  eventStoreFrom,
  lookBeforeRestore,
  openDeployment,
  openLog,
  OPERATOR,
  readModels,
  restore,
} from '@plumbline/deployment';
import { prune, rebuildCheck } from '@plumbline/platform/projections';
import { parseAsOf, recompute, reportHash, ReportService } from '@plumbline/reporting/server';
import { openDatabase } from './data-directory';
import { Bar } from './bar';
import { shellWord } from './shell-word';

const out = (words: string): void => void process.stdout.write(`${words}\n`);
const say = (words: string): void => void process.stderr.write(`${words}\n`);

export interface PlaceOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly eventStore?: string;
}

async function withDeployment<T>(
  { dataDir, databaseUrl, eventStore }: PlaceOptions,
  work: (deployment: Awaited<ReturnType<typeof openDeployment>>) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(resolve(dataDir), databaseUrl, true, say);
  try {
    const deployment = await openDeployment({
      dataDir: resolve(dataDir),
      databaseUrl: database.databaseUrl,
      ...eventStoreFrom({ ...process.env, EVENT_STORE_URL: eventStore ?? database.eventStoreUrl }),
      standalone: false,
      log: openLog(undefined, 'error'),
    });
    try {
      return await work(deployment);
    } finally {
      await deployment.close();
    }
  } finally {
    await database.close();
  }
}

export interface RebuildOptions extends PlaceOptions {
  readonly check?: boolean;
  readonly prune?: boolean;
  readonly report?: string;
  readonly asOf?: string;
  readonly unit?: string;
  readonly period?: string;
}

/** @returns whether everything holds */
export async function rebuild(options: RebuildOptions): Promise<boolean> {
  if (options.check !== true && options.prune !== true) throw new Error('rebuild wants --check or --prune.');
  return await withDeployment(
    options,
    async ({ store, parted, ownerPool, log, projections, reader, directory, disclosures }) => {
      if (options.prune === true) {
        const dropped = await prune(ownerPool, readModels);
        out(dropped.length === 0 ? 'No old tables.' : `Dropped ${dropped.join(', ')}.`);
      }
      if (options.check !== true) return true;
      await projections.catchUp();
      const head = (await store.head()).position;
      if (options.report !== undefined) {
        const asOf = parseAsOf(options.asOf);
        if (typeof asOf === 'object' && 'day' in asOf) throw new Error('--as-of of rebuild --check is a position.');
        const position = typeof asOf === 'object' ? asOf.position : head;
        // a restricted report is shown to nobody without a record of it, not even to whoever checks it
        const viewer = { id: directory.personIdOf(OPERATOR), role: 'auditor', via: 'local-key' } as const;
        const filter = {
          ...(options.unit === undefined ? {} : { unit: options.unit }),
          ...(options.period === undefined ? {} : { period: options.period }),
        };
        const replayed = await recompute(store, options.report.toUpperCase(), position, viewer, filter, parted);
        const live = await new ReportService(reader, store, undefined, disclosures).report(
          options.report,
          filter,
          { position },
          viewer,
        );
        const hash = reportHash(live);
        out(`${replayed.report} as of position ${replayed.position}`);
        out(`  replayed from the log  ${replayed.result}`);
        out(`  live read models       ${hash}`);
        out(hash === replayed.result ? 'They match, byte for byte.' : 'They do not match.');
        return hash === replayed.result;
      }
      const bar = new Bar('replaying');
      const check = await rebuildCheck(store, ownerPool, readModels, {
        log,
        onProgress: ({ position, head: end }) => bar.show(Number(position), Number(end)),
      });
      bar.end();
      for (const { table, versions, differences, problem, first } of check.tables) {
        out(
          `${differences === 0 && problem === null ? 'same     ' : 'DIFFERENT'} ${table}  ${versions} row versions${differences === 0 ? '' : `, ${differences} differ`}${problem === null ? '' : `: ${problem}`}`,
        );
        for (const { key, from, kind, columns } of first.slice(0, 10))
          out(
            `            ${kind} ${key.join(' / ')} from position ${from}${columns.length === 0 ? '' : `: ${columns.join(', ')}`}`,
          );
      }
      out(
        check.agrees
          ? `The live read models are what the log says, up to position ${check.upTo}.`
          : 'The live read models are not what the log says. Stop the instance, drop the tables named above and start again: they are built anew.',
      );
      return check.agrees;
    },
  );
}

export async function backupTo(file: string, options: PlaceOptions): Promise<void> {
  await withDeployment(options, async ({ store, ownerPool }) => {
    const bar = new Bar('events');
    const summary = await backup(store, ownerPool, resolve(options.dataDir), resolve(file), (done, of) =>
      bar.show(done, of),
    );
    bar.end();
    out(`Backed up ${summary.events} events to ${resolve(file)}, read back and verified.`);
    out(`  sha256 ${summary.sha256}`);
    out('  It holds the keys of this instance: keep it as you keep them.');
  });
}

export async function restoreFrom(file: string, options: PlaceOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  await lookBeforeRestore(resolve(file), dataDir);
  const database = await openDatabase(dataDir, options.databaseUrl, false, say);
  try {
    const bar = new Bar('events');
    const summary = await restore(resolve(file), dataDir, database.databaseUrl, (done, of) => bar.show(done, of));
    bar.end();
    out(`Restored ${summary.events} events into ${dataDir}; the last one is ${summary.lastEvent ?? 'none'}.`);
    out(`Start with: npm start -- --data-dir ${shellWord(dataDir)}`);
  } finally {
    await database.close();
  }
}
