import type { CitedRow, LocalDate } from '@plumbline/kernel';
import { type MetricLinkRow, linkCarries } from '@plumbline/evaluations/domain';
import { type MetricCatalogueRow, metricFacts, ruleAgainstEvaluating } from '@plumbline/metrics/domain';
import type { ReasonCode } from '@plumbline/privacy';

export interface Barred {
  readonly rule: string;
  readonly reason: ReasonCode;
}

/** What a component rests on, in law, as rows know it. */
export interface Legality {
  /** The metric as it is defined now; undefined: unknown. */
  readonly metric: CitedRow<MetricCatalogueRow> | undefined;
  readonly companion: CitedRow<MetricCatalogueRow> | undefined;
  readonly link: CitedRow<MetricLinkRow> | undefined;
  /** Whether one of its units is defined by a class. */
  readonly byClass: boolean;
  /** What the contract was made on. */
  readonly agreed: { readonly metricVersion: number; readonly definitionVersion: number };
}

const asFacts = (row: MetricCatalogueRow): Parameters<typeof ruleAgainstEvaluating>[0] => ({
  ...metricFacts.initial,
  defined: true,
  metricId: row.metricId,
  code: row.code,
  version: row.version,
  definitionVersion: row.definitionVersion,
  definition: row as never,
  legalClass: row.legalClass,
  review:
    row.classReviewer === null
      ? null
      : {
          reviewer: row.classReviewer,
          jurisdiction: row.classJurisdiction ?? '',
          expiresAt: row.classExpiresAt,
          legalReviewId: row.legalReviewId,
        },
  retired: row.retired,
});

/** The firewall once more, as of a freeze: the same rules as when the contract was issued, by what the log held then. */
export function barredAsOf({ metric, companion, link, byClass, agreed }: Legality, day: LocalDate): Barred | null {
  if (metric?.retired) return { rule: 'a-retired-metric-cannot-count-in-an-evaluation', reason: 'METRIC_RETIRED' };
  if (metric && metric.definitionVersion !== agreed.definitionVersion)
    return { rule: 'a-target-stands-on-the-current-definition-of-its-metric', reason: 'DEFINITION_BREAK' };
  const rule =
    (metric ? ruleAgainstEvaluating(asFacts(metric), day) : 'an-evaluation-rests-on-a-defined-metric') ??
    (companion?.legalClass === 'CLASS_BASED' || companion?.legalClass === 'MONITORING_ONLY'
      ? 'a-companion-by-class-keeps-its-metric-out-of-evaluations'
      : null) ??
    (byClass ? 'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation' : null) ??
    (link && metric && linkCarries(link, metric.version, day) ? null : 'a-link-rests-on-a-live-legal-review');
  return rule === null ? null : { rule, reason: 'LEGAL_REVIEW_EXPIRED' };
}
