import { appendFileSync } from 'node:fs';
import type { Measured, NotRun } from './rows';

const results = process.env['PLUMBLINE_BENCH_RESULTS'];
/** Small numbers, to see that everything works. */
export const quick = process.env['PLUMBLINE_BENCH_QUICK'] === 'yes';

/** A number for a run that counts, and one for a quick one. */
export const many = (full: number, small: number): number => (quick ? small : full);

/** Hands a row over to the run. Small numbers meet no target. */
export function found(measured: Measured | NotRun): void {
  const row = quick ? { ...measured, target: undefined } : measured;
  if (results) appendFileSync(results, `${JSON.stringify(row)}\n`);
}

export const say = (words: string): void => void process.stderr.write(`  ${words}\n`);

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** How often a second something happens that several do at once, each again as soon as it is done, for so many milliseconds. */
export async function rate(atOnce: number, ms: number, once: (who: number) => Promise<unknown>): Promise<number> {
  let done = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, who) => {
      while (performance.now() - began < ms) {
        await once(who);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - began) / 1_000);
}

/** Each of several ways once a round, in turn; whoever began a round ends the next one. The first round warms up and does not count. */
export async function sideBySide<W extends string>(
  rounds: number,
  ways: Readonly<Record<W, () => Promise<number>>>,
): Promise<Readonly<Record<W, readonly number[]>>> {
  const names = Object.keys(ways) as W[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<W, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const figure = await ways[name]();
      if (round > 0) figures[name].push(figure);
    }
  }
  return figures;
}
