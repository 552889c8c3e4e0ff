import { Decimal, daysBetween, type LocalDate } from '@plumbline/kernel';

/** How far an assessor found a commitment, milestone or indicator to be done. */
export const COMPLETIONS = ['NO_EVIDENCE', 'NOT_STARTED', 'LIMITED', 'SUBSTANTIAL', 'COMPLETE'] as const;
export type Completion = (typeof COMPLETIONS)[number];
/** What an owner may say of it. */
export type SelfStatus = Exclude<Completion, 'NO_EVIDENCE'>;

/** How a promise ended otherwise than by being kept. `WITHDRAWN_OUTSIDE`: before it was due, approved by two people outside the owner's line. */
export type PromiseEnd = 'MISSED' | 'WITHDRAWN' | 'CARRIED_FORWARD' | 'WITHDRAWN_OUTSIDE';

/** A promise with a date. What was never dated is never due and is not among them. */
export interface DatedPromise {
  readonly firstDue: LocalDate;
  /** The day it was fulfilled, or null. */
  readonly doneOn: LocalDate | null;
  readonly ended: PromiseEnd | null;
}

export interface PromiseMeasures {
  /** How many were first due by the day asked about, withdrawn ones included. */
  readonly due: number;
  readonly onTime: number;
  /** A fraction of 1, unrounded; null when nothing was due. */
  readonly onTimeRate: Decimal | null;
  /** Mean days past the first date, unrounded; null when nothing was due. */
  readonly slippageDays: Decimal | null;
}

/**
 * On-time rate and slippage of the promises first due by a day (domain formula F9).
 * On-time rate: fulfilled by the first date ÷ all first due, withdrawn ones included. Slippage: Σ max(0, actual − first date) ÷ n; what is not done
 * counts to `asOf`, also when it was missed, carried forward or withdrawn, so that ending a promise stops no clock. Only what was withdrawn before its
 * date by two people outside the line is late by nothing, and stands in no mean of days.
 */
export function promiseMeasures(promises: readonly DatedPromise[], asOf: LocalDate): PromiseMeasures {
  const due = promises.filter(({ firstDue }) => firstDue <= asOf);
  const done = ({ doneOn, ended }: DatedPromise): LocalDate | null =>
    ended === null && doneOn !== null && doneOn <= asOf ? doneOn : null;
  const onTime = due.filter((promise) => (done(promise) ?? '9999-12-31') <= promise.firstDue).length;
  const clocked = due.filter(({ ended }) => ended !== 'WITHDRAWN_OUTSIDE');
  const days = clocked.reduce(
    (sum, promise) => sum + Math.max(0, daysBetween(promise.firstDue, done(promise) ?? asOf)),
    0,
  );
  return {
    due: due.length,
    onTime,
    onTimeRate: due.length === 0 ? null : new Decimal(onTime).dividedBy(due.length),
    slippageDays: clocked.length === 0 ? null : new Decimal(days).dividedBy(clocked.length),
  };
}

/** NO_EVIDENCE and NOT_STARTED 0, LIMITED 1, SUBSTANTIAL 2, COMPLETE 3 (domain formula F9). */
export const COMPLETION_STEPS: Readonly<Record<Completion, number>> = {
  NO_EVIDENCE: 0,
  NOT_STARTED: 0,
  LIMITED: 1,
  SUBSTANTIAL: 2,
  COMPLETE: 3,
};

/** Say–do gap: the owner's own step less the assessor's, −3 to 3; above 0 the owner says more than was found (domain formula F9). */
export const sayDoGap = (self: SelfStatus, independent: Completion): number =>
  COMPLETION_STEPS[self] - COMPLETION_STEPS[independent];

/** Evidence coverage: weight that is verified ÷ weight that is scored, a fraction of 1, unrounded; null when nothing is scored (domain formula F9). */
export function evidenceCoverage(
  scored: readonly { readonly weight: Decimal | number; readonly verified: boolean }[],
): Decimal | null {
  const weigh = (parts: typeof scored): Decimal => parts.reduce((sum, { weight }) => sum.plus(weight), new Decimal(0));
  const whole = weigh(scored);
  return whole.isZero() ? null : weigh(scored.filter(({ verified }) => verified)).dividedBy(whole);
}

/** Goalpost drift: attainment on the adjusted anchors less that on the original ones; above 0 the adjustment gained points (domain formula F9). */
export const goalpostDrift = (adjusted: Decimal, original: Decimal): Decimal => adjusted.minus(original);
