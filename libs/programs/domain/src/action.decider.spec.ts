import { accept } from '@plumbline/kernel';
import { programsCommands, type CommandData, type ProgramsCommand } from './action.commands';
import {
  given,
  answers,
  around,
  cancelled,
  completed,
  delivered,
  eligible,
  legalReview,
  metric,
  organization,
  planned,
  REVIEW,
  started,
  unit,
} from './given.testing';

const refusing = organization({ restrictedEligibility: 'REFUSED' });

describe('planning an action', () => {
  const plan = (more: Partial<CommandData<'programs.PlanAction'>> = {}): ProgramsCommand => ({
    type: 'programs.PlanAction',
    data: { ...programsCommands['programs.PlanAction'].example, ...more },
  });
  const when = (more: Partial<CommandData<'programs.PlanAction'>> = {}, streams: Record<string, unknown> = {}) =>
    given().when(plan(more), { streams: { ...around, ...streams }, answers });

  it('says what it is, for which promise, what it should move, under which hypothesis and who decides', () => {
    expect(when()).toEqual(accept(planned()));
  });

  it('brings the tags of its type', () => {
    const [event] = when({ type: 'CHECK_IN' }).events ?? [];
    expect(event?.data).toMatchObject({
      type: 'CHECK_IN',
      recurring: true,
      overridden: null,
      tags: { component: 'PERCEPTION', moment: 'PARTICIPATING' },
    });
  });

  it('may differ from its type in one tag', () => {
    const [event] = when({ override: { tag: 'moment', value: 'repairing' } }).events ?? [];
    expect(event?.data).toMatchObject({
      overridden: 'moment',
      tags: { component: 'OPPORTUNITY', moment: 'REPAIRING' },
    });
  });

  it('is led by who plans it unless another is named, and delivered once unless said', () => {
    const lead = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    expect(when({ lead, plannedDeliveries: undefined }).events?.[0]?.data).toMatchObject({
      lead,
      plannedBy: 'person-hr',
      plannedDeliveries: 1,
    });
  });

  it('may be for a unit that closes while it runs', () => {
    expect(when({}, { 'unit:GPA': unit('GPA', { closedFrom: '2026-01-02' }) }).events).toHaveLength(1);
  });

  it('needs no hypothesis and no metric when it serves a commitment', () => {
    const [event] = when({ hypothesis: undefined, leadingMetrics: undefined }).events ?? [];
    expect(event?.data).toMatchObject({ hypothesisId: null, leadingMetricIds: [] });
  });

  it('records nothing when the same is planned again, in whatever case its code is written', () => {
    expect(given(planned()).when(plan({ code: 'buddy-2026' }), { streams: around, answers })).toEqual(accept());
  });

  it('records nothing when the same is planned again later and by another, whatever has ended meanwhile', () => {
    const actor = { id: 'person-b', role: 'hr' } as const;
    const data = { ...plan().data, lead: undefined } as CommandData<'programs.PlanAction'>;
    const nothingStands = { 'organization:ORGANIZATION': around['organization:ORGANIZATION'] };
    const again = given(planned()).when(
      { type: 'programs.PlanAction', data },
      { actor, streams: nothingStands, answers },
    );
    expect(again).toEqual(accept());
  });

  it.each([
    ['an-action-is-planned-once', { title: 'Another title' }],
    ['an-action-is-planned-once', { plannedDeliveries: 3 }],
  ])('is refused by %s with %j under the same code', (rule, more) => {
    expect(given(planned()).when(plan(more), { streams: around, answers }).refused).toBe(rule);
  });

  it.each<[string, Partial<CommandData<'programs.PlanAction'>>, Record<string, unknown>?]>([
    ['an-action-is-of-a-type-of-the-catalogue', { type: 'PIZZA' }],
    ['an-override-differs-from-the-type', { override: { tag: 'moment', value: 'joining' } }],
    ['a-tag-is-one-of-the-frameworks', { override: { tag: 'moment', value: 'LUNCH' } }],
    ['an-action-is-for-a-registered-unit', { unit: 'NOWHERE' }],
    ['an-action-is-for-a-registered-unit', {}, { 'unit:GPA': unit('GPA', { outsideTree: true }) }],
    ['an-action-is-for-a-registered-unit', {}, { 'unit:GPA': unit('GPA', { closedFrom: '2026-01-01' }) }],
    ['a-plan-ends-after-it-begins', { from: '2026-02-02', to: '2026-02-01' }],
    ['an-action-serves-a-commitment-or-a-metric', { commitments: [], leadingMetrics: [] }],
    ['an-action-serves-commitments-that-stand', { commitments: ['NOTHING'] }],
    ['an-action-moves-defined-leading-metrics', { leadingMetrics: ['NOTHING'] }],
    ['an-action-moves-defined-leading-metrics', { leadingMetrics: ['BELONG'] }],
    ['an-action-moves-defined-leading-metrics', {}, { 'metric:LC_TS': metric('LEADING', 'PROCESS', true) }],
    ['a-policy-is-judged-by-how-it-is-lived', { type: 'POLICY_REVIEW' }],
    ['lived-experience-is-told-by-a-climate-metric', { livedExperienceMetric: 'LC_TS' }],
    ['lived-experience-is-told-by-a-climate-metric', { livedExperienceMetric: 'NOTHING' }],
    ['an-action-rests-on-a-registered-hypothesis', { hypothesis: 'NOTHING' }],
    ['an-action-moves-the-leading-metric-of-its-hypothesis', { leadingMetrics: [] }],
    [
      'the-policy-in-force-refuses-actions-that-select-by-class',
      { type: 'DIVERSE_PANEL' },
      { 'organization:ORGANIZATION': refusing },
    ],
    [
      'the-policy-in-force-refuses-actions-that-select-by-class',
      {},
      { 'organization:ORGANIZATION': refusing, 'unit:GPA': unit('GPA', { classDefined: true }) },
    ],
  ])('is refused by %s with %j', (rule, more, streams = {}) => {
    expect(when(more, streams).refused).toBe(rule);
  });

  it('is refused with a hypothesis and no metric at all', () => {
    expect(when({ leadingMetrics: undefined }).refused).toBe('an-action-moves-the-leading-metric-of-its-hypothesis');
  });

  it('may give a tag that its type leaves open', () => {
    const override = { tag: 'moment', value: 'JOINING' } as const;
    expect(when({ type: 'LEADER_TRAINING', override }).events?.[0]?.data).toMatchObject({
      overridden: 'moment',
      tags: { moment: 'JOINING' },
    });
  });

  it('changes things for good when it says so, or when its type does', () => {
    expect(when({ structuralChange: true }).events?.[0]?.data).toMatchObject({ structuralChange: true });
    const open = when({ type: 'PROMOTION_TRANSPARENCY', livedExperienceMetric: 'BELONG' });
    expect(open.events?.[0]?.data).toMatchObject({ structuralChange: true });
    const not = when({ type: 'PROMOTION_TRANSPARENCY', livedExperienceMetric: 'BELONG', structuralChange: false });
    expect(not.events?.[0]?.data).toMatchObject({ structuralChange: false });
  });

  it('takes a policy that names the climate metric it is lived by', () => {
    expect(when({ type: 'POLICY_REVIEW', livedExperienceMetric: 'BELONG' }).events?.[0]?.data).toMatchObject({
      livedExperienceMetricId: 'metric:BELONG',
    });
  });

  it('takes an action that selects by class where the policy leaves it to a legal review', () => {
    expect(when({ type: 'DIVERSE_PANEL' }).events?.[0]?.data).toMatchObject({ needsLegalReview: true });
  });
});

describe('saying who may take part', () => {
  const declare = (more: Partial<CommandData<'programs.DeclareEligibility'>> = {}): ProgramsCommand => ({
    type: 'programs.DeclareEligibility',
    data: { ...programsCommands['programs.DeclareEligibility'].example, ...more },
  });
  const limited = { openToAll: false, classLimited: true, rule: 'Women only' };
  const reviewed = { ...around, [REVIEW]: legalReview() };

  it('opens an action to everyone in the same circumstances', () => {
    expect(given(planned()).when(declare(), { streams: around })).toEqual(accept(eligible()));
  });

  it('records nothing when the same is said again', () => {
    expect(given(planned(), eligible()).when(declare(), { streams: around })).toEqual(accept());
  });

  it('is limited to a class only under a live legal review of this action', () => {
    const rule = 'an-action-that-selects-by-class-needs-a-live-legal-review';
    expect(given(planned()).when(declare(limited), { streams: around }).refused).toBe(rule);
    const named = declare({ ...limited, legalReview: REVIEW });
    expect(given(planned()).when(named, { streams: reviewed }).events?.[0]?.data).toMatchObject({
      classLimited: true,
      legalReviewId: REVIEW,
    });
    for (const review of [
      legalReview({ expiresAt: '2026-06-14' }),
      legalReview({ decision: 'REFUSED' }),
      legalReview({ object: { kind: 'action', id: 'action:OTHER', version: null } }),
      legalReview({ object: { kind: 'target', id: 'action:BUDDY-2026', version: null } }),
    ])
      expect(given(planned()).when(named, { streams: { ...around, [REVIEW]: review } }).refused).toBe(rule);
  });

  it('needs the review for a type that selects by class, though it be open', () => {
    const selecting = given(planned({ needsLegalReview: true }));
    expect(selecting.when(declare(), { streams: around }).refused).toBe(
      'an-action-that-selects-by-class-needs-a-live-legal-review',
    );
    expect(selecting.when(declare({ legalReview: REVIEW }), { streams: reviewed }).events).toHaveLength(1);
  });

  it('takes no review for granted that is named without need', () => {
    expect(
      given(planned()).when(declare({ legalReview: REVIEW }), {
        streams: { ...around, [REVIEW]: legalReview({ expiresAt: '2020-01-01' }) },
      }).refused,
    ).toBe('an-action-that-selects-by-class-needs-a-live-legal-review');
  });

  it('is never limited to a class where the policy refuses that outright, whatever a review says', () => {
    const streams = { ...reviewed, 'organization:ORGANIZATION': refusing };
    expect(given(planned()).when(declare({ ...limited, legalReview: REVIEW }), { streams }).refused).toBe(
      'the-policy-in-force-refuses-actions-that-select-by-class',
    );
  });

  it('does not say both that it is open and that it is limited', () => {
    expect(given(planned()).when(declare({ classLimited: true }), { streams: around }).refused).toBe(
      'what-is-open-to-all-is-limited-to-no-class',
    );
  });

  it('is limited in a unit that is defined by a class', () => {
    const streams = { ...reviewed, 'unit:GPA': unit('GPA', { classDefined: true }) };
    expect(given(planned()).when(declare(), { streams }).refused).toBe(
      'an-action-for-a-unit-defined-by-a-class-is-limited-to-it',
    );
    expect(given(planned()).when(declare({ ...limited, legalReview: REVIEW }), { streams }).events).toHaveLength(1);
  });

  it('does not become limited once it was delivered', () => {
    const told = given(planned(), eligible(), started(), delivered());
    expect(told.when(declare({ ...limited, legalReview: REVIEW }), { streams: reviewed }).refused).toBe(
      'an-action-does-not-become-limited-once-it-was-delivered',
    );
  });

  it('may name a later review of an action that is limited already', () => {
    const told = given(planned(), eligible({ ...limited, legalReviewId: 'legal-review-0' }), started(), delivered());
    expect(told.when(declare({ ...limited, legalReview: REVIEW }), { streams: reviewed }).events).toHaveLength(1);
  });
});

describe('resourcing an action', () => {
  const resource = (more: Partial<CommandData<'programs.ResourceAction'>> = {}): ProgramsCommand => ({
    type: 'programs.ResourceAction',
    data: { ...programsCommands['programs.ResourceAction'].example, ...more },
  });
  const resourced = {
    type: 'programs.ActionResourced.v1',
    data: {
      actionId: 'action:BUDDY-2026',
      budget: null,
      fte: '0.2',
      protectedHours: '240',
      source: 'Wellbeing fund',
      resourcedBy: 'person-hr',
    },
  } as const;

  it('says what it has from now on', () => {
    expect(given(planned()).when(resource())).toEqual(accept(resourced));
  });

  it('records the same once, a change anew', () => {
    expect(given(planned(), resourced).when(resource())).toEqual(accept());
    expect(given(planned(), resourced).when(resource({ fte: '0.3' })).events).toHaveLength(1);
  });

  it('is refused without money, posts or time', () => {
    expect(given(planned()).when(resource({ fte: undefined, protectedHours: undefined })).refused).toBe(
      'resources-are-money-posts-or-time',
    );
  });
});

describe('the life of an action', () => {
  const start = (on?: string, reason?: string): ProgramsCommand => ({
    type: 'programs.StartAction',
    data: { action: 'BUDDY-2026', ...(on === undefined ? {} : { on }), ...(reason === undefined ? {} : { reason }) },
  });
  const complete: ProgramsCommand = { type: 'programs.CompleteAction', data: { action: 'BUDDY-2026' } };
  const cancel: ProgramsCommand = {
    type: 'programs.CancelAction',
    data: { action: 'BUDDY-2026', reason: 'The team that ran it was dissolved.' },
  };

  it('begins today unless said', () => {
    expect(given(planned(), eligible()).when(start(), { streams: around })).toEqual(accept(started('2026-06-15')));
    expect(given(planned(), eligible()).when(start('2026-06-12'), { streams: around })).toEqual(
      accept(started('2026-06-12')),
    );
    expect(given(planned(), eligible(), started()).when(start(), { streams: around })).toEqual(accept());
  });

  it('does not begin in the future, nor before it is said who may take part', () => {
    expect(given(planned(), eligible()).when(start('2026-06-16'), { streams: around }).refused).toBe(
      'what-is-recorded-has-happened',
    );
    expect(given(planned()).when(start(), { streams: around }).refused).toBe(
      'who-may-take-part-is-said-before-an-action-starts',
    );
  });

  it('bears a sealed reason when it began longer ago than the policy allows', () => {
    const streams = { ...around, 'organization:ORGANIZATION': organization({ maxBackdateDays: 14 }) };
    const when = (on: string, reason?: string) => given(planned(), eligible()).when(start(on, reason), { streams });
    expect(when('2026-06-01').events).toHaveLength(1);
    expect(when('2026-05-31').refused).toBe('what-is-recorded-late-bears-a-reason');
    expect(when('2026-05-31', 'The lead fell ill.').events?.[0]?.data).toMatchObject({
      on: '2026-05-31',
      lateReason: { toSeal: 'The lead fell ill.', subjects: ['person-hr'] },
    });
  });

  it('does not begin on a review that is no longer live', () => {
    const limited = eligible({ openToAll: false, classLimited: true, legalReviewId: REVIEW });
    const when = (expiresAt: string) =>
      given(planned(), limited).when(start(), { streams: { ...around, [REVIEW]: legalReview({ expiresAt }) } });
    expect(when('2026-06-15').events).toHaveLength(1);
    expect(when('2026-06-14').refused).toBe('an-action-that-selects-by-class-needs-a-live-legal-review');
    expect(given(planned({ needsLegalReview: true }), eligible()).when(start(), { streams: around }).refused).toBe(
      'an-action-that-selects-by-class-needs-a-live-legal-review',
    );
  });

  it('does not begin when the policy has come to refuse it meanwhile', () => {
    const limited = eligible({ openToAll: false, classLimited: true, legalReviewId: REVIEW });
    const streams = { ...around, [REVIEW]: legalReview(), 'organization:ORGANIZATION': refusing };
    expect(given(planned(), limited).when(start(), { streams }).refused).toBe(
      'the-policy-in-force-refuses-actions-that-select-by-class',
    );
  });

  it('is done once it was delivered on two days, when it recurs', () => {
    expect(given(planned(), eligible(), started()).when(complete).refused).toBe(
      'an-action-is-done-once-something-was-delivered',
    );
    const twiceOnOneDay = given(
      planned(),
      eligible(),
      started(),
      delivered(),
      delivered('2026-06-01', { deliveryId: 'other', session: '2' }),
    );
    expect(twiceOnOneDay.when(complete).refused).toBe('a-recurring-action-is-not-done-by-a-single-delivery');
    const twice = given(planned(), eligible(), started(), delivered('2026-05-01'), delivered());
    expect(twice.when(complete, { today: '2026-06-10' })).toEqual(accept(completed));
  });

  it('is done with one delivery, when it does not recur', () => {
    const once = given(planned({ recurring: false }), eligible(), started(), delivered());
    expect(once.when(complete).events).toHaveLength(1);
  });

  it('may be given up at any time, with a reason that is sealed', () => {
    expect(given(planned({ lead: 'person-lead' })).when(cancel)).toEqual(
      accept({
        type: 'programs.ActionCancelled.v1',
        data: {
          actionId: 'action:BUDDY-2026',
          on: '2026-06-15',
          reason: { toSeal: 'The team that ran it was dissolved.', subjects: ['person-hr', 'person-lead'] },
          cancelledBy: 'person-hr',
        },
      }),
    );
  });

  it('ends once', () => {
    expect(given(planned(), completed).when(complete)).toEqual(accept());
    expect(given(planned(), cancelled).when(cancel)).toEqual(accept());
    const rule = 'an-action-that-has-ended-stays-as-it-was';
    expect(given(planned(), completed).when(cancel).refused).toBe(rule);
    expect(given(planned(), cancelled).when(complete).refused).toBe(rule);
    expect(given(planned(), eligible(), started(), completed).when(start(), { streams: around }).refused).toBe(rule);
  });

  it('is planned first', () => {
    expect(given().when(complete).refused).toBe('an-action-is-planned-first');
    expect(given().when(start(), { streams: around }).refused).toBe('an-action-is-planned-first');
    const deliver = { type: 'programs.DeliverAction', data: { action: 'BUDDY-2026', date: '2026-06-01' } } as const;
    expect(given().when(deliver, { streams: around }).refused).toBe('an-action-is-planned-first');
  });
});
