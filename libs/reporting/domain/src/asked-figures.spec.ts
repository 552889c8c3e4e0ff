import { figureKnown, reportedVerdict, seriesOpenness } from './asked-figures';
import { cellOf, History } from './history.testing';

const YEARS = Array.from({ length: 14 }, (_, i) => String(2012 + i));

/** Two metrics of separate surveys, one figure a year; the lagging one follows the leading one's change a year later. */
function course(): History {
  const history = new History().configured().day('2026-01-01').unit('ORG').unit('A', 'ORG').metric('L').metric('Y');
  const level = [50, 53, 52, 57, 55, 60, 58, 61, 66, 63, 67, 65, 70, 72];
  YEARS.forEach((year, i) => {
    history.release(`L-${year}`).release(`Y-${year}`);
    const of = (percent: number) => ({ num: String(percent * 2), den: '200', n: 200, eligible: 220 });
    history.observe('L', 'ORG', year, `L-${year}`, of(level[i] ?? 0));
    history.observe('Y', 'ORG', year, `Y-${year}`, of(level[i - 1] ?? 48));
  });
  return history.hypothesis('H', 'L', 'Y', { reviewDate: '2026-06-30' });
}
const verdict = (history: History, hypothesis = 'hypothesis:H') =>
  reportedVerdict(history.rows(), history.question(), hypothesis);

describe('a verdict that a decision asks for', () => {
  it('is what R2 says of it, as of the event it was read at', () => {
    const history = course().day('2026-07-01');
    const cell = cellOf(history.report(), 'H/verdict');
    expect(cell.word).toBe('LEADS');
    expect(verdict(history)).toEqual({
      verdict: 'LEADS',
      cannotTell: cell.remarks.some((remark) => remark.startsWith('Cannot tell')),
      asOf: `e-${history.position}`,
      report: 'R2@2',
    });
  });
  it('is none before the review date', () => {
    expect(verdict(course().day('2026-06-29'))).toMatchObject({ verdict: null });
    expect(verdict(course().day('2026-06-30'))).toMatchObject({ verdict: 'LEADS' });
  });
  it('says when the test could not have told', () => {
    const history = course();
    for (const year of YEARS)
      history.correct('Y', 'ORG', year, `Y-${year}`, {
        num: String(100 + 10 * ((Number(year) * 7) % 5)),
        den: '200',
        n: 200,
        eligible: 220,
      });
    history.day('2026-07-01');
    const cell = cellOf(history.report(), 'H/verdict');
    expect(cell.remarks.some((remark) => remark.startsWith('Cannot tell'))).toBe(true);
    expect(verdict(history)).toMatchObject({ verdict: cell.word, cannotTell: true });
  });
  it('is none for a hypothesis that nobody registered, and before anything was configured', () => {
    expect(verdict(course(), 'hypothesis:X')).toBeNull();
    expect(verdict(new History().unit('ORG'))).toBeNull();
  });
});

describe('a series that a back-test asks about', () => {
  const hidden = (history: History, metric: string, unit: string): boolean =>
    seriesOpenness(history.rows(), history.question(), `metric:${metric}`, `unit:${unit}`).hidden;

  it('is open where every figure of it is shown', () => {
    expect(hidden(course(), 'L', 'ORG')).toBe(false);
    expect(hidden(course(), 'L', 'A')).toBe(false);
  });
  it('is hidden where a single figure is', () => {
    const history = course().release('S');
    history.observe('L', 'A', '2020', 'S', { num: '3', den: '4', n: 4, eligible: 200 });
    expect(hidden(history, 'L', 'A')).toBe(true);
    expect(hidden(history, 'Y', 'A')).toBe(false);
  });
  it('is hidden as long as nothing was configured', () => {
    expect(hidden(new History().unit('ORG'), 'L', 'ORG')).toBe(true);
  });
  it('is hidden where nobody knows the definition of a figure', () => {
    const history = course().release('S');
    history.observe('UNKNOWN', 'A', '2020', 'S', { num: '30', den: '40', n: 40, eligible: 200 });
    expect(hidden(history, 'UNKNOWN', 'A')).toBe(true);
  });
});

describe('a figure that is known', () => {
  const known = (history: History, unit: string, period = '2020', metric = 'L'): boolean =>
    figureKnown(history.rows(), history.question(), {
      ...{ metricId: `metric:${metric}`, unitId: `unit:${unit}`, period },
    }).known;

  it('is one of the unit’s own, or one that its parts add up to', () => {
    const history = new History().configured().day('2026-01-01').unit('ORG').unit('A', 'ORG').unit('B', 'ORG');
    history.metric('L').release('S').observe('L', 'A', '2020', 'S', { num: '30', den: '40', n: 40, eligible: 60 });
    expect(known(history, 'A')).toBe(true);
    expect(known(history, 'ORG')).toBe(true);
    expect(known(history, 'B')).toBe(false);
    expect(known(history, 'A', '2021')).toBe(false);
    expect(known(history, 'A', '2020', 'Y')).toBe(false);
  });
  it('is none before anything was configured', () => {
    expect(known(new History().unit('ORG'), 'ORG')).toBe(false);
  });
});
