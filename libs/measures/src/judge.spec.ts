import { decimal, parsePeriod } from '@plumbline/kernel';
import { judgeMeasure, type MeasureQuestion } from './judge';
import { intervalOf } from './margin';
import type { Figure, Measure } from './measure';
import { DEFAULT_GATE } from './response';

const nothing: Figure = { value: null, num: null, den: null, n: null, base: null, eligible: null, s: null };
const climate: Measure = {
  unit: 'PERCENT',
  formula: 'favourable-share',
  sourceType: 'SURVEY',
  direction: 'HIGHER',
  cadence: 'QUARTERLY',
};
const records: Measure = { ...climate, formula: 'record-share', sourceType: 'RECORDS' };
const linear = (threshold: string, target: string, stretch: string) =>
  ({ curve: 'LINEAR', threshold, target, stretch }) as const;
const asked: MeasureQuestion = {
  measure: climate,
  period: parsePeriod('2026-Q3'),
  figure: { ...nothing, num: '230', den: '300', eligible: 420 },
  responseRate: null,
  gate: DEFAULT_GATE,
  target: { anchors: linear('60', '65', '70'), baseline: '58', period: parsePeriod('2026-Q3') },
  held: false,
  suppressed: false,
  caps: [],
  asOf: '2026-11-23',
};
const state = (more: Partial<MeasureQuestion>) => judgeMeasure({ ...asked, ...more }).state;
const figure = (more: Partial<Figure>): Figure => ({ ...nothing, ...more });

describe('a figure in good order', () => {
  it('is OK, with status, margin and interval', () => {
    expect(judgeMeasure(asked)).toEqual({
      state: 'OK',
      reasonCode: null,
      status: 'ON_TRACK',
      value: '76.666667',
      n: 300,
      base: null,
      eligible: 420,
      numerator: 230,
      margin: '2.558533',
      interval: { low: '74.010694', high: '79.12776' },
      ageDays: 54,
      dueEveryDays: 91,
    });
  });
  it('is held down to amber by a dispute, and says so', () => {
    expect(judgeMeasure({ ...asked, caps: ['DISPUTED'] })).toMatchObject({
      state: 'OK',
      status: 'AT_RISK',
      reasonCode: 'DISPUTED',
    });
  });
  it('is judged against the path while the target’s period runs', () => {
    const year = { ...asked.target!, period: parsePeriod('2026'), baseline: '77' };
    expect(judgeMeasure({ ...asked, target: { ...year, anchors: linear('80', '90', '95') } }).status).toBe('OFF_TRACK');
  });
  it('speaks of the as-of day when its own period still runs', () => {
    const running = { ...asked, period: parsePeriod('2026'), measure: { ...climate, cadence: 'YEARLY' } as const };
    const target = { anchors: linear('70', '90', '95'), baseline: '60', period: parsePeriod('2026') };
    expect(judgeMeasure({ ...running, target, asOf: '2026-06-30' })).toMatchObject({ state: 'OK', status: 'ON_TRACK' });
    expect(judgeMeasure({ ...running, target, asOf: '2026-12-31' })).toMatchObject({ state: 'OK', status: 'AT_RISK' });
  });
  it('speaks of the end of its own period when that is over, however long ago', () => {
    const year = { anchors: linear('70', '90', '95'), baseline: '60', period: parsePeriod('2026') };
    const first = { ...asked, period: parsePeriod('2026-Q1'), target: year, asOf: '2026-06-29' };
    expect(judgeMeasure({ ...first, figure: figure({ num: '270', den: '400', eligible: 500 }) })).toMatchObject({
      state: 'OK',
      status: 'ON_TRACK',
    });
  });
  it('shows answers and base as they were given, of a sample its answers, of records the cases', () => {
    const given = figure({ num: '30', den: '40', n: 38, base: 44, eligible: 50 });
    expect(judgeMeasure({ ...asked, figure: given })).toMatchObject({ n: 38, base: 44, eligible: 50 });
    expect(judgeMeasure({ ...asked, measure: records, figure: given })).toMatchObject({ n: 38, base: 40 });
  });
});

describe('a figure that cannot be judged', () => {
  it('is NOT_DUE, NOT_REPORTED or NO_DATA when there is none', () => {
    expect(judgeMeasure({ ...asked, figure: null, absence: 'NOT_DUE' })).toMatchObject({
      state: 'NOT_DUE',
      status: null,
      value: null,
    });
    expect(judgeMeasure({ ...asked, figure: null, absence: 'NOT_REPORTED' })).toMatchObject({
      state: 'NOT_REPORTED',
      status: 'OFF_TRACK',
    });
    expect(judgeMeasure({ ...asked, figure: null, absence: 'NO_DATA' })).toMatchObject({
      state: 'NO_DATA',
      status: null,
    });
    expect(state({ figure: null })).toBe('NO_DATA');
  });
  it('is NO_DATA when nobody gave a valid answer', () => {
    expect(state({ figure: figure({ num: '0', den: '0' }) })).toBe('NO_DATA');
    expect(state({ figure: figure({ value: '0', n: 0 }) })).toBe('NO_DATA');
    expect(state({ figure: nothing })).toBe('NO_DATA');
  });
  it('is POPULATION_MISMATCH with more answers than people asked, and prints no rate', () => {
    expect(judgeMeasure({ ...asked, figure: figure({ value: '70', n: 11, eligible: 10 }) })).toMatchObject({
      state: 'POPULATION_MISMATCH',
      value: null,
      margin: null,
      interval: null,
      n: 11,
      eligible: 10,
    });
    const rate = { ...climate, formula: 'response-rate' } as const;
    expect(judgeMeasure({ ...asked, measure: rate, figure: figure({ value: '102' }) })).toMatchObject({
      state: 'POPULATION_MISMATCH',
      value: null,
    });
    expect(state({ measure: rate, figure: figure({ num: '1020', den: '1000' }) })).toBe('POPULATION_MISMATCH');
    expect(state({ measure: { ...rate, unit: 'PROPORTION' }, figure: figure({ value: '1.02' }) })).toBe(
      'POPULATION_MISMATCH',
    );
  });
  it('is a figure like any other when it is written as minus zero', () => {
    expect(state({ measure: { ...climate, formula: 'item-index' }, figure: figure({ value: '-0', n: 40 }) })).toBe(
      'OK',
    );
  });
  it('is not made a mismatch by the rate of its release, only its own', () => {
    expect(state({ responseRate: decimal('1.02'), figure: figure({ value: '70' }) })).toBe('NO_BASE');
  });
  it('is NOT_EVALUABLE for a low response, with its value shown', () => {
    expect(judgeMeasure({ ...asked, responseRate: decimal('0.45') })).toMatchObject({
      state: 'NOT_EVALUABLE',
      reasonCode: 'LOW_RESPONSE',
      status: null,
      value: '76.666667',
    });
    expect(state({ figure: figure({ num: '30', den: '40', n: 40, eligible: 100 }) })).toBe('NOT_EVALUABLE');
    expect(state({ figure: figure({ value: '70' }), responseRate: decimal('0.23') })).toBe('NOT_EVALUABLE');
    expect(state({ measure: records, responseRate: decimal('0.1') })).not.toBe('NOT_EVALUABLE');
  });
  it('is NO_BASE when the source gives no count, with its value shown', () => {
    expect(judgeMeasure({ ...asked, figure: figure({ value: '58' }) })).toMatchObject({
      state: 'NO_BASE',
      value: '58',
      status: null,
      margin: null,
    });
    expect(state({ measure: records, figure: figure({ value: '9.9' }) })).toBe('NO_BASE');
    expect(
      state({ measure: { ...records, unit: 'DAYS', formula: 'mean' }, figure: figure({ value: '9.9' }) }),
    ).not.toBe('NO_BASE');
  });
  it('is NO_TARGET with nothing to hold it against', () => {
    expect(judgeMeasure({ ...asked, target: null })).toMatchObject({
      state: 'NO_TARGET',
      status: null,
      value: '76.666667',
      margin: '2.558533',
    });
  });
  it('is STALE when older than one and a half times its cadence', () => {
    expect(judgeMeasure({ ...asked, asOf: '2027-02-14' })).toMatchObject({
      state: 'STALE',
      ageDays: 137,
      dueEveryDays: 91,
      status: null,
    });
    expect(state({ asOf: '2027-02-13' })).toBe('OK');
  });
  it('is NO_MARGIN when no spread was recorded', () => {
    const score: Measure = { ...climate, unit: 'INDEX', formula: 'mean-score' };
    expect(state({ measure: score, figure: figure({ value: '71.25', n: 40 }) })).toBe('NO_MARGIN');
    expect(judgeMeasure({ ...asked, measure: score, figure: figure({ value: '75', n: 100, s: '20' }) })).toMatchObject({
      state: 'OK',
      margin: '3.92',
      interval: { low: '71.08', high: '78.92' },
    });
  });
  it('is SMALL_BASE when fewer than five events are expected', () => {
    const leavers: Measure = { ...records, direction: 'LOWER' };
    const target = { anchors: linear('11', '9', '7'), baseline: '12', period: parsePeriod('2026-Q3') };
    expect(state({ measure: leavers, target, figure: figure({ num: '4', den: '55' }) })).toBe('SMALL_BASE');
    expect(judgeMeasure({ ...asked, measure: leavers, target, figure: figure({ num: '4', den: '56' }) })).toMatchObject(
      {
        state: 'OK',
        status: 'ON_TRACK',
        base: 56,
        numerator: 4,
        margin: null,
        interval: null,
      },
    );
    const concerns: Measure = { ...leavers, unit: 'COUNT', formula: 'count' };
    expect(
      state({
        measure: concerns,
        target: { ...target, anchors: linear('6', '4', '2') },
        figure: figure({ value: '0' }),
      }),
    ).toBe('SMALL_BASE');
    expect(state({ measure: concerns, target, figure: figure({ value: '0', n: 0 }) })).toBe('OK');
  });
  it('is INCONCLUSIVE when the target lies inside the interval', () => {
    const oncology = figure({ num: '26', den: '40', n: 40, eligible: 63 });
    expect(judgeMeasure({ ...asked, figure: oncology })).toMatchObject({
      state: 'INCONCLUSIVE',
      status: null,
      value: '65',
      interval: { low: '55.622197', high: '73.345741' },
    });
  });
  it('is not inconclusive when everybody answered: the interval is the value', () => {
    expect(judgeMeasure({ ...asked, figure: figure({ num: '26', den: '40', n: 40, eligible: 40 }) })).toMatchObject({
      state: 'OK',
      status: 'ON_TRACK',
      margin: '0',
      interval: { low: '65', high: '65' },
    });
  });
});

describe('the first state that applies wins', () => {
  const worst: MeasureQuestion = {
    ...asked,
    figure: figure({ value: '170', n: 11, eligible: 10 }),
    responseRate: decimal('0.1'),
    target: null,
    held: true,
    suppressed: true,
    asOf: '2030-01-01',
  };
  it.each([
    ['NOT_DUE', { figure: null, absence: 'NOT_DUE' }],
    ['NOT_REPORTED', { figure: null, absence: 'NOT_REPORTED' }],
    ['HELD', {}],
    ['SUPPRESSED', { held: false }],
    ['POPULATION_MISMATCH', { held: false, suppressed: false }],
    ['NOT_EVALUABLE', { held: false, suppressed: false, figure: figure({ value: '70' }) }],
    ['NO_BASE', { held: false, suppressed: false, figure: figure({ value: '70' }), responseRate: null }],
    ['NO_DATA', { held: false, suppressed: false, figure: null }],
    [
      'NO_TARGET',
      { held: false, suppressed: false, figure: figure({ value: '70', n: 8, eligible: 10 }), responseRate: null },
    ],
  ] as const)('%s', (expected, more) => {
    expect(judgeMeasure({ ...worst, ...more } as MeasureQuestion).state).toBe(expected);
  });
});

describe('the interval of a figure', () => {
  const size = (measure: Measure, one: Figure, corrected?: boolean) => {
    const interval = intervalOf(measure, one, corrected);
    return interval && `${interval.low.toFixed(2)}..${interval.high.toFixed(2)}`;
  };
  it('takes an index as a proportion with n of its smallest item', () => {
    const index: Measure = { ...climate, unit: 'INDEX', formula: 'item-index' };
    expect(size(index, figure({ value: '65', n: 40 }))).toBe('49.51..77.87');
    expect(size({ ...index, formula: 'engagement-index' }, figure({ value: '65', n: 40 }))).toBe('49.51..77.87');
    expect(size({ ...index, unit: 'PROPORTION' }, figure({ value: '0.65', n: 40 }))).toBe('0.50..0.78');
  });
  it('is wider in scoring, which judges a process and not those few people', () => {
    const one = figure({ num: '26', den: '40', eligible: 63 });
    expect(size(climate, one)).toBe('55.62..73.35');
    expect(size(climate, one, false)).toBe('49.51..77.87');
  });
  it('is the value of what was counted in full', () => {
    expect(size(records, figure({ num: '26', den: '40' }))).toBe('65.00..65.00');
    expect(size({ ...climate, formula: 'response-rate' }, figure({ num: '26', den: '40' }))).toBe('65.00..65.00');
  });
  it('is unknown for a sampled median, without a count, and for a mismatch', () => {
    expect(size({ ...climate, formula: 'median' }, figure({ value: '65', n: 40 }))).toBeNull();
    expect(size(climate, figure({ value: '65' }))).toBeNull();
    expect(size(climate, figure({ value: '65', n: 41, eligible: 40 }))).toBeNull();
  });
});
