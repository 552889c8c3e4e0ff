import type { ReadModel, RowChange } from '@plumbline/kernel';
import type { ProgramsEvent } from './action.events';
import type { ActionState, DecisionRight, HypothesisVerdict, OutcomeVerdict } from './vocabulary';

/** One row an action: what was planned, how far it is, who may take part, what it has. What was delivered has rows of its own. */
export type ActionRow = {
  readonly actionId: string;
  readonly code: string;
  readonly title: string;
  readonly program: string | null;
  readonly type: string;
  readonly component: string;
  readonly moment: string | null;
  readonly structure: string | null;
  readonly structureKind: string | null;
  readonly overridden: string | null;
  readonly structuralChange: boolean;
  readonly unitId: string;
  readonly commitmentIds: readonly string[];
  readonly leadingMetricIds: readonly string[];
  readonly livedExperienceMetricId: string | null;
  readonly hypothesisId: string | null;
  readonly decisionRight: DecisionRight;
  readonly plannedDeliveries: number;
  readonly plannedFrom: string;
  readonly plannedTo: string;
  readonly lead: string;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly state: ActionState;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly eligibilityRule: string | null;
  readonly openToAll: boolean | null;
  readonly classLimited: boolean | null;
  readonly legalReviewId: string | null;
  readonly budget: string | null;
  readonly currency: string | null;
  readonly fte: string | null;
  readonly protectedHours: string | null;
  readonly resourceSource: string | null;
  readonly reviewVerdict: OutcomeVerdict | null;
  readonly reviewFinding: HypothesisVerdict | null;
  readonly reviewCannotTell: boolean | null;
  readonly reviewedOn: string | null;
};

const planned = ({
  tags,
  recurring: _recurring,
  needsLegalReview: _needs,
  ...rest
}: Extract<ProgramsEvent, { type: 'programs.ActionPlanned.v1' }>['data']) => ({ ...rest, ...tags });

const keys = ({ data }: { readonly data: { readonly actionId: string } }) => [{ actionId: data.actionId }];
/** An event that changes a row that is there. */
const changes = <E extends ProgramsEvent>(
  change: (data: E['data']) => Partial<ActionRow>,
): RowChange<ActionRow, E> => ({
  keys,
  fold: (row, event) => (row ? { ...row, ...change(event.data) } : null),
});
type Of<T extends ProgramsEvent['type']> = Extract<ProgramsEvent, { type: T }>;

export const actionRegister: ReadModel<ActionRow, ProgramsEvent> = {
  name: 'action_register',
  version: 1,
  key: ['actionId'],
  columns: {
    actionId: 'text',
    code: 'text',
    title: 'text',
    program: 'text?',
    type: 'text',
    component: 'text',
    moment: 'text?',
    structure: 'text?',
    structureKind: 'text?',
    overridden: 'text?',
    structuralChange: 'boolean',
    unitId: 'text',
    commitmentIds: 'text[]',
    leadingMetricIds: 'text[]',
    livedExperienceMetricId: 'text?',
    hypothesisId: 'text?',
    decisionRight: 'text',
    plannedDeliveries: 'integer',
    plannedFrom: 'date',
    plannedTo: 'date',
    lead: 'text',
    plannedBy: 'text',
    plannedAt: 'instant',
    state: 'text',
    startedOn: 'date?',
    endedOn: 'date?',
    eligibilityRule: 'text?',
    openToAll: 'boolean?',
    classLimited: 'boolean?',
    legalReviewId: 'text?',
    budget: 'decimal?',
    currency: 'text?',
    fte: 'decimal?',
    protectedHours: 'decimal?',
    resourceSource: 'text?',
    reviewVerdict: 'text?',
    reviewFinding: 'text?',
    reviewCannotTell: 'boolean?',
    reviewedOn: 'date?',
  },
  indexes: [['code'], ['unitId']],
  on: {
    'programs.ActionPlanned.v1': {
      keys,
      fold: (_row, { data, recordedAt }) => ({
        ...planned(data),
        plannedAt: recordedAt,
        state: 'PLANNED',
        startedOn: null,
        endedOn: null,
        eligibilityRule: null,
        openToAll: null,
        classLimited: null,
        legalReviewId: null,
        budget: null,
        currency: null,
        fte: null,
        protectedHours: null,
        resourceSource: null,
        reviewVerdict: null,
        reviewFinding: null,
        reviewCannotTell: null,
        reviewedOn: null,
      }),
    },
    'programs.ActionEligibilityDeclared.v1': changes<Of<'programs.ActionEligibilityDeclared.v1'>>(
      ({ rule, openToAll, classLimited, legalReviewId }) => ({
        eligibilityRule: rule,
        openToAll,
        classLimited,
        legalReviewId,
      }),
    ),
    'programs.ActionResourced.v1': changes<Of<'programs.ActionResourced.v1'>>(
      ({ budget, fte, protectedHours, source }) => ({
        budget: budget?.amount ?? null,
        currency: budget?.currency ?? null,
        fte,
        protectedHours,
        resourceSource: source,
      }),
    ),
    'programs.ActionStarted.v1': changes<Of<'programs.ActionStarted.v1'>>(({ on }) => ({
      state: 'STARTED',
      startedOn: on,
    })),
    'programs.ActionCompleted.v1': changes<Of<'programs.ActionCompleted.v1'>>(({ on }) => ({
      state: 'COMPLETED',
      endedOn: on,
    })),
    'programs.ActionCancelled.v1': changes<Of<'programs.ActionCancelled.v1'>>(({ on }) => ({
      state: 'CANCELLED',
      endedOn: on,
    })),
    'programs.ActionOutcomeReviewed.v1': changes<Of<'programs.ActionOutcomeReviewed.v1'>>(({ verdict, basis, on }) => ({
      reviewVerdict: verdict,
      reviewFinding: basis.finding,
      reviewCannotTell: basis.cannotTell,
      reviewedOn: on,
    })),
    'programs.ActionDelivered.v1': 'ignored',
    'programs.ActionDeliveryWithdrawn.v1': 'ignored',
    'programs.ActionParticipationRecorded.v1': 'ignored',
    'programs.ActionEvidenceAttached.v1': 'ignored',
    'programs.ActionEvidenceAttested.v1': 'ignored',
    'programs.ActionEvidenceWithdrawn.v1': 'ignored',
    'programs.InvisibleLabourRecorded.v1': 'ignored',
  },
};
