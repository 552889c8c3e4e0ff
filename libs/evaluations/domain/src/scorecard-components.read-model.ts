import type { LocalDate, ReadModel } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import type { PartKind } from '@plumbline/measures';
import type { CellState, ReasonCode } from '@plumbline/privacy';
import type { ComponentSource } from './component';
import type { ScoredComponent, ScoredScope } from './computed';
import type { ScorecardEvent } from './scorecard.events';
import type { EvidenceLevel } from './vocabulary';

/** One row a component of a scorecard: what was agreed, and since the freeze what it comes to. */
export type ScorecardComponentRow = {
  readonly scorecardId: string;
  readonly componentId: string;
  readonly cycleId: string;
  readonly leader: string;
  /** The contract it stands in last; a row of an earlier one than its scorecard's is of no account. */
  readonly edition: number;
  /** Its place in the contract. */
  readonly place: number;
  readonly title: string;
  readonly kind: PartKind;
  readonly metricId: string | null;
  /** Canonical JSON; `sourceOf` reads it. */
  readonly source: string;
  readonly weightBp: number;
  readonly capPoints: number;
  readonly warnings: readonly string[];
  /** The first notice that figures are missing: a later one takes nothing from its having been in good time. */
  readonly noticeOn: LocalDate | null;
  /** Null until it is scored. */
  readonly state: CellState | null;
  readonly reasonCode: ReasonCode | null;
  readonly effect: ScoredComponent['effect'] | null;
  readonly rule: string | null;
  readonly attainment: string | null;
  readonly originalAttainment: string | null;
  readonly evidenceLevel: EvidenceLevel | null;
  readonly tenureShare: string | null;
  readonly n: number | null;
  /** Canonical JSON; `scopesOf` reads it. */
  readonly scopes: string;
  /** Canonical JSON; `leftOutOf` reads it. */
  readonly leftOut: string;
  readonly opensImprovement: boolean;
  readonly citedEvents: readonly string[];
};

export const sourceOf = ({ source }: Pick<ScorecardComponentRow, 'source'>): ComponentSource =>
  JSON.parse(source) as ComponentSource;
export const scopesOf = ({ scopes }: Pick<ScorecardComponentRow, 'scopes'>): readonly ScoredScope[] =>
  JSON.parse(scopes) as readonly ScoredScope[];
export const leftOutOf = ({ leftOut }: Pick<ScorecardComponentRow, 'leftOut'>): ScoredComponent['leftOut'] =>
  JSON.parse(leftOut) as ScoredComponent['leftOut'];

const UNSCORED = {
  noticeOn: null,
  state: null,
  reasonCode: null,
  effect: null,
  rule: null,
  attainment: null,
  originalAttainment: null,
  evidenceLevel: null,
  tenureShare: null,
  n: null,
  scopes: '[]',
  leftOut: '[]',
  opensImprovement: false,
  citedEvents: [],
} as const;

const one = ({ data }: { readonly data: { readonly scorecardId: string; readonly componentId: string } }) => [
  { scorecardId: data.scorecardId, componentId: data.componentId },
];

export const scorecardComponents: ReadModel<ScorecardComponentRow, ScorecardEvent> = {
  name: 'scorecard_components',
  version: 3,
  key: ['scorecardId', 'componentId'],
  columns: {
    scorecardId: 'text',
    componentId: 'text',
    cycleId: 'text',
    leader: 'text',
    edition: 'integer',
    place: 'integer',
    title: 'text',
    kind: 'text',
    metricId: 'text?',
    source: 'json',
    weightBp: 'integer',
    capPoints: 'integer',
    warnings: 'text[]',
    noticeOn: 'date?',
    state: 'text?',
    reasonCode: 'text?',
    effect: 'text?',
    rule: 'text?',
    attainment: 'decimal?',
    originalAttainment: 'decimal?',
    evidenceLevel: 'text?',
    tenureShare: 'decimal?',
    n: 'integer?',
    scopes: 'json',
    leftOut: 'json',
    opensImprovement: 'boolean',
    citedEvents: 'text[]',
  },
  indexes: [['cycleId']],
  on: {
    'evaluations.ScorecardIssued.v1': {
      keys: ({ data }) => data.components.map(({ id }) => ({ scorecardId: data.scorecardId, componentId: id })),
      fold: (_row, { data }, { componentId }) => {
        const place = data.components.findIndex(({ id }) => id === componentId);
        const agreed = data.components[place];
        if (!agreed) return null;
        return {
          ...UNSCORED,
          scorecardId: data.scorecardId,
          componentId: agreed.id,
          cycleId: data.cycleId,
          leader: data.leader,
          edition: data.edition,
          place,
          title: agreed.title,
          kind: agreed.kind,
          metricId: agreed.source.type === 'METRIC' ? agreed.source.metricId : null,
          source: canonicalJson(agreed.source),
          weightBp: agreed.weightBp,
          capPoints: agreed.capPoints,
          warnings: agreed.warnings,
        };
      },
    },
    'evaluations.DataNoticeGiven.v1': {
      keys: one,
      fold: (row, { data }) => (row ? { ...row, noticeOn: row.noticeOn ?? data.on } : null),
    },
    'evaluations.ComponentScored.v1': {
      keys: one,
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              state: data.state,
              reasonCode: data.reasonCode,
              effect: data.effect,
              rule: data.rule,
              attainment: data.attainment,
              originalAttainment: data.originalAttainment,
              evidenceLevel: data.evidenceLevel,
              tenureShare: data.tenureShare,
              n: data.n,
              scopes: canonicalJson(data.scopes),
              leftOut: canonicalJson(data.leftOut),
              opensImprovement: data.opensImprovement,
              citedEvents: data.citedEvents,
            }
          : null,
    },
    'evaluations.ScorecardComponentRefused.v1': 'ignored',
    'evaluations.ScorecardAccepted.v1': 'ignored',
    'evaluations.ScorecardAcceptedUnderProtest.v1': 'ignored',
    'evaluations.ScorecardComputed.v1': 'ignored',
    'evaluations.SelfAssessmentSubmitted.v1': 'ignored',
    'evaluations.EvaluatorRatingProposed.v1': 'ignored',
    'evaluations.EvaluatorRatingConfirmed.v1': 'ignored',
    'evaluations.ScorecardSignedOff.v1': 'ignored',
    'evaluations.ScorecardAcknowledged.v1': 'ignored',
    'evaluations.ScorecardFinalized.v1': 'ignored',
    'evaluations.ScorecardRestated.v1': 'ignored',
  },
};
