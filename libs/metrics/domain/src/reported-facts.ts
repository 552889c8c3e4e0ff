import { askFact, type FactQuery } from '@plumbline/kernel';
import type { Verdict } from './hypothesis.events';

// What this context's decisions rest on but cannot reckon themselves: what reports make of the figures, after disclosure.

/** Whether some figure of a series is hidden from everyone. About `{metric, unit}`, codes. */
export const SERIES_OPENNESS = 'reporting.series-openness';
export interface SeriesOpenness {
  readonly hidden: boolean;
}
export const seriesOpennessFact = (metric: string, unit: string): FactQuery =>
  askFact(SERIES_OPENNESS, { metric, unit });

/** What the figures say of a hypothesis, as they stand. About `{hypothesis}`, a code. */
export const HYPOTHESIS_VERDICT = 'reporting.hypothesis-verdict';
export interface ReportedVerdict {
  /** Null before the review date, as the log's own days tell. */
  readonly verdict: Verdict | null;
  /** The test could not have seen a correlation that matters. */
  readonly cannotTell: boolean;
  /** Id of the event as of which it was reckoned. */
  readonly asOf: string;
  /** Report and code version. */
  readonly report: string;
}
export const hypothesisVerdictFact = (hypothesis: string): FactQuery => askFact(HYPOTHESIS_VERDICT, { hypothesis });
