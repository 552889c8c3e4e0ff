import { type Cell, HIDDEN_SENTENCE } from './cell';
import { type Disclosed, markDisclosed } from './disclosed';
import type { DisclosurePolicy } from './disclosure-policy';
import type { ReleaseGrid, Showing } from './release-grid';
import { BUCKET_BELOW, suppress } from './suppression';

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

/**
 * The only way from raw cells to disclosed ones. Takes the whole tree's figures of one metric × period and gives each unit's cell as it may be shown
 * (see `suppress` for what that promises), keyed by unit.
 */
export function disclose(grid: ReleaseGrid, policy: DisclosurePolicy): Disclosed<ReadonlyMap<string, Cell>> {
  const showing = suppress(grid, policy);
  return markDisclosed(
    new Map(
      grid.entries.flatMap(({ unit, cell }) => (cell ? [[unit, asShown(cell, showing.get(unit) ?? 'HIDDEN')]] : [])),
    ),
  );
}

/** A cell this viewer may not see: that it exists, not what it says. */
export const withhold = (cell: Cell): Disclosed<Cell> => markDisclosed(emptied(cell, 'WITHHELD', []));

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
