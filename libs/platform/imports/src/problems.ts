import type { RowProblem } from './importer';

/** Problems listed in an answer; all are counted. */
export const MAX_LISTED_PROBLEMS = 200;

const sameSaid = ({ column, value, rule, detail }: RowProblem): string => JSON.stringify([column, value, rule, detail]);

/** What is wrong with a file, said once: rows that are refused for the same reason and value stand together, and nothing is said twice of one row. */
export class ProblemList {
  /** Numbers of the rows that are refused, 1 = the first after the map. */
  readonly rows = new Set<number>();
  private readonly byWords = new Map<string, { problem: RowProblem; row: number }>();
  private whole = false;

  /** @param row number of the row; 0 for what the map declares */
  add(problem: RowProblem, row: number): void {
    if (row === 0) this.whole = true;
    else this.rows.add(row);
    const words = sameSaid(problem);
    const said = this.byWords.get(words);
    if (said === undefined) {
      if (this.byWords.size < MAX_LISTED_PROBLEMS) this.byWords.set(words, { problem, row });
      return;
    }
    if (said.row === row) {
      const fields = new Set([...(said.problem.field?.split(', ') ?? []), ...(problem.field?.split(', ') ?? [])]);
      if (fields.size > 0) said.problem = { ...said.problem, field: [...fields].join(', ') };
      return;
    }
    const { alike = 1 } = said.problem;
    said.problem = { ...said.problem, alike: alike + 1, lastLine: problem.line };
    said.row = row;
  }

  /** Whether something is wrong that belongs to no row: nothing of the file can be recorded then. */
  get refusesWhole(): boolean {
    return this.whole;
  }

  get listed(): readonly RowProblem[] {
    return [...this.byWords.values()].map(({ problem }) => problem);
  }

  /** Rows that the listed problems name. */
  get named(): number {
    return this.listed.reduce((count, { alike = 1, line }) => count + (line === 0 ? 0 : alike), 0);
  }
}
