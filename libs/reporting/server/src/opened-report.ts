import type { Disclosed } from '@plumbline/privacy';
import type { Report } from '@plumbline/reporting/domain';

const REFERENCE = /^sealed:([^/]+)\//;

/**
 * The report with its sealed texts opened, for whoever it was computed for. A cell's word is opened only where the cell cites the very event that the text is
 * sealed in: anyone may write what looks like a reference into a plain field, and that stays as it is.
 */
export async function openedReport(
  report: Disclosed<Report>,
  open: (words: readonly string[]) => Promise<readonly string[]>,
): Promise<Disclosed<Report>> {
  const isOwn = (key: string, word: string | null): word is string => {
    const [, event] = word === null ? [] : (REFERENCE.exec(word) ?? []);
    return event !== undefined && report.trace.get(key)?.cites.some((cite) => cite.event === event) === true;
  };
  const sealed = [...new Set(report.cells.flatMap(({ key, word }) => (isOwn(key, word) ? [word] : [])))];
  if (sealed.length === 0) return report;
  const opened = await open(sealed);
  const texts = new Map(sealed.map((word, index) => [word, opened[index] ?? word]));
  const cells = report.cells.map((cell) =>
    isOwn(cell.key, cell.word) ? { ...cell, word: texts.get(cell.word) ?? cell.word } : cell,
  );
  return { ...report, cells };
}
