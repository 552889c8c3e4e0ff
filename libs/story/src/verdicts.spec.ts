import { type HypothesisUnderTest, type SeriesPoint, testHypotheses } from '@plumbline/statistics';
import { answeredIn, courses, type DrawnMeasure, quarters, shareOf } from './drawn';
import { units } from './hospital';
import { REVIEW_DATE } from './measures';

/** As reports see them: two units are hidden in every wave, and what is recorded is counts. */
const shown = units.filter(({ code }) => code !== 'PHARMACY' && code !== 'MEDPHYS');
const PULSE: readonly DrawnMeasure[] = ['BELONG', 'RECOMMEND', 'CHALLENGE'];
const series = (measure: DrawnMeasure): readonly SeriesPoint[] =>
  shown.flatMap(({ code, answered }) =>
    quarters.map((period, t) => {
      const den = PULSE.includes(measure) ? answeredIn(code, answered, t) : measure === 'CHECKLIST' ? 14 : 300;
      const { num } = shareOf(courses.get(code)![measure][t]!, den);
      const value = ((num * 100) / den).toFixed(6);
      return {
        ...{ unit: code, period, value, definitionVersion: 1, noBase: false },
        source: PULSE.includes(measure) ? `WAVE-${t}` : null,
      };
    }),
  );

const expected = [
  ['CHECKINS', 'BELONG', 2, 'LEADS'],
  ['AGREED', 'BELONG', 1, 'NO_EVIDENCE'],
  ['CHECKLIST', 'RECOMMEND', 1, 'MOVES_TOGETHER'],
  ['PROTECTED', 'RECOMMEND', 2, 'CONTRARY'],
  ['CHALLENGE', 'BELONG', 1, 'SHARED_SOURCE'],
] as const;

describe('the series of the story', () => {
  it.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'])(
    'give each verdict, whatever ids a deployment gives (%s)',
    (deployment) => {
      const hypotheses = expected.map(([leading, lagging, lagPeriods]): HypothesisUnderTest => ({
        id: `${deployment} ${leading} ${lagging}`,
        ...{ lagPeriods, expectedSign: 'POSITIVE', method: 'spearman' },
        ...{ registeredOn: '2025-02-11', reviewDate: REVIEW_DATE },
        leading: series(leading),
        lagging: series(lagging),
      }));
      const results = testHypotheses(hypotheses, '2026-11-20');
      expect(results.map(({ verdict }) => verdict)).toEqual(expected.map(([, , , verdict]) => verdict));
    },
  );
});
