import fc from 'fast-check';
import { type GridEntry, type ReleaseGrid, type Showing, suppress } from './index';

const POLICY = { k: 5, kSensitive: 20 };

/** A unit with so many answers; of a cell, hiding looks at the counts alone. */
const answers = (unit: string, parent: string | null, n: number): GridEntry => ({
  unit,
  parent,
  sourceMinN: null,
  cell: {
    ...{ key: unit, label: '', value: null, state: 'OK', reasonCode: null, status: null, n, base: null },
    ...{ eligible: null, numerator: null, margin: null, interval: null, target: null, unit: '%' },
    ...{ period: null, word: null, remarks: [], cites: [] },
  },
});

const showingOf = (entries: ReleaseGrid['entries'], k = POLICY.k): ReadonlyMap<string, Showing> =>
  suppress({ subject: 'PERSONS', entries }, { ...POLICY, k });
const sizeOf = (entry: GridEntry): number => entry.cell?.n ?? 0;
const hiddenOf = (showing: ReadonlyMap<string, Showing>): string[] =>
  [...showing]
    .filter(([, how]) => how === 'HIDDEN')
    .map(([unit]) => unit)
    .sort();

interface Tree {
  readonly n: number;
  readonly children: readonly Tree[];
}
const leaf = fc.integer({ min: 0, max: 16 }).map((n): Tree => ({ n, children: [] }));
const parentOf = (child: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc
    .tuple(fc.array(child, { maxLength: 4 }), fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 })))
    .map(([children, unnamed]) => ({
      n: children.reduce((sum, { n }) => sum + n, unnamed),
      children,
    }));
const tree = parentOf(fc.oneof(leaf, parentOf(fc.oneof(leaf, parentOf(leaf)))));
const entriesOf = ({ n, children }: Tree, unit = 'U', parent: string | null = null): GridEntry[] => [
  answers(unit, parent, n),
  ...children.flatMap((child, index) => entriesOf(child, `${unit}${index}`, unit)),
];

/** Every way of filling `slots` groups of people so that they add up, by plain enumeration: the range each slot can have. */
function rangesBySum(total: number, slots: number): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  const fill = (left: number, open: number, first: number): void => {
    if (open === 0) {
      if (left === 0) [low, high] = [Math.min(low, first), Math.max(high, first)];
      return;
    }
    for (let n = 0; n <= left; n += 1) fill(left - n, open - 1, open === slots ? n : first);
  };
  fill(total, slots, 0);
  return { low, high };
}

const RUNS = Number(process.env['RUNS'] ?? 300);

describe('an attacker who adds and subtracts what is shown', () => {
  it('never bounds a hidden group inside a window narrower than k', () => {
    fc.assert(
      fc.property(tree, (given) => {
        const entries = entriesOf(given);
        const showing = showingOf(entries);
        for (const parent of entries.filter(({ unit }) => showing.get(unit) === 'SHOWN')) {
          const children = entries.filter((entry) => entry.parent === parent.unit);
          const hidden = children.filter(({ unit }) => showing.get(unit) === 'HIDDEN');
          const sum = (of: readonly GridEntry[]): number => of.reduce((all, entry) => all + sizeOf(entry), 0);
          const left = sizeOf(parent) - sum(children.filter((child) => !hidden.includes(child)));
          const unnamed = sizeOf(parent) > sum(children) ? 1 : 0;
          expect(left === 0 || left >= POLICY.k).toBe(true);
          if (hidden.every((child) => sizeOf(child) === 0)) continue;
          const { low, high } = rangesBySum(left, hidden.length + unnamed);
          expect(high - low).toBeGreaterThanOrEqual(POLICY.k);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('meets no shown group below k, however high, and nothing below a hidden one', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 5, max: 15 }), (given, k) => {
        const entries = entriesOf(given);
        const showing = showingOf(entries, k);
        for (const entry of entries.filter(({ unit }) => showing.get(unit) === 'SHOWN')) {
          expect(sizeOf(entry)).toBeGreaterThanOrEqual(k);
          if (entry.parent !== null) expect(showing.get(entry.parent)).toBe('SHOWN');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('finds the same cells hidden in whatever order they are given', () => {
    const shuffled = tree.chain((given) => {
      const entries = entriesOf(given);
      return fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }));
    });
    fc.assert(
      fc.property(shuffled, ([entries, other]) =>
        expect(hiddenOf(showingOf(other))).toEqual(hiddenOf(showingOf(entries))),
      ),
      { numRuns: RUNS },
    );
  });
});
