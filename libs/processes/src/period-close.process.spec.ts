import { dayBegan, type GivenEvent, throughout } from './given.testing';
import { periodClose } from './period-close.process';

const configured: GivenEvent = {
  type: 'organization.OrganizationConfigured.v1',
  data: { timeZone: 'Europe/London', fiscalYear: '01-01', locale: 'en-GB', policyPack: 'uk', policyVersion: '1' },
};
const quarters: GivenEvent = {
  type: 'organization.ReportingCalendarSet.v1',
  data: { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
};
const closes = (period: string) => ({
  command: { type: 'organization.ClosePeriod', data: { period } },
  about: period,
});
const closed = (period: string): GivenEvent => ({
  type: 'organization.PeriodClosed.v1',
  data: { period, asOf: 'day' },
});

describe('a period', () => {
  it('closes on the day after due day and grace', () => {
    expect(throughout(periodClose, configured, quarters, dayBegan('2026-01-20'), dayBegan('2026-04-25'))).toEqual([]);
    expect(throughout(periodClose, configured, quarters, dayBegan('2026-01-20'), dayBegan('2026-04-26'))).toEqual([
      closes('2026-Q1'),
    ]);
  });
  it('closes later when days were missed, and once', () => {
    const before = [configured, quarters, dayBegan('2026-01-20'), dayBegan('2026-05-10')];
    expect(throughout(periodClose, ...before)).toEqual([closes('2026-Q1')]);
    expect(throughout(periodClose, ...before, closed('2026-Q1'), dayBegan('2026-05-11'))).toEqual([closes('2026-Q1')]);
  });
  it('closes with all before it that are open still, the oldest first', () => {
    const gap = [configured, quarters, dayBegan('2026-01-20'), dayBegan('2026-11-01')];
    expect(throughout(periodClose, ...gap)).toEqual([closes('2026-Q1'), closes('2026-Q2'), closes('2026-Q3')]);
    const between = [configured, quarters, dayBegan('2026-01-20'), closed('2026-Q2'), dayBegan('2026-11-01')];
    expect(throughout(periodClose, ...between)).toEqual([closes('2026-Q1'), closes('2026-Q3')]);
  });
  it('closes in none but those that ended after the first day that began', () => {
    expect(throughout(periodClose, configured, quarters, dayBegan('2026-02-03'))).toEqual([]);
  });
  it('closes in the fiscal year’s own quarters', () => {
    const fiscal = { ...configured, data: { ...(configured.data as object), fiscalYear: '04-06' } };
    expect(throughout(periodClose, fiscal, quarters, dayBegan('2026-01-20'), dayBegan('2026-05-01'))).toEqual([
      closes('FY2026-Q4'),
    ]);
  });
  it('closes in none before a reporting calendar is set', () => {
    expect(throughout(periodClose, configured, dayBegan('2026-01-20'), dayBegan('2026-05-01'))).toEqual([]);
  });
});
