import { Decimal } from '@plumbline/kernel';
import { type Markup, html } from './markup';
import type { ReportCell } from './report';
import { shownNumber } from './shown';
import { STATE_WORDS } from './state-words';

const WIDTH = 150;
const TOP = 4;
const HEIGHT = 30;
const LABELS = 15;
const SIDE = 6;

/** Round marks lead, square marks lag; what is neither is drawn in plain ink. */
export type Side = 'leading' | 'lagging' | 'plain';
const INK: Readonly<Record<Side, string>> = { leading: 'var(--lead)', lagging: 'var(--lag)', plain: 'var(--ink2)' };
const TINT: Readonly<Record<Side, string>> = { leading: 'var(--leadt)', lagging: 'var(--lagt)', plain: 'var(--lagt)' };

interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

const fixed = (value: number): string => new Decimal(value).toFixed(1);
const at = (x: number, y: number): string => `${fixed(x)} ${fixed(y)}`;

/** Pieces without a gap: a line never crosses a period that is hidden, missing or not there. */
function pieces(points: readonly (Point | null)[]): readonly (readonly Point[])[] {
  const found: Point[][] = [];
  let open: Point[] | null = null;
  for (const point of points) {
    if (point === null) open = null;
    else if (open) open.push(point);
    else found.push((open = [point]));
  }
  return found;
}

const said = (cell: ReportCell): string =>
  cell.value === null
    ? `${cell.period} ${cell.state === 'OK' ? 'no value' : STATE_WORDS[cell.state].word.toLowerCase()}`
    : `${cell.period} ${shownNumber(cell.value, cell.unit)}${cell.margin === null ? '' : ` plus or minus ${shownNumber(cell.margin, cell.unit)}`}`;

/** The course of a figure in words: what is drawn, for whoever does not see it. */
export const courseInWords = (cells: readonly ReportCell[]): string => cells.map(said).join(', ');

/** How a figure went from period to period, with its margin and what is aimed at now. The scale is its own, so nothing is read from its height alone. */
export function courseChart(cells: readonly ReportCell[], target: string | null, side: Side): Markup {
  const values = cells.map(({ value }) => (value === null ? null : Number(value)));
  const margins = cells.map(({ margin }) => (margin === null ? 0 : Number(margin)));
  const aim = target !== null && /^-?\d+(\.\d+)?$/.test(target) ? Number(target) : null;
  const reached = values.flatMap((value, index) =>
    value === null ? [] : [value - (margins[index] ?? 0), value + (margins[index] ?? 0)],
  );
  const all = aim === null ? reached : [...reached, aim];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = most - least || 1;
  const step = cells.length > 1 ? (WIDTH - 2 * SIDE) / (cells.length - 1) : 0;
  const xOf = (index: number): number => (cells.length > 1 ? SIDE + index * step : WIDTH / 2);
  const yOf = (value: number): number => TOP + HEIGHT - ((value - least) / span) * HEIGHT;
  const points = values.map((value, index): Point | null => {
    if (value === null) return null;
    const margin = margins[index] ?? 0;
    return { x: xOf(index), y: yOf(value), low: yOf(value - margin), high: yOf(value + margin) };
  });
  const band = Math.min(step || 20, 20);
  const last = [...points].reverse().find((point) => point !== null);
  const [from, to] = [cells[0], cells.at(-1)];
  return html`<svg
    role="img"
    width="${WIDTH}"
    height="${TOP + HEIGHT + LABELS}"
    viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + LABELS}"
    aria-label="${courseInWords(cells)}${aim === null ? '' : `; aimed at ${target}`}"
  >
    ${cells.map(({ state }, index) =>
      state === 'SUPPRESSED' || state === 'HELD' || state === 'WITHHELD'
        ? html`<rect
            x="${fixed(xOf(index) - band / 2)}"
            y="${TOP}"
            width="${fixed(band)}"
            height="${HEIGHT}"
            fill="url(#hatch)"
            opacity=".35"
          />`
        : '',
    )}${pieces(points).map((piece) => {
      const ribbon = [
        ...piece.map(({ x, high }) => at(x, high)),
        ...[...piece].reverse().map(({ x, low }) => at(x, low)),
      ].join('L');
      return html`<path d="M${ribbon}Z" fill="${TINT[side]}" /><path
          d="M${piece.map(({ x, y }) => at(x, y)).join('L')}"
          fill="none"
          stroke="${INK[side]}"
          stroke-width="1.6"
        />`;
    })}${aim === null ? '' : html`<path d="M0 ${fixed(yOf(aim))}H${WIDTH}" stroke="var(--good)" stroke-width="1.2" stroke-dasharray="3 2.4" />`}${
      last === undefined
        ? ''
        : side === 'lagging'
          ? html`<rect
              x="${fixed(last.x - 3.2)}"
              y="${fixed(last.y - 3.2)}"
              width="6.4"
              height="6.4"
              fill="${INK[side]}"
            />`
          : html`<circle cx="${fixed(last.x)}" cy="${fixed(last.y)}" r="3.4" fill="${INK[side]}" />`
    }
    <text x="0" y="${TOP + HEIGHT + LABELS - 3}">${from?.period}</text>
    <text x="${WIDTH}" y="${TOP + HEIGHT + LABELS - 3}" text-anchor="end">${to?.period}</text>
  </svg>`;
}
