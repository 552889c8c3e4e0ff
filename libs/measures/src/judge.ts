import {
  CADENCE_DAYS,
  Decimal,
  writeDecimal,
  type DecimalString,
  type LocalDate,
  type Period,
} from '@plumbline/kernel';
import type { CellState, ReasonCode, Status } from '@plumbline/privacy';
import { halfWidth, type DecimalInterval } from '@plumbline/statistics';
import { ageOf, isStale, type Absence } from './age';
import { holdsTarget, intervalOf, restsOnSmallBase } from './margin';
import { countOf, isMismatch, isSampled, isShare, numeratorOf, valueOf, type Figure, type Measure } from './measure';
import { judgeResponse, responseRate, type ResponseGate } from './response';
import { capped, measureStatus, type Cap, type Target } from './status';

/** Everything a figure is judged by. Nothing is looked up and no clock is read. */
export interface MeasureQuestion {
  readonly measure: Measure;
  /** The period the figure is about. */
  readonly period: Period;
  /** The live observation, or null with the reason why there is none. */
  readonly figure: Figure | null;
  readonly absence?: Absence;
  /** Response rate of the unit as its release states it, a fraction of 1; null: taken from n and eligible where both are known. */
  readonly responseRate: Decimal | null;
  readonly gate: ResponseGate;
  readonly target: Target | null;
  readonly held: boolean;
  /** Set when disclosure has already hidden it; normally disclosure comes after. */
  readonly suppressed: boolean;
  readonly caps: readonly Cap[];
  /** The last day that began, as the report states it. */
  readonly asOf: LocalDate;
}

/** How a figure stands, in the form in which a cell carries it. Decimals are written half-up to six places. */
export interface Judgement {
  readonly state: CellState;
  readonly reasonCode: ReasonCode | null;
  readonly status: Status;
  /** Null when there is none, and for a mismatch: a rate that cannot be right is not printed. */
  readonly value: DecimalString | null;
  readonly n: number | null;
  readonly base: number | null;
  readonly eligible: number | null;
  readonly numerator: number | null;
  readonly margin: DecimalString | null;
  readonly interval: { readonly low: DecimalString; readonly high: DecimalString } | null;
  /** Days since the period's end, and after how many the next figure is due. */
  readonly ageDays: number;
  readonly dueEveryDays: number;
}

interface Weighed {
  readonly question: MeasureQuestion;
  readonly value: Decimal | null;
  readonly count: number | null;
  readonly interval: DecimalInterval | null;
}

type Test = (weighed: Weighed) => boolean;

const rateOf = ({ responseRate: stated, figure }: MeasureQuestion): Decimal | null =>
  stated ?? (figure?.n != null && figure.eligible != null ? responseRate(figure.n, figure.eligible) : null);

const fails = (question: MeasureQuestion): boolean =>
  question.measure.sourceType === 'SURVEY' && judgeResponse(rateOf(question), question.gate) === 'LOW_RESPONSE';

const lacksCount = ({ question: { measure, figure }, count }: Weighed): boolean =>
  figure !== null && count === null && (isSampled(measure) || isShare(measure.formula));

/** The states in the order of judgement: the first whose test holds is the state, OK when none does (domain formula F4). */
const STATES: readonly (readonly [CellState, Test])[] = [
  ['NOT_DUE', ({ question }) => question.figure === null && question.absence === 'NOT_DUE'],
  ['NOT_REPORTED', ({ question }) => question.figure === null && question.absence === 'NOT_REPORTED'],
  ['HELD', ({ question }) => question.held],
  ['SUPPRESSED', ({ question }) => question.suppressed],
  ['POPULATION_MISMATCH', ({ question: { measure, figure } }) => figure !== null && isMismatch(measure, figure)],
  ['NOT_EVALUABLE', ({ question, value }) => value !== null && fails(question)],
  ['NO_BASE', (weighed) => weighed.value !== null && lacksCount(weighed)],
  ['NO_DATA', ({ value }) => value === null],
  ['NO_TARGET', ({ question }) => question.target === null],
  ['STALE', ({ question: { period, measure, asOf } }) => isStale(period, measure.cadence, asOf)],
  ['NO_MARGIN', ({ interval }) => interval === null],
  [
    'SMALL_BASE',
    ({ question: { measure, figure, target } }) =>
      figure !== null && target !== null && restsOnSmallBase(measure, figure, target.anchors),
  ],
  [
    'INCONCLUSIVE',
    ({ question: { target }, interval }) =>
      target !== null && interval !== null && holdsTarget(interval, target.anchors),
  ],
];

/** Status goes with a state that can be told: OK, and NOT_REPORTED, which counts as off track. */
function statusOf({ question, value }: Weighed, state: CellState): ReturnType<typeof capped> {
  if (state === 'NOT_REPORTED') return { status: 'OFF_TRACK', cappedBy: null };
  const { target, measure, period, caps, asOf } = question;
  if (state !== 'OK' || value === null || target === null) return { status: null, cappedBy: null };
  const at = period.end < asOf ? period.end : asOf;
  return capped(measureStatus(value, target, measure.direction, at), caps);
}

/** Judges one figure: its state, reason, status, margin and interval. One call a cell. */
export function judgeMeasure(question: MeasureQuestion): Judgement {
  const { measure, figure, period, asOf } = question;
  const value = figure && valueOf(measure, figure);
  const weighed: Weighed = {
    question,
    value,
    count: figure && countOf(measure, figure),
    interval: figure && intervalOf(measure, figure),
  };
  const state = STATES.find(([, test]) => test(weighed))?.[0] ?? 'OK';
  const { status, cappedBy } = statusOf(weighed, state);
  const { interval } = weighed;
  const sampled = isSampled(measure);
  return {
    state,
    reasonCode: state === 'NOT_EVALUABLE' ? 'LOW_RESPONSE' : cappedBy,
    status,
    value: value === null || state === 'POPULATION_MISMATCH' ? null : writeDecimal(value),
    n: sampled ? weighed.count : (figure?.n ?? null),
    base: sampled ? (figure?.base ?? null) : weighed.count,
    eligible: figure?.eligible ?? null,
    numerator: figure && numeratorOf(figure),
    margin: sampled && interval ? writeDecimal(halfWidth(interval)) : null,
    interval: sampled && interval ? { low: writeDecimal(interval.low), high: writeDecimal(interval.high) } : null,
    ageDays: ageOf(period, asOf),
    dueEveryDays: CADENCE_DAYS[measure.cadence],
  };
}
