import { decimal, writeDecimal } from '@plumbline/kernel';
import {
  evidenceCoverage,
  goalpostDrift,
  promiseMeasures,
  sayDoGap,
  type DatedPromise,
  type PromiseMeasures,
} from './promise';

const AS_OF = '2026-12-31';
const promise = (
  doneOn: string | null,
  ended: DatedPromise['ended'] = null,
  firstDue = '2026-06-30',
): DatedPromise => ({
  firstDue,
  doneOn,
  ended,
});
const shown = ({ onTimeRate, slippageDays, ...counts }: PromiseMeasures) => ({
  ...counts,
  rate: onTimeRate && writeDecimal(onTimeRate),
  days: slippageDays && writeDecimal(slippageDays),
});
const of = (...promises: readonly DatedPromise[]) => shown(promiseMeasures(promises, AS_OF));

describe('promise measures', () => {
  it('count what was kept by its first date against all first due, and days past it', () => {
    expect(of(promise('2026-06-30'), promise('2026-06-01'), promise('2026-07-10'), promise(null))).toEqual({
      due: 4,
      onTime: 2,
      rate: '0.5',
      days: '48.5',
    });
  });
  it('leave out what is not yet due, and count what is due on the day', () => {
    expect(of(promise(null, null, '2027-01-01'), promise(AS_OF, null, AS_OF))).toEqual({
      due: 1,
      onTime: 1,
      rate: '1',
      days: '0',
    });
  });
  it('are unknown when nothing was due', () => {
    expect(of()).toEqual({ due: 0, onTime: 0, rate: null, days: null });
  });
  it.each(['MISSED', 'WITHDRAWN', 'CARRIED_FORWARD'] as const)('stop no clock for one that is %s', (ended) => {
    expect(of(promise(null, ended), promise('2026-06-30'))).toEqual({ due: 2, onTime: 1, rate: '0.5', days: '92' });
  });
  it('count one that ended as not kept, even where work on it was done', () => {
    expect(of(promise('2026-06-01', 'CARRIED_FORWARD'))).toEqual({ due: 1, onTime: 0, rate: '0', days: '184' });
  });
  it('count one withdrawn by two outside the line as due, and late by nothing', () => {
    const withdrawn = promise(null, 'WITHDRAWN_OUTSIDE');
    expect(of(withdrawn, promise('2026-07-02'))).toEqual({ due: 2, onTime: 0, rate: '0', days: '2' });
    expect(of(withdrawn)).toEqual({ due: 1, onTime: 0, rate: '0', days: null });
  });
  it('take what was done after the day as open', () => {
    expect(of(promise('2027-01-01'))).toEqual({ due: 1, onTime: 0, rate: '0', days: '184' });
  });
});

describe('the gap between saying and doing', () => {
  it.each([
    ['COMPLETE', 'NO_EVIDENCE', 3],
    ['COMPLETE', 'SUBSTANTIAL', 1],
    ['SUBSTANTIAL', 'LIMITED', 1],
    ['LIMITED', 'NOT_STARTED', 1],
    ['NOT_STARTED', 'NO_EVIDENCE', 0],
    ['LIMITED', 'COMPLETE', -2],
  ] as const)('between %s and %s is %i', (self, independent, gap) => {
    expect(sayDoGap(self, independent)).toBe(gap);
  });
});

describe('evidence coverage', () => {
  it('is the verified weight of the scored weight', () => {
    const scored = [
      { weight: 25, verified: true },
      { weight: decimal('20'), verified: false },
      { weight: 35, verified: true },
    ];
    expect(evidenceCoverage(scored)?.toFixed()).toBe('0.75');
    expect(evidenceCoverage([])).toBeNull();
  });
});

describe('goalpost drift', () => {
  it('is what the adjustment gained', () => {
    expect(goalpostDrift(decimal('100'), decimal('66.5')).toFixed()).toBe('33.5');
    expect(goalpostDrift(decimal('50'), decimal('75')).toFixed()).toBe('-25');
  });
});
