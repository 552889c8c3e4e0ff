/** What a part of the benchmark found: one figure a round, and beside it the peer's of the same round. */
export interface Measured {
  readonly workload: string;
  /** `/s` counts how many a second: more is better. Of the others less is better. */
  readonly unit: '/s' | 's' | 'MiB';
  readonly ours: readonly number[];
  readonly peer?: { readonly name: string; readonly theirs: readonly number[] };
  readonly target?: Target;
}

/** How many times as fast as the peer at least; or what may not be reached. */
export type Target = { readonly times: number } | { readonly below: number };

/** A workload that needs what is not there. */
export interface NotRun {
  readonly workload: string;
  readonly notRun: string;
}

/** Under which circumstances rows were found. */
export interface Circumstances {
  readonly commit: string;
  readonly date: string;
  readonly machine: string;
  /** Load average of the minute before the run, and how many cores there are. */
  readonly load: number;
  readonly cores: number;
}

/** What the page and the file of results say of one workload. */
export interface Row {
  readonly workload: string;
  readonly unit: string;
  readonly ours: string;
  readonly peer: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly target: string;
  readonly met: 'yes' | 'no' | 'machine busy' | 'not run' | '–';
  readonly rounds: number;
  readonly load: string;
  readonly commit: string;
  readonly date: string;
  readonly machine: string;
}

/** A core that others use for more than half of the time is not ours to measure on. */
export const isBusy = ({ load, cores }: Pick<Circumstances, 'load' | 'cores'>): boolean => load > cores / 2;

/** The middle figure; of an even number the mean of the two in the middle. @throws RangeError for none */
export function median(figures: readonly number[]): number {
  if (figures.length === 0) throw new RangeError('no figures');
  const ordered = [...figures].sort((a, b) => a - b);
  const half = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[half]! : (ordered[half - 1]! + ordered[half]!) / 2;
}

/** Three digits, or all those before the point. */
export function shown(figure: number): string {
  const digits = figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : 3;
  return figure.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, digits === 0 ? ',' : '');
}

/** How many times as fast as the peer, round by round; the median of these. */
function timesAsFast({ ours, peer, unit }: Measured): number | undefined {
  if (!peer) return undefined;
  if (peer.theirs.length !== ours.length) throw new RangeError('a peer goes through the same rounds');
  return median(ours.map((own, n) => (unit === '/s' ? own / peer.theirs[n]! : peer.theirs[n]! / own)));
}

function isMet(measured: Measured, times: number | undefined): boolean | undefined {
  const { target, ours } = measured;
  if (!target) return undefined;
  if ('below' in target) return median(ours) < target.below;
  if (times === undefined) throw new RangeError('a target beside a peer needs a peer');
  return times >= target.times;
}

/** On a busy machine a time that was kept is kept; nothing else is judged there. */
function judged(measured: Measured, times: number | undefined, busy: boolean): Row['met'] {
  const met = isMet(measured, times);
  if (met === undefined) return '–';
  const sure = !busy || (met && 'below' in measured.target!);
  return sure ? (met ? 'yes' : 'no') : 'machine busy';
}

const targetText = (target: Target | undefined, unit: string): string => {
  if (!target) return '–';
  return 'below' in target ? `< ${shown(target.below)} ${unit}` : `≥ ${target.times} ×`;
};

/** The row of what was measured. */
export function rowOf(measured: Measured | NotRun, circumstances: Circumstances): Row {
  const { load, cores, ...rest } = circumstances;
  const busy = isBusy(circumstances);
  const where = { load: `${load.toFixed(1)} on ${cores}${busy ? ', busy' : ''}`, ...rest };
  const none = { unit: '–', ours: '–', peer: '–', theirs: '–', ratio: '–', target: '–' };
  if ('notRun' in measured)
    return { workload: measured.workload, ...none, peer: measured.notRun, met: 'not run', rounds: 0, ...where };
  const { workload, unit, ours, peer, target } = measured;
  const times = timesAsFast(measured);
  return {
    ...{ workload, unit, ours: shown(median(ours)) },
    ...{ peer: peer?.name ?? '–', theirs: peer ? shown(median(peer.theirs)) : '–' },
    ratio: times === undefined ? '–' : `${times.toFixed(2)} ×`,
    ...{ target: targetText(target, unit), met: judged(measured, times, busy), rounds: ours.length },
    ...where,
  };
}

const COLUMNS = {
  workload: 'workload',
  unit: 'unit',
  ours: 'ours',
  peer: 'beside',
  theirs: 'theirs',
  ratio: 'times as fast',
  target: 'target',
  met: 'met',
  rounds: 'rounds',
  load: 'load at start',
  commit: 'commit',
  date: 'date',
  machine: 'machine',
} as const;
const NAMES = Object.keys(COLUMNS) as readonly (keyof Row)[];

const HEAD = `# Benchmarks

Written by \`npm run bench\`, which is the only one to write here. \`npm run bench -- append\` measures one part anew and leaves the other rows; the parts are
\`append\`, \`report\`, \`cycle\` and \`kurrentdb\`. The last needs \`KURRENTDB_URL\`, the address of a real server.

Each figure is the median of its rounds. What stands beside it was measured in the same run, in turn with ours, and does the work of an application: it makes
each event and writes it as JSON, or reads it from there. *Times as fast* is the median of what each round gave. On a machine that was busy
when the run began no comparison is judged.

How long the import of 200,000 rows takes and how much memory it needs is measured by a test: see [long tests](long-tests.md).
`;

const lineOf = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;

/** The rows that a page holds. */
export function rowsOn(page: string): readonly Row[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| workload') && !/^\| :?-/.test(line))
    .map((line) => {
      const cells = line.slice(2, -1).split('|');
      const row = Object.fromEntries(NAMES.map((name, at) => [name, cells[at]?.trim() ?? ''])) as unknown as Row;
      return { ...row, rounds: Number(row.rounds) };
    });
}

/** The page with these rows in the place of earlier ones. What was measured once is not forgotten because it could not be measured now. */
export function pageWith(page: string, fresh: readonly Row[]): string {
  const rows = new Map(rowsOn(page).map((row) => [row.workload, row]));
  for (const row of fresh) if (row.met !== 'not run' || !rows.has(row.workload)) rows.set(row.workload, row);
  const ordered = [...rows.values()].sort((a, b) => a.workload.localeCompare(b.workload, 'en', { numeric: true }));
  const lines = [Object.values(COLUMNS), NAMES.map(() => '---'), ...ordered.map((row) => NAMES.map((n) => row[n]))];
  return `${HEAD}\n${lines.map(lineOf).join('\n')}\n`;
}
