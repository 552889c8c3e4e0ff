import { parsePeriod } from '@plumbline/kernel';
import {
  dutiesOf,
  dutyOf,
  isReportingPeriod,
  reportingCadence,
  reportingPeriodOf,
  type ReportingDays,
} from './reporting-duty.facts';

const quarterly: ReportingDays = { periods: ['YEARLY', 'QUARTERLY'], dueDays: 15, graceDays: 10 };

describe('a reporting calendar', () => {
  it('asks for reports on commitments as often as its most frequent ones', () => {
    expect(reportingCadence(quarterly)).toBe('QUARTERLY');
    expect(reportingCadence({ periods: ['QUARTERLY', 'MONTHLY'] })).toBe('MONTHLY');
    expect(reportingCadence({ periods: [] })).toBeNull();
  });
  it('reckons in fiscal quarters where the fiscal year is not the calendar year, in plain months and weeks always', () => {
    expect(reportingPeriodOf('2026-05-10', 'QUARTERLY', '01-01').text).toBe('2026-Q2');
    expect(reportingPeriodOf('2026-05-10', 'QUARTERLY', '04-01').text).toBe('FY2027-Q1');
    expect(reportingPeriodOf('2026-05-10', 'MONTHLY', '04-01').text).toBe('2026-05');
    expect(reportingPeriodOf('2026-05-10', 'WEEKLY', '04-01').text).toBe('2026-W19');
  });
  it.each([
    ['2026-Q2', '01-01', true],
    ['2026-Q2', '04-01', false],
    ['FY2027-Q1', '04-01', true],
    ['2026', '01-01', false],
    ['2026-06', '01-01', false],
    ['nonsense', '01-01', false],
  ])('takes %s with a fiscal year from %s: %s', (text, fiscalYear, is) => {
    expect(isReportingPeriod(text, quarterly, fiscalYear)).toBe(is);
    expect(isReportingPeriod(text, { ...quarterly, periods: [] }, fiscalYear)).toBe(false);
  });
});

describe('the day a report is due', () => {
  const due = (period: string, absences: { from: string; to: string }[] = []) => {
    const { due: on, lastDay } = dutyOf(parsePeriod(period), quarterly, absences);
    return [on, lastDay];
  };
  it.each([
    ['2025-Q4', '2026-01-15', '2026-01-25'],
    ['2026-Q1', '2026-04-15', '2026-04-25'],
    ['2027-Q4', '2028-01-15', '2028-01-25'],
    ['2028-02', '2028-03-15', '2028-03-25'],
    ['2026-10', '2026-11-15', '2026-11-25'],
  ])('on %s is %s, in time until %s, whatever the clocks do meanwhile', (period, on, lastDay) => {
    expect(due(period)).toEqual([on, lastDay]);
  });
  it('lies at the end of the month in which its owner is back', () => {
    expect(due('2026-Q1', [{ from: '2026-04-15', to: '2026-04-20' }])).toEqual(['2026-04-30', '2026-05-10']);
    expect(
      due('2026-Q1', [
        { from: '2026-04-30', to: '2026-05-10' },
        { from: '2026-04-01', to: '2026-04-20' },
      ]),
    ).toEqual(['2026-05-31', '2026-06-10']);
    expect(due('2026-Q1', [{ from: '2026-04-16', to: '2026-04-25' }])).toEqual(['2026-04-15', '2026-04-25']);
  });
});

describe('the reports a commitment owes', () => {
  const owed = (acceptedOn: string | null, endedOn: string | null, through: string, upcoming = false) =>
    dutiesOf({ acceptedOn, endedOn }, quarterly, '01-01', [], through, { upcoming }).map(({ period }) => period.text);

  it('are those on periods at whose end it stood, as they end', () => {
    expect(owed('2026-02-01', null, '2026-03-30')).toEqual([]);
    expect(owed('2026-02-01', null, '2026-03-31')).toEqual(['2026-Q1']);
    expect(owed('2026-03-31', null, '2026-12-31')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
  });
  it('stop with its end', () => {
    expect(owed('2026-02-01', '2026-06-30', '2026-12-31')).toEqual(['2026-Q1']);
    expect(owed('2026-02-01', '2026-07-01', '2026-12-31')).toEqual(['2026-Q1', '2026-Q2']);
  });
  it('may include the one on the period that still runs', () => {
    expect(owed('2026-02-01', null, '2026-05-01', true)).toEqual(['2026-Q1', '2026-Q2']);
    expect(owed('2026-02-01', '2026-05-01', '2026-05-02', true)).toEqual(['2026-Q1']);
  });
  it('are none before acceptance, or without a calendar', () => {
    expect(owed(null, null, '2026-12-31')).toEqual([]);
    expect(
      dutiesOf({ acceptedOn: '2026-02-01', endedOn: null }, { ...quarterly, periods: [] }, '01-01', [], '2026-12-31'),
    ).toEqual([]);
  });
});
