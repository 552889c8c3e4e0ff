import { type Citation, type Disclosed, derived } from '@plumbline/privacy';
import type { Explanation, Report, ReportCell } from '@plumbline/reporting/domain';

const REFERENCE = /^sealed:([^/]+)\//;

/** Whether a word is a sealed text of an event that its cell cites. */
function isOwn(word: string | null, cites: readonly Citation[] | undefined): word is string {
  const [, event] = word === null ? [] : (REFERENCE.exec(word) ?? []);
  return event !== undefined && cites?.some((cite) => cite.event === event) === true;
}

/** The cell that an explanation is of, its text opened as in its report. */
export async function openedCell(
  { cell, cites }: Explanation,
  open: (words: readonly string[]) => Promise<readonly string[]>,
): Promise<ReportCell> {
  return isOwn(cell.word, cites) ? { ...cell, word: (await open([cell.word]))[0] ?? cell.word } : cell;
}

/**
 * The report with its sealed texts opened, for whoever it was computed for. A cell's word is opened only where the cell cites the very event that the text is
 * sealed in: anyone may write what looks like a reference into a plain field, and that stays as it is.
 */
export async function openedReport(
  report: Disclosed<Report>,
  open: (words: readonly string[]) => Promise<readonly string[]>,
): Promise<Disclosed<Report>> {
  const citesOf = (key: string): readonly Citation[] | undefined => report.trace.get(key)?.cites;
  const sealed = [...new Set(report.cells.flatMap(({ key, word }) => (isOwn(word, citesOf(key)) ? [word] : [])))];
  if (sealed.length === 0) return report;
  const opened = await open(sealed);
  const texts = new Map(sealed.map((word, index) => [word, opened[index] ?? word]));
  const cells = report.cells.map((cell) =>
    isOwn(cell.word, citesOf(cell.key)) ? { ...cell, word: texts.get(cell.word) ?? cell.word } : cell,
  );
  return derived(report, (said) => ({ ...said, cells }));
}
