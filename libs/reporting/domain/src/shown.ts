import { Decimal, showDecimal } from '@plumbline/kernel';
import type { ReportCell } from './report';

/** A number as people read it: half-up, thousands apart, a true minus. Correlations with three decimals, all else with one. */
export function shownNumber(value: string, unit: string): string {
  const scaled = unit === 'share' ? new Decimal(value).times(100) : new Decimal(value);
  const [whole = '', fraction] = showDecimal(scaled, unit === 'r' ? 3 : 1).split('.');
  const digits = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole.startsWith('-') ? '−' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}

export const shownCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const SUFFIX: Readonly<Record<string, string>> = { '%': ' %', share: ' %', r: '', count: '', index: '', ratio: '' };
export const unitSuffix = (unit: string): string => SUFFIX[unit] ?? ` ${unit}`;

/** `65.0 ± 9.0 %`, `14`, `SHARED_SOURCE`; for a cell without a value, its state. Never blank and never 0 for what is not there. */
export function shownValue(cell: ReportCell): string {
  const { value, unit, margin, word, state } = cell;
  if (word !== null) return word;
  if (value === null) return state === 'OK' ? '–' : state;
  if (unit === 'count') return shownCount(Number(new Decimal(value).toFixed(0, Decimal.ROUND_HALF_UP)));
  const around = margin === null ? '' : ` ± ${shownNumber(margin, unit)}`;
  return `${shownNumber(value, unit)}${around}${unitSuffix(unit)}`;
}

/** `40`; `?` where the source gives no count of what a value rests on; nothing where there is nothing to count. */
export function shownSize({ n, base, value, unit, state }: ReportCell): string {
  const size = n ?? base;
  if (size !== null) return shownCount(size);
  return state === 'NO_BASE' || (value !== null && unit !== 'count') ? '?' : '';
}

const STATUS_WORDS = { ON_TRACK: '● on track', AT_RISK: '▲ at risk', OFF_TRACK: '■ off track' } as const;

/** Mark and word of the status, the state unless it is OK, and its reason: `▲ at risk (UNVERIFIED)`, `NOT_EVALUABLE (LOW_RESPONSE)`. */
export function shownState({ state, status, reasonCode }: ReportCell): string {
  const words = [status === null ? '' : STATUS_WORDS[status], state === 'OK' ? '' : state].filter(
    (word) => word !== '',
  );
  return `${words.join(' ')}${reasonCode === null ? '' : ` (${reasonCode})`}`.trim();
}

export const rowOf = ({ key }: { readonly key: string }): string => key.split('/')[0] ?? key;
export const columnOf = ({ key }: { readonly key: string }): string => key.split('/')[1] ?? key;
/** A cell of a course over time: its key names a period. */
export const isTrend = ({ key }: { readonly key: string }): boolean => key.split('/').length === 3;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2026-11-22` as people write it: `22 Nov 2026`. */
export function shownDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
