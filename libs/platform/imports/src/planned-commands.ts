import type { BatchOutcome, RefusedCommand } from '@plumbline/platform/commands';
import type { RowProblem } from './importer';

/** Plans in words that an answer lists. */
export const MAX_LISTED_PLANS = 200;

/** What asked for a command: a row, what the map declares (and the brackets of the import), or all rows together. */
export type Origin = 'row' | 'map' | 'whole';

/** A row with one refused command is refused, whatever became of its others. */
const WEIGHT: Readonly<Record<BatchOutcome, number>> = { repeated: 0, unchanged: 1, recorded: 2, refused: 3 };
const PREFIX: Readonly<Record<Origin, string | undefined>> = {
  row: undefined,
  map: 'In what the map declares.',
  whole: 'In what follows from the whole file.',
};

/** Which row and line each command of a batch came from, and what became of each row. */
export class PlannedCommands {
  private rows: number[] = [];
  private lines: number[] = [];
  private readonly origins = new Map<number, Origin>();
  private readonly words = new Map<number, string>();
  private plans: string[] = [];
  private followedCount = 0;
  private opened = false;
  /** By row: the most that became of any of its commands. Row 0: the brackets and all that belongs to no row. */
  private readonly became = new Map<number, BatchOutcome>();

  restart(): void {
    this.rows = [];
    this.lines = [];
    this.plans = [];
    this.followedCount = 0;
    this.opened = false;
    this.origins.clear();
    this.words.clear();
    this.became.clear();
  }

  /** @param row number of the row, 0 for what belongs to none */
  push(row: number, line: number, origin: Origin, words?: string): void {
    const index = this.rows.length;
    if (origin !== 'row') this.origins.set(index, origin);
    if (words !== undefined && this.plans.length < MAX_LISTED_PLANS) this.words.set(index, words);
    this.rows.push(row);
    this.lines.push(line);
  }

  decided(index: number, outcome: BatchOutcome): void {
    if (index === 0) this.opened = outcome === 'recorded';
    const row = this.rows[index] ?? 0;
    const before = this.became.get(row);
    if (before === undefined || WEIGHT[outcome] > WEIGHT[before]) this.became.set(row, outcome);
    if (outcome === 'recorded' && this.origins.get(index) === 'whole') this.followedCount += 1;
    const words = this.words.get(index);
    this.words.delete(index);
    if (words !== undefined && outcome === 'recorded' && this.plans.length < MAX_LISTED_PLANS) this.plans.push(words);
  }

  /** Whether the first command, which opens the import, is new. */
  get opensAnew(): boolean {
    return this.opened;
  }

  /** Whether a row, a declaration or the import's own opening is new. */
  get recordsAnything(): boolean {
    return [...this.became.values()].includes('recorded');
  }

  /** Commands of the whole file that recorded something. */
  get followed(): number {
    return this.followedCount;
  }

  /** What would be recorded, in words. */
  get planned(): readonly string[] {
    return this.plans;
  }

  counts(): { readonly recorded: number; readonly unchanged: number; readonly refused: number } {
    const counts = { recorded: 0, unchanged: 0, refused: 0 };
    for (const [row, outcome] of this.became)
      if (row !== 0) counts[outcome === 'repeated' ? 'unchanged' : outcome] += 1;
    return counts;
  }

  /** A refusal as a problem of its row, 0 for none. `columnOf`: our column of a field of the command. */
  problemOf({ index, refused, detail, problems }: RefusedCommand): {
    readonly problem: RowProblem;
    readonly row: number;
  } {
    const fields = problems?.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
    const words = [PREFIX[this.origins.get(index) ?? 'row'], fields ?? detail]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
    const column = problems?.[0]?.path;
    const problem = {
      line: this.lines[index] ?? 0,
      rule: refused,
      ...(words === '' ? {} : { detail: words }),
      ...(column === undefined || column === '' ? {} : { column }),
    };
    return { problem, row: this.rows[index] ?? 0 };
  }
}
