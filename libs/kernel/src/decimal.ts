import { Decimal as Base } from 'decimal.js';

/**
 * Exact decimal arithmetic: 34 significant digits, half-even (IEEE 754-2008 decimal128), for everything that is computed.
 * A figure enters as a string, leaves as a string, and is never a binary float in between.
 */
export const Decimal = Base.clone({
  precision: 34,
  rounding: Base.ROUND_HALF_EVEN,
  toExpNeg: -7000,
  toExpPos: 7000,
  defaults: true,
});
export type Decimal = Base;

/** A decimal as it is written in events, JSON and CSV: `-12`, `0.5`, `101.25`; no exponent, no leading plus, no superfluous zeros needed. */
export type DecimalString = string;

const PLAIN = /^-?(0|[1-9]\d{0,33})(\.\d{1,34})?$/;

export const isDecimalString = (text: string): boolean =>
  PLAIN.test(text) && (text.length <= 34 || text.replace(/[-.]/g, '').length <= 34);

/** @throws RangeError when the text is not a plain decimal of at most 34 digits. */
export function decimal(value: DecimalString | number | bigint | Decimal): Decimal {
  if (typeof value === 'string' && !isDecimalString(value))
    throw new RangeError(`"${value}" is not a plain decimal number`);
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is a binary fraction; write it as a string`);
  return new Decimal(typeof value === 'bigint' ? value.toString() : value);
}

const trimmed = (text: string): string => {
  const short = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  return short === '-0' ? '0' : short;
};

/** As written in events, JSON and CSV: half-up to `places` decimals (6 unless said), trailing zeros cut, never `-0`. */
export const writeDecimal = (value: Decimal, places = 6): DecimalString =>
  trimmed(value.toFixed(places, Base.ROUND_HALF_UP));

/** As shown to people: half-up, exactly `places` decimals (1 unless said). */
export const showDecimal = (value: Decimal | DecimalString, places = 1): string => {
  const shown = new Decimal(value).toFixed(places, Base.ROUND_HALF_UP);
  return /^-0(\.0+)?$/.test(shown) ? shown.slice(1) : shown;
};
