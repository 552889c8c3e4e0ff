import { type ReadModel, type RecordedEvent, actOf } from '@plumbline/kernel';
import type { ObservedValue, SeriesEvent } from './series.events';

/** A figure that was superseded or taken back, with what tells how many people it spoke of. */
export interface EarlierFigure {
  readonly obsId: string;
  /** The act in which it was recorded. */
  readonly act: string;
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  readonly n: number | null;
  readonly base: number | null;
  readonly eligible: number | null;
  readonly s: string | null;
  readonly releaseId: string | null;
}

/** What is known about one period of one series: the live figure, or that it was taken back. */
export type ObservationRow = {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: string;
  readonly definitionVersion: number;
  readonly obsId: string;
  /** The figure as given; null where numerator and denominator are given instead, and when retracted. */
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  /** Valid answers; null is unknown (NO_BASE), never zero. */
  readonly n: number | null;
  readonly base: number | null;
  readonly eligible: number | null;
  readonly s: string | null;
  readonly source: string;
  readonly method: string;
  readonly releaseId: string | null;
  /** The import it came with: a verification of that import, recorded after it, verifies it. Null once corrected by hand. */
  readonly importId: string | null;
  readonly evidenceRefs: readonly string[];
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly verifiedBy: string | null;
  /** A dispute is open until the figure is verified anew, corrected or retracted. */
  readonly disputed: boolean;
  /** How many figures this one supersedes. */
  readonly corrections: number;
  readonly retracted: boolean;
  /** The act in which the figure, or its retraction, was recorded; a verification or a dispute makes no other. */
  readonly act: string;
  /** What stood here before, oldest first, as JSON of `EarlierFigure[]`; null where the first figure stands. */
  readonly earlier: string | null;
};

const NOTHING = { value: null, num: null, den: null, n: null, base: null, eligible: null, s: null };

/** What stood before the figure of a row, oldest first. */
export const earlierFigures = ({ earlier }: Pick<ObservationRow, 'earlier'>): readonly EarlierFigure[] =>
  earlier === null ? [] : (JSON.parse(earlier) as EarlierFigure[]);

function withSuperseded(row: ObservationRow): string {
  const { obsId, act, value, num, den, n, base, eligible, s, releaseId } = row;
  const last: EarlierFigure = { obsId, act, value, num, den, n, base, eligible, s, releaseId };
  return JSON.stringify([...earlierFigures(row), ...(row.retracted ? [] : [last])]);
}

const keys = ({ data }: RecordedEvent<SeriesEvent>) => [
  { metricId: data.metricId, unitId: data.unitId, period: data.period, definitionVersion: data.definitionVersion },
];

const valuesOf = (value: ObservedValue) => ({
  value: value.value,
  num: value.num,
  den: value.den,
  n: value.n,
  base: value.base,
  eligible: value.eligible,
  s: value.s,
  source: value.source,
  method: value.method,
  releaseId: value.releaseId,
  importId: value.importId,
  evidenceRefs: value.evidenceRefs,
});

export const observationSeries: ReadModel<ObservationRow, SeriesEvent> = {
  name: 'observation_series',
  version: 2,
  key: ['metricId', 'unitId', 'period', 'definitionVersion'],
  columns: {
    metricId: 'text',
    unitId: 'text',
    period: 'text',
    definitionVersion: 'integer',
    obsId: 'text',
    value: 'decimal?',
    num: 'decimal?',
    den: 'decimal?',
    n: 'integer?',
    base: 'integer?',
    eligible: 'integer?',
    s: 'decimal?',
    source: 'text',
    method: 'text',
    releaseId: 'text?',
    importId: 'text?',
    evidenceRefs: 'text[]',
    recordedBy: 'text',
    recordedAt: 'instant',
    occurredAt: 'instant',
    verifiedBy: 'text?',
    disputed: 'boolean',
    corrections: 'integer',
    retracted: 'boolean',
    act: 'text',
    earlier: 'json?',
  },
  indexes: [['unitId', 'metricId']],
  on: {
    'metrics.ObservationRecorded.v1': {
      keys,
      fold: (row, event) => {
        const { data, recordedAt, occurredAt } = event;
        return {
          metricId: data.metricId,
          unitId: data.unitId,
          period: data.period,
          definitionVersion: data.definitionVersion,
          obsId: data.obsId,
          ...valuesOf(data),
          recordedBy: data.recordedBy,
          recordedAt,
          occurredAt,
          verifiedBy: null,
          disputed: false,
          corrections: 0,
          retracted: false,
          act: actOf(event),
          earlier: row ? withSuperseded(row) : null,
        };
      },
    },
    'metrics.ObservationVerified.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, verifiedBy: data.by, disputed: false } : null),
    },
    'metrics.ObservationDisputed.v1': {
      keys,
      fold: (row) => (row ? { ...row, disputed: true } : null),
    },
    'metrics.ObservationCorrected.v1': {
      keys,
      fold: (row, event) => {
        const { data, recordedAt, occurredAt } = event;
        return row
          ? {
              ...row,
              obsId: data.obsId,
              ...valuesOf(data.newValue),
              recordedBy: data.recordedBy,
              recordedAt,
              occurredAt,
              verifiedBy: null,
              disputed: false,
              corrections: row.corrections + 1,
              act: actOf(event),
              earlier: withSuperseded(row),
            }
          : null;
      },
    },
    'metrics.ObservationRetracted.v1': {
      keys,
      fold: (row, event) =>
        row
          ? {
              ...{ ...row, ...NOTHING, verifiedBy: null, disputed: false, retracted: true },
              ...{ act: actOf(event), earlier: withSuperseded(row) },
            }
          : null,
    },
  },
};
