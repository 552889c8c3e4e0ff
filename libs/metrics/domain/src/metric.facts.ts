import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { MetricDefinition, MetricEvent } from './metric.events';
import type { LegalClass, Topic } from './vocabulary';

export interface ClassReview {
  readonly reviewer: string;
  readonly jurisdiction: string;
  readonly expiresAt: LocalDate | null;
  readonly legalReviewId: string | null;
}

export interface MetricFacts {
  readonly defined: boolean;
  readonly metricId: string;
  readonly code: string;
  readonly version: number;
  readonly definitionVersion: number;
  readonly definition: MetricDefinition | null;
  /** As last worded under each definition version, the first first: figures may still be recorded under an earlier one. */
  readonly definitions: readonly MetricDefinition[];
  /** Null from a revision until a reviewer assigns it anew. */
  readonly legalClass: LegalClass | null;
  /** Null while the class is only the definer's declaration. */
  readonly review: ClassReview | null;
  /** Who worded the definition as it stands. */
  readonly wordedBy: string;
  readonly retired: boolean;
}

const initial: MetricFacts = {
  defined: false,
  metricId: '',
  code: '',
  version: 0,
  definitionVersion: 0,
  definition: null,
  definitions: [],
  legalClass: null,
  review: null,
  wordedBy: '',
  retired: false,
};

function evolve(state: MetricFacts, event: RecordedEvent<MetricEvent>): MetricFacts {
  switch (event.type) {
    case 'metrics.MetricDefined.v1':
      return {
        defined: true,
        metricId: event.data.metricId,
        code: event.data.code,
        version: event.data.version,
        definitionVersion: event.data.definitionVersion,
        definition: event.data.definition,
        definitions: [event.data.definition],
        legalClass: event.data.legalClass,
        review: null,
        wordedBy: event.data.definedBy,
        retired: false,
      };
    case 'metrics.MetricDefinitionRevised.v1':
      return {
        ...state,
        version: event.data.version,
        definitionVersion: event.data.definitionVersion,
        definition: event.data.definition,
        definitions: [...state.definitions.slice(0, event.data.definitionVersion - 1), event.data.definition],
        legalClass: null,
        review: null,
        wordedBy: event.data.revisedBy,
      };
    case 'metrics.MetricLegalClassAssigned.v1':
      return {
        ...state,
        legalClass: event.data.class,
        review: {
          reviewer: event.data.reviewer,
          jurisdiction: event.data.jurisdiction,
          expiresAt: event.data.expiresAt,
          legalReviewId: event.data.legalReviewId,
        },
      };
    case 'metrics.MetricRetired.v1':
      return { ...state, retired: true };
  }
}

export const metricFacts: Fold<MetricFacts, MetricEvent> = { concept: 'metric', initial, evolve };

/** Their number is never a leader's result, in any policy; how they are handled may be. */
const NUMBERS_THAT_NEVER_COUNT: readonly Topic[] = ['CONCERNS', 'HARM_REPORTS', 'LEADER_STORIES'];

/** The rule that keeps a metric out of every evaluation on this day, or null when none does. */
export function ruleAgainstEvaluating(metric: MetricFacts, today: LocalDate): string | null {
  if (!metric.definition) return 'an-evaluation-rests-on-a-defined-metric';
  if (metric.retired) return 'a-retired-metric-cannot-count-in-an-evaluation';
  if (metric.legalClass === null) return 'a-metric-whose-class-is-void-cannot-count-in-an-evaluation';
  if (metric.legalClass === 'CLASS_BASED') return 'a-class-based-metric-cannot-count-in-an-evaluation';
  if (metric.legalClass === 'MONITORING_ONLY') return 'a-monitoring-only-metric-cannot-count-in-an-evaluation';
  if (metric.review?.expiresAt != null && metric.review.expiresAt < today)
    return 'an-expired-class-review-cannot-carry-an-evaluation';
  const { topic, handling } = metric.definition;
  if (topic !== null && NUMBERS_THAT_NEVER_COUNT.includes(topic) && !handling)
    return 'a-count-of-concerns-harm-or-stories-cannot-count-in-an-evaluation';
  return null;
}
