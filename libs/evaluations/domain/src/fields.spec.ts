import { evaluationsDeciders } from './index';
import { contract } from './given.testing';

type Shape = { readonly data: { safeParse(value: unknown): { success: boolean } }; readonly example: object };
const definitions = new Map(
  evaluationsDeciders.flatMap(({ commands, events }) => [...Object.entries(commands), ...Object.entries(events)]),
);
const takes = (type: string, change: object): boolean => {
  const { data, example } = definitions.get(type) as Shape;
  return data.safeParse({ ...example, ...change }).success;
};
const many = <T>(length: number, each: (index: number) => T): readonly T[] => Array.from({ length }, (_, i) => each(i));

describe('a component of a contract', () => {
  const [promises, voice] = contract();
  const with_ = (component: object | undefined, change: object) =>
    takes('evaluations.IssueScorecard', { components: [{ ...component, ...change }] });
  const ofMetric = (change: object) => with_(voice, { source: { ...voice?.source, ...change } });
  const ofPromises = (commitments: readonly object[]) =>
    with_(promises, { source: { type: 'COMMITMENTS', commitments } });

  it('is taken as the story has it', () => {
    expect([with_(promises, {}), with_(voice, {})]).toEqual([true, true]);
  });

  it.each<readonly [string, boolean, boolean]>([
    ['units of a metric: none or one', ofMetric({ units: [] }), ofMetric({ units: ['SURG'] })],
    ['units: eleven or ten', ofMetric({ units: many(11, String) }), ofMetric({ units: many(10, String) })],
    ['a period', ofMetric({ period: '2026-Q5' }), ofMetric({ period: '2026-Q4' })],
    [
      'a step that gives or takes',
      ofMetric({ steps: [{ below: 50, points: 1 }] }),
      ofMetric({ steps: [{ below: 50, points: -1 }] }),
    ],
    [
      'a step that takes more than all',
      ofMetric({ steps: [{ below: 50, points: -101 }] }),
      ofMetric({ steps: [{ below: 50, points: -100 }] }),
    ],
    [
      'a step below nothing',
      ofMetric({ steps: [{ below: -1, points: -1 }] }),
      ofMetric({ steps: [{ below: 0, points: -1 }] }),
    ],
    [
      'six steps or five',
      ofMetric({ steps: many(6, (i) => ({ below: i, points: -1 })) }),
      ofMetric({ steps: many(5, (i) => ({ below: i, points: -1 })) }),
    ],
    [
      'a step with more',
      ofMetric({ steps: [{ below: 1, points: -1, more: 1 }] }),
      ofMetric({ steps: [{ below: 1, points: -1 }] }),
    ],
    ['an unknown field of a metric', ofMetric({ colour: 'red' }), ofMetric({ fallback: 'HOUSE' })],
    ['no commitment', ofPromises([]), ofPromises([{ commitment: 'C01', weight: 1 }])],
    [
      '201 commitments or 200',
      ofPromises(many(201, (i) => ({ commitment: `C${i}`, weight: 1 }))),
      ofPromises(many(200, (i) => ({ commitment: `C${i}`, weight: 1 }))),
    ],
    [
      'a weight of nothing',
      ofPromises([{ commitment: 'C01', weight: 0 }]),
      ofPromises([{ commitment: 'C01', weight: 1000 }]),
    ],
    [
      'a weight above 1000',
      ofPromises([{ commitment: 'C01', weight: 1001 }]),
      ofPromises([{ commitment: 'C01', weight: 1000 }]),
    ],
    [
      'a commitment with more',
      ofPromises([{ commitment: 'C01', weight: 1, more: 1 }]),
      ofPromises([{ commitment: 'C01', weight: 1 }]),
    ],
    [
      'no action',
      with_(voice, { source: { type: 'ACTIONS', actions: [] } }),
      with_(voice, { source: { type: 'ACTIONS', actions: ['A01'] } }),
    ],
    [
      '201 actions or 200',
      with_(voice, { source: { type: 'ACTIONS', actions: many(201, (i) => `A${i}`) } }),
      with_(voice, { source: { type: 'ACTIONS', actions: many(200, (i) => `A${i}`) } }),
    ],
    ['another source', with_(voice, { source: { type: 'MOON', actions: ['A01'] } }), with_(voice, {})],
    ['another kind', with_(voice, { kind: 'MOOD' }), with_(voice, { kind: 'MODIFIER' })],
    ['a title of 201 letters', with_(voice, { title: 'x'.repeat(201) }), with_(voice, { title: 'x'.repeat(200) })],
    ['a weight above all', with_(voice, { weight: 10_001 }), with_(voice, { weight: 10_000 })],
    ['a cap of 151', with_(voice, { cap: 151 }), with_(voice, { cap: 150 })],
    ['an unknown field', with_(voice, { colour: 'red' }), with_(voice, {})],
  ])('refuses and takes: %s', (_what, refused, taken) => {
    expect([refused, taken]).toEqual([false, true]);
  });
});

describe('a recorded contract', () => {
  const { example } = definitions.get('evaluations.ScorecardIssued.v1') as {
    readonly example: { readonly components: readonly { readonly source: object }[] };
  };
  const [first] = example.components;
  const with_ = (change: object) => takes('evaluations.ScorecardIssued.v1', { components: [{ ...first, ...change }] });
  const id = 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18';
  const metric = {
    ...{ type: 'METRIC', metricId: id, metric: 'M', metricVersion: 1, definitionVersion: 1, period: '2026' },
    ...{ scopes: [{ unitId: id, unit: 'U' }], fallback: null, survey: false, dataOwner: null, steps: [] },
  };
  const ofMetric = (change: object) => with_({ source: { ...metric, ...change } });
  const commitments = (length: number, weight = 1) =>
    with_({
      source: {
        type: 'COMMITMENTS',
        commitments: many(length, (i) => ({ commitmentId: id, commitment: `C${i}`, weight })),
      },
    });
  const actions = (length: number) =>
    with_({ source: { type: 'ACTIONS', actions: many(length, (i) => ({ actionId: id, action: `A${i}` })) } });

  it.each<readonly [string, boolean, boolean]>([
    ['a version 0 of the metric', ofMetric({ metricVersion: 0 }), ofMetric({ metricVersion: 2 })],
    ['a definition 0 of the metric', ofMetric({ definitionVersion: 0 }), ofMetric({ definitionVersion: 2 })],
    ['no scope', ofMetric({ scopes: [] }), ofMetric({})],
    [
      'eleven scopes or ten',
      ofMetric({ scopes: many(11, () => metric.scopes[0]) }),
      ofMetric({ scopes: many(10, () => metric.scopes[0]) }),
    ],
    ['a scope without unit', ofMetric({ scopes: [{ unitId: id }] }), ofMetric({ fallback: { unitId: id, unit: 'H' } })],
    [
      'a step that gives',
      ofMetric({ steps: [{ below: 1, points: 1 }] }),
      ofMetric({ steps: [{ below: 0, points: -100 }] }),
    ],
    [
      'a step that takes more than all',
      ofMetric({ steps: [{ below: 1, points: -101 }] }),
      ofMetric({ steps: [{ below: 0, points: -1 }] }),
    ],
    [
      'six steps or five',
      ofMetric({ steps: many(6, (i) => ({ below: i, points: -1 })) }),
      ofMetric({ steps: many(5, (i) => ({ below: i, points: -1 })) }),
    ],
    ['201 commitments or 200', commitments(201), commitments(200)],
    ['no commitment', commitments(0), commitments(1)],
    ['a weight of nothing', commitments(1, 0), commitments(1, 1000)],
    ['a weight above 1000', commitments(1, 1001), commitments(1, 1000)],
    ['201 actions or 200', actions(201), actions(200)],
    ['no action', actions(0), actions(1)],
    ['an unknown warning', with_({ warnings: ['RAIN'] }), with_({ warnings: ['NOT_EVALUABLE_AS_THINGS_STAND'] })],
    ['two warnings', with_({ warnings: many(2, () => 'NOT_EVALUABLE_AS_THINGS_STAND') }), with_({ warnings: [] })],
  ])('refuses and takes: %s', (_what, refused, taken) => {
    expect([refused, taken]).toEqual([false, true]);
  });
});
