import { decimal, showDecimal } from '@plumbline/kernel';
import { judgeResponse, responseRate } from './response';

describe('the response rate', () => {
  it.each([
    [762, 1146, '66.49'],
    [942, 1825, '51.62'],
    [1261, 2257, '55.87'],
    [95, 124, '76.61'],
    [316, 459, '68.85'],
  ])('of %i among %i is %s %%', (completed, eligible, expected) => {
    expect(showDecimal(responseRate(completed, eligible)!.times(100), 2)).toBe(expected);
  });
  it('is unknown when nobody was asked', () => {
    expect(responseRate(0, 0)).toBeNull();
    expect(judgeResponse(null)).toBe('UNKNOWN');
  });
  it.each([
    ['1.02', 'POPULATION_MISMATCH'],
    ['1', 'ENOUGH'],
    ['0.5', 'ENOUGH'],
    ['0.4999', 'LOW_RESPONSE'],
    ['0.45', 'LOW_RESPONSE'],
    ['0.23', 'LOW_RESPONSE'],
  ])('of %s reads %s', (rate, verdict) => {
    expect(judgeResponse(decimal(rate))).toBe(verdict);
  });
  it('has a gate that policy may move, but not below the floor', () => {
    expect(judgeResponse(decimal('0.45'), { gate: '0.4', floor: '0.3' })).toBe('ENOUGH');
    expect(judgeResponse(decimal('0.29'), { gate: '0.1', floor: '0.3' })).toBe('LOW_RESPONSE');
    expect(judgeResponse(decimal('0.3'), { gate: '0.1', floor: '0.3' })).toBe('ENOUGH');
  });
});
