import type { FigureKnown, ReportedVerdict, SeriesOpenness } from '@plumbline/metrics/domain';
import { isHidden } from '@plumbline/privacy';
import { figureBook } from './figure-book';
import { leadLagReport, type LeadLagRows } from './lead-lag.report';
import { prefixOf } from './prefix';
import { isRefusal, type Question } from './report';
import { verdictsOf } from './verdicts';

// What decisions of other contexts ask of the figures. They are told what a report would show, never a figure that it would hide.

/** The verdict of R2 for one hypothesis, as of the rows; null for a hypothesis that nobody registered. */
export function reportedVerdict(rows: LeadLagRows, question: Question, hypothesisId: string): ReportedVerdict | null {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return null;
  const found = verdictsOf(prefix, figureBook(prefix, rows), rows.metrics, rows.hypotheses, rows.days).find(
    ({ hypothesis }) => hypothesis.hypothesisId === hypothesisId,
  );
  if (!found || question.asOf.event === null) return null;
  return {
    verdict: found.result.verdict,
    cannotTell: found.result.labels.includes('CANNOT_TELL'),
    asOf: question.asOf.event,
    report: `${leadLagReport.id}@${leadLagReport.version}`,
  };
}

/** Whether some figure of a metric and unit, of any period and definition, is hidden from everyone. What is not known to be open counts as hidden. */
export function seriesOpenness(
  rows: LeadLagRows,
  question: Question,
  metricId: string,
  unitId: string,
): SeriesOpenness {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return { hidden: true };
  const book = figureBook(prefix, rows);
  const hidden = rows.observations
    .filter((row) => row.metricId === metricId && row.unitId === unitId && !row.retracted)
    .some(({ period, definitionVersion }) => {
      const metric = rows.metrics
        .filter((each) => each.metricId === metricId && each.definitionVersion === definitionVersion)
        .sort((a, b) => b.version - a.version)[0];
      const cell = metric && book.disclosure(metric, period).cells.get(unitId);
      return cell === undefined || isHidden(cell);
    });
  return { hidden };
}

/** Whether a unit has a figure of a metric and period under any definition: its own, or one that its parts add up to. */
export function figureKnown(
  rows: LeadLagRows,
  question: Question,
  { metricId, unitId, period }: { readonly metricId: string; readonly unitId: string; readonly period: string },
): FigureKnown {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return { known: false };
  const book = figureBook(prefix, rows);
  const known = rows.metrics.some((metric) => metric.metricId === metricId && book.figures(metric, period).has(unitId));
  return { known };
}
