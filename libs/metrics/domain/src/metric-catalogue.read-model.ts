import type { Cadence, ReadModel } from '@plumbline/kernel';
import type { MetricDefinition, MetricEvent } from './metric.events';
import type { Direction, Formula, Kind, LegalClass, Level, SourceType, Subject, Topic, Unit } from './vocabulary';

/** One row a version of a definition. The catalogue as it stands is the rows with `current`. */
export type MetricCatalogueRow = {
  readonly metricId: string;
  /** Counts every revision. */
  readonly version: number;
  /** Counts breaks: figures of different definition versions are never one line. */
  readonly definitionVersion: number;
  readonly current: boolean;
  readonly code: string;
  readonly name: string;
  readonly kind: Kind;
  readonly level: Level;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly formulaRef: Formula;
  readonly sourceType: SourceType;
  readonly cadence: Cadence;
  readonly minN: number;
  readonly subject: Subject;
  /** Null from a revision until a reviewer assigns it anew. */
  readonly legalClass: LegalClass | null;
  readonly classReviewer: string | null;
  readonly classJurisdiction: string | null;
  readonly classExpiresAt: string | null;
  readonly legalReviewId: string | null;
  readonly rationale: string;
  readonly kindRationale: string | null;
  readonly proxyRisk: string | null;
  readonly companionMetricId: string | null;
  readonly topic: Topic | null;
  readonly handling: boolean;
  readonly openProcess: boolean;
  readonly frameworkTags: readonly string[];
  readonly comparability: 'COMPARABLE' | 'BREAK' | null;
  readonly change: string | null;
  readonly definedBy: string;
  readonly definedAt: string;
  readonly retired: boolean;
};

const ofDefinition = (definition: MetricDefinition) => ({
  name: definition.name,
  kind: definition.kind,
  level: definition.level,
  unit: definition.unit,
  direction: definition.direction,
  formulaRef: definition.formulaRef,
  sourceType: definition.sourceType,
  cadence: definition.cadence,
  minN: definition.minN,
  subject: definition.subject,
  rationale: definition.rationale,
  kindRationale: definition.kindRationale,
  proxyRisk: definition.proxyRisk,
  companionMetricId: definition.companionMetricId,
  topic: definition.topic,
  handling: definition.handling,
  openProcess: definition.process?.openToAnyone ?? false,
  frameworkTags: definition.frameworkTags,
});
const unreviewed = { classReviewer: null, classJurisdiction: null, classExpiresAt: null, legalReviewId: null };

export const metricCatalogue: ReadModel<MetricCatalogueRow, MetricEvent> = {
  name: 'metric_catalogue',
  version: 1,
  key: ['metricId', 'version'],
  columns: {
    metricId: 'text',
    version: 'integer',
    definitionVersion: 'integer',
    current: 'boolean',
    code: 'text',
    name: 'text',
    kind: 'text',
    level: 'text',
    unit: 'text',
    direction: 'text',
    formulaRef: 'text',
    sourceType: 'text',
    cadence: 'text',
    minN: 'integer',
    subject: 'text',
    legalClass: 'text?',
    classReviewer: 'text?',
    classJurisdiction: 'text?',
    classExpiresAt: 'date?',
    legalReviewId: 'text?',
    rationale: 'text',
    kindRationale: 'text?',
    proxyRisk: 'text?',
    companionMetricId: 'text?',
    topic: 'text?',
    handling: 'boolean',
    openProcess: 'boolean',
    frameworkTags: 'text[]',
    comparability: 'text?',
    change: 'text?',
    definedBy: 'text',
    definedAt: 'instant',
    retired: 'boolean',
  },
  indexes: [['code']],
  on: {
    'metrics.MetricDefined.v1': {
      keys: ({ data }) => [{ metricId: data.metricId, version: data.version }],
      fold: (_row, { data, recordedAt }) => ({
        metricId: data.metricId,
        version: data.version,
        definitionVersion: data.definitionVersion,
        current: true,
        code: data.code,
        ...ofDefinition(data.definition),
        ...unreviewed,
        legalClass: data.legalClass,
        legalReviewId: data.legalReviewId,
        comparability: null,
        change: null,
        definedBy: data.definedBy,
        definedAt: recordedAt,
        retired: false,
      }),
    },
    'metrics.MetricDefinitionRevised.v1': {
      keys: ({ data }) => [
        { metricId: data.metricId, version: data.version - 1 },
        { metricId: data.metricId, version: data.version },
      ],
      fold: (row, { data, recordedAt }, key) =>
        key.version !== data.version
          ? row
            ? { ...row, current: false }
            : null
          : {
              metricId: data.metricId,
              version: data.version,
              definitionVersion: data.definitionVersion,
              current: true,
              code: data.code,
              ...ofDefinition(data.definition),
              ...unreviewed,
              legalClass: null,
              comparability: data.comparability,
              change: data.change,
              definedBy: data.revisedBy,
              definedAt: recordedAt,
              retired: false,
            },
    },
    'metrics.MetricLegalClassAssigned.v1': {
      keys: ({ data }) => [{ metricId: data.metricId, version: data.version }],
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              legalClass: data.class,
              classReviewer: data.reviewer,
              classJurisdiction: data.jurisdiction,
              classExpiresAt: data.expiresAt,
              legalReviewId: data.legalReviewId,
            }
          : null,
    },
    'metrics.MetricRetired.v1': {
      keys: ({ data }) => [{ metricId: data.metricId, version: data.version }],
      fold: (row) => (row ? { ...row, retired: true } : null),
    },
  },
};
