import { type Cell, HIDDEN_SENTENCE, WITHHELD_SENTENCE } from './cell';
import { type Disclosed, markDisclosed } from './disclosed';
import type { DisclosurePolicy } from './disclosure-policy';
import type { ReleaseGrid, Showing } from './release-grid';
import { type PastRelease, suppressOver } from './history';
import { BUCKET_BELOW, lessShown, suppress } from './suppression';

/** What is left of a cell whose figures may not be seen: where it stands, what it is called, and its state. Nothing of n, base, order or sources. */
const emptied = (cell: Cell, state: Cell['state'], remarks: readonly string[]): Cell => ({
  key: cell.key,
  label: cell.label,
  value: null,
  state,
  reasonCode: null,
  status: null,
  n: null,
  base: null,
  eligible: null,
  numerator: null,
  margin: null,
  interval: null,
  target: null,
  unit: cell.unit,
  period: cell.period,
  word: null,
  remarks,
  cites: [],
});

const bucketed = (cell: Cell): Cell => ({
  ...emptied(cell, 'SUPPRESSED', [HIDDEN_SENTENCE]),
  base: cell.base ?? cell.n,
  word: `fewer than ${BUCKET_BELOW}`,
});

function asShown(cell: Cell, showing: Showing): Cell {
  switch (showing) {
    case 'SHOWN':
      return cell;
    case 'BUCKET':
      return bucketed(cell);
    case 'AWAY':
      return emptied(cell, cell.state, []);
    case 'HIDDEN':
      return emptied(cell, 'SUPPRESSED', [HIDDEN_SENTENCE]);
  }
}

/** Whether a cell's figures were kept back to protect a group: who may not see it may not open the events under it. */
export const isHidden = (cell: Pick<Cell, 'state'>): boolean =>
  cell.state === 'SUPPRESSED' || cell.state === 'HELD' || cell.state === 'WITHHELD' || cell.state === 'ERASED';

/** The outcome of disclosure for one grid: how much of each unit's cell is shown, whoever asks. */
export interface Disclosure {
  /** Every unit's cell as it may be shown. */
  readonly cells: Disclosed<ReadonlyMap<string, Cell>>;
  /**
   * A fuller cell of the same figure (judged, named, with its sources) as it may be shown.
   * @throws RangeError when the unit has no figure in the grid, or its counts are not those that were looked at
   */
  show(unit: string, cell: Cell): Disclosed<Cell>;
  /** Whether a version of a unit's own figure is shown, or was while it stood; null where the grid was decided without its past. */
  wasShown(unit: string, version: string): boolean | null;
}

/**
 * The only way from raw cells to disclosed ones. Takes the whole tree's figures of one metric × period and decides once how much of each is shown
 * (see `suppress` for what that promises, and `suppressOver` for what it promises over time).
 * @param states the same figures as they stood from act to act, oldest first, the grid itself with the policy of its own time last; left out where they stood but once
 */
export function disclosureOf(
  grid: ReleaseGrid,
  policy: DisclosurePolicy,
  states: readonly PastRelease[] = [],
): Disclosure {
  const alone = suppress(grid, policy);
  const over = states.length > 1 ? suppressOver(states) : null;
  const showing = over
    ? new Map([...alone].map(([unit, how]) => [unit, lessShown(how, over.showing.get(unit) ?? 'HIDDEN')]))
    : alone;
  const raw = new Map(grid.entries.flatMap(({ unit, cell }) => (cell ? [[unit, cell]] : [])));
  let cells: Disclosed<ReadonlyMap<string, Cell>> | undefined;
  return {
    get cells() {
      cells ??= markDisclosed(
        new Map([...raw].map(([unit, cell]) => [unit, asShown(cell, showing.get(unit) ?? 'HIDDEN')] as const)),
      );
      return cells;
    },
    show: (unit, cell) => {
      const known = raw.get(unit);
      if (!known || LOOKED_AT.some((count) => known[count] !== cell[count]))
        throw new RangeError('a cell is shown with the counts that disclosure looked at, no others');
      return markDisclosed(asShown(cell, showing.get(unit) ?? 'HIDDEN'));
    },
    wasShown: (unit, version) => over?.wasShown(unit, version) ?? null,
  };
}

const LOOKED_AT = ['n', 'base', 'eligible', 'numerator'] as const;

/** `disclosureOf` where only the cells are wanted, keyed by unit. */
export const disclose = (grid: ReleaseGrid, policy: DisclosurePolicy): Disclosed<ReadonlyMap<string, Cell>> =>
  disclosureOf(grid, policy).cells;

/**
 * A cell this viewer may not see: that it exists, not what it says.
 * @param because one sentence that does not depend on what the cell says
 */
export const withhold = (cell: Cell, because: string = WITHHELD_SENTENCE): Disclosed<Cell> =>
  markDisclosed(emptied(cell, 'WITHHELD', [because]));

/**
 * A cell that holds no figure: a definition's word, an absence, a column that is empty so far.
 * @throws TypeError when it carries a value, a count, a margin
 */
export function withoutFigures(cell: Cell): Disclosed<Cell> {
  const figures = [cell.value, cell.n, cell.base, cell.eligible, cell.numerator, cell.margin, cell.interval];
  if (figures.some((figure) => figure !== null))
    throw new TypeError('a cell with figures must pass through disclose()');
  return markDisclosed({ ...cell });
}
