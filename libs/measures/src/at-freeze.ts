import { addDays, Decimal, daysBetween, type LocalDate } from '@plumbline/kernel';
import type { CellState, ReasonCode } from '@plumbline/privacy';
import type { Points } from './attainment';

/** A component's figure as it stands when a cycle is frozen. */
export interface ComponentState {
  readonly state: CellState;
  /** Why it is NOT_EVALUABLE; otherwise of no account. */
  readonly reasonCode: ReasonCode | null;
  readonly verified: boolean;
  readonly disputed: boolean;
}

/** What else decides about a component without a plain figure. */
export interface FreezeCircumstances {
  readonly asOf: LocalDate;
  /** Whether a contracted fallback scope (waves pooled, then the next unit up) is left to be tried. */
  readonly fallbackLeft: boolean;
  /** Whether the data are owed by the leader or the leader's line, or by someone outside it. */
  readonly owedBy: 'LEADERS_LINE' | 'OUTSIDE';
  /** The day the data were due; null: never due. */
  readonly due: LocalDate | null;
  /** The day on which the owner was last reminded in good time; null: never. */
  readonly noticeOn: LocalDate | null;
  /** Whether a recorded absence covers the due date. */
  readonly absentWhenDue: boolean;
  /** The quality hold on the unit's results; null: none is recorded. */
  readonly hold: { readonly since: LocalDate; readonly finding: 'UNFOUNDED' | 'CONFIRMED' | null } | null;
}

/** Why a component is not simply scored: a cell state, or the reason of NOT_EVALUABLE. */
export type FreezeWord = Exclude<CellState, 'OK'> | ReasonCode;

/** What becomes of a component. */
export type Effect =
  | {
      readonly effect: 'SCORED';
      /** AS_RECORDED: A. AT_MOST_THRESHOLD: min(A, points of the threshold). ZERO: 0, the weight stays. */
      readonly attainment: 'AS_RECORDED' | 'AT_MOST_THRESHOLD' | 'ZERO';
      readonly because: FreezeWord | null;
      /** A dispute that must be decided before sign-off. */
      readonly flagged: boolean;
    }
  /** FALLBACK: score the contracted fallback scope instead, labelled "shared", and judge it by this table again. */
  | { readonly effect: 'FALLBACK' | 'EXCLUDED'; readonly because: FreezeWord; readonly opensImprovement: boolean }
  /** Sign-off waits for a finding, until this day at the latest. */
  | { readonly effect: 'WAITS'; readonly because: 'HELD'; readonly until: LocalDate };

/** Not reporting costs points only after a notice at least this many days before the due date. */
export const NOTICE_DAYS = 7;
/** A hold on which nothing was found by then no longer counts against anyone. */
export const HOLD_DAYS = 60;

type Row = (word: FreezeWord, circumstances: FreezeCircumstances) => Effect;

const scored = (attainment: 'AS_RECORDED' | 'AT_MOST_THRESHOLD' | 'ZERO', because: FreezeWord | null): Effect => ({
  effect: 'SCORED',
  attainment,
  because,
  flagged: false,
});
const excluded: Row = (because) => ({ effect: 'EXCLUDED', because, opensImprovement: false });
const elsewhere: Row = (because, { fallbackLeft }) => ({
  effect: fallbackLeft ? 'FALLBACK' : 'EXCLUDED',
  because,
  opensImprovement: because === 'LOW_RESPONSE',
});

const notReported: Row = (_word, { owedBy, due, noticeOn, absentWhenDue }) => {
  if (owedBy === 'OUTSIDE') return { effect: 'EXCLUDED', because: 'SOURCE_LATE', opensImprovement: false };
  const warned = due !== null && noticeOn !== null && daysBetween(noticeOn, due) >= NOTICE_DAYS;
  return warned && !absentWhenDue
    ? scored('ZERO', 'NOT_REPORTED')
    : { effect: 'EXCLUDED', because: 'NOT_REPORTED', opensImprovement: false };
};

const held: Row = (_word, { hold, asOf }) => {
  switch (hold?.finding) {
    case 'UNFOUNDED':
      return scored('AS_RECORDED', null);
    case 'CONFIRMED':
      return scored('ZERO', 'HELD');
    case null:
    case undefined: {
      const until = addDays(hold?.since ?? asOf, HOLD_DAYS);
      return asOf >= until
        ? { effect: 'EXCLUDED', because: 'HELD', opensImprovement: false }
        : { effect: 'WAITS', because: 'HELD', until };
    }
  }
};

/** The table of domain formula F2, a line a word. The words below the gap are no part of it and cannot be scored either. */
const TABLE: Readonly<Record<FreezeWord, Row>> = {
  SUPPRESSED: elsewhere,
  LOW_RESPONSE: elsewhere,
  INCONCLUSIVE: elsewhere,
  SMALL_BASE: elsewhere,
  NO_MARGIN: elsewhere,
  WAVE_VOIDED: elsewhere,
  POPULATION_MISMATCH: elsewhere,
  NO_BASE: elsewhere,
  TENURE_TOO_SHORT: excluded,
  LEGAL_REVIEW_EXPIRED: excluded,
  METRIC_RETIRED: excluded,
  DEFINITION_BREAK: excluded,
  SOURCE_LATE: excluded,
  HELD: held,
  NOT_REPORTED: notReported,
  STALE: notReported,
  UNVERIFIED: () => scored('AT_MOST_THRESHOLD', 'UNVERIFIED'),
  DISPUTED: () => scored('AS_RECORDED', 'DISPUTED'),

  NOT_EVALUABLE: excluded,
  NO_DATA: notReported,
  NOT_DUE: excluded,
  NO_TARGET: excluded,
  WITHHELD: excluded,
  ERASED: excluded,
};

/**
 * What a component counts for when its cycle is frozen (the table of domain formula F2). Figures of NO_DATA are missing as those NOT_REPORTED are: by who
 * owes them. An unverified figure that is disputed too counts at most the threshold and is flagged.
 */
export function atFreeze(component: ComponentState, circumstances: FreezeCircumstances): Effect {
  const { state, reasonCode, verified, disputed } = component;
  if (state !== 'OK') {
    const word = state === 'NOT_EVALUABLE' ? (reasonCode ?? state) : state;
    const effect = TABLE[word](word, circumstances);
    const stands = effect.effect === 'SCORED' && effect.attainment === 'AS_RECORDED';
    return stands ? atFreeze({ ...component, state: 'OK' }, circumstances) : effect;
  }
  const word = !verified ? 'UNVERIFIED' : disputed ? 'DISPUTED' : null;
  const effect = word === null ? scored('AS_RECORDED', null) : TABLE[word](word, circumstances);
  return { ...effect, ...(effect.effect === 'SCORED' && { flagged: disputed }) };
}

/** The attainment that an effect leaves of one computed (domain formula F2): as it is, at most the threshold's points, or 0. */
export function attainmentUnder(
  effect: Extract<Effect, { effect: 'SCORED' }>,
  attainment: Decimal,
  points: Points,
): Decimal {
  switch (effect.attainment) {
    case 'AS_RECORDED':
      return attainment;
    case 'AT_MOST_THRESHOLD':
      return Decimal.min(attainment, points.threshold);
    case 'ZERO':
      return new Decimal(0);
  }
}
