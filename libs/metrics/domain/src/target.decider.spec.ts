import { accept, specify, type SpecContext } from '@plumbline/kernel';
import { organizationFacts } from '@plumbline/organization/facts';
import {
  approved,
  classAssigned,
  defined,
  legalReview,
  linear,
  locked,
  metricState,
  observed,
  organization,
  ORGANIZATION,
  proposed,
  retired,
  revised,
  seriesState,
  unit,
} from './given.testing';
import { ruleAgainstEvaluating, type MetricFacts } from './metric.facts';
import { CYCLE_STANDING, type CycleStanding } from './cycle-standing';
import { SERIES_OPENNESS } from './reported-facts';
import type { TargetCommand } from './target.commands';
import { targetDecider } from './target.decider';
import type { Anchors } from './target.events';

const { given } = specify(targetDecider);
type Propose = Extract<TargetCommand, { type: 'metrics.ProposeTarget' }>['data'];
const about = { unit: 'GPA', metric: 'LC_TS', period: '2026' };
const propose = (more: Partial<Propose> = {}): TargetCommand => ({
  type: 'metrics.ProposeTarget',
  data: {
    ...about,
    baseline: { asserted: '61' },
    anchors: linear('64', '70', '76'),
    rationale: 'Half the distance to the best comparable unit.',
    ...more,
  },
});
const place = {
  ...{ targetId: 'target:LC_TS/GPA/2026', metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2026' },
};
const approve: TargetCommand = { type: 'metrics.ApproveTarget', data: about };
const lock: TargetCommand = { type: 'metrics.LockTarget', data: { ...about, cycle: '2026' } };
const backTest: TargetCommand = { type: 'metrics.BackTestTarget', data: about };
const retire: TargetCommand = { type: 'metrics.RetireTarget', data: { ...about, reason: 'The unit is merged.' } };

const openCycle: CycleStanding = { state: 'OPEN', periodStart: '2026-01-01', periodEnd: '2026-12-31' };

const around = (more: SpecContext & { readonly metric?: ReturnType<typeof metricState> } = {}): SpecContext => {
  const { metric, ...context } = more;
  return {
    actor: { id: 'person-other', role: 'hr' },
    answers: { [SERIES_OPENNESS]: { hidden: false }, [CYCLE_STANDING]: openCycle },
    ...context,
    streams: {
      'metric:LC_TS': metric ?? metricState(defined()),
      'unit:GPA': unit('GPA', { leaders: ['person-head'] }),
      [ORGANIZATION]: organization(),
      ...context.streams,
    },
  };
};

describe('proposing a target', () => {
  it('records anchors and a baseline that is marked as only asserted', () => {
    expect(given().when(propose(), around({ actor: { id: 'person-proposer', role: 'hr' } }))).toEqual(
      accept(proposed()),
    );
  });

  it('starts from a recorded figure, which it names', () => {
    const series = seriesState(observed('o5', '2025', { value: '61.5' }));
    const command = propose({ baseline: { observation: 'o5' } });
    const [event] = given().when(command, around({ streams: { 'series:LC_TS/GPA': series } })).events ?? [];
    expect(event?.data).toMatchObject({
      baseline: { value: '61.5', basis: 'OBSERVED', obsId: 'o5', period: '2025' },
    });
  });

  it('reckons the baseline of a share from numerator and denominator', () => {
    const series = seriesState(observed('o5', '2025', { value: null, num: '762', den: '1146' }));
    const command = propose({ baseline: { observation: 'o5' } });
    const [event] = given().when(command, around({ streams: { 'series:LC_TS/GPA': series } })).events ?? [];
    expect(event?.data).toMatchObject({ baseline: { value: '66.492147' } });
  });

  it('is refused when the baseline is no figure that stands', () => {
    expect(given().when(propose({ baseline: { observation: 'o5' } }), around()).refused).toBe(
      'a-baseline-is-a-recorded-figure-or-marked-asserted',
    );
  });

  it('is refused when the baseline was made under another definition', () => {
    const series = seriesState(observed('o5', '2025'));
    const metric = metricState(defined(), revised('BREAK'), classAssigned('CLIMATE_ALL', { version: 2 }));
    const context = around({ metric, streams: { 'series:LC_TS/GPA': series } });
    expect(given().when(propose({ baseline: { observation: 'o5' } }), context).refused).toBe(
      'a-baseline-is-a-recorded-figure-or-marked-asserted',
    );
  });

  it('is refused when the baseline is of the target’s own period', () => {
    const context = around({ streams: { 'series:LC_TS/GPA': seriesState(observed('o6', '2026')) } });
    expect(given().when(propose({ baseline: { observation: 'o6' } }), context).refused).toBe(
      'a-baseline-lies-before-its-target',
    );
  });

  it.each([
    ['equal', linear('64', '64', '76')],
    ['equal at the top', linear('64', '76', '76')],
    ['falling', linear('70', '64', '76')],
  ])('is refused for anchors that are %s when higher is better', (_what, anchors) => {
    expect(given().when(propose({ anchors }), around()).refused).toBe('anchors-are-strictly-monotone');
  });

  it('takes falling anchors where lower is better: 11, 9, 7', () => {
    const metric = metricState(defined('LC_TS', { direction: 'LOWER' }));
    const falling = propose({ baseline: { asserted: '11.2' }, anchors: linear('11', '9', '7') });
    expect(given().when(falling, around({ metric })).events).toHaveLength(1);
    const rising = propose({ baseline: { asserted: '11.2' }, anchors: linear('7', '9', '11') });
    expect(given().when(rising, around({ metric })).refused).toBe('anchors-are-strictly-monotone');
  });

  it('uses a band where the metric has one, and only there', () => {
    const band = { curve: 'RANGE', low: '40', high: '60', tolerance: '5' } as const;
    const metric = metricState(defined('LC_TS', { direction: 'RANGE' }));
    expect(given().when(propose({ anchors: band }), around({ metric })).events).toHaveLength(1);
    expect(given().when(propose({ anchors: band }), around()).refused).toBe('a-curve-fits-the-direction-of-its-metric');
    expect(given().when(propose(), around({ metric })).refused).toBe('a-curve-fits-the-direction-of-its-metric');
    const wrong: readonly Anchors[] = [
      { ...band, low: '60' },
      { ...band, tolerance: '0' },
    ];
    for (const anchors of wrong)
      expect(given().when(propose({ anchors }), around({ metric })).refused).toBe('anchors-are-strictly-monotone');
  });

  it('keeps anchors and asserted baseline in the range of the unit', () => {
    const rule = 'a-figure-lies-in-the-range-of-its-unit';
    expect(given().when(propose({ anchors: linear('64', '70', '101') }), around()).refused).toBe(rule);
    expect(given().when(propose({ baseline: { asserted: '-1' } }), around()).refused).toBe(rule);
  });

  it('asks for no less than the baseline, but may hold it', () => {
    expect(given().when(propose({ baseline: { asserted: '70.1' } }), around()).refused).toBe(
      'a-target-asks-for-no-less-than-its-baseline',
    );
    expect(given().when(propose({ baseline: { asserted: '70' } }), around()).events).toHaveLength(1);
  });

  it('says nothing of where an observed baseline lies: refusals would tell a hidden figure step by step', () => {
    const streams = { 'series:LC_TS/GPA': seriesState(observed('o5', '2025', { value: '70.1' })) };
    expect(given().when(propose({ baseline: { observation: 'o5' } }), around({ streams })).events).toHaveLength(1);
  });

  it('is refused when a review is named that does not clear it', () => {
    expect(given().when(propose({ legalReview: 'review-1' }), around()).refused).toBe(
      'a-review-that-is-named-clears-what-it-is-named-for',
    );
  });

  it('is refused for a metric or unit that nobody registered', () => {
    expect(given().when(propose(), { streams: {} }).refused).toBe('a-target-is-for-a-defined-metric');
    expect(given().when(propose(), { streams: { 'metric:LC_TS': metricState(defined()) } }).refused).toBe(
      'a-target-is-for-a-registered-unit',
    );
  });

  it('is refused for a unit defined by a class of people', () => {
    const context = around({ streams: { 'unit:GPA': unit('GPA', { classDefined: true }) } });
    expect(given().when(propose(), context).refused).toBe('a-unit-defined-by-a-class-is-no-scope-of-a-target');
  });

  it('is refused for a period of another length than the metric’s', () => {
    expect(given().when(propose({ period: '2026-Q3' }), around()).refused).toBe(
      'a-period-is-as-long-as-the-cadence-of-its-metric',
    );
  });

  it('is refused while the metric’s class is void, when it is retired, and when it is only monitored', () => {
    const by = (metric: ReturnType<typeof metricState>) => given().when(propose(), around({ metric })).refused;
    expect(by(metricState(defined(), revised('COMPARABLE')))).toBe('a-target-stands-on-a-metric-whose-class-stands');
    expect(by(metricState(defined(), retired()))).toBe('a-retired-metric-takes-no-target');
    expect(by(metricState(defined('LC_TS', {}, 'MONITORING_ONLY')))).toBe('a-monitoring-only-metric-has-no-target');
  });

  it('is for a class-based metric only where the policy says so, for the whole organisation, after a live review', () => {
    const rule = 'a-class-based-target-needs-a-policy-that-allows-it-the-whole-organisation-and-a-live-review';
    const metric = metricState(defined('LC_TS', {}, 'CLASS_BASED'));
    const allowing = organization({
      policy: { ...organizationFacts.initial.policy, classBasedTargets: 'AFTER_LEGAL_REVIEW' },
    });
    const review = legalReview({ kind: 'target', id: 'target:LC_TS/GPA/2026', version: null }, '2026-12-31');
    const streams = { [ORGANIZATION]: allowing, 'review-1': review };
    const reviewed = propose({ legalReview: 'review-1' });
    expect(given().when(reviewed, around({ metric, streams })).events).toMatchObject([
      { data: { legalReviewId: 'review-1' } },
    ]);
    expect(given().when(propose(), around({ metric, streams })).refused).toBe(rule);
    const refused = organization();
    expect(given().when(reviewed, around({ metric, streams: { ...streams, [ORGANIZATION]: refused } })).refused).toBe(
      rule,
    );
    const part = { ...streams, 'unit:GPA': unit('GPA', { parentId: 'unit:CS' }) };
    expect(given().when(reviewed, around({ metric, streams: part })).refused).toBe(rule);
    const over = around({ metric, streams, today: '2027-01-01' });
    expect(given().when(reviewed, over).refused).toBe(rule);
  });

  it('replaces a proposal, records the same once, and does not touch an approved or locked one', () => {
    const actor = { id: 'person-proposer', role: 'hr' } as const;
    expect(given(proposed()).when(propose(), around({ actor }))).toEqual(accept());
    expect(given(proposed()).when(propose({ anchors: linear('65', '70', '76') }), around()).events).toHaveLength(1);
    const other = propose({ anchors: linear('65', '70', '76') });
    expect(given(proposed(), approved).when(other, around()).refused).toBe('an-approved-target-is-not-proposed-anew');
    expect(given(proposed(), approved, locked).when(other, around()).refused).toBe('a-locked-target-is-only-adjusted');
  });
  it('is new when the same was retired, or stood under another definition, or began elsewhere', () => {
    const gone = given(proposed()).when(retire).events ?? [];
    expect(given(proposed(), ...gone).when(propose(), around()).events).toHaveLength(1);
    const metric = metricState(defined(), revised('BREAK'), classAssigned('CLIMATE_ALL', { version: 2 }));
    expect(given(proposed()).when(propose(), around({ metric })).events?.[0]?.data).toMatchObject({
      definitionVersion: 2,
    });
    const elsewhere = propose({ baseline: { asserted: '62' } });
    expect(given(proposed()).when(elsewhere, around()).events?.[0]?.data).toMatchObject({ baseline: { value: '62' } });
  });
  it('is nothing new when it names the figure it starts from again, and new when it asserts what was recorded', () => {
    const context = around({ streams: { 'series:LC_TS/GPA': seriesState(observed('o5', '2025', { value: '61' })) } });
    const fromFigure = propose({ baseline: { observation: 'o5' } });
    const events = given().when(fromFigure, context).events ?? [];
    expect(given(...events).when(fromFigure, context)).toEqual(accept());
    expect(given(...events).when(propose(), context).events?.[0]?.data).toMatchObject({
      baseline: { basis: 'ASSERTED', value: '61' },
    });
    expect(given(proposed()).when(fromFigure, context).events?.[0]?.data).toMatchObject({
      baseline: { basis: 'OBSERVED', value: '61' },
    });
  });
  it('rests on metric, unit and organisation, and the series or review it names', () => {
    const asked = (command: TargetCommand) => targetDecider.facts?.(command, targetDecider.initial);
    const plain = [
      { fold: { concept: 'metric' } },
      { fold: { concept: 'unit' } },
      { fold: { concept: 'organization' } },
    ];
    expect(asked(propose())).toHaveLength(3);
    expect(asked(propose({ baseline: { observation: 'o5' }, legalReview: 'review-1' }))).toMatchObject([
      ...plain,
      { fold: { concept: 'series' } },
      { key: { concept: 'legal-review', id: 'review-1' } },
    ]);
    expect(asked(retire)).toEqual([]);
  });
  it('is nothing new when the same stands, whoever says it and however far it has come', () => {
    for (const events of [[proposed()], [proposed(), approved], [proposed(), approved, locked]])
      expect(given(...events).when(propose(), around({ actor: { id: 'person-b', role: 'hr' } }))).toEqual(accept());
    const rationale = propose({ rationale: 'Another one.' });
    expect(given(proposed()).when(rationale, around()).events).toHaveLength(1);
  });
});

describe('back-testing a target', () => {
  const years = ['2019', '2020', '2021', '2022', '2023', '2024', '2025'];
  const series = (values: readonly string[]) =>
    seriesState(...values.map((value, i) => observed(`o${i}`, years[i] ?? '', { value })));
  const over = (values: readonly string[]) => around({ streams: { 'series:LC_TS/GPA': series(values) } });

  it('reckons how often the series itself reached each anchor', () => {
    expect(given(proposed()).when(backTest, over(['63.9', '64', '66', '70', '73', '76']))).toMatchObject({
      events: [
        {
          type: 'metrics.TargetDifficultyBackTested.v1',
          data: {
            periods: ['2019', '2020', '2021', '2022', '2023', '2024'],
            obsIds: ['o0', 'o1', 'o2', 'o3', 'o4', 'o5'],
            hits: { threshold: 5, target: 3, stretch: 1 },
            hitRates: { threshold: '0.833333', target: '0.5', stretch: '0.166667' },
          },
        },
      ],
    });
  });

  it('takes the periods in their order, however they came in, and those of its own definition alone', () => {
    const shuffled = ['2021', '2019', '2024', '2020', '2023', '2022'].map((year) => observed(`o-${year}`, year));
    const later = observed('o-new', '2018', {}, { definitionVersion: 2 });
    const streams = { 'series:LC_TS/GPA': seriesState(...shuffled, later) };
    expect(given(proposed()).when(backTest, around({ streams })).events?.[0]?.data).toMatchObject({
      periods: ['2019', '2020', '2021', '2022', '2023', '2024'],
    });
  });

  it('records nothing when it was reckoned so before', () => {
    const context = over(['63.9', '64', '66', '70', '73', '76']);
    const tested = given(proposed()).when(backTest, context).events ?? [];
    expect(given(proposed(), ...tested).when(backTest, context)).toEqual(accept());
    const more = over(['63.9', '64', '66', '70', '73', '76', '77']);
    expect(given(proposed(), ...tested).when(backTest, more).events).toHaveLength(1);
  });

  it('counts inside the band where the metric has one', () => {
    const metric = metricState(defined('LC_TS', { direction: 'RANGE' }));
    const band = proposed({ anchors: { curve: 'RANGE', low: '60', high: '70', tolerance: '5' } });
    const context = { ...over(['55', '56', '60', '65', '70', '75']), actor: undefined };
    const [event] =
      given(band).when(backTest, {
        ...context,
        streams: { ...context.streams, 'metric:LC_TS': metric },
      }).events ?? [];
    expect(event?.data).toMatchObject({ hits: { threshold: 4, target: 3, stretch: 3 } });
  });

  it('is refused with fewer than six earlier periods', () => {
    const rule = 'difficulty-is-back-tested-over-six-periods-or-more';
    expect(given(proposed()).when(backTest, over(['63', '64', '66', '70', '73'])).refused).toBe(rule);
    const own = seriesState(...years.slice(2).map((year, i) => observed(`o${i}`, year)), observed('o9', '2026'));
    expect(given(proposed()).when(backTest, around({ streams: { 'series:LC_TS/GPA': own } })).refused).toBe(rule);
  });

  it('is refused, without a figure, on a series of which some figure is hidden', () => {
    const hidden = { ...over(['63', '64', '66', '70', '73', '75']), answers: { [SERIES_OPENNESS]: { hidden: true } } };
    const refusal = given(proposed()).when(backTest, hidden);
    expect(refusal.refused).toBe('difficulty-is-back-tested-on-a-series-that-is-shown');
    expect('detail' in refusal ? refusal.detail : '').not.toMatch(/[0-9]/);
    const short = { ...over(['63']), answers: { [SERIES_OPENNESS]: { hidden: true } } };
    expect(given(proposed()).when(backTest, short)).toEqual(refusal);
  });

  it('is refused once the target is locked', () => {
    expect(given(proposed(), approved, locked).when(backTest, over(['63'])).refused).toBe(
      'difficulty-is-back-tested-before-a-target-is-locked',
    );
  });
});

describe('approving a target', () => {
  it('is done by someone other than its proposer and its beneficiary', () => {
    expect(given(proposed()).when(approve, around())).toEqual(
      accept({ type: 'metrics.TargetApproved.v1', data: { ...place, by: 'person-other' } }),
    );
    const by = (id: string, onBehalfOf?: string) =>
      given(proposed()).when(approve, around({ actor: { id, role: 'executive' }, onBehalfOf })).refused;
    expect(by('person-proposer')).toBe('a-target-is-approved-by-another-than-its-proposer');
    const delegated = given({ ...proposed(), onBehalfOf: 'person-other' });
    expect(delegated.when(approve, around()).refused).toBe('a-target-is-approved-by-another-than-its-proposer');
    expect(by('person-head')).toBe('nobody-approves-a-target-they-benefit-from');
    expect(by('person-other', 'person-head')).toBe('nobody-approves-a-target-they-benefit-from');
    const shared = around({ streams: { 'unit:GPA': unit('GPA', { leaders: ['person-head', 'person-other'] }) } });
    expect(given(proposed()).when(approve, shared).refused).toBe('nobody-approves-a-target-they-benefit-from');
  });

  it('is refused before it is proposed, after it is locked, and by a second approver', () => {
    expect(given().when(approve, around()).refused).toBe('a-target-is-proposed-first');
    expect(given(proposed(), approved).when(approve, around()).refused).toBe('only-a-proposed-target-is-approved');
    expect(given(proposed(), approved, locked).when(approve, around()).refused).toBe(
      'only-a-proposed-target-is-approved',
    );
  });

  it('records the same approval once', () => {
    const actor = { id: 'person-approver', role: 'hr' } as const;
    expect(given(proposed(), approved).when(approve, around({ actor }))).toEqual(accept());
    expect(given(proposed(), approved, locked).when(approve, around({ actor })).refused).toBe(
      'only-a-proposed-target-is-approved',
    );
  });

  it('is refused when the metric has begun a new series since', () => {
    const metric = metricState(defined(), revised('BREAK'), classAssigned('CLIMATE_ALL', { version: 2 }));
    expect(given(proposed()).when(approve, around({ metric })).refused).toBe(
      'a-target-stands-on-the-current-definition-of-its-metric',
    );
  });
});

describe('locking a target', () => {
  const ready = given(proposed(), approved);

  it('puts an approved target into a cycle, once', () => {
    expect(ready.when(lock, around())).toEqual(
      accept({
        type: 'metrics.TargetLocked.v1',
        data: { ...place, cycleId: 'cycle:2026', definitionVersion: 1, lockedBy: 'person-other' },
      }),
    );
    expect(given(proposed(), approved, locked).when(lock, around())).toEqual(accept());
  });

  it('rests on the metric and the unit as they stand: their streams are asserted in the same append', () => {
    const asserted = targetDecider
      .facts?.(lock, targetDecider.initial)
      .flatMap((fact) => (fact.kind === 'stream' ? [fact.fold.concept] : []));
    expect(asserted).toEqual(['metric', 'unit', 'organization']);
  });

  it('is refused into a cycle that nobody opened', () => {
    const nothing: CycleStanding = { state: 'NONE', periodStart: null, periodEnd: null };
    expect(ready.when(lock, around({ answers: { [CYCLE_STANDING]: nothing } }))).toMatchObject({
      refused: 'a-target-is-locked-into-an-open-cycle',
      detail: expect.stringContaining('No cycle has the code "2026"'),
    });
  });

  it.each(['FROZEN', 'CLOSED'] as const)('is refused into a cycle that is %s', (state) => {
    const context = around({ answers: { [CYCLE_STANDING]: { ...openCycle, state } } });
    expect(ready.when(lock, context).refused).toBe('a-target-is-locked-into-an-open-cycle');
  });

  it.each<readonly [string, string, boolean]>([
    ['2025-07-01', '2026-01-01', true],
    ['2026-12-31', '2027-12-31', true],
    ['2025-01-01', '2025-12-31', false],
    ['2027-01-01', '2027-12-31', false],
  ])('into a cycle from %s to %s is free, if the periods meet: %s', (periodStart, periodEnd, free) => {
    const context = around({ answers: { [CYCLE_STANDING]: { state: 'OPEN', periodStart, periodEnd } } });
    expect(ready.when(lock, context).refused).toBe(
      free ? undefined : 'a-target-is-locked-into-a-cycle-of-its-own-time',
    );
  });

  it('is refused before approval, and into a second cycle', () => {
    const rule = 'only-an-approved-target-is-locked';
    expect(given(proposed()).when(lock, around())).toEqual({ refused: rule, detail: 'Have it approved first.' });
    const other: TargetCommand = { type: 'metrics.LockTarget', data: { ...about, cycle: '2027' } };
    expect(given(proposed(), approved, locked).when(other, around())).toEqual({
      ...{ refused: rule, detail: 'It is locked into another cycle.' },
    });
  });

  it.each<readonly [string, MetricFacts, string]>([
    [
      'void class',
      metricState(defined(), revised('COMPARABLE')),
      'a-metric-whose-class-is-void-cannot-count-in-an-evaluation',
    ],
    [
      'class-based',
      metricState(defined('LC_TS', {}, 'CLASS_BASED')),
      'a-class-based-metric-cannot-count-in-an-evaluation',
    ],
    [
      'monitoring only',
      metricState(defined('LC_TS', {}, 'MONITORING_ONLY')),
      'a-monitoring-only-metric-cannot-count-in-an-evaluation',
    ],
    ['retired', metricState(defined(), retired()), 'a-retired-metric-cannot-count-in-an-evaluation'],
    [
      'expired review',
      metricState(defined(), classAssigned('CLIMATE_ALL', { expiresAt: '2026-06-14' })),
      'an-expired-class-review-cannot-carry-an-evaluation',
    ],
    ...(['CONCERNS', 'HARM_REPORTS', 'LEADER_STORIES'] as const).map(
      (topic) =>
        [
          `number of ${topic}`,
          metricState(defined('LC_TS', { topic })),
          'a-count-of-concerns-harm-or-stories-cannot-count-in-an-evaluation',
        ] as const,
    ),
  ])('is refused for a metric with: %s', (_what, metric, rule) => {
    expect(ready.when(lock, around({ metric })).refused).toBe(rule);
  });

  it('is free for the handling of concerns', () => {
    const metric = metricState(defined('LC_TS', { topic: 'CONCERNS', handling: true }));
    expect(ready.when(lock, around({ metric })).events).toHaveLength(1);
  });

  it('is refused when the unit has been marked as defined by a class since', () => {
    const context = around({ streams: { 'unit:GPA': unit('GPA', { classDefined: true }) } });
    expect(ready.when(lock, context).refused).toBe('a-unit-defined-by-a-class-is-no-scope-of-a-target');
  });

  it('is refused when the metric has begun a new series since', () => {
    const metric = metricState(defined(), revised('BREAK'), classAssigned('CLIMATE_ALL', { version: 2 }));
    expect(ready.when(lock, around({ metric })).refused).toBe(
      'a-target-stands-on-the-current-definition-of-its-metric',
    );
  });

  it('is refused after the period has ended', () => {
    expect(ready.when(lock, around({ today: '2027-01-01' })).refused).toBe('a-target-is-locked-before-its-period-ends');
    expect(ready.when(lock, around({ today: '2026-12-31' })).events).toHaveLength(1);
  });

  it('says nothing against a metric that may count', () => {
    expect(ruleAgainstEvaluating(metricState(defined()), '2026-06-15')).toBeNull();
    expect(ruleAgainstEvaluating(metricState(), '2026-06-15')).toBe('an-evaluation-rests-on-a-defined-metric');
  });
});

describe('retiring a target', () => {
  it('is free before it is locked, once, and refused after', () => {
    expect(given(proposed(), approved).when(retire)).toEqual(
      accept({
        type: 'metrics.TargetRetired.v1',
        data: {
          ...{ ...place, retiredBy: 'person-hr' },
          reason: { toSeal: 'The unit is merged.', subjects: ['person-hr'] },
        },
      }),
    );
    const gone = given(proposed()).when(retire).events ?? [];
    expect(given(proposed(), ...gone).when(retire)).toEqual(accept());
    expect(given(proposed(), approved, locked).when(retire).refused).toBe('a-locked-target-is-only-adjusted');
    expect(given().when(retire).refused).toBe('a-target-is-proposed-first');
    expect(given(proposed(), ...gone).when(approve, around()).refused).toBe('a-target-is-proposed-first');
  });
});
