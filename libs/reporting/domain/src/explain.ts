import { refuse, type Refusal } from '@plumbline/kernel';
import { type CellState, type Citation, type Disclosed, derived } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';

/** The events a figure came from, each with what it did for it. */
export interface Explanation {
  readonly cell: ReportCell;
  readonly cites: readonly Citation[];
}

/** A cell that is not shown is not explained either: the events would say what the cell does not. */
const UNEXPLAINED: Partial<Record<CellState, string>> = {
  SUPPRESSED: 'hidden-to-protect-small-groups',
  HELD: 'under-quality-review',
  WITHHELD: 'you-may-know-that-it-happened-not-what-it-says',
  ERASED: 'what-was-erased-is-not-explained',
};

export function explain(report: Disclosed<Report>, cellKey: string): Disclosed<Explanation> | Refusal {
  const cell = report.cells.find(({ key }) => key === cellKey);
  if (!cell) return refuse('a-cell-is-named-by-its-key', 'No cell has this key. The report as JSON lists them all.');
  const rule = UNEXPLAINED[cell.state];
  if (rule !== undefined) return refuse(rule);
  return derived(report, ({ trace }) => ({ cell, cites: trace.get(cellKey)?.cites ?? [] }));
}
