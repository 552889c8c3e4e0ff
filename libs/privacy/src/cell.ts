import type { DecimalString } from '@plumbline/kernel';

/**
 * How a figure stands. Every way of being absent has a name; none of them is zero and none is green. The order is that of judgement: the first that
 * applies wins (`OK` when none does).
 */
export const CELL_STATES = [
  'OK',
  'SUPPRESSED',
  'NOT_EVALUABLE',
  'INCONCLUSIVE',
  'STALE',
  'NO_TARGET',
  'NO_BASE',
  'NO_DATA',
  'NOT_DUE',
  'NOT_REPORTED',
  'POPULATION_MISMATCH',
  'NO_MARGIN',
  'SMALL_BASE',
  'HELD',
  'WITHHELD',
  'ERASED',
] as const;
export type CellState = (typeof CELL_STATES)[number];

/** Why a cell is NOT_EVALUABLE, or what lowered it: the words of the scorecard's table that are no cell state of their own. */
export const REASON_CODES = [
  'LOW_RESPONSE',
  'WAVE_VOIDED',
  'TENURE_TOO_SHORT',
  'LEGAL_REVIEW_EXPIRED',
  'METRIC_RETIRED',
  'DEFINITION_BREAK',
  'SOURCE_LATE',
  'UNVERIFIED',
  'DISPUTED',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Green, amber, red; null where nothing can be said. */
export type Status = 'ON_TRACK' | 'AT_RISK' | 'OFF_TRACK' | null;

/** What an event did for a figure. */
export type CitedAs =
  | 'observation'
  | 'verification'
  | 'release'
  | 'target'
  | 'policy'
  | 'definition'
  | 'hypothesis'
  | 'structure'
  | 'calendar'
  | 'scorecard'
  | 'source';

/** One event that a figure came from, by id. */
export interface Citation {
  readonly event: string;
  readonly as: CitedAs;
}

export interface Interval {
  readonly low: DecimalString;
  readonly high: DecimalString;
}

/** One figure before disclosure. Decimals are strings as written in events; counts are integers. Never leaves the core as it is. */
export interface Cell {
  /** `<row id>/<column id>[/<period>]` */
  readonly key: string;
  /** What it is, in words: metric, column, period. */
  readonly label: string;
  readonly value: DecimalString | null;
  readonly state: CellState;
  readonly reasonCode: ReasonCode | null;
  readonly status: Status;
  /** Answers, or records, that the value rests on. Null: the source gives no count. */
  readonly n: number | null;
  /** The people or cases that a share is a share of. */
  readonly base: number | null;
  /** How many were asked. */
  readonly eligible: number | null;
  /** Of `base`, how many count: answers that were favourable, people who left. */
  readonly numerator: number | null;
  /** Half the width of `interval`, written as the value is. */
  readonly margin: DecimalString | null;
  readonly interval: Interval | null;
  /** What it is held against, in the same unit: a number, or `60 to 80` for a range. */
  readonly target: string | null;
  /** Unit of measure: `%`, `days`, `index`. */
  readonly unit: string;
  /** The period the value is about, or null. */
  readonly period: string | null;
  /** A word that stands in the place of a value (a verdict), or null. */
  readonly word: string | null;
  /** What must be said beside it, in sentences. */
  readonly remarks: readonly string[];
  readonly cites: readonly Citation[];
}

/** The one sentence of every hidden cell, whatever the rule: a second sentence would tell which rule it was. */
export const HIDDEN_SENTENCE = 'Hidden to protect small groups.';

/** What a withheld cell says where nothing more can be said: the same whatever is in it, so that it tells nothing of that. */
export const WITHHELD_SENTENCE = 'Not open to the role in which you ask.';
