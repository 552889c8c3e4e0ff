import type { Cell } from '@plumbline/privacy';
import type { HypothesisLabel, LagResult } from '@plumbline/statistics';
import type { Verdict } from './verdicts';

const LABELS: Readonly<Record<HypothesisLabel, string>> = {
  ONE_SERIES: 'One series.',
  RETROSPECTIVE: 'RETROSPECTIVE: registered after its last observation.',
  CANNOT_TELL: 'Cannot tell: a correlation that matters could have escaped this test.',
  INTERIM: 'Interim: no verdict before the review date.',
  NO_BASE_USED: 'Rests on figures whose source gives no count.',
  NO_VARIATION: 'One side never changed.',
};

const UNTESTED = 'Untested.';

/** Whether a key is of a figure that a test gives anew whenever there are more figures to test: nothing of it is ever corrected. */
export const isOfATest = (key: string): boolean =>
  /\/(verdict|r|adjusted-p|units|smallest-visible-r|r-lag-0|(level|exploratory)-r-lag-\d+)$/.test(key);

/** What the test of one hypothesis says, a cell each, beside what was registered. */
export function verdictCells({ hypothesis, result, cites }: Verdict): readonly Cell[] {
  const { code, lagPeriods, expectedSign, method, reviewDate } = hypothesis;
  const cell = (column: string, label: string, given: Partial<Cell>): Cell => ({
    key: `${code}/${column}`,
    label: `${label} · ${code}`,
    value: null,
    state: 'OK',
    reasonCode: null,
    status: null,
    n: null,
    base: null,
    eligible: null,
    numerator: null,
    margin: null,
    interval: null,
    target: null,
    unit: '',
    period: null,
    word: null,
    remarks: [],
    cites,
    ...given,
  });
  const figure = (column: string, label: string, value: string | null, given: Partial<Cell> = {}): Cell =>
    cell(column, label, { value, unit: 'r', state: value === null ? 'NO_DATA' : 'OK', ...given });
  const change = (column: string, label: string, test: LagResult, isTested: boolean): Cell =>
    figure(column, `${label}${isTested ? '' : ', untested'}`, test.r, {
      n: test.n,
      interval: test.interval,
      remarks: isTested ? [] : [UNTESTED],
    });
  const { registered, lagZero, levels, exploratory, verdict, labels } = result;
  const zero = lagPeriods === 0 ? [] : [change('r-lag-0', 'r at lag 0', lagZero, !lagZero.untested)];
  return [
    cell('verdict', 'Verdict', {
      word: verdict,
      state: verdict === null ? 'NOT_DUE' : 'OK',
      remarks: [...(verdict === null ? [`Review on ${reviewDate}.`] : []), ...labels.map((label) => LABELS[label])],
    }),
    cell('lag', 'Registered lag, periods', { word: String(lagPeriods) }),
    cell('sign', 'Expected sign', { word: expectedSign === 'POSITIVE' ? '+' : '−' }),
    cell('method', 'Method', { word: method }),
    change('r', 'r of changes at the registered lag', registered, !registered.untested),
    ...(result.adjustedP === null
      ? []
      : [figure('adjusted-p', 'p, adjusted over all reviewed hypotheses', result.adjustedP)]),
    cell('units', 'Units', { value: String(registered.units), unit: 'count' }),
    figure('smallest-visible-r', 'Smallest |r| that could have been seen', registered.smallestVisible),
    ...zero,
    ...levels.map(({ lag, r, n }) =>
      figure(`level-r-lag-${lag}`, `r of levels at lag ${lag}, never decides`, r, { n }),
    ),
    ...exploratory
      .filter(({ lag }) => lag !== 0)
      .map(({ lag, r, n }) => figure(`exploratory-r-lag-${lag}`, `r at lag ${lag}, exploratory`, r, { n })),
  ];
}
