import { type Disclosed, derived } from '@plumbline/privacy';
import { type Change, citedText, type Explanation, type Report, type ReportCell } from '@plumbline/reporting/domain';

type Open = (words: readonly string[]) => Promise<readonly string[]>;
type Worded = Pick<ReportCell, 'word'>;
type Cites = Parameters<typeof citedText>[1];

/** Opens texts in one go; a cell's word is opened only where the cell cites the event that the text is sealed in. */
async function openedWords(
  worded: readonly (readonly [cell: Worded, cites: Cites])[],
  open: Open,
): Promise<<W extends Worded>(cell: W, cites: Cites) => W> {
  const own = worded.flatMap(([{ word }, cites]) => (word !== null && citedText(word, cites) ? [word] : []));
  const sealed = [...new Set(own)];
  const opened = sealed.length === 0 ? [] : await open(sealed);
  const texts = new Map(sealed.map((word, index) => [word, opened[index] ?? word]));
  return (cell, cites) =>
    cell.word !== null && citedText(cell.word, cites) ? { ...cell, word: texts.get(cell.word) ?? cell.word } : cell;
}

/** The cell that an explanation is of, its text opened as in its report. */
export async function openedCell({ cell, cites }: Explanation, open: Open): Promise<ReportCell> {
  return (await openedWords([[cell, cites]], open))(cell, cites);
}

/** The report with its sealed texts opened, for whoever it was computed for. */
export async function openedReport(report: Disclosed<Report>, open: Open): Promise<Disclosed<Report>> {
  const citesOf = ({ key }: ReportCell): Cites => report.trace.get(key)?.cites;
  if (!report.cells.some((cell) => citedText(cell.word, citesOf(cell)))) return report;
  const opened = await openedWords(
    report.cells.map((cell) => [cell, citesOf(cell)]),
    open,
  );
  const cells = report.cells.map((cell) => opened(cell, citesOf(cell)));
  return derived(report, (said) => ({ ...said, cells }));
}

/** What changed between two reports, with the sealed texts of each side opened as in the report of that side. */
export async function openedChanges(
  changes: readonly Change[],
  sides: { readonly then: Pick<Report, 'trace'>; readonly now: Pick<Report, 'trace'> },
  open: Open,
): Promise<readonly Change[]> {
  const citesOf = (side: 'then' | 'now', key: string): Cites => sides[side].trace.get(key)?.cites;
  const worded = changes.flatMap(({ key, then, now }) => [
    ...(then ? [[then, citesOf('then', key)] as const] : []),
    ...(now ? [[now, citesOf('now', key)] as const] : []),
  ]);
  const opened = await openedWords(worded, open);
  return changes.map(({ then, now, ...change }) => ({
    ...change,
    then: then && opened(then, citesOf('then', change.key)),
    now: now && opened(now, citesOf('now', change.key)),
  }));
}
