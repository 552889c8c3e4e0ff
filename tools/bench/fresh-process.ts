import { spawn } from 'node:child_process';

export interface FreshAnswer<T> {
  readonly answer: T;
  /** Before the collection that found most of it in use, as V8 tells it. */
  readonly peakHeapMib: number;
}

const HEAP = /: (?:Scavenge|Mark-Compact)[^\d]*([\d.]+) \(/g;
const ASKED = 'PLUMBLINE_BENCH_ASKED';
const MARK = '\nanswer: ';

/** Runs this program once more with an argument, in a process of its own, and gives what it answers with `answerParent`. */
export async function inFreshProcess<T>(argument: object): Promise<FreshAnswer<T>> {
  const child = spawn(process.execPath, ['--trace-gc', process.argv[1]!], {
    env: { ...process.env, [ASKED]: JSON.stringify(argument) }, // holds a database's password: no argument, which anyone sees
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const at = said.indexOf(MARK);
  if (code !== 0 || at < 0) throw new Error(`a process of the benchmark ended with ${code}`);
  const line = said.slice(at + MARK.length).split('\n', 1)[0]!;
  const heaps = [...said.matchAll(HEAP)].map(([, mib]) => Number(mib));
  return { answer: JSON.parse(line) as T, peakHeapMib: Math.max(0, ...heaps) };
}

/** What this process was asked, if it is one of those. */
export function asked<A>(): A | undefined {
  const argument = process.env[ASKED];
  return argument === undefined ? undefined : (JSON.parse(argument) as A);
}

export const answerParent = (answer: unknown): void => void process.stdout.write(`${MARK}${JSON.stringify(answer)}\n`);
