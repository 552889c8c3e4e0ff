import type { RowProblem } from './importer';
import { MAX_LISTED_PROBLEMS, ProblemList } from './problems';

const problem = (line: number, more: Partial<RowProblem> = {}): RowProblem => ({
  line,
  rule: 'a-field-has-its-form',
  detail: 'write a number',
  ...more,
});

describe('the problems of a file', () => {
  it('stand together where rows are refused for the same reason and value', () => {
    const problems = new ProblemList();
    for (let row = 1; row <= 80; row++) problems.add(problem(row + 1, { column: 'n', value: 'x' }), row);
    problems.add(problem(90, { column: 'n', value: 'y' }), 89);
    expect(problems.listed).toEqual([
      { ...problem(2, { column: 'n', value: 'x' }), alike: 80, lastLine: 81 },
      problem(90, { column: 'n', value: 'y' }),
    ]);
    expect(problems.rows.size).toBe(81);
  });
  it('are said once of a row, with every field that was made of the column', () => {
    const problems = new ProblemList();
    problems.add(problem(2, { column: 'valid', value: 'x', field: 'den' }), 1);
    problems.add(problem(2, { column: 'valid', value: 'x', field: 'n' }), 1);
    problems.add(problem(2, { column: 'valid', value: 'x', field: 'n' }), 1);
    expect(problems.listed).toEqual([problem(2, { column: 'valid', value: 'x', field: 'den, n' })]);
  });
  it('are listed up to two hundred and counted beyond', () => {
    const problems = new ProblemList();
    for (let row = 1; row <= 500; row++) problems.add(problem(row, { value: String(row) }), row);
    expect(problems.listed).toHaveLength(MAX_LISTED_PROBLEMS);
    expect(problems.rows.size).toBe(500);
  });
  it('may lie in what the map declares, in no row', () => {
    const problems = new ProblemList();
    expect(problems.refusesWhole).toBe(false);
    problems.add(problem(0), 0);
    expect(problems.refusesWhole).toBe(true);
    expect(problems.rows.size).toBe(0);
  });
});
