import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyLog, type CopyProgress, type CopySummary, remembered } from '@plumbline/deployment';
import { openDatabase } from './data-directory';

export interface CopyOptions {
  /** Address of a store, or a data directory: then the embedded PostgreSQL there is started for as long as it takes. */
  readonly from: string;
  readonly to: string;
  readonly fromPrefix?: string;
  readonly toPrefix?: string;
}

const out = (words: string): void => void process.stdout.write(`${words}\n`);
const WORDS: Readonly<Record<CopyProgress['phase'], string>> = {
  looking: 'events of an earlier copy looked at',
  copying: 'events copied',
  comparing: 'events compared',
};
const SAY_EVERY_MS = 2_000;

/** A line every other second: how far a phase has come. */
function teller(): (progress: CopyProgress) => void {
  let saidAt = performance.now();
  return ({ phase, done }) => {
    if (performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    process.stderr.write(`${done} ${WORDS[phase]}\n`);
  };
}

interface OpenPlace {
  readonly url: string;
  close(): Promise<void>;
}

const say = (words: string): void => void process.stderr.write(`${words}\n`);

/** @throws Error in words when there is no data directory of this name */
async function openPlace(place: string): Promise<OpenPlace> {
  if (/^[a-z+]+:/.test(place)) return { url: place, close: async () => undefined };
  const dataDir = resolve(place);
  if (!existsSync(join(dataDir, 'format.json')))
    throw new Error(
      `${place} is neither the address of a store (postgres://… or kurrentdb://…) nor a data directory of Plumbline.`,
    );
  const database = await openDatabase(dataDir, undefined, false, say);
  return { url: database.databaseUrl, close: () => database.close() };
}

/** A data directory's database may hold a log of before, while the one that counts lies elsewhere. */
function refuseLeftBehind(from: string): void {
  const elsewhere = remembered(resolve(from));
  if (elsewhere) throw new Error(`The log of ${from} is in ${elsewhere.place}: give --from that address.`);
}

/** Copies a log and says what both hold. @throws CopyRefused; Error in words when a place is none */
export async function copy({ from, to, fromPrefix, toPrefix }: CopyOptions): Promise<void> {
  refuseLeftBehind(from);
  const source = await openPlace(from);
  try {
    const target = await openPlace(to);
    try {
      tell(await copyLog({ url: source.url, prefix: fromPrefix }, { url: target.url, prefix: toPrefix }, teller()));
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function tell({ there, events, sha256, lastEvent, reports }: CopySummary): void {
  const before = there === 0 ? '' : there === events ? ', all of them there before' : `, ${there} of them there before`;
  out(`Both logs hold the same ${events} events${before}; the last one is ${lastEvent ?? 'none'}.`);
  out(`  sha256 over all bytes  ${sha256}`);
  for (const { report, result } of reports) out(`  ${report.padEnd(21)}  ${result}`);
  out('The log alone was copied: the directory, keys and files of evidence stay in the database they are in.');
}
