import { type CellState, HIDDEN_SENTENCE, type ReasonCode } from '@plumbline/privacy';
import type { ReportCell } from './report';

/** How a state reads on paper: a mark that survives black and white, a word, and what it means. */
export interface StateWord {
  readonly mark: string;
  readonly word: string;
  readonly says: string;
}

const of = (mark: string, word: string, says: string): StateWord => ({ mark, word, says });

export const STATE_WORDS: Readonly<Record<Exclude<CellState, 'OK'>, StateWord>> = {
  SUPPRESSED: of('hidden', 'Hidden', HIDDEN_SENTENCE),
  NOT_EVALUABLE: of('not-evaluable', 'Not evaluable', 'A rule keeps it from being judged.'),
  INCONCLUSIVE: of('inconclusive', 'Inconclusive', 'The target lies inside the margin: neither met nor missed.'),
  STALE: of('stale', 'Stale', 'Older than one and a half times its rhythm.'),
  NO_TARGET: of('no-target', 'No target', 'Nothing to hold it against.'),
  NO_BASE: of('no-base', 'Base unknown', 'The source gives no count. Shown, never evaluated.'),
  NO_DATA: of('no-data', 'No data', 'Nothing is recorded.'),
  NOT_DUE: of('not-due', 'Not due', 'Its date has not come.'),
  NOT_REPORTED: of('not-reported', 'Not reported', 'It was due, and nobody reported.'),
  POPULATION_MISMATCH: of('mismatch', 'Counts disagree', 'More answers than people asked: there is no rate.'),
  NO_MARGIN: of('no-margin', 'No margin', 'No spread was recorded.'),
  SMALL_BASE: of('no-margin', 'Small base', 'Too few expected events to judge.'),
  HELD: of('hidden', 'On hold', 'Under quality review.'),
  WITHHELD: of('withheld', 'Withheld', 'You may know that it is there, not what it says.'),
  ERASED: of('stale', 'Erased', 'Its text was erased; the proofs hold.'),
};

export const STATUS_WORDS: Readonly<Record<Exclude<ReportCell['status'], null>, StateWord>> = {
  ON_TRACK: of('on', 'On track', 'At or past what was aimed at, or nine tenths of the way that was planned.'),
  AT_RISK: of(
    'risk',
    'At risk',
    'Between threshold and target, seven tenths of the way, or held down for the reason named.',
  ),
  OFF_TRACK: of('off', 'Off track', 'Short of the threshold, or of seven tenths of the way that was planned.'),
};

export const REASON_WORDS: Readonly<Record<ReasonCode, string>> = {
  LOW_RESPONSE: 'too few answers',
  WAVE_VOIDED: 'survey voided',
  TENURE_TOO_SHORT: 'in post too short',
  LEGAL_REVIEW_EXPIRED: 'legal review expired',
  METRIC_RETIRED: 'metric retired',
  DEFINITION_BREAK: 'definition changed',
  SOURCE_LATE: 'source late',
  UNVERIFIED: 'unverified',
  DISPUTED: 'disputed',
};

/** Verdicts on a hypothesis, drawn as the link between two measures. */
export const VERDICT_WORDS: Readonly<Record<string, StateWord>> = {
  LEADS: of('link-leads', 'Leads', 'One went before the other, as registered.'),
  MOVES_TOGETHER: of('link-together', 'Moves together', 'Both change at once; neither goes before.'),
  NO_EVIDENCE: of('link-none', 'No evidence', 'The interval includes zero.'),
  CONTRARY: of('link-contrary', 'Contrary', 'One went before the other, against what was registered.'),
  TOO_SHORT: of('link-short', 'Too short', 'There are too few changes to tell.'),
  SHARED_SOURCE: of('link-short', 'Shared source', 'Both come from the same survey: not tested.'),
};

/** Words of cells that have a mark. A word that is not among them is printed as it is. */
export const MARKED_WORDS: Readonly<Record<string, StateWord>> = {
  ...VERDICT_WORDS,
  ...Object.fromEntries(Object.entries(STATUS_WORDS)),
  KEPT: of('kept', 'Kept', 'Done by its first date.'),
  KEPT_LATE: of('late', 'Kept late', 'Done after its first date.'),
  LATE: of('late', 'Late', 'After its date.'),
  MISSED: of('missed', 'Missed', 'Not done when its period closed.'),
  OVERDUE: of('overdue', 'Past its date', 'Past its first date, and open.'),
  WITHDRAWN: of('withdrawn', 'Withdrawn', 'Taken back.'),
  CARRIED_FORWARD: of('moved', 'Carried forward', 'Goes on as another promise; its first date counts.'),
  MOVED: of('moved', 'Moved', 'The date or target was moved; the first one counts.'),
  REFUSED: of('refused', 'Refused', 'Refused, and on record.'),
  NEEDS_REVIEW: of('review', 'Needs review', 'Legal review is missing.'),
  EXPIRES: of('review', 'Expires', 'Its legal review ends before the period does.'),
};
