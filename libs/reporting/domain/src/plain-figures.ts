import { Decimal, writeDecimal } from '@plumbline/kernel';
import { type Cell, type Citation, disclosureOf } from '@plumbline/privacy';
import { type Line, cellAt, line } from './assembly';
import type { Prefix } from './prefix';

/** A figure about promises and what is done for them, not about people: it still leaves by the one door. */
export function numberLine({ disclosure }: Prefix, cell: Cell): Line {
  const entries = [{ unit: cell.key, parent: null, sourceMinN: null, cell }];
  return line(disclosureOf({ subject: 'NONE', entries }, disclosure).show(cell.key, cell));
}

/** Days, or NOT_DUE where none can be counted yet. */
export const daysCell = (key: string, label: string, days: number | null, cites: readonly Citation[]): Cell =>
  cellAt(key, label, {
    value: days === null ? null : String(days),
    state: days === null ? 'NOT_DUE' : 'OK',
    word: days === null ? null : `${days} days`,
    unit: 'days',
    cites,
  });
export const countCell = (key: string, label: string, count: number, cites: readonly Citation[]): Cell =>
  cellAt(key, label, { value: String(count), unit: 'count', cites });

/** A share in hundredths of a per cent, said with two decimals at most. */
export const shareCell = (
  key: string,
  label: string,
  bp: Decimal | number | string,
  cites: readonly Citation[],
): Cell => {
  const percent = new Decimal(bp).dividedBy(100);
  return cellAt(key, label, {
    value: writeDecimal(percent),
    word: `${percent.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toFixed()} %`,
    unit: '%',
    cites,
  });
};
