import {
  type Cell,
  type Disclosed,
  type GridEntry,
  HIDDEN_SENTENCE,
  derived,
  disclose,
  disclosureOf,
  isDisclosed,
  withhold,
  withoutFigures,
} from './index';

const POLICY = { k: 5, kSensitive: 10 };

const cell = (key: string, given: Partial<Cell> = {}): Cell => ({
  key,
  label: key,
  value: '50',
  state: 'OK',
  reasonCode: null,
  status: 'ON_TRACK',
  n: null,
  base: null,
  eligible: null,
  numerator: null,
  margin: null,
  interval: null,
  target: null,
  unit: '%',
  period: '2026',
  word: null,
  remarks: [],
  cites: [{ event: `event-of-${key}`, as: 'observation' }],
  ...given,
});

const answers = (unit: string, parent: string | null, n: number, given: Partial<Cell> = {}): GridEntry => ({
  unit,
  parent,
  cell: cell(unit, { n, eligible: n + 3, ...given }),
  sourceMinN: null,
});

const persons = (...entries: readonly GridEntry[]) => disclose({ subject: 'PERSONS', entries }, POLICY);
const sensitive = (...entries: readonly GridEntry[]) => disclose({ subject: 'SENSITIVE', entries }, POLICY);
const hiddenOf = (cells: ReadonlyMap<string, Cell>): string[] =>
  [...cells]
    .filter(([, { state }]) => state === 'SUPPRESSED')
    .map(([unit]) => unit)
    .sort();

describe('small groups', () => {
  it('are hidden below k, and shown from k on', () => {
    expect(hiddenOf(persons(answers('A', null, 4)))).toEqual(['A']);
    expect(hiddenOf(persons(answers('A', null, 5)))).toEqual([]);
  });

  it('are hidden when fewer than k were asked, whatever the source says of its least group', () => {
    const asked = (eligible: number): GridEntry => ({
      unit: 'A',
      parent: null,
      cell: cell('A', { eligible }),
      sourceMinN: 10,
    });
    expect(hiddenOf(persons(asked(4)))).toEqual(['A']);
    expect(hiddenOf(persons(asked(12)))).toEqual([]);
    expect(hiddenOf(persons(answers('A', null, 6, { eligible: 4 })))).toEqual(['A']);
  });

  it('hide a second group, the smallest, when subtraction would open the first', () => {
    expect(
      hiddenOf(
        persons(answers('ORG', null, 28), answers('A', 'ORG', 4), answers('B', 'ORG', 9), answers('C', 'ORG', 15)),
      ),
    ).toEqual(['A', 'B']);
  });

  it('choose between groups of one size by the unit', () => {
    expect(
      hiddenOf(
        persons(answers('ORG', null, 22), answers('Z', 'ORG', 9), answers('B', 'ORG', 9), answers('A', 'ORG', 4)),
      ),
    ).toEqual(['A', 'B']);
  });

  it('hide more when nobody is named but a few are missing from the sum', () => {
    expect(hiddenOf(persons(answers('ORG', null, 26), answers('A', 'ORG', 9), answers('B', 'ORG', 15)))).toEqual(['A']);
  });

  it('are safe among enough unnamed people', () => {
    expect(hiddenOf(persons(answers('ORG', null, 40), answers('A', 'ORG', 4), answers('B', 'ORG', 15)))).toEqual(['A']);
  });

  it('hide an only child that leaves a few of its parent over', () => {
    expect(hiddenOf(persons(answers('ORG', null, 20), answers('A', 'ORG', 18)))).toEqual(['A']);
    expect(hiddenOf(persons(answers('ORG', null, 20), answers('A', 'ORG', 20)))).toEqual([]);
  });

  it('take the whole breakdown with them when no shown child is left', () => {
    const overcounted = [answers('ORG', null, 6), answers('A', 'ORG', 4)];
    expect(hiddenOf(persons(...overcounted))).toEqual(['A']);
    const unknown: GridEntry = { unit: 'B', parent: 'ORG', cell: cell('B'), sourceMinN: 5 };
    expect(hiddenOf(persons(answers('ORG', null, 8), answers('A', 'ORG', 3), unknown))).toEqual(['A', 'B']);
  });

  it('hide everything below a hidden unit, and look at the rest again', () => {
    expect(
      hiddenOf(
        persons(
          answers('ORG', null, 40),
          answers('A', 'ORG', 3),
          answers('B', 'ORG', 12),
          answers('B1', 'B', 6),
          answers('B2', 'B', 6),
          answers('C', 'ORG', 25),
        ),
      ),
    ).toEqual(['A', 'B', 'B1', 'B2']);
  });

  it('are subtracted through units that have no figure of their own', () => {
    const bare: GridEntry = { unit: 'M', parent: 'ORG', sourceMinN: null };
    expect(hiddenOf(persons(answers('ORG', null, 24), bare, answers('A', 'M', 4), answers('B', 'M', 20)))).toEqual([
      'A',
      'B',
    ]);
  });

  it('are held to every count that is shown, the base as well as the answers', () => {
    const entries = [
      answers('ORG', null, 30, { base: 26 }),
      answers('A', 'ORG', 10, { base: 4 }),
      answers('B', 'ORG', 20, { base: 22 }),
    ];
    expect(hiddenOf(persons(...entries))).toEqual(['A', 'B']);
  });

  it('may be larger for a unit that is itself a cut', () => {
    const cut = { ...answers('W', 'ORG', 8), leastGroup: 10 };
    expect(hiddenOf(persons(answers('ORG', null, 60), cut, answers('A', 'ORG', 20)))).toEqual(['W']);
    expect(hiddenOf(persons(answers('ORG', null, 60), { ...cut, leastGroup: 8 }, answers('A', 'ORG', 20)))).toEqual([]);
  });

  it('do not exist where no people are counted', () => {
    expect(hiddenOf(disclose({ subject: 'NONE', entries: [answers('A', null, 1)] }, POLICY))).toEqual([]);
  });
});

describe('a figure whose source gives no count', () => {
  const unknown = (sourceMinN: number | null): GridEntry => ({
    unit: 'A',
    parent: null,
    cell: cell('A', { state: 'NO_BASE' }),
    sourceMinN,
  });

  it('is shown only if the source publishes no group below the threshold', () => {
    expect(persons(unknown(5)).get('A')).toMatchObject({ state: 'NO_BASE', value: '50' });
    expect(hiddenOf(persons(unknown(4)))).toEqual(['A']);
    expect(hiddenOf(persons(unknown(null)))).toEqual(['A']);
    expect(hiddenOf(sensitive(unknown(5)))).toEqual(['A']);
    expect(hiddenOf(sensitive(unknown(10)))).toEqual([]);
  });

  it('lends its siblings no more cover than its least possible size takes away', () => {
    const sibling: GridEntry = { unit: 'B', parent: 'ORG', cell: cell('B', { state: 'NO_BASE' }), sourceMinN: 10 };
    const tree = [answers('A', 'ORG', 3), answers('C', 'ORG', 30), sibling];
    expect(hiddenOf(persons(answers('ORG', null, 44), ...tree))).toEqual(['A', 'C']);
    expect(hiddenOf(persons(answers('ORG', null, 60), ...tree))).toEqual(['A']);
  });
});

describe('sensitive records', () => {
  const record = (unit: string, parent: string | null, base: number, numerator: number): GridEntry => ({
    unit,
    parent,
    cell: cell(unit, { base, numerator }),
    sourceMinN: null,
  });

  it('are hidden below ten people, and say "fewer than 10" for one to nine cases', () => {
    expect(hiddenOf(sensitive(record('A', null, 9, 0)))).toEqual(['A']);
    expect(sensitive(record('A', null, 40, 9)).get('A')).toEqual({
      ...cell('A'),
      value: null,
      state: 'SUPPRESSED',
      status: null,
      base: 40,
      word: 'fewer than 10',
      remarks: [HIDDEN_SENTENCE],
      cites: [],
    });
    expect(sensitive(record('A', null, 40, 0)).get('A')).toMatchObject({ state: 'OK', numerator: 0 });
    expect(sensitive(record('A', null, 40, 10)).get('A')).toMatchObject({ state: 'OK', numerator: 10 });
  });

  it('do not let the bucket be opened by subtraction', () => {
    const cells = sensitive(
      record('ORG', null, 100, 25),
      record('A', 'ORG', 40, 3),
      record('B', 'ORG', 30, 12),
      record('C', 'ORG', 30, 10),
    );
    expect(cells.get('A')).toMatchObject({ word: 'fewer than 10' });
    expect(cells.get('B')).toMatchObject({ state: 'SUPPRESSED', base: null, word: null });
    expect(cells.get('C')).toMatchObject({ state: 'SUPPRESSED', base: null, word: null });
  });

  it('do not let two full buckets be opened by their sum', () => {
    const cells = sensitive(record('ORG', null, 60, 18), record('A', 'ORG', 30, 9), record('B', 'ORG', 30, 9));
    expect([...cells.values()].filter(({ word }) => word !== null)).toEqual([]);
  });
});

describe('a hidden cell', () => {
  it('leaves nothing behind but its place, its name and one sentence', () => {
    const full = cell('A', {
      n: 4,
      base: 4,
      eligible: 7,
      numerator: 3,
      margin: '1',
      interval: { low: '1', high: '2' },
      target: '60',
      word: 'w',
      remarks: ['r'],
    });
    expect(persons({ unit: 'A', parent: null, cell: full, sourceMinN: 4 }).get('A')).toEqual({
      ...cell('A'),
      value: null,
      state: 'SUPPRESSED',
      status: null,
      remarks: ['Hidden to protect small groups.'],
      cites: [],
    });
  });

  it('looks the same whichever rule hid it', () => {
    const cells = persons(
      answers('ORG', null, 28),
      answers('A', 'ORG', 4),
      answers('B', 'ORG', 9),
      answers('C', 'ORG', 15),
    );
    const nameless = (unit: string) => ({ ...cells.get(unit), key: '', label: '' });
    expect(nameless('A')).toEqual(nameless('B'));
  });

  it('on hold keeps its word, shows nothing, and is covered like any other', () => {
    const cells = persons(
      answers('ORG', null, 28),
      answers('A', 'ORG', 4, { state: 'HELD' }),
      answers('B', 'ORG', 9),
      answers('C', 'ORG', 15),
    );
    expect(cells.get('A')).toMatchObject({ state: 'HELD', value: null, n: null });
    expect(hiddenOf(cells)).toEqual(['B']);
  });

  it('may be withheld from a viewer: it says why in one sentence, the same whatever it says', () => {
    const withheld = {
      ...cell('A'),
      ...{ value: null, state: 'WITHHELD', status: null, cites: [] },
      remarks: ['Not open to the role in which you ask.'],
    };
    expect(withhold(cell('A', { n: 50 }))).toEqual(withheld);
    expect(withhold(cell('A', { value: null, state: 'NO_DATA' }))).toEqual(withheld);
    expect(withhold(cell('A', { n: 50 }), 'Not yet.').remarks).toEqual(['Not yet.']);
  });
});

describe('a disclosure', () => {
  const disclosure = disclosureOf(
    { subject: 'PERSONS', entries: [answers('A', null, 4), answers('B', null, 9)] },
    POLICY,
  );

  it('shows a fuller cell of the same figure as far as the figure may be shown', () => {
    expect(disclosure.show('A', cell('full', { n: 4, eligible: 7, value: '75' }))).toMatchObject({
      key: 'full',
      state: 'SUPPRESSED',
      value: null,
    });
    expect(disclosure.show('B', cell('full', { n: 9, eligible: 12, value: '75' }))).toMatchObject({
      state: 'OK',
      value: '75',
      n: 9,
    });
  });

  it('shows no cell with other counts, and none of a unit it has not seen', () => {
    expect(() => disclosure.show('B', cell('full', { n: 9, eligible: 11 }))).toThrow(
      'counts that disclosure looked at',
    );
    expect(() => disclosure.show('B', cell('full', { n: 3 }))).toThrow('counts that disclosure looked at');
    expect(() => disclosure.show('C', cell('full', { n: 9 }))).toThrow('counts that disclosure looked at');
  });
});

describe('Disclosed', () => {
  const shown = (disclosed: Disclosed<ReadonlyMap<string, Cell>>): number => disclosed.size;

  it('is made by disclosure alone: a raw cell does not compile', () => {
    const raw: ReadonlyMap<string, Cell> = new Map([['A', cell('A', { n: 2 })]]);
    // @ts-expect-error raw cells are not disclosed cells
    expect(shown(raw)).toBe(1);
    expect(isDisclosed(raw)).toBe(false);
    expect(shown(persons(answers('A', null, 2)))).toBe(1);
    expect(isDisclosed(persons(answers('A', null, 2)))).toBe(true);
  });

  it('is not had for a cell with figures by calling it one without', () => {
    expect(() => withoutFigures(cell('A', { n: 2 }))).toThrow('must pass through disclose()');
    expect(isDisclosed(withoutFigures(cell('A', { value: null, state: 'NO_DATA' })))).toBe(true);
  });

  it('passes to what is worked out from it, and from nothing else', () => {
    const cells = persons(answers('A', null, 20));
    const sum = derived(cells, (all) => ({ n: [...all.values()].reduce((n, one) => n + (one.n ?? 0), 0) }));
    expect(sum).toEqual({ n: 20 });
    expect(isDisclosed(sum)).toBe(true);
    expect(isDisclosed({ ...sum })).toBe(false);
    expect(() => derived({ n: 20 } as unknown as typeof sum, (one) => one)).toThrow('pass it through disclose() first');
  });
});

describe('a grid', () => {
  it('is refused when a unit occurs twice or stands below itself', () => {
    expect(() => persons(answers('A', null, 9), answers('A', null, 9))).toThrow('occurs twice');
    expect(() => persons(answers('A', 'B', 9), answers('B', 'A', 9))).toThrow('do not form a tree');
  });
});
