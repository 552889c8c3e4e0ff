import { stateOf, type FactQuery, type GivenEvent } from '@plumbline/kernel';
import { programsCommands, type ProgramsCommand } from './action.commands';
import { actionDecider } from './action.decider';
import type { ProgramsEvent } from './action.events';
import { actionFacts, labourKey } from './action.facts';
import {
  ACTION,
  answers,
  around,
  attached,
  completed,
  delivered,
  deliveryId,
  eligible,
  SHA,
  given,
  planned,
  REVIEW,
  started,
} from './given.testing';
import { STANDING_COMMITMENTS } from './action-plan';
import { deliveryKey } from './streams.facts';

const command = (name: string, change: object = {}): ProgramsCommand => {
  const type = `programs.${name}` as ProgramsCommand['type'];
  const data: object = { ...programsCommands[type].example, action: 'BUDDY-2026', ...change };
  return { type, data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) } as never;
};
const spelled = (fact: FactQuery): string => {
  if (fact.kind === 'ask') return fact.question;
  const { key } = fact;
  return `${key.concept}:${'natural' in key ? key.natural : 'id' in key ? key.id : ''}`;
};
const asked = (of: ProgramsCommand, ...events: readonly GivenEvent<ProgramsEvent>[]) =>
  (actionDecider.facts?.(of, stateOf(actionFacts, ...events)) ?? []).map(spelled);
const ORGANISATION = 'organization:ORGANIZATION';

describe('a decision on an action rests on', () => {
  const bare = { action: undefined, commitments: undefined, leadingMetrics: undefined, hypothesis: undefined };
  const plan = (change: object = {}) =>
    command('PlanAction', { ...bare, livedExperienceMetric: undefined, code: 'BUDDY-2026', unit: 'gpa', ...change });
  it('what its plan names', () => {
    expect(asked(plan())).toEqual([ORGANISATION, 'unit:GPA']);
    expect(asked(plan({ commitments: [] }))).toEqual([ORGANISATION, 'unit:GPA']);
    const full = { commitments: ['C1'], leadingMetrics: ['lc_ts'], livedExperienceMetric: 'belong', hypothesis: 'h1' };
    expect(asked(plan(full))).toEqual([
      ...[ORGANISATION, 'unit:GPA', 'metric:LC_TS', 'metric:BELONG', STANDING_COMMITMENTS, 'hypothesis:H1'],
    ]);
  });

  it('its unit and the review that is named, when people are told who may come', () => {
    const declare = (legalReview?: string) => command('DeclareEligibility', { legalReview });
    expect(asked(declare(), planned())).toEqual([ORGANISATION, 'unit:unit:GPA']);
    expect(asked(declare(REVIEW), planned())).toEqual([ORGANISATION, 'unit:unit:GPA', `legal-review:${REVIEW}`]);
    expect(asked(declare())).toEqual([ORGANISATION]);
  });

  it('the review it was declared with, when it starts and when it is delivered', () => {
    const reviewed = [planned({ hypothesisId: null }), eligible({ legalReviewId: REVIEW })] as const;
    const deliver = (units?: readonly string[]) => command('DeliverAction', { units });
    expect(asked(command('StartAction'), ...reviewed)).toEqual([ORGANISATION, `legal-review:${REVIEW}`]);
    expect(asked(command('StartAction'), planned(), eligible())).toEqual([ORGANISATION]);
    expect(asked(deliver(), ...reviewed)).toEqual([ORGANISATION, 'unit:unit:GPA', `legal-review:${REVIEW}`]);
    expect(asked(deliver(['hmps']), planned())).toEqual([
      ...[ORGANISATION, 'unit:HMPS', 'hypothesis:hypothesis:LC-LEADS-EES'],
    ]);
  });

  it('the file or hypothesis that is named, and the unit that gave the labour', () => {
    const file = 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18';
    expect(asked(command('AttachEvidence', { file: undefined }))).toEqual([]);
    expect(asked(command('AttachEvidence', { file }))).toHaveLength(1);
    expect(asked(command('ReviewAction', { basis: { hypothesis: 'h1' } }))).toEqual(['hypothesis:H1']);
    expect(asked(command('ReviewAction', { basis: { asserted: 'LEADS', reference: 'Report' } }))).toEqual([]);
    expect(asked(command('RecordInvisibleLabour', { unit: undefined }))).toEqual([ORGANISATION]);
    expect(asked(command('RecordInvisibleLabour', { unit: 'gpa' }))).toEqual([ORGANISATION, 'unit:GPA']);
    expect(asked(command('RecordParticipation'))).toEqual([ORGANISATION]);
  });

  it.each([
    'ResourceAction',
    'WithdrawDelivery',
    'AttestEvidence',
    'WithdrawEvidence',
    'CompleteAction',
    'CancelAction',
  ])('nothing else, for %s', (name) => {
    expect(asked(command(name), planned(), eligible({ legalReviewId: REVIEW }))).toEqual([]);
  });
});

describe('resources of an action', () => {
  const resource = (change: object) =>
    command('ResourceAction', { budget: undefined, fte: undefined, protectedHours: undefined, ...change });
  it.each<object>([{ budget: { amount: '12000', currency: 'GBP' } }, { fte: '0.5' }, { protectedHours: '40' }])(
    'are money, posts or time, each alone: %j',
    (alone) => {
      expect(given(planned()).when(resource(alone)).events).toHaveLength(1);
    },
  );
});

describe('an action that has ended', () => {
  const over = [planned(), eligible(), started(), delivered(), attached(), completed] as const;
  const auditor = { actor: { id: 'person-auditor', role: 'auditor' as const }, streams: around, answers };
  it('may still have its evidence attested and withdrawn, and its labour told', () => {
    const attest = command('AttestEvidence', { evidence: SHA });
    expect(given(...over).when(attest, auditor).events).toHaveLength(1);
    const withdraw = command('WithdrawEvidence', { evidence: SHA });
    expect(given(...over).when(withdraw, auditor).events).toHaveLength(1);
    const labour = command('RecordInvisibleLabour', { unit: 'GPA' });
    expect(given(...over).when(labour, auditor).events).toHaveLength(1);
  });

  it('remembers what was decided of it', () => {
    const review = command('ReviewAction', { verdict: 'SCALE', basis: { asserted: 'LEADS', reference: 'Report' } });
    const reviewed = given(...over).when(review, auditor).events ?? [];
    expect(stateOf(actionFacts, ...over, ...reviewed)).toMatchObject({ state: 'COMPLETED', reviewed: 'SCALE' });
  });
});

describe('the standing of an action', () => {
  it('is planned before anything, under its concept', () => {
    expect(actionFacts.initial.state).toBe('PLANNED');
    expect(actionDecider.concept).toBe('action');
  });

  it('keeps labour apart by unit, period and kind', () => {
    const keys = [labourKey('u', '2026', 'OTHER'), labourKey('u', '2025', 'OTHER'), labourKey('v', '2026', 'OTHER')];
    expect(new Set([...keys, labourKey('u', '2026', 'SUPPORT'), labourKey('u2', '026', 'OTHER')]).size).toBe(5);
  });

  it('loses one delivery and its participants by withdrawal, and no other', () => {
    const took = (date: string) => ({
      type: 'programs.ActionParticipationRecorded.v1' as const,
      data: {
        ...{ actionId: ACTION, deliveryId: deliveryId(date), participants: { kind: 'COUNT' as const, count: 12 } },
        ...{ eligible: { kind: 'COUNT' as const, count: 40 }, smallestGroup: 5, recordedBy: 'person-hr' },
      },
    });
    const both = [delivered('2026-06-01'), delivered('2026-06-02'), took('2026-06-01'), took('2026-06-02')];
    const events = [planned(), eligible(), started(), ...both];
    const withdraw = command('WithdrawDelivery', { date: '2026-06-01' });
    const withdrawn = given(...events).when(withdraw, { streams: around }).events ?? [];
    const left = stateOf(actionFacts, ...events, ...withdrawn);
    expect(Object.keys(left.deliveries)).toEqual([deliveryId('2026-06-02')]);
    expect(Object.keys(left.participation)).toEqual([deliveryId('2026-06-02')]);
  });

  it('knows a delivery again in whatever order its units are named', () => {
    expect(deliveryKey('a', '2026-06-01', ['v', 'u', 'v'], '1')).toEqual(
      deliveryKey('a', '2026-06-01', ['u', 'v'], '1'),
    );
  });
});
