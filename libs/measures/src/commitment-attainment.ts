import { Decimal, daysBetween, decimal, type LocalDate } from '@plumbline/kernel';
import type { Completion, PromiseEnd } from './promise';
import { LEAST_TENURE_DAYS } from './tenure';

/** One commitment or milestone as a scorecard counts it. */
export interface PromiseItem {
  readonly id: string;
  /** Its weight as fixed in the contract: what is split or added later carries none of its own. */
  readonly weight: Decimal | number;
  /** The first date it was promised for; null: never dated, so never due. */
  readonly firstDue: LocalDate | null;
  /** The day it was done, as the record allows it to be counted (never earlier than recorded unless another person attested it). */
  readonly doneOn: LocalDate | null;
  /** Whether someone other than the owner has verified that it was done. */
  readonly verified: boolean;
  /** Days over which lateness costs all of it; 0: late is nothing. */
  readonly graceDays: number;
  readonly ended: PromiseEnd | null;
  /** The last independent assessment, if any. */
  readonly assessed: Completion | null;
  /** Whether whoever is judged answers for it; left out: it never changed hands. */
  readonly answerable?: Answerable;
}

/** Whether someone answers for a promise that changed hands, and if not, why. */
export type Answerable = 'ANSWERS' | 'HANDED_OVER' | 'TAKEN_OVER_LATER';

/** Why an item is not counted: it is listed with that. */
export const LEFT_OUT = ['NO_DATE', 'NOT_YET_DUE', 'WITHDRAWN_OUTSIDE', 'HANDED_OVER', 'TAKEN_OVER_LATER'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/**
 * Whether a person answers for a promise that changed hands: whoever had it on its first date, and whoever handed it over less than ninety days before,
 * as a post counts that began ninety days before its measurement (domain formula F10). Whoever handed it over earlier, or took it over later, does not.
 * @param owners in the order in which they had it, each with the first day
 */
export function answerableFor(
  person: string,
  owners: readonly { readonly owner: string; readonly from: LocalDate }[],
  firstDue: LocalDate,
): Answerable {
  const until = owners.findLastIndex(({ from }) => from <= firstDue);
  const last = owners.slice(0, Math.max(0, until) + 1).findLastIndex(({ owner }) => owner === person);
  if (last === -1) return 'TAKEN_OVER_LATER';
  const next = last < until ? owners[last + 1] : undefined;
  return next && daysBetween(next.from, firstDue) >= LEAST_TENURE_DAYS ? 'HANDED_OVER' : 'ANSWERS';
}

export interface CommitmentAttainment {
  /** 0 to 100, unrounded; null when nothing was due. */
  readonly attainment: Decimal | null;
  /** What was counted, each with the part of it that counts as done, 0 to 1. */
  readonly counted: readonly { readonly id: string; readonly share: Decimal }[];
  /** What was not counted, and why: it is listed. */
  readonly leftOut: readonly { readonly id: string; readonly why: LeftOut }[];
}

/** An open item counts by what someone independent found. Found COMPLETE but not recorded as done it is worth no less than SUBSTANTIAL, and no more. */
const OPEN_SHARE: Readonly<Record<Completion, Decimal>> = {
  NO_EVIDENCE: new Decimal(0),
  NOT_STARTED: new Decimal(0),
  LIMITED: new Decimal('0.25'),
  SUBSTANTIAL: new Decimal('0.5'),
  COMPLETE: new Decimal('0.5'),
};
const NOTHING = new Decimal(0);

/** Whether an item counts: the date it is held to, or why it is left out. */
function held(
  { firstDue, ended, answerable = 'ANSWERS' }: PromiseItem,
  through: LocalDate,
): { readonly due: LocalDate } | LeftOut {
  if (ended === 'WITHDRAWN_OUTSIDE') return 'WITHDRAWN_OUTSIDE';
  if (firstDue === null) return 'NO_DATE';
  if (answerable !== 'ANSWERS') return answerable;
  return firstDue > through ? 'NOT_YET_DUE' : { due: firstDue };
}

function shareOf(item: PromiseItem, firstDue: LocalDate, through: LocalDate): Decimal {
  const { doneOn, verified, graceDays, ended, assessed } = item;
  if (ended !== null) return NOTHING;
  if (doneOn === null || doneOn > through || !verified) return assessed === null ? NOTHING : OPEN_SHARE[assessed];
  const late = daysBetween(firstDue, doneOn);
  if (late <= 0) return new Decimal(1);
  return late >= graceDays ? NOTHING : new Decimal(graceDays - late).dividedBy(graceDays);
}

/**
 * Attainment of commitments (domain formula F1, COMMITMENTS): 100 · Σ v·c ÷ Σ v over what was first due, v fixed at contract.
 * c = 1 when verified by its first date; late max(0, 1 − days/grace), 0 without grace; open: independently assessed LIMITED .25, SUBSTANTIAL .5, else 0;
 * missed, withdrawn and carried forward 0. Left out and listed: not yet due, withdrawn before due by two approvers outside the line, and what another
 * answers for.
 * A date that was moved later changes nothing: only the first one counts.
 * @param items those first due in the period judged
 * @param through the last day that is looked at: what was done later is open
 * @throws RangeError for a weight below zero or days of grace that are no whole number
 */
export function commitmentAttainment(items: readonly PromiseItem[], through: LocalDate): CommitmentAttainment {
  const counted: { id: string; share: Decimal }[] = [];
  const out: { id: string; why: LeftOut }[] = [];
  let [gained, possible] = [NOTHING, NOTHING];
  for (const item of items) {
    const weight = decimal(item.weight);
    if (weight.isNegative()) throw new RangeError('a weight is not negative');
    if (!Number.isSafeInteger(item.graceDays) || item.graceDays < 0)
      throw new RangeError('days of grace are a whole number, 0 or more');
    const to = held(item, through);
    if (typeof to === 'string') {
      out.push({ id: item.id, why: to });
      continue;
    }
    const share = shareOf(item, to.due, through);
    counted.push({ id: item.id, share });
    gained = gained.plus(weight.times(share));
    possible = possible.plus(weight);
  }
  return { attainment: possible.isZero() ? null : gained.times(100).dividedBy(possible), counted, leftOut: out };
}
