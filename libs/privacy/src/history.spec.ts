import fc from 'fast-check';
import {
  type DisclosurePolicy,
  type GridEntry,
  type PastRelease,
  type Showing,
  type Subject,
  suppressOver,
} from './index';

const POLICY: DisclosurePolicy = { k: 5, kSensitive: 10 };
const RUNS = Number(process.env['RUNS'] ?? 200);

interface Own {
  readonly n: number;
  readonly numerator?: number;
  readonly version?: string;
}
/** Which figures of their own units have, and what stands under what. */
interface State {
  readonly own: Readonly<Record<string, Own | number>>;
  readonly parents: Readonly<Record<string, string>>;
  readonly policy?: DisclosurePolicy;
  readonly subject?: Subject;
}

const versionOf = ({ version, n, numerator }: Own): string => version ?? `${n}/${numerator}`;
const ownOf = (given: Own | number): Own => (typeof given === 'number' ? { n: given } : given);
const childrenOf = ({ parents }: State, unit: string): readonly string[] =>
  Object.entries(parents).flatMap(([child, parent]) => (parent === unit ? [child] : []));
const unitsOf = ({ parents }: State): readonly string[] => [
  ...new Set(Object.entries(parents).flatMap(([child, parent]) => [parent, child])),
];

/** Units whose own figures make up a unit's. */
function leavesOf(state: State, unit: string): readonly string[] {
  if (state.own[unit] !== undefined) return [unit];
  return childrenOf(state, unit).flatMap((child) => leavesOf(state, child));
}

function releaseOf(state: State): PastRelease {
  const entries = unitsOf(state).map((unit): GridEntry => {
    const leaves = leavesOf(state, unit);
    const own = state.own[unit];
    const sum = (of: (one: Own) => number): number =>
      leaves.reduce((all, leaf) => all + of(ownOf(state.own[leaf] ?? 0)), 0);
    const numerator = leaves.some((leaf) => ownOf(state.own[leaf] ?? 0).numerator !== undefined)
      ? sum(({ numerator: favourable = 0 }) => favourable)
      : null;
    return {
      unit,
      parent: state.parents[unit] ?? null,
      sourceMinN: null,
      ...(own === undefined ? { sumOf: leaves } : { version: versionOf(ownOf(own)) }),
      ...(leaves.length > 0 && {
        cell: {
          ...{ key: unit, label: '', value: null, state: 'OK', reasonCode: null, status: null, base: null },
          ...{ n: sum(({ n }) => n), eligible: null, numerator, margin: null, interval: null, target: null },
          ...{ unit: '%', period: null, word: null, remarks: [], cites: [] },
        },
      }),
    };
  });
  return { grid: { subject: state.subject ?? 'PERSONS', entries }, policy: state.policy ?? POLICY };
}

/** What is shown after each state: `A P B~` (`~`: as fewer than ten). */
const shownAfter = (...states: readonly State[]): readonly string[] =>
  states.map((_, index) => {
    const { showing } = suppressOver(states.slice(0, index + 1).map(releaseOf));
    return [...showing]
      .filter(([, how]) => how === 'SHOWN' || how === 'BUCKET')
      .map(([unit, how]) => (how === 'BUCKET' ? `${unit}~` : unit))
      .sort()
      .join(' ');
  });

const flat = { A: 'P', B: 'P', C: 'P' };

describe('a figure that comes later', () => {
  it('holds the total that would give it, until another group stands beside it', () => {
    expect(
      shownAfter(
        { own: { A: 40 }, parents: flat },
        { own: { A: 40, B: 3 }, parents: flat },
        { own: { A: 40, B: 3, C: 20 }, parents: flat },
      ),
    ).toEqual(['A P', '', 'A P']);
  });
  it('is shown with the new total when it is no small group', () => {
    expect(shownAfter({ own: { A: 40 }, parents: flat }, { own: { A: 40, B: 7 }, parents: flat })).toEqual([
      'A P',
      'A B P',
    ]);
  });
  it('holds every total above, and none beside', () => {
    const parents = { A: 'P', B: 'P', P: 'R', Q: 'R', D: 'Q' };
    expect(shownAfter({ own: { A: 40, D: 30 }, parents }, { own: { A: 40, B: 3, D: 30 }, parents })).toEqual([
      'A D P Q R',
      'D Q',
    ]);
  });
});

describe('a cover', () => {
  it('does not come off when the small group is corrected', () => {
    expect(shownAfter({ own: { A: 40, B: 3 }, parents: flat }, { own: { A: 40, B: 8 }, parents: flat })).toEqual([
      'P',
      'P',
    ]);
  });
  it('does not move to a unit that comes later', () => {
    const [before, after] = shownAfter(
      { own: { A: 4, B: 21, D: 30 }, parents: { A: 'P', B: 'P', D: 'P' } },
      { own: { A: 4, B: 21, C: 12, D: 30 }, parents: { A: 'P', B: 'P', C: 'P', D: 'P' } },
    );
    expect(before).toBe('D P');
    expect(after).not.toContain('A');
    expect(after).not.toContain('B');
  });
  it('was known before it covered, and then covers nothing', () => {
    expect(shownAfter({ own: { A: 9, C: 40 }, parents: flat }, { own: { A: 9, B: 3, C: 40 }, parents: flat })).toEqual([
      'A C P',
      'C',
    ]);
  });
});

describe('a unit that moves', () => {
  const before = { A: 'P', B: 'P', C: 'P', D: 'Q', E: 'Q', P: 'R', Q: 'R' };
  it('holds the totals that it leaves and joins when it is small, not the one above both', () => {
    const own = { A: 40, B: 3, C: 20, D: 30, E: 25 };
    const [first, then] = shownAfter({ own, parents: before }, { own, parents: { ...before, B: 'Q' } });
    expect(first).toBe('A D E P Q R');
    expect(then?.split(' ')).toContain('R');
    expect(then?.split(' ')).not.toContain('P');
    expect(then?.split(' ')).not.toContain('Q');
  });
  it('changes both totals in the open when it is not', () => {
    const own = { A: 40, B: 9, C: 20, D: 30, E: 25 };
    expect(shownAfter({ own, parents: before }, { own, parents: { ...before, B: 'Q' } })).toEqual([
      'A B C D E P Q R',
      'A B C D E P Q R',
    ]);
  });
});

describe('a policy that changes', () => {
  const own = { A: 40, B: 7 };
  it('hides from then on what is too small by it, and frees what it no longer holds too small', () => {
    expect(
      shownAfter(
        { own, parents: flat },
        { own, parents: flat, policy: { k: 10, kSensitive: 10 } },
        { own, parents: flat },
      ),
    ).toEqual(['A B P', 'P', 'A B P']);
  });
  it('does not hold a total to a group that everybody knows', () => {
    expect(
      shownAfter(
        { own: { A: 40, B: 7 }, parents: flat },
        { own: { A: 45, B: 7 }, parents: flat, policy: { k: 10, kSensitive: 10 } },
      ),
    ).toEqual(['A B P', 'P']);
  });
});

describe('a figure of its own above others', () => {
  it('is known once shown: what its parts leave unnamed is kept, and so are the parts', () => {
    expect(shownAfter({ own: { P: 43 }, parents: flat }, { own: { P: 43, A: 40 }, parents: flat })).toEqual(['P', 'P']);
    expect(shownAfter({ own: { P: 60 }, parents: flat }, { own: { P: 60, A: 40, B: 3 }, parents: flat })).toEqual([
      'P',
      'A P',
    ]);
  });
});

describe('parts that come after the figure above them', () => {
  const wide = { A: 'P', B: 'P', C: 'P', D: 'P' };
  it('leave it shown, for nothing more is told by it', () => {
    expect(
      shownAfter(
        { own: { P: 60 }, parents: wide },
        { own: { P: 60, B: 3 }, parents: wide },
        { own: { P: 60, B: 3, A: 20 }, parents: wide },
        { own: { P: 60, B: 3, A: 20, C: 30 }, parents: wide },
      ),
    ).toEqual(['P', 'P', 'A P', 'A C P']);
  });
  it('are not shown where that leaves a small one', () => {
    expect(
      shownAfter(
        { own: { P: 43 }, parents: wide },
        { own: { P: 43, B: 3 }, parents: wide },
        { own: { P: 43, B: 3, A: 40 }, parents: wide },
      ),
    ).toEqual(['P', 'P', 'P']);
  });
  it('let it be corrected', () => {
    expect(
      shownAfter(
        { own: { P: 60 }, parents: wide },
        { own: { P: 60, B: 3, A: 20 }, parents: wide },
        { own: { P: 65, B: 3, A: 20 }, parents: wide },
      ),
    ).toEqual(['P', 'A P', 'A P']);
  });
});

describe('units that were counted with others before', () => {
  it('stay covered when a large part moves out of a total that stays as it is', () => {
    const own = { ZX: 87, ZD: 83, ZT: 4, ZL: 43, ZQ: 40 };
    const parents = { ZD: 'ZX', ZT: 'ZX', ZL: 'ZD', ZQ: 'ZD', ZX: 'R' };
    const [before, after] = shownAfter({ own, parents }, { own, parents: { ...parents, ZL: 'ZX' } });
    expect(before?.split(' ')).not.toContain('ZD');
    expect(after?.split(' ')).toContain('ZX');
    expect(after?.split(' ')).not.toContain('ZD');
  });

  it('were in the total of where they stood, though their own figure comes after they moved', () => {
    const parents = { D: 'X', S: 'D', B: 'D', C: 'X', E: 'X', X: 'R' };
    const own = { X: 90, D: 32, S: 3, C: 20 };
    const [before, , after] = shownAfter(
      { own, parents },
      { own, parents: { ...parents, B: 'E' } },
      { own: { ...own, B: 29 }, parents: { ...parents, B: 'E' } },
    );
    expect(before?.split(' ')).toContain('D');
    expect(after?.split(' ')).not.toContain('B');
  });

  it('were in it, though it is corrected when their own figure comes', () => {
    const parents = { S: 'D', B: 'D', C: 'D' };
    const [before, after] = shownAfter(
      { own: { D: 60, S: 4, B: 20 }, parents },
      { own: { D: 61, S: 4, B: 20, C: 36 }, parents },
    );
    expect(before).toBe('B D');
    expect(after?.split(' ')).not.toContain('C');
    const [, other] = shownAfter(
      { own: { D: 45, S: 4, B: 5 }, parents },
      { own: { D: 49, S: 8, B: 5, C: 36 }, parents },
    );
    expect(other?.split(' ')).not.toContain('C');
  });

  it('may not have been in it either: a total that grows by a small unit that moved in is held', () => {
    const before = { A: 'D', S: 'E', D: 'R', E: 'R' };
    const after = { ...before, S: 'D' };
    const shown = shownAfter(
      { own: { D: 27, A: 23 }, parents: before },
      { own: { D: 27, A: 23 }, parents: after },
      { own: { D: 27, A: 23, S: 3 }, parents: after },
      { own: { D: 30, A: 23, S: 3 }, parents: after },
    );
    expect(shown[0]?.split(' ')).toContain('D');
    expect(shown[3]?.split(' ')).not.toContain('D');
  });

  it('hold nothing of those who were never counted with them', () => {
    const parents = { D: 'X', S: 'D', B: 'D', C: 'X', E: 'X', X: 'R', N: 'R', N1: 'N', N2: 'N' };
    const own = { X: 90, D: 32, S: 3, C: 20 };
    const moved = { ...parents, S: 'E', B: 'E' };
    const shown = shownAfter(
      { own, parents },
      { own, parents: moved },
      { own: { ...own, B: 29 }, parents: moved },
      { own: { ...own, B: 29, N: 95, N1: 45, N2: 50 }, parents: moved },
    );
    expect(shown[3]?.split(' ')).toEqual(expect.arrayContaining(['N', 'N1', 'N2']));
  });
});

describe('totals of their own around a move', () => {
  const before = { A: 'P', B: 'P', C: 'Q', D: 'Q', P: 'R', Q: 'R' };
  const after = { ...before, B: 'Q' };
  const told = (unit: string, ...states: readonly State[]): readonly boolean[] =>
    shownAfter(...states).map((shown) => shown.split(' ').includes(unit));

  it('do not tell of a small unit by the two of the division that it joins', () => {
    const own = { Q: 20, R: 40 };
    const states: readonly State[] = [
      { own, parents: before },
      { own: { ...own, Q: 21 }, parents: after },
      { own: { ...own, Q: 21, B: 1 }, parents: after },
    ];
    expect(told('Q', ...states)).toEqual([true, false, false]);
    expect(told('R', ...states)).toEqual([true, true, true]);
  });
  it('do not tell of it by the old one with it and the new one with it', () => {
    const states: readonly State[] = [
      { own: { P: 20, R: 40 }, parents: before },
      { own: { P: 20, R: 40, Q: 21 }, parents: after },
      { own: { P: 20, R: 40, Q: 21, B: 1 }, parents: after },
    ];
    expect(told('P', ...states)).toEqual([true, true, true]);
    expect(told('Q', ...states)).toEqual([false, false, false]);
  });
  it('do not tell of it by the old one without it and the new one without it', () => {
    const states: readonly State[] = [
      { own: { Q: 20, R: 40 }, parents: before },
      { own: { Q: 21, R: 40, P: 19 }, parents: after },
      { own: { Q: 21, R: 40, P: 19, B: 1 }, parents: after },
    ];
    expect(told('R', ...states)).toEqual([true, true, true]);
    expect(told('P', ...states)).toEqual([false, false, false]);
  });
  it('do not tell of it either where a division moves that nobody counted', () => {
    const parents = { ...before, T: 'P', E: 'T' };
    const moved = { ...parents, T: 'Q' };
    expect(
      shownAfter(
        { own: { P: 24, Q: 20 }, parents },
        { own: { P: 20, Q: 24 }, parents: moved },
        { own: { P: 20, Q: 24, E: 4 }, parents: moved },
      ),
    ).toEqual(['P Q R', 'R', 'R']);
  });
  it('do not tell of what a unit that was counted before leaves unnamed', () => {
    const own = { P: 20, Q: 20, R: 40 };
    expect(told('A', { own, parents: before }, { own: { P: 18, Q: 22, R: 40, A: 18 }, parents: after })).toEqual([
      false,
      false,
    ]);
  });
  it('do not tell of it by a sum that counts it where it was and where it is', () => {
    const own = { P: 20, C: 10, D: 10 };
    const twice = (B: number): readonly boolean[] =>
      told('R', { own: { ...own, B }, parents: before }, { own: { ...own, B }, parents: after });
    expect(twice(3)).toEqual([true, false]);
    expect(twice(9)).toEqual([true, true]);
  });

  it('are shown where the unit was counted, and is no small one', () => {
    const own = { A: 20, B: 9, C: 12, D: 10 };
    expect(
      shownAfter(
        { own: { ...own, P: 29, Q: 22, R: 51 }, parents: before },
        { own: { ...own, P: 20, Q: 31, R: 51 }, parents: after },
      ),
    ).toEqual(['A B C D P Q R', 'A B C D P Q R']);
  });
  it('are shown where a division moved that was counted itself; its parts might leave a few out', () => {
    const parents = { ...before, T: 'P', E: 'T', F: 'T' };
    const moved = { ...parents, T: 'Q' };
    expect(
      shownAfter({ own: { T: 17, P: 46, Q: 22 }, parents }, { own: { T: 17, P: 29, Q: 39 }, parents: moved }),
    ).toEqual(['P Q R T', 'P Q R T']);
    const own = { E: 9, F: 8, A: 20, B: 9, C: 12, D: 10 };
    expect(
      shownAfter({ own: { ...own, P: 49, Q: 22 }, parents }, { own: { ...own, P: 29, Q: 42 }, parents: moved })[1],
    ).not.toContain('Q');
  });
  it('are shown where only one of them is ever recorded, before the move or after', () => {
    expect(told('P', { own: { P: 20 }, parents: before }, { own: { P: 20 }, parents: after })).toEqual([true, true]);
    expect(
      told(
        'Q',
        { own: { C: 9 }, parents: before },
        { own: { C: 9 }, parents: after },
        { own: { C: 9, Q: 21 }, parents: after },
      ),
    ).toEqual([true, true, true]);
  });
  it('are shown where both are recorded after the move only, or both before', () => {
    const own = { P: 20, Q: 21, R: 41 };
    expect(
      shownAfter({ own: { R: 41 }, parents: before }, { own: { R: 41 }, parents: after }, { own, parents: after })[2],
    ).toBe('P Q R');
    expect(shownAfter({ own, parents: before }, { own, parents: after })).toEqual(['P Q R', 'P Q R']);
  });
  it('are shown again when the unit is back', () => {
    const own = { P: 20, Q: 21, R: 41 };
    expect(
      shownAfter(
        { own, parents: before },
        { own: { P: 17, Q: 24, R: 41 }, parents: after },
        { own: { P: 21, Q: 20, R: 41 }, parents: before },
      ),
    ).toEqual(['P Q R', 'R', 'P Q R']);
  });
  it('leave what stands above both divisions shown, counted by itself or added up', () => {
    const held = { P: 17, Q: 24 };
    expect(
      shownAfter(
        { own: { P: 20, Q: 21, R: 41 }, parents: before },
        { own: { ...held, R: { n: 41, version: '2' } }, parents: after },
      ),
    ).toEqual(['P Q R', 'R']);
    expect(shownAfter({ own: { P: 20, Q: 21 }, parents: before }, { own: held, parents: after })).toEqual([
      'P Q R',
      'R',
    ]);
  });
  it('hold nothing for a unit that is registered', () => {
    const { B: _, ...without } = before;
    expect(
      shownAfter({ own: { P: 20, Q: 21 }, parents: without }, { own: { P: 26, Q: 21, R: 47 }, parents: before }),
    ).toEqual(['P Q R', 'P Q R']);
  });
});

describe('a sensitive numerator', () => {
  const of = (own: State['own']): State => ({ own, parents: flat, subject: 'SENSITIVE' });
  it('that comes later holds the exact total that would give it', () => {
    const [, then] = shownAfter(
      of({ A: { n: 200, numerator: 12 } }),
      of({ A: { n: 200, numerator: 12 }, B: { n: 100, numerator: 4 } }),
    );
    expect(then?.split(' ')).not.toContain('P');
  });
  it('stays fewer than ten when it is corrected to more: the exact number would give what it was', () => {
    const buckets = { B: { n: 90, numerator: 4 }, D: { n: 90, numerator: 5 }, F: { n: 90, numerator: 6 } };
    const wide = { A: 'P', B: 'P', D: 'P', E: 'P', F: 'P' };
    const first = { A: { n: 200, numerator: 12 }, E: { n: 90, numerator: 6 }, ...buckets };
    const [before, after] = shownAfter(
      { own: first, parents: wide, subject: 'SENSITIVE' },
      { own: { ...first, E: { n: 90, numerator: 14 } }, parents: wide, subject: 'SENSITIVE' },
    );
    expect(before).toBe('A B~ D~ E~ F~ P');
    expect(after?.split(' ')).not.toContain('E');
  });
  it('does not keep its neighbours from being corrected', () => {
    const buckets = { B: { n: 90, numerator: 4 }, D: { n: 90, numerator: 5 }, F: { n: 90, numerator: 6 } };
    const wide = { A: 'P', B: 'P', D: 'P', F: 'P' };
    const [before, after] = shownAfter(
      { own: { A: { n: 200, numerator: 12 }, ...buckets }, parents: wide, subject: 'SENSITIVE' },
      { own: { A: { n: 210, numerator: 15 }, ...buckets }, parents: wide, subject: 'SENSITIVE' },
    );
    expect([before, after]).toEqual(['A B~ D~ F~ P', 'A B~ D~ F~ P']);
  });
});

describe('what was ever shown', () => {
  it('is told of the version, not of the unit', () => {
    const states: readonly State[] = [
      { own: { A: 40, B: 3 }, parents: flat },
      { own: { A: 40, B: 8 }, parents: flat },
      { own: { A: 40, B: 8, C: 30 }, parents: flat },
    ];
    const { showing, wasShown } = suppressOver(states.map(releaseOf));
    expect(showing.get('C')).toBe('SHOWN');
    expect(['C 30', 'B 3', 'B 8', 'A 40'].map((of) => wasShown(of.slice(0, 1), `${of.slice(2)}/undefined`))).toEqual([
      ...[true, false, false, false],
    ]);
  });
});

// An attacker who keeps every report of every state and knows the tree of each. Figures of their own are unknown numbers; each shown count is a sum of some of them.
interface Equation {
  readonly of: readonly string[];
  readonly total: number;
}
const variable = (unit: string, own: Own): string => `${unit}@${versionOf(own)}`;

/** What a unit's figure adds up: figures of their own, and of each that stands above others the people it has besides. */
function unknownsOf(state: State, unit: string): readonly string[] {
  const below = childrenOf(state, unit).flatMap((child) => unknownsOf(state, child));
  const own = state.own[unit];
  if (own === undefined) return below.sort();
  const name = variable(unit, ownOf(own));
  return below.length === 0 ? [name] : [...below, `${name} besides ${below.join('+')}`].sort();
}

function knownFrom(states: readonly State[], showings: readonly ReadonlyMap<string, Showing>[]): readonly Equation[] {
  const known = new Map<string, Equation>();
  states.forEach((state, index) => {
    for (const unit of unitsOf(state)) {
      if (showings[index]?.get(unit) !== 'SHOWN') continue;
      const of = unknownsOf(state, unit);
      const total = leavesOf(state, unit).reduce((sum, leaf) => sum + ownOf(state.own[leaf] ?? 0).n, 0);
      known.set(of.join(), { of, total });
    }
  });
  return [...known.values()];
}

/** Whether whole numbers of people satisfy the equations, with one variable given: tried one by one. */
function isPossible(equations: readonly Equation[], given: readonly [string, number]): boolean {
  const value = new Map<string, number>([given]);
  const open = [...new Set(equations.flatMap(({ of }) => of))].filter((name) => name !== given[0]);
  const isOpen = (): boolean =>
    equations.every(({ of, total }) => {
      const left = of.reduce((rest, name) => rest - (value.get(name) ?? 0), total);
      return left === 0 || (left > 0 && of.some((name) => !value.has(name)));
    });
  const fill = (at: number): boolean => {
    if (!isOpen()) return false;
    const name = open[at];
    if (name === undefined) return true;
    const most = Math.min(
      ...equations
        .filter(({ of }) => of.includes(name))
        .map(({ of, total }) => of.reduce((rest, other) => rest - (value.get(other) ?? 0), total)),
    );
    for (let count = 0; count <= most; count++) {
      value.set(name, count);
      if (fill(at + 1)) return true;
    }
    value.delete(name);
    return false;
  };
  return fill(0);
}

function windowOf(equations: readonly Equation[], name: string): number {
  const about = equations.filter(({ of }) => of.includes(name));
  if (about.length === 0) return Infinity;
  const most = Math.min(...about.map(({ total }) => total));
  const possible = Array.from({ length: most + 1 }, (_, count) => count).filter((count) =>
    isPossible(equations, [name, count]),
  );
  return (possible.at(-1) ?? 0) - (possible[0] ?? 0);
}

const count = fc.integer({ min: 0, max: 12 });
/** Totals that units above have of their own: so many people more than their parts have together. */
const besides = fc.dictionary(fc.constantFrom('P', 'R'), fc.integer({ min: 0, max: 6 }), { maxKeys: 2 });
const total = (state: State, unit: string): number =>
  leavesOf(state, unit).reduce((sum, leaf) => sum + ownOf(state.own[leaf] ?? 0).n, 0);
const withTotals = (state: State, more: Readonly<Record<string, number>>): State =>
  ['P', 'R'].reduce<State>(
    (all, unit) =>
      more[unit] === undefined ? all : { ...all, own: { ...all.own, [unit]: total(all, unit) + more[unit] } },
    state,
  );
const change = fc.record({
  counts: fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), fc.option(count, { nil: undefined }), { maxKeys: 3 }),
  moves: fc.dictionary(fc.constantFrom('B', 'C'), fc.constantFrom('P', 'Q'), { maxKeys: 1 }),
  besides: fc.oneof(fc.constant({}), besides),
});
const history = fc.array(change, { minLength: 2, maxLength: 4 }).map((changes) => {
  let own: Record<string, number> = {};
  let parents: Record<string, string> = { A: 'P', B: 'P', C: 'Q', D: 'Q', P: 'R', Q: 'R' };
  return changes.map(({ counts, moves, besides: more }): State => {
    own = Object.fromEntries(
      Object.entries({ ...own, ...counts }).filter((entry): entry is [string, number] => entry[1] !== undefined),
    );
    parents = { ...parents, ...moves };
    return withTotals({ own, parents }, more);
  });
});

describe('an attacker who keeps every report and subtracts one from another', () => {
  it('never bounds a group below k, whenever it stood, inside a window narrower than k', () => {
    let attacked = 0;
    fc.assert(
      fc.property(history, (states) => {
        const showings = states.map((_, index) => suppressOver(states.slice(0, index + 1).map(releaseOf)).showing);
        const known = knownFrom(states, showings);
        for (const state of states)
          for (const [unit, own] of Object.entries(state.own)) {
            const { n } = ownOf(own);
            if (n === 0 || n >= POLICY.k) continue;
            attacked += 1;
            expect(windowOf(known, variable(unit, ownOf(own)))).toBeGreaterThanOrEqual(POLICY.k);
          }
      }),
      { numRuns: RUNS },
    );
    expect(attacked).toBeGreaterThan(0);
  });

  it('would, if each state were hidden by itself', () => {
    const states: State[] = [
      { own: { A: 40 }, parents: flat },
      { own: { A: 40, B: 3 }, parents: flat },
    ];
    const showings = states.map((state) => suppressOver([releaseOf(state)]).showing);
    expect(windowOf(knownFrom(states, showings), 'B@3/undefined')).toBe(0);
  });

  it('is shown what a state shows by itself when nothing changed', () => {
    fc.assert(
      fc.property(history, ([state]) => {
        const once = suppressOver([releaseOf(state!)]).showing;
        expect(suppressOver([state!, state!, state!].map(releaseOf)).showing).toEqual(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('is shown no more than the last state shows by itself', () => {
    fc.assert(
      fc.property(history, (states) => {
        const alone = suppressOver([releaseOf(states.at(-1)!)]).showing;
        for (const [unit, how] of suppressOver(states.map(releaseOf)).showing)
          if (how === 'SHOWN') expect(alone.get(unit)).toBe('SHOWN');
      }),
      { numRuns: RUNS },
    );
  });
});

// People who stay where they are counted: each unit has as many as it has, whenever it is counted; totals are those of the units below at the time, whether counted yet or not.
const step = fc.record({
  counts: fc.subarray(['A', 'B', 'C', 'D', 'E'], { maxLength: 3 }),
  totals: fc.subarray(['P', 'Q', 'R', 'T']),
  moves: fc.dictionary(fc.constantFrom('B', 'C', 'D', 'E', 'T'), fc.constantFrom('P', 'Q', 'T'), { maxKeys: 2 }),
});
const people = fc.oneof(fc.integer({ min: 0, max: 4 }), count);
const heads = fc.record({ A: people, B: people, C: people, D: people, E: people });
type Heads = Readonly<Record<string, number>>;
/** The units that people are counted in below a unit. */
const headsBelow = (state: Pick<State, 'parents'>, unit: string, of: Heads): readonly string[] =>
  unit in of
    ? [unit]
    : Object.keys(state.parents).flatMap((child) =>
        state.parents[child] === unit ? headsBelow(state, child, of) : [],
      );
const settled = fc.tuple(heads, fc.array(step, { minLength: 2, maxLength: 5 })).map(([of, steps]) => {
  let own: Record<string, Own> = {};
  let parents: Record<string, string> = { A: 'P', B: 'P', C: 'Q', D: 'Q', T: 'Q', E: 'T', P: 'R', Q: 'R' };
  const states = steps.map(({ counts, totals, moves }, index): State => {
    parents = { ...parents, ...Object.fromEntries(Object.entries(moves).filter(([unit, to]) => unit !== to)) };
    const under = (unit: string): number =>
      headsBelow({ parents }, unit, of).reduce((sum, one) => sum + (of as Heads)[one]!, 0);
    for (const unit of counts) own = { ...own, [unit]: { n: under(unit), version: '1' } };
    for (const unit of totals) own = { ...own, [unit]: { n: under(unit), version: `${index}` } };
    return { own, parents };
  });
  return { heads: of as Heads, states };
});

/** What is shown, as sums of the units that stood below when a figure was first there; one that is counted twice stands twice. */
function knownOf(states: readonly State[], of: Heads): readonly Equation[] {
  const known = new Map<string, Equation>();
  const made = new Map<string, readonly string[]>();
  const versionIn = (state: State, unit: string): string => `${unit}/${versionOf(ownOf(state.own[unit] ?? 0))}`;
  states.forEach((state, index) => {
    for (const unit of Object.keys(state.own)) {
      const version = versionIn(state, unit);
      if (!made.has(version)) made.set(version, headsBelow(state, unit, of));
    }
    const { showing } = suppressOver(states.slice(0, index + 1).map(releaseOf));
    for (const unit of unitsOf(state)) {
      if (showing.get(unit) !== 'SHOWN') continue;
      const leaves = leavesOf(state, unit);
      const counted = leaves.flatMap((leaf) => made.get(versionIn(state, leaf)) ?? []).sort();
      known.set(counted.join(), { of: counted, total: total(state, unit) });
    }
  });
  return [...known.values()];
}

describe('an attacker who knows that people were counted with the unit they stood under', () => {
  it('never bounds a unit below k inside a window narrower than k, counted or not', () => {
    let attacked = 0;
    fc.assert(
      fc.property(settled, ({ heads: of, states }) => {
        const known = knownOf(states, of);
        for (const [unit, n] of Object.entries(of)) {
          if (n === 0 || n >= POLICY.k) continue;
          attacked += 1;
          expect(windowOf(known, unit)).toBeGreaterThanOrEqual(POLICY.k);
        }
      }),
      { numRuns: RUNS },
    );
    expect(attacked).toBeGreaterThan(0);
  });
});
