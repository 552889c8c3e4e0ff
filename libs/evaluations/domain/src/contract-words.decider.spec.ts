import { specify, type SpecContext } from '@plumbline/kernel';
import type { ComponentAsked } from './component';
import { action, around, commitment, contract, EVALUATOR, HEAD, HR, link, metric, target, unit } from './given.testing';
import type { ScorecardCommand } from './scorecard.commands';
import { scorecardDecider } from './scorecard.decider';
import { scorecardFacts } from './scorecard.facts';
import { EXPECTED_NOISE } from './contract-asked';
import { UNITS_ABOVE } from './contract-sources';

const { given } = specify(scorecardDecider);
const issue = (components: readonly ComponentAsked[] = contract()): ScorecardCommand =>
  ({
    type: 'evaluations.IssueScorecard',
    data: { cycle: 'C2026', leader: HEAD, components, evaluators: [EVALUATOR] },
  }) as ScorecardCommand;
const by = (streams: Readonly<Record<string, unknown>> = {}, more: SpecContext = {}): SpecContext => ({
  actor: { id: HR, role: 'hr' },
  today: '2026-01-20',
  ...more,
  streams: around(streams),
  answers: { [EXPECTED_NOISE]: 'TELLS_ITSELF_FROM_NOISE', [UNITS_ABOVE]: [], ...more.answers },
});
const of = (metricCode: string, more: object = {}) => ({
  source: { type: 'METRIC', metric: metricCode, units: ['SURG'], period: '2026', ...more } as never,
});
const decided = (components: readonly ComponentAsked[], context: SpecContext) => {
  const decision = given().when(issue(components), context);
  if (decision.refused !== undefined) throw new Error(decision.refused);
  const [event] = decision.events;
  return event?.data as { readonly components: readonly { readonly source: object; readonly warnings: string[] }[] };
};

describe('a refusal of a contract', () => {
  const lost = { answers: { [EXPECTED_NOISE]: 'LOST_IN_NOISE' } };
  const steps = { steps: [{ below: 50, points: -5 }] };
  const again = metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', reviewedAgain: true });
  const twoUnits = { units: ['SURG', 'HOUSE'] };
  it.each<readonly [string, Readonly<Record<string, object>>, SpecContext, string]>([
    [
      'a metric that is barred',
      {},
      by({ 'metric:BELONG': metric('BELONG', { legalClass: 'CLASS_BASED' }) }),
      'Component climate on BELONG. The refusal is on record.',
    ],
    [
      'a mistaken unit',
      { climate: of('BELONG', { fallback: 'NOWHERE' }) },
      by(),
      'Component climate on BELONG. Check the codes in units and fallback.',
    ],
    ['a missing link', {}, by({ 'link:BELONG/HEADS': undefined }), 'Component climate: BELONG is not linked to HEADS.'],
    [
      'a link of another version',
      {},
      by({ 'metric:BELONG': again }),
      'Component climate: BELONG was revised since it was linked to HEADS.',
    ],
    [
      'a target that is not locked',
      {},
      by({ 'target:AGREED/SURG/2026': target('AGREED', 'SURG', '2026', null) }),
      'Component voice: no target of AGREED, SURG, 2026 is locked into C2026.',
    ],
    [
      'noise in two units',
      { voice: of('AGREED', twoUnits) },
      by({ 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') }, lost),
      'Component voice: by headcount and last response, SURG, HOUSE would not.',
    ],
    [
      'steps of what is no modifier',
      { leavers: of('LEAVERS', steps) },
      by(),
      'Component leavers: a MODIFIER has weight 0 and steps',
    ],
    [
      'the level of another metric',
      { leavers: { kind: 'CLIMATE' } },
      by(),
      'Component leavers: LEAVERS is of level OUTCOME, not CLIMATE.',
    ],
    [
      'the kind of another source',
      { promises: { kind: 'BEHAVIOUR' } },
      by(),
      'Component promises: the kind of COMMITMENTS is COMMITMENTS, with a weight.',
    ],
    ['one metric in two components', { leavers: of('belong') }, by(), 'The metric belong is named twice.'],
    [
      'one commitment twice',
      {
        promises: {
          source: {
            type: 'COMMITMENTS',
            commitments: [
              { commitment: 'C01', weight: 1 },
              { commitment: 'c01', weight: 1 },
            ],
          },
        },
      },
      by(),
      'The commitment c01 is named twice.',
    ],
    [
      'one action twice',
      { voice: { source: { type: 'ACTIONS', actions: ['A01', 'a01'] } } },
      by(),
      'The action a01 is named twice.',
    ],
    [
      'a cap beyond the kind of an outcome',
      { leavers: { cap: 101 } },
      by(),
      'Component leavers: 100 points are the most of OUTCOME.',
    ],
    [
      'a commitment of somebody else',
      {},
      by({ 'commitment:C01': commitment({ owners: [{ ownerId: 'person-else', from: '2025-03-10' }] }) }),
      'Component promises: C01 is no active commitment of this leader.',
    ],
    [
      'a commitment of another year',
      {},
      by({ 'commitment:C01': commitment({ firstDue: '2027-01-01' }) }),
      'Component promises: the first date of C01 lies outside 2026.',
    ],
    [
      'an action that has ended',
      { voice: { source: { type: 'ACTIONS', actions: ['A01'] } } },
      by({ 'action:A01': action('COMPLETED') }),
      'Component voice: A01 is not planned, or has ended.',
    ],
  ])('names the component and what is wrong: %s', (_what, change, context, words) => {
    const streams = Object.fromEntries(
      Object.entries(context.streams ?? {}).filter(([, state]) => state !== undefined),
    );
    const decision = given().when(issue(contract(change)), { ...context, streams });
    expect('detail' in decision ? decision.detail : undefined).toContain(words);
  });
});

describe('a contract', () => {
  it('holds what is done as behaviour too, and what follows as an outcome alone', () => {
    const behaviour = [
      ...contract({ voice: { kind: 'BEHAVIOUR', weight: 2000 } }),
      {
        ...{ id: 'more', title: 'More commitments', kind: 'COMMITMENTS', weight: 1000 },
        source: { type: 'COMMITMENTS', commitments: [{ commitment: 'C02', weight: 1 }] },
      } as ComponentAsked,
    ];
    const doing = { 'metric:AGREED': metric('AGREED', { level: 'BEHAVIOUR' }), 'commitment:C02': commitment() };
    expect(decided(behaviour, by(doing)).components).toHaveLength(5);
    const outcomes = contract({ climate: { kind: 'OUTCOME' } });
    const outcome = metric('BELONG', { level: 'OUTCOME', sourceType: 'SURVEY', legalClass: 'CLIMATE_ALL' });
    expect(decided(outcomes, by({ 'metric:BELONG': outcome })).components).toHaveLength(4);
  });

  it('keeps who owes the figures and what a modifier takes, and nothing where nothing is said', () => {
    const steps = [{ below: 50, points: -5 }];
    const components = [
      ...contract({ voice: of('AGREED', { dataOwner: 'person-steward' }) }),
      {
        ...{ id: 'harm', title: 'Harm', kind: 'MODIFIER', weight: 0 },
        source: { type: 'METRIC', metric: 'HARM', units: ['SURG'], period: '2026', steps },
      } as ComponentAsked,
    ];
    const known = { 'metric:HARM': metric('HARM', { level: 'OUTCOME' }), 'link:HARM/HEADS': link('HARM') };
    expect(decided(components, by(known)).components.map(({ source }) => source)).toMatchObject([
      { type: 'COMMITMENTS', commitments: [{ commitmentId: 'commitment:C01', commitment: 'C01', weight: 1 }] },
      { metric: 'AGREED', dataOwner: 'person-steward', steps: [], fallback: null },
      { metric: 'BELONG', dataOwner: null, survey: true },
      { metric: 'LEAVERS', survey: false },
      { metric: 'HARM', steps },
    ]);
  });

  it('warns when one of several units may come to nothing', () => {
    const answers = new Proxy({} as Record<string, unknown>, {
      has: () => true,
      get: () => (count++ % 2 === 0 ? 'TELLS_ITSELF_FROM_NOISE' : 'UNKNOWN'),
    });
    let count = 0;
    const two = contract({ voice: of('AGREED', { units: ['SURG', 'HOUSE'] }) });
    const streams = around({ 'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026') });
    const decision = given().when(issue(two), { ...by(), streams, answers });
    expect(decision.events?.[0]?.data).toMatchObject({
      components: [{}, { warnings: ['NOT_EVALUABLE_AS_THINGS_STAND'] }, {}, {}],
    });
  });

  it('gives thirty days from the first post in its units to whoever took it up since, the earliest counting', () => {
    const late = { today: '2026-06-15' };
    const since = (from: string) => by({ 'unit:SURG': unit('SURG', { leader: HEAD, from }) }, late);
    const rule = 'a-scorecard-is-issued-while-it-can-be-accepted-in-time';
    expect(given().when(issue(), since('2026-01-11')).refused).toBeUndefined();
    expect(given().when(issue(), since('2026-01-10')).refused).toBe(rule);
    const earlier = {
      ...{ 'unit:SURG': unit('SURG', { leader: HEAD, from: '2026-06-01' }) },
      'unit:HOUSE': unit('HOUSE', { leader: HEAD, from: '2020-01-01' }),
      'target:AGREED/HOUSE/2026': target('AGREED', 'HOUSE', '2026'),
    };
    const two = contract({ voice: of('AGREED', { units: ['SURG', 'HOUSE'] }) });
    expect(given().when(issue(two), by(earlier, late)).refused).toBe(rule);
  });

  it('rests on all that it names', () => {
    const components = contract({
      voice: of('AGREED', { units: ['SURG', 'HOUSE'], fallback: 'TRUST' }),
      climate: { source: { type: 'ACTIONS', actions: ['A01'] } as never },
    });
    const facts = scorecardDecider.facts?.(issue(components), scorecardFacts.initial) ?? [];
    expect(facts.map((fact) => (fact.kind === 'ask' ? fact.about : fact.key))).toEqual([
      { concept: 'cycle', natural: 'C2026' },
      { concept: 'organization', natural: 'ORGANIZATION' },
      { concept: 'metric', natural: 'AGREED' },
      { concept: 'unit', natural: 'SURG' },
      { concept: 'unit', natural: 'HOUSE' },
      { concept: 'unit', natural: 'TRUST' },
      { concept: 'target', natural: 'AGREED\u0000SURG\u00002026' },
      { metric: 'AGREED', unit: 'SURG', period: '2026' },
      { concept: 'target', natural: 'AGREED\u0000HOUSE\u00002026' },
      { metric: 'AGREED', unit: 'HOUSE', period: '2026' },
      { concept: 'metric', natural: 'LEAVERS' },
      { concept: 'unit', natural: 'SURG' },
      { concept: 'target', natural: 'LEAVERS\u0000SURG\u00002026' },
      { metric: 'LEAVERS', unit: 'SURG', period: '2026' },
      { concept: 'commitment', natural: 'C01' },
      { concept: 'action', natural: 'A01' },
    ]);
  });
});
