import { specify, type SpecContext } from '@plumbline/kernel';
import type { ComponentAsked } from './component';
import {
  accepted,
  acknowledged,
  action,
  around,
  commitment,
  contract,
  cycleState,
  EVALUATOR,
  finalized,
  frozen,
  HEAD,
  HR,
  link,
  metric,
  opened,
  organization,
  rated,
  scored,
  signed,
  snapshot,
  target,
  unit,
} from './given.testing';
import type { ScorecardCommand } from './scorecard.commands';
import { scorecardDecider } from './scorecard.decider';
import { EXPECTED_NOISE } from './contract-asked';
import { UNITS_ABOVE } from './contract-sources';

const { given } = specify(scorecardDecider);
const issue = (components: readonly ComponentAsked[] = contract(), more: object = {}): ScorecardCommand =>
  ({
    type: 'evaluations.IssueScorecard',
    data: { cycle: 'C2026', leader: HEAD, components, evaluators: [EVALUATOR], ...more },
  }) as ScorecardCommand;
const by = (streams: Readonly<Record<string, unknown>> = {}, more: SpecContext = {}): SpecContext => ({
  actor: { id: HR, role: 'hr' },
  today: '2026-01-20',
  ...more,
  streams: around(streams),
  answers: { [EXPECTED_NOISE]: 'TELLS_ITSELF_FROM_NOISE', [UNITS_ABOVE]: [], ...more.answers },
});
const metricSource = (more: object) => ({
  source: { type: 'METRIC', metric: 'BELONG', units: ['SURG'], period: '2026', ...more } as never,
});

describe('a contract', () => {
  it('is issued with its weights, limits, scopes and days', () => {
    expect(given().when(issue(), by())).toMatchObject({
      events: [
        {
          type: 'evaluations.ScorecardIssued.v1',
          data: {
            ...{ cycle: 'C2026', leader: HEAD, group: 'HEADS', edition: 1, acceptBy: '2026-02-09', graceDays: 90 },
            limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
            components: [
              {
                id: 'promises',
                capPoints: 150,
                source: { commitments: [{ commitmentId: 'commitment:C01', weight: 1 }] },
              },
              {
                id: 'voice',
                source: { metricVersion: 1, survey: false, scopes: [{ unitId: 'unit:SURG', unit: 'SURG' }] },
              },
              { id: 'climate', capPoints: 100, source: { survey: true, fallback: null }, warnings: [] },
              { id: 'leavers' },
            ],
          },
        },
      ],
    });
  });

  it('takes its limits from the policy in force', () => {
    const policy = { ...organization().policy, surveyWeightCap: 25 };
    expect(given().when(issue(), by({ 'organization:ORGANIZATION': organization({ policy }) })).refused).toBe(
      'survey-parts-weigh-no-more-than-their-limit',
    );
  });

  it('may count the delivery of actions', () => {
    const delivery = { voice: { source: { type: 'ACTIONS', actions: ['A01'] } as const } };
    expect(given().when(issue(contract(delivery)), by()).events?.[0]?.data).toMatchObject({
      components: [{}, { source: { type: 'ACTIONS', actions: [{ actionId: 'action:A01', action: 'A01' }] } }, {}, {}],
    });
    for (const state of ['CANCELLED', 'COMPLETED'] as const)
      expect(given().when(issue(contract(delivery)), by({ 'action:A01': action(state) })).refused).toBe(
        'an-action-counts-while-it-is-to-be-delivered',
      );
  });

  it('counts actions that its leader leads, or that serve what its leader promised in it', () => {
    const delivery = { voice: { source: { type: 'ACTIONS', actions: ['A01'] } as const } };
    const of = (planned: Parameters<typeof action>[1]) =>
      given().when(issue(contract(delivery)), by({ 'action:A01': action('STARTED', planned) })).refused;
    expect(of({ lead: 'person-other' })).toBe('an-action-counts-for-who-leads-it-or-promised-what-it-serves');
    expect(of({ lead: 'person-other', commitmentIds: ['commitment:C09'] })).toBe(
      'an-action-counts-for-who-leads-it-or-promised-what-it-serves',
    );
    expect(of({ lead: 'person-other', commitmentIds: ['commitment:C01'] })).toBeUndefined();
  });

  it('counts no unit twice, by itself or within another', () => {
    const rule = 'no-unit-of-a-component-lies-in-another';
    const voice = (...units: string[]) => issue(contract({ voice: metricSource({ metric: 'AGREED', units }) }));
    const more = { 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') };
    const above = (ids: readonly string[]) => by(more, { answers: { [UNITS_ABOVE]: ids } });
    expect(given().when(voice('SURG', 'surg'), above([])).refused).toBe(rule);
    expect(given().when(voice('SURG', 'HOUSE'), above(['unit:HOUSE'])).refused).toBe(rule);
    expect(given().when(voice('SURG', 'HOUSE'), above(['unit:ROOT'])).refused).toBeUndefined();
  });

  it('is nothing new when it stands so already', () => {
    const first = given().when(issue(), by()).events!;
    expect(given(...first).when(issue(), by())).toEqual({ events: [] });
    const other = given(...first).when(issue(contract({ promises: { title: 'Promises' } })), by());
    expect(other.events?.[0]?.data).toMatchObject({ edition: 2 });
  });

  it('is for a leader of an open cycle, from someone else, rated by someone else', () => {
    const isFrozen = { 'cycle:C2026': cycleState(opened(), snapshot, frozen()) };
    expect(given().when(issue(), by(isFrozen)).refused).toBe('a-scorecard-is-issued-in-an-open-cycle');
    const without = { 'cycle:C2026': cycleState(opened({ population: [] })) };
    expect(given().when(issue(), by(without)).refused).toBe('a-scorecard-is-for-a-leader-of-the-cycle');
    expect(given().when(issue(), by({}, { actor: { id: HEAD, role: 'hr' } })).refused).toBe(
      'nobody-issues-their-own-scorecard',
    );
    expect(given().when(issue(contract(), { evaluators: [EVALUATOR, HEAD] }), by()).refused).toBe(
      'an-evaluator-is-another-than-the-leader',
    );
  });
});

describe('weights', () => {
  it.each([
    [2999, 'weights-add-up-to-exactly-100-percent'],
    [3001, 'weights-add-up-to-exactly-100-percent'],
  ])('of which one is %i make not exactly 100 %%', (weight, rule) => {
    expect(given().when(issue(contract({ promises: { weight } })), by()).refused).toBe(rule);
  });

  it('of surveys stay below their limit', () => {
    const heavy = contract({ climate: { weight: 3100 }, leavers: { weight: 900 } });
    expect(given().when(issue(heavy), by()).refused).toBe('survey-parts-weigh-no-more-than-their-limit');
  });

  it('of a single component stay below its limit', () => {
    const heavy = contract({ promises: { weight: 3600 }, leavers: { weight: 400 } });
    expect(given().when(issue(heavy), by()).refused).toBe('a-single-part-weighs-no-more-than-its-limit');
  });

  it('of process and commitments reach their floor', () => {
    const light = contract({ promises: { weight: 900 }, leavers: { weight: 3100 } });
    expect(given().when(issue(light), by()).refused).toBe('process-and-commitments-weigh-no-less-than-their-limit');
  });
});

describe('components', () => {
  it('have ids of their own', () => {
    expect(given().when(issue(contract({ voice: { id: 'promises' } })), by()).refused).toBe(
      'a-component-has-an-id-of-its-own',
    );
  });

  it('hold what is done and what follows', () => {
    const rule = 'a-scorecard-holds-what-is-done-and-what-follows';
    const [promises, voice, climate, leavers] = contract() as [
      ComponentAsked,
      ComponentAsked,
      ComponentAsked,
      ComponentAsked,
    ];
    expect(given().when(issue([promises, climate, leavers]), by()).refused).toBe(rule);
    expect(given().when(issue([promises, voice]), by()).refused).toBe(rule);
  });

  it('count one event once', () => {
    const rule = 'an-event-earns-points-in-one-component';
    expect(given().when(issue(contract({ leavers: metricSource({ metric: 'belong' }) })), by()).refused).toBe(rule);
    const twice = {
      source: {
        type: 'COMMITMENTS',
        commitments: [
          { commitment: 'C01', weight: 1 },
          { commitment: 'c01', weight: 1 },
        ],
      } as const,
    };
    expect(given().when(issue(contract({ promises: twice })), by()).refused).toBe(rule);
    const actions = { source: { type: 'ACTIONS', actions: ['A01', 'a01'] } as const };
    expect(given().when(issue(contract({ voice: actions })), by()).refused).toBe(rule);
  });

  it('are capped within reach of their kind', () => {
    const rule = 'a-cap-lies-within-what-its-kind-can-reach';
    expect(given().when(issue(contract({ climate: { cap: 101 } })), by()).refused).toBe(rule);
    expect(given().when(issue(contract({ climate: { cap: 100 } })), by()).refused).toBeUndefined();
    expect(given().when(issue(contract({ voice: { cap: 150 } })), by()).refused).toBeUndefined();
  });

  it('are of the kind of their source', () => {
    const rule = 'a-component-is-of-the-kind-of-its-source';
    const otherwise = contract({ leavers: { kind: 'CLIMATE' } });
    expect(given().when(issue(otherwise), by()).refused).toBe(rule);
    expect(given().when(issue(contract({ promises: { kind: 'BEHAVIOUR' } })), by()).refused).toBe(rule);
    const idle = [
      ...contract(),
      { ...contract()[1]!, id: 'idle', source: { type: 'ACTIONS', actions: ['A01'] }, weight: 0 },
    ];
    expect(given().when(issue(idle as ComponentAsked[]), by()).refused).toBe(rule);
  });

  it('may be modifiers, with steps and without weight, of a metric that has a better side', () => {
    const modifier = (more: object, steps?: object): ComponentAsked[] => [
      ...contract(),
      {
        ...{ id: 'harm', title: 'Harm', kind: 'MODIFIER', weight: 0, ...more },
        source: { type: 'METRIC', metric: 'HARM', units: ['SURG'], period: '2026', ...steps },
      } as ComponentAsked,
    ];
    const steps = { steps: [{ below: 50, points: -5 }] };
    const known = { 'metric:HARM': metric('HARM', { level: 'OUTCOME' }), 'link:HARM/HEADS': link('HARM') };
    expect(given().when(issue(modifier({}, steps)), by(known)).refused).toBeUndefined();
    const rule = 'a-modifier-has-steps-and-no-weight';
    expect(given().when(issue(modifier({})), by(known)).refused).toBe(rule);
    expect(given().when(issue(modifier({ weight: 100 }, steps)), by(known)).refused).toBe(rule);
    expect(
      given().when(issue(contract({ leavers: metricSource({ metric: 'LEAVERS', ...steps }) })), by()).refused,
    ).toBe(rule);
    const range = { ...known, 'metric:HARM': metric('HARM', { level: 'OUTCOME', direction: 'RANGE' }) };
    const milder = {
      steps: [
        { below: 50, points: -10 },
        { below: 40, points: -5 },
      ],
    };
    const twice = { steps: [steps.steps[0], { below: 50, points: -10 }] };
    for (const wrong of [milder, twice])
      expect(given().when(issue(modifier({}, wrong)), by(known)).refused).toBe(
        'a-modifier-has-steps-that-each-take-more-than-the-one-before',
      );
    const farther = { steps: [{ below: 40, points: -10 }, ...steps.steps] };
    expect(given().when(issue(modifier({}, farther)), by(known)).refused).toBeUndefined();
    expect(given().when(issue(modifier({}, steps)), by(range)).refused).toBe(
      'a-modifier-rests-on-a-metric-with-one-better-side',
    );
  });

  it('rest on targets that are locked into the cycle', () => {
    const rule = 'a-component-rests-on-a-target-locked-into-its-cycle';
    for (const cycleId of [null, 'cycle:C2025'])
      expect(
        given().when(issue(), by({ 'target:AGREED/SURG/2026': target('AGREED', 'SURG', '2026', cycleId) })).refused,
      ).toBe(rule);
  });

  it('rest on a link of their metric, in its version, on this day', () => {
    const rule = 'a-component-rests-on-a-link-of-its-metric-to-the-group';
    expect(
      given().when(issue(), by({ 'link:BELONG/HEADS': link('BELONG', { expiresAt: '2026-01-19' }) })).refused,
    ).toBe(rule);
    expect(
      given().when(issue(), by({ 'link:BELONG/HEADS': link('BELONG', { expiresAt: '2026-01-20' }) })).refused,
    ).toBeUndefined();
    const again = metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', reviewedAgain: true });
    expect(given().when(issue(), by({ 'metric:BELONG': again })).refused).toBe(
      'a-link-covers-the-version-it-was-requested-for',
    );
  });

  it('tell themselves from noise, or name a fallback', () => {
    const lost = { answers: { [EXPECTED_NOISE]: 'LOST_IN_NOISE' } };
    expect(given().when(issue(), by({}, lost)).refused).toBe('a-component-must-tell-itself-from-noise');
    const shared = contract({
      voice: metricSource({ metric: 'AGREED', fallback: 'HOUSE' }),
      climate: metricSource({ fallback: 'HOUSE' }),
      leavers: metricSource({ metric: 'LEAVERS', fallback: 'HOUSE' }),
    });
    const issued = given().when(issue(shared), by({}, lost)).events?.[0]?.data;
    expect(issued).toMatchObject({ components: [{}, { source: { fallback: { unitId: 'unit:HOUSE' } } }, {}, {}] });
    const unknown = { answers: { [EXPECTED_NOISE]: 'UNKNOWN' } };
    expect(given().when(issue(), by({}, unknown)).events?.[0]?.data).toMatchObject({
      components: [{ warnings: [] }, { warnings: ['NOT_EVALUABLE_AS_THINGS_STAND'] }, {}, {}],
    });
  });

  it('count commitments of the leader, first promised for a day of the period', () => {
    const own = 'a-commitment-counts-for-its-owner';
    const inTime = 'a-commitment-counts-in-the-period-it-was-first-promised-for';
    const handed = {
      owners: [
        { ownerId: HEAD, from: '2025-03-10' },
        { ownerId: 'person-next', from: '2026-01-01' },
      ],
    };
    expect(given().when(issue(), by({ 'commitment:C01': commitment(handed) })).refused).toBe(own);
    const later = [
      { ownerId: HEAD, from: '2025-03-10' },
      { ownerId: 'person-next', from: '2026-12-31' },
    ] as const;
    const onDue = (firstDue: string) =>
      given().when(issue(), by({ 'commitment:C01': commitment({ owners: later, firstDue }) })).refused;
    expect([onDue('2026-12-30'), onDue('2026-12-31')]).toEqual([undefined, own]);
    expect(given().when(issue(), by({ 'commitment:C01': commitment({ state: 'PROPOSED' }) })).refused).toBe(own);
    for (const firstDue of ['2025-12-31', '2027-01-01', null])
      expect(given().when(issue(), by({ 'commitment:C01': commitment({ firstDue }) })).refused).toBe(inTime);
    for (const firstDue of ['2026-01-01', '2026-12-31'])
      expect(given().when(issue(), by({ 'commitment:C01': commitment({ firstDue }) })).refused).toBeUndefined();
  });
});

describe('the firewall around a contract', () => {
  const stopped = (rule: string, componentId = 'climate') => ({
    refused: rule,
    events: [
      { type: 'evaluations.ScorecardComponentRefused.v1', data: { componentId, rule, leader: HEAD, refusedFor: HR } },
    ],
  });
  const climate = (more: Parameters<typeof metric>[1]) => ({
    'metric:BELONG': metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', ...more }),
  });

  it('keeps a class-based metric out, on record, whatever link stands', () => {
    expect(given().when(issue(), by(climate({ legalClass: 'CLASS_BASED' })))).toMatchObject(
      stopped('a-class-based-metric-cannot-count-in-an-evaluation'),
    );
  });

  it('keeps a metric out that was revised after it was linked', () => {
    expect(given().when(issue(), by(climate({ revised: true })))).toMatchObject(
      stopped('a-metric-whose-class-is-void-cannot-count-in-an-evaluation'),
    );
  });

  it('keeps a metric out whose companion is class-based', () => {
    const beside = {
      ...climate({ companion: 'SHARE' }),
      'metric:SHARE': metric('SHARE', { legalClass: 'CLASS_BASED' }),
    };
    expect(given().when(issue(), by(beside))).toMatchObject(
      stopped('a-companion-by-class-keeps-its-metric-out-of-evaluations'),
    );
  });

  it('keeps a unit out that is defined by a class, as a fallback too', () => {
    const rule = 'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation';
    const house = { 'unit:HOUSE': unit('HOUSE', { classDefined: true }) };
    expect(given().when(issue(contract({ climate: metricSource({ fallback: 'HOUSE' }) })), by(house))).toMatchObject(
      stopped(rule),
    );
    expect(given().when(issue(), by({ 'unit:SURG': unit('SURG', { classDefined: true }) }))).toMatchObject(
      stopped(rule, 'voice'),
    );
  });

  it('leaves a mistaken code off the record', () => {
    const mistaken = contract({ climate: metricSource({ fallback: 'NOWHERE' }) });
    expect(given().when(issue(mistaken), by())).toEqual({
      refused: 'an-evaluation-is-about-registered-units',
      detail: expect.any(String),
    });
  });
});

describe('who joins late', () => {
  const late = { today: '2026-06-15' };
  it('is offered a contract and has thirty days', () => {
    const joined = { 'unit:SURG': unit('SURG', { leader: HEAD, from: '2026-06-01' }) };
    expect(given().when(issue(), by(joined, late)).events?.[0]?.data).toMatchObject({ acceptBy: '2026-07-15' });
  });

  it('is not who has led the unit all along', () => {
    expect(given().when(issue(), by({}, late)).refused).toBe('a-scorecard-is-issued-while-it-can-be-accepted-in-time');
    const other = { 'unit:SURG': unit('SURG', { leader: 'person-other-head', from: '2026-06-01' }) };
    expect(given().when(issue(), by(other, late)).refused).toBe(
      'a-scorecard-is-issued-while-it-can-be-accepted-in-time',
    );
  });

  it('is offered another contract when the units change, and only then', () => {
    const first = given().when(issue(), by()).events!;
    const stands = given(...first, accepted);
    expect(stands.when(issue(contract({ promises: { title: 'Promises' } })), by({}, late)).refused).toBe(
      'an-accepted-scorecard-changes-only-with-its-units',
    );
    const two = contract({ voice: metricSource({ metric: 'AGREED', units: ['SURG', 'HOUSE'] }) });
    const more = { 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') };
    expect(stands.when(issue(two), by(more, late)).events?.[0]?.data).toMatchObject({
      edition: 2,
      acceptBy: '2026-07-15',
    });
  });

  describe('for other units', () => {
    const first = given().when(issue(), by()).events!;
    const stands = [...first, accepted];
    const units = { voice: metricSource({ metric: 'AGREED', units: ['SURG', 'HOUSE'] }) };
    const more = { 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') };
    const rule = 'a-contract-offered-anew-keeps-what-its-units-do-not-change';
    const anew = (change: Readonly<Record<string, object>>, streams: object = {}, events = stands) =>
      given(...events).when(issue(contract({ ...units, ...change })), by({ ...more, ...streams }, late)).refused;

    it('keeps the weights, kinds, caps and metrics that were accepted', () => {
      expect(anew({})).toBeUndefined();
      expect(anew({ leavers: { weight: 1500 }, climate: { weight: 2500 } })).toBe(rule);
      expect(anew({ climate: { cap: 90 } })).toBe(rule);
      expect(anew({ leavers: { id: 'others' } })).toBe(rule);
      expect(anew({ promises: { title: 'Promises' } })).toBeUndefined();
    });

    it('keeps each promise of the leader with its weight, also one that has ended', () => {
      const source = (...commitments: readonly [string, number][]) => ({
        promises: {
          source: {
            type: 'COMMITMENTS',
            commitments: commitments.map(([commitment, weight]) => ({ commitment, weight })),
          },
        },
      });
      const other = { 'commitment:C02': commitment() };
      expect(anew(source(['C02', 1]), other)).toBe(rule);
      expect(anew(source(['C01', 2], ['C02', 1]), other)).toBe(rule);
      expect(anew(source(['C01', 1], ['C02', 1]), other)).toBeUndefined();
      const missed = { 'commitment:C01': commitment({ state: 'MISSED' }) };
      expect(anew({}, missed)).toBeUndefined();
      expect(anew(source(['C02', 1]), { ...other, ...missed })).toBe(rule);
      const owners = [
        { ownerId: HEAD, from: '2025-03-10' },
        { ownerId: 'person-next', from: '2026-03-01' },
      ];
      expect(anew(source(['C02', 1]), { ...other, 'commitment:C01': commitment({ owners }) })).toBeUndefined();
    });

    it('is held to what was accepted, not to what was only offered since', () => {
      const offered = given(...stands).when(issue(contract(units)), by(more, late)).events!;
      expect(anew({ leavers: { weight: 1500 }, climate: { weight: 2500 } }, {}, [...stands, ...offered])).toBe(rule);
      const back = given(...stands, ...offered).when(issue(), by(more, late));
      expect(back.events?.[0]?.data).toMatchObject({ edition: 3 });
    });
  });

  it('is offered none in the place of a result that is final, though the cycle was reopened', () => {
    const first = given().when(issue(), by()).events!;
    const two = contract({ voice: metricSource({ metric: 'AGREED', units: ['SURG', 'HOUSE'] }) });
    const more = { 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') };
    const isFinal = given(...first, accepted, ...scored(), rated(3, 0), signed, acknowledged, finalized);
    expect(isFinal.when(issue(two), by(more, late)).refused).toBe('a-final-result-is-only-restated');
  });
});
