import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** How often a random suite runs, and from which seed. */
export interface LongRun {
  /** The usual number in every test run, the full number in `npm run test:long`; RUNS says otherwise. */
  readonly runs: number;
  /** SEED, or drawn. The same seed and number give the same cases. */
  readonly seed: number;
  /** Milliseconds that the suite may take. */
  readonly timeout: number;
  /** Shows how far a long run is; says nothing in an ordinary one. */
  progress(done: number): void;
  /** Tells the long run what was found, at the end of the suite. */
  record(figures: Readonly<Record<string, number | string>>): void;
}

const PROGRESS_MS = 10_000;

/** Declares a random suite. `npm run test:long` finds the specs that call this, runs them with their full number and writes what they record. */
export function longRun(title: string, numbers: { readonly usual: number; readonly full: number }): LongRun {
  const results = process.env['PLUMBLINE_LONG_RESULTS'];
  const runs = Number(process.env['RUNS'] ?? (results ? numbers.full : numbers.usual));
  const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
  const began = Date.now();
  let shown = began;
  return {
    runs,
    seed,
    timeout: 60_000 + runs * 5_000,
    progress(done) {
      if (!results || Date.now() - shown < PROGRESS_MS) return;
      shown = Date.now();
      process.stderr.write(`${title}: ${done} of ${runs}\n`);
    },
    record(figures) {
      const line = { title, runs, seed, seconds: Math.round((Date.now() - began) / 1000), figures };
      if (results) appendFileSync(results, `${JSON.stringify(line)}\n`);
    },
  };
}
