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

/** Whether a unit has a figure of a metric and period: its own, or one that its parts add up to. About `{metric, unit, period}`. */
export const FIGURE_KNOWN = 'reporting.figure-known';
export interface FigureKnown {
  readonly known: boolean;
}
export const figureKnownFact = (metric: string, unit: string, period: string): FactQuery =>
  askFact(FIGURE_KNOWN, { metric, unit, period });

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
