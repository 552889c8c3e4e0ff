import { commitmentMiss } from './commitment-miss.process';
import { after, type GivenEvent } from './given.testing';
import { absent, configured, fulfilled, promised, quarters } from './promises.testing';

const closed = (period: string): GivenEvent => ({
  type: 'organization.PeriodClosed.v1',
  data: { period, asOf: 'day' },
});
const misses = (period: string) => ({
  command: { type: 'charter.MissCommitment', data: { commitment: 'ROOMS', period } },
  about: `ROOMS ${period}`,
});
const given = [configured, quarters, ...promised()];

describe('a promise past its date', () => {
  it('is missed when the period closes that it was due in', () => {
    expect(after(commitmentMiss, ...given, closed('2026-Q3'))).toEqual([misses('2026-Q3')]);
  });
  it('is not missed when an earlier period closes', () => {
    expect(after(commitmentMiss, ...given, closed('2026-Q2'))).toEqual([]);
  });
  it('is not missed when it was kept, or never accepted', () => {
    expect(after(commitmentMiss, ...given, fulfilled('2026-10-05'), closed('2026-Q3'))).toEqual([]);
    expect(after(commitmentMiss, configured, quarters, ...promised().slice(0, 2), closed('2026-Q3'))).toEqual([]);
  });
  it('is not missed in a period in which its owner was away on the day', () => {
    expect(after(commitmentMiss, ...given, absent('2026-08-01', '2026-10-31'), closed('2026-Q3'))).toEqual([]);
    expect(after(commitmentMiss, ...given, absent('2026-08-01', '2026-10-31'), closed('2026-Q4'))).toEqual([
      misses('2026-Q4'),
    ]);
  });
});
