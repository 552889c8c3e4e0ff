import { Decimal, decimal, type DecimalString } from '@plumbline/kernel';

/** A survey figure is judged from this share of answers on (0.5), and no policy may set its gate below the floor (0.3). Fractions of 1. */
export interface ResponseGate {
  readonly gate: DecimalString;
  readonly floor: DecimalString;
}
export const DEFAULT_GATE: ResponseGate = { gate: '0.5', floor: '0.3' };

/** Completed ÷ asked, a fraction, unrounded; null when nobody was asked. May exceed 1: then the counts cannot be right. */
export const responseRate = (completed: number, eligible: number): Decimal | null =>
  eligible === 0 ? null : new Decimal(completed).dividedBy(eligible);

export type ResponseVerdict = 'ENOUGH' | 'LOW_RESPONSE' | 'POPULATION_MISMATCH' | 'UNKNOWN';

/** What a response rate (a fraction of 1) says about the figures that rest on it. An unknown rate closes no gate. */
export function judgeResponse(rate: Decimal | null, { gate, floor }: ResponseGate = DEFAULT_GATE): ResponseVerdict {
  if (rate === null) return 'UNKNOWN';
  if (rate.greaterThan(1)) return 'POPULATION_MISMATCH';
  return rate.lessThan(Decimal.max(decimal(gate), decimal(floor))) ? 'LOW_RESPONSE' : 'ENOUGH';
}
