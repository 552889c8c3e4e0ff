import { parsePeriod, type DecimalString, type LocalDate, type MonthDay } from '@plumbline/kernel';
import { changesOf, type SeriesPoint } from './changes';
import { CORRELATION_PLACES, P_PLACES, writeNumber, type CorrelationMethod } from './correlation';
import { holm } from './holm';
import { lagTest, levelCorrelation, type LagTest } from './lag-test';

/** What was registered, and the observations of both metrics. Plain data; the caller chooses the units, none of which contains another. */
export interface HypothesisUnderTest {
  /** Seeds the bootstrap: the same hypothesis and data give the same figures for ever. */
  readonly id: string;
  readonly lagPeriods: number;
  readonly expectedSign: 'POSITIVE' | 'NEGATIVE';
  readonly method: CorrelationMethod;
  readonly registeredOn: LocalDate;
  readonly reviewDate: LocalDate;
  /** Start of the organisation's fiscal year: on which day a fiscal period ends. `01-01` unless said. */
  readonly fiscalYearStart?: MonthDay;
  readonly leading: readonly SeriesPoint[];
  readonly lagging: readonly SeriesPoint[];
}

export const VERDICTS = ['TOO_SHORT', 'SHARED_SOURCE', 'LEADS', 'CONTRARY', 'MOVES_TOGETHER', 'NO_EVIDENCE'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What must stand beside a verdict: `ONE_SERIES` (a single unit), `RETROSPECTIVE` (registered after its last observation), `CANNOT_TELL` (only a
 * correlation above .3 could have been seen), `INTERIM` (before the review date), `NO_BASE_USED`, `NO_VARIATION` (one side never changed).
 */
export type HypothesisLabel =
  'ONE_SERIES' | 'RETROSPECTIVE' | 'CANNOT_TELL' | 'INTERIM' | 'NO_BASE_USED' | 'NO_VARIATION';

/** A correlation at one lag as written: 3 decimals, p 4. Null is unknown: too few pairs, no variation, or untested. */
export interface LagResult {
  readonly lag: number;
  readonly r: DecimalString | null;
  readonly interval: { readonly low: DecimalString; readonly high: DecimalString } | null;
  readonly p: DecimalString | null;
  /** Pairs of changes. */
  readonly n: number;
  /** Units with at least one pair. */
  readonly units: number;
  readonly smallestVisible: DecimalString | null;
  /** r is printed but was not tested: both sides come from one source, or too few pairs. */
  readonly untested: boolean;
}

/** A correlation of levels, printed and never deciding. */
export interface LevelResult {
  readonly lag: number;
  readonly r: DecimalString | null;
  readonly n: number;
}

export interface HypothesisResult {
  readonly id: string;
  /** Null before the review date. */
  readonly verdict: Verdict | null;
  readonly labels: readonly HypothesisLabel[];
  /** At the registered lag. */
  readonly registered: LagResult;
  /** Holm's p over all reviewed hypotheses tested; null when not among them. */
  readonly adjustedP: DecimalString | null;
  readonly lagZero: LagResult;
  readonly levels: readonly LevelResult[];
  /** Other lags: exploratory, no verdict rests on them. */
  readonly exploratory: readonly LagResult[];
}

const SIGNIFICANCE = 0.05;
/** Above this, a test that saw nothing says little: a correlation that matters could have escaped it. */
const TELLING_R = 0.3;
const EXPLORED_LAGS = [1, 2, 3, 4];

const written = (test: LagTest): LagResult => ({
  lag: test.lag,
  r: test.r === null ? null : writeNumber(test.r, CORRELATION_PLACES),
  interval: test.interval && {
    low: writeNumber(test.interval[0], CORRELATION_PLACES),
    high: writeNumber(test.interval[1], CORRELATION_PLACES),
  },
  p: test.p === null ? null : writeNumber(test.p, P_PLACES),
  n: test.n,
  units: test.units,
  smallestVisible: test.smallestVisible === null ? null : writeNumber(test.smallestVisible, CORRELATION_PLACES),
  untested: test.untested,
});

const level = (h: HypothesisUnderTest, lag: number): LevelResult => {
  const { r, n } = levelCorrelation(h.method, h.leading, h.lagging, lag);
  return { lag, r: r === null ? null : writeNumber(r, CORRELATION_PLACES), n };
};

/** Whether some value of either metric was measured together with the other's value of that unit and period. */
export function sharesSource(leading: readonly SeriesPoint[], lagging: readonly SeriesPoint[]): boolean {
  const key = (point: SeriesPoint): string => JSON.stringify([point.unit, point.period, point.source]);
  const sources = new Set(leading.filter((point) => point.source !== null).map(key));
  return lagging.some((point) => sources.has(key(point)));
}

interface Measured {
  readonly hypothesis: HypothesisUnderTest;
  readonly registered: LagTest;
  readonly zero: LagTest;
  readonly others: readonly LagTest[];
  readonly shared: boolean;
  readonly due: boolean;
}

function measure(hypothesis: HypothesisUnderTest, asOf: LocalDate): Measured {
  const { id, method, lagPeriods, leading, lagging } = hypothesis;
  if (!Number.isSafeInteger(lagPeriods) || lagPeriods < 0)
    throw new RangeError('a lag is a whole number of periods, 0 or more');
  const shared = sharesSource(leading, lagging);
  const [x, y] = [changesOf(leading), changesOf(lagging)];
  const at = (lag: number, exploratory = false): LagTest => lagTest({ id, method, x, y, lag, shared, exploratory });
  const registered = at(lagPeriods);
  return {
    hypothesis,
    registered,
    zero: lagPeriods === 0 ? registered : at(0),
    others: EXPLORED_LAGS.filter((lag) => lag !== lagPeriods).map((lag) => at(lag, true)),
    shared,
    due: hypothesis.reviewDate <= asOf,
  };
}

function verdictOf({ hypothesis, registered, zero, shared }: Measured, adjustedP: number | null): Verdict {
  if (!registered.enough) return 'TOO_SHORT';
  if (shared && hypothesis.lagPeriods < 2) return 'SHARED_SOURCE';
  if (registered.r !== null && adjustedP !== null && adjustedP < SIGNIFICANCE)
    return registered.r > 0 === (hypothesis.expectedSign === 'POSITIVE') ? 'LEADS' : 'CONTRARY';
  return zero.p !== null && zero.p < SIGNIFICANCE ? 'MOVES_TOGETHER' : 'NO_EVIDENCE';
}

const isRetrospective = ({ registeredOn, fiscalYearStart, leading, lagging }: HypothesisUnderTest): boolean => {
  const periods = [...new Set([...leading, ...lagging].map((point) => point.period))];
  return periods.length > 0 && periods.every((period) => parsePeriod(period, fiscalYearStart).end < registeredOn);
};

function labelsOf(measured: Measured, verdict: Verdict | null): readonly HypothesisLabel[] {
  const { hypothesis, registered, due } = measured;
  const sawNothing = verdict === 'NO_EVIDENCE' || verdict === 'MOVES_TOGETHER';
  const stands: Record<HypothesisLabel, boolean> = {
    ONE_SERIES: registered.units === 1,
    RETROSPECTIVE: isRetrospective(hypothesis),
    CANNOT_TELL: sawNothing && (registered.smallestVisible === null || registered.smallestVisible > TELLING_R),
    INTERIM: !due,
    NO_BASE_USED: [...hypothesis.leading, ...hypothesis.lagging].some((point) => point.noBase),
    NO_VARIATION: registered.n > 1 && registered.r === null,
  };
  return (Object.keys(stands) as HypothesisLabel[]).filter((label) => stands[label]);
}

/**
 * Tests whether leading metrics go before lagging ones, all hypotheses of an organisation together, because p-values are adjusted (Holm) over the
 * registered-lag tests of those whose review date has come. Tests are on changes, never on levels.
 *
 * First match: TOO_SHORT (below 10 pairs for one series, below 10 units or 20 pairs for several, 2 to 9 units) · SHARED_SOURCE (measured together, lag
 * below 2) · LEADS / CONTRARY (adjusted p < .05 at the registered lag, expected / opposite sign) · MOVES_TOGETHER (p < .05, unadjusted, at lag 0) ·
 * NO_EVIDENCE. The binary floats inside are rounded half-up on the way out.
 * @param asOf the day the report speaks of; before a hypothesis' review date its figures are interim and it has no verdict
 */
export function testHypotheses(
  hypotheses: readonly HypothesisUnderTest[],
  asOf: LocalDate,
): readonly HypothesisResult[] {
  const all = hypotheses.map((hypothesis) => measure(hypothesis, asOf));
  const family = all.filter(({ due, registered }) => due && registered.p !== null);
  const adjusted = holm(family.map(({ registered }) => registered.p ?? 1));
  return all.map((measured) => {
    const place = family.indexOf(measured);
    const adjustedP = place < 0 ? null : (adjusted[place] ?? null);
    const verdict = measured.due ? verdictOf(measured, adjustedP) : null;
    const { hypothesis, registered, zero, others } = measured;
    return {
      id: hypothesis.id,
      verdict,
      labels: labelsOf(measured, verdict),
      registered: written(registered),
      adjustedP: adjustedP === null ? null : writeNumber(adjustedP, P_PLACES),
      lagZero: written(zero),
      levels: [...new Set([0, hypothesis.lagPeriods])].map((lag) => level(hypothesis, lag)),
      exploratory: others.map(written),
    };
  });
}

/** One hypothesis that stands alone: `testHypotheses` of it. Where there are others, test them together. */
export function testHypothesis(hypothesis: HypothesisUnderTest, asOf: LocalDate): HypothesisResult {
  const [result] = testHypotheses([hypothesis], asOf);
  if (!result) throw new Error('unreachable: one hypothesis gives one result');
  return result;
}
