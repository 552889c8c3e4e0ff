import { copyLog, type CopyProgress } from '@plumbline/deployment';

export interface CopyOptions {
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

/** Copies a log and says what both hold. @throws CopyRefused */
export async function copy({ from, to, fromPrefix, toPrefix }: CopyOptions): Promise<void> {
  const summary = await copyLog({ url: from, prefix: fromPrefix }, { url: to, prefix: toPrefix }, teller());
  const { there, events, sha256, lastEvent, reports } = summary;
  const before = there === 0 ? '' : there === events ? ', all of them there before' : `, ${there} of them there before`;
  out(`Both logs hold the same ${events} events${before}; the last one is ${lastEvent ?? 'none'}.`);
  out(`  sha256 over all bytes  ${sha256}`);
  for (const { report, result } of reports) out(`  ${report.padEnd(21)}  ${result}`);
  out('The log alone was copied: the directory, keys and files of evidence stay in the database they are in.');
}
