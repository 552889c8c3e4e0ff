import { after, dayBegan } from './given.testing';
import { periodReporter } from './period-reporter.process';
import { absent, configured, fulfilled, promised, quarters, reassigned, reported, SUCCESSOR } from './promises.testing';

const misses = (period: string) => ({
  command: { type: 'charter.MissProgress', data: { commitment: 'ROOMS', period } },
  about: `ROOMS ${period}`,
});
const given = [configured, quarters, ...promised()];

describe('a report that does not come', () => {
  it('is missed on the day after its grace, not before', () => {
    expect(after(periodReporter, ...given, dayBegan('2026-04-25'))).toEqual([]);
    expect(after(periodReporter, ...given, dayBegan('2026-04-26'))).toEqual([misses('2026-Q1')]);
  });
  it('is missed for every period that went by, when days were missed', () => {
    expect(after(periodReporter, ...given, dayBegan('2026-08-01'))).toEqual([misses('2026-Q1'), misses('2026-Q2')]);
  });
  it('is missed once', () => {
    const missed = {
      type: 'charter.CommitmentProgressMissed.v1',
      data: { commitmentId: 'commitment:ROOMS', period: '2026-Q1' },
    };
    expect(after(periodReporter, ...given, missed, dayBegan('2026-04-27'))).toEqual([]);
  });
  it('is not missed when it came', () => {
    expect(after(periodReporter, ...given, reported('2026-Q1'), dayBegan('2026-04-26'))).toEqual([]);
  });
  it('is not owed on what was accepted after the period, or not at all', () => {
    const later = [configured, quarters, ...promised('ROOMS', '2026-04-02')];
    expect(after(periodReporter, ...later, dayBegan('2026-04-26'))).toEqual([]);
    expect(after(periodReporter, configured, quarters, ...promised().slice(0, 2), dayBegan('2026-04-26'))).toEqual([]);
  });
  it('is owed on the last period in which the promise stood, also when it ended within the grace', () => {
    expect(after(periodReporter, ...given, fulfilled('2026-04-10'), dayBegan('2026-04-26'))).toEqual([
      misses('2026-Q1'),
    ]);
    expect(after(periodReporter, ...given, fulfilled('2026-03-20'), dayBegan('2026-04-26'))).toEqual([]);
  });
  it('falls due after the absence that covers its day', () => {
    const away = [...given, absent('2026-03-02', '2026-08-31')];
    expect(after(periodReporter, ...away, dayBegan('2026-10-10'))).toEqual([]);
    expect(after(periodReporter, ...away, dayBegan('2026-10-11'))).toEqual([misses('2026-Q1'), misses('2026-Q2')]);
  });
  it('is owed by whoever owned the promise at the end of the period', () => {
    const handedOver = [...given, reassigned('2026-05-01'), absent('2026-07-01', '2026-07-30', SUCCESSOR)];
    expect(after(periodReporter, ...handedOver, dayBegan('2026-08-10'))).toEqual([misses('2026-Q1')]);
    expect(after(periodReporter, ...handedOver, dayBegan('2026-08-11'))).toEqual([
      misses('2026-Q1'),
      misses('2026-Q2'),
    ]);
  });
  it('is not owed before a reporting calendar is set', () => {
    expect(after(periodReporter, configured, ...promised(), dayBegan('2026-08-01'))).toEqual([]);
  });
});
