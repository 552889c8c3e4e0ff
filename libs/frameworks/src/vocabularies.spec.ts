import {
  accessAndConditions,
  barriers,
  belongingContexts,
  belongingWordOf,
  biasDimensions,
  blueprintComponents,
  causes,
  codesOf,
  communityPrinciples,
  components,
  connectionThemes,
  deficitWording,
  definitionOfBelonging,
  draftingPrompts,
  easilyForgotten,
  entryOf,
  harms,
  leaderBehaviours,
  leaderDrivers,
  lenses,
  moments,
  pillars,
  professionalBehaviours,
  provisions,
  roadmap,
  shortcomings,
  structureKinds,
  structures,
  supportTypes,
} from './index';

const sizes: readonly (readonly [string, readonly { code: string; title: string; says: string }[], number])[] = [
  ['blueprint components', blueprintComponents, 6],
  ['steps of the roadmap', roadmap, 7],
  ['shortcomings', shortcomings, 6],
  ['barriers', barriers, 5],
  ['integrative components', components, 4],
  ['contexts of belonging', belongingContexts, 3],
  ['pillars', pillars, 3],
  ['structures', structures, 4],
  ['kinds of structure', structureKinds, 3],
  ['moments', moments, 8],
  ['principles of communities', communityPrinciples, 7],
  ['provisions', provisions, 6],
  ['forms of support', supportTypes, 5],
  ['lenses', lenses, 3],
  ['relational harms', harms, 9],
  ['dimensions of bias', biasDimensions, 3],
  ['behaviours of leaders', leaderBehaviours, 9],
  ['professional behaviours', professionalBehaviours, 6],
  ['themes of connection', connectionThemes, 3],
  ['ways to be let in', accessAndConditions, 4],
];

it.each(sizes)('there are as many %s as the source has, each with code, title and words', (_name, list, size) => {
  expect(list).toHaveLength(size);
  expect(new Set(codesOf(list)).size).toBe(size);
  for (const { code, title, says } of list) {
    expect(code).toMatch(/^[A-Z][A-Z_]*$/);
    expect(title.length).toBeGreaterThan(2);
    expect(says.endsWith('.') || says.endsWith('?')).toBe(true);
  }
});

it('a code is found in any case, an unknown one is not', () => {
  expect(entryOf(moments, 'repairing')?.title).toBe('Mending');
  expect(entryOf(moments, 'LUNCH')).toBeUndefined();
});

it('moments keep the order in which they are lived, and the forgotten ones are among them', () => {
  expect(codesOf(moments)[0]).toBe('APPRAISING');
  expect(codesOf(moments)[7]).toBe('DEPARTING');
  expect(easilyForgotten).toEqual(['DISSENTING', 'REPAIRING', 'DEPARTING']);
});

describe('causes of a miss', () => {
  const on = (side: string): readonly string[] => codesOf(causes.filter((cause) => cause.side === side));
  it('lie in the system, in persons, or are not stated', () => {
    expect(on('SYSTEM')).toEqual(expect.arrayContaining(['LATE_DECISION', 'NO_TIME', 'NO_BUDGET']));
    expect(on('PERSON')).toEqual(expect.arrayContaining(['LEADER_CHANGED', 'HARD_CONVERSATION']));
    expect(on('UNKNOWN')).toEqual(['NOT_STATED']);
    expect(new Set(codesOf(causes)).size).toBe(causes.length);
  });
  it('are codes as the log takes them', () => {
    for (const { code } of causes) expect(code).toMatch(/^[A-Z][A-Z0-9_]{1,59}$/);
  });
});

it('leaders are not judged without the support they had', () => {
  expect(codesOf(leaderDrivers)).toContain('SUPPORT_RECEIVED');
});

describe('the word for an object', () => {
  it('is choice for a promise and action for what is done', () => {
    expect(belongingWordOf('COMMITMENT')).toBe('CHOICE');
    expect(belongingWordOf('ACTION')).toBe('ACTION');
  });
  it.each([
    ['PROCESS', 'NEUTRAL', 'ACTION'],
    ['BEHAVIOUR', 'CLIMATE_ALL', 'ACTION'],
    ['CLIMATE', 'CLIMATE_ALL', 'OUTCOME'],
    ['OUTCOME', null, 'OUTCOME'],
    ['OUTCOME', 'MONITORING_ONLY', 'FACT'],
    ['PROCESS', 'MONITORING_ONLY', 'FACT'],
  ] as const)('of a measure of level %s and class %s is %s', (level, legalClass, word) => {
    expect(belongingWordOf({ level, legalClass })).toBe(word);
  });
});

it('the first wording of belonging names all three contexts', () => {
  for (const context of ['people', 'places', 'gone through']) expect(definitionOfBelonging).toContain(context);
});

it('a draft that speaks of people as lacking something is pointed out, one that names barriers is not', () => {
  expect(deficitWording('We help disadvantaged staff who lack confidence.')).toEqual([
    'disadvantaged',
    'lack confidence',
  ]);
  expect(deficitWording('We remove steps at the entrance.')).toEqual([]);
  expect(codesOf(draftingPrompts)).toEqual(expect.arrayContaining(['BOUNDARIES', 'ACCESS', 'CONDITIONS', 'WORTH']));
});
