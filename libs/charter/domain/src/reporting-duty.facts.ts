import {
  addDays,
  CADENCE_GRANULARITY,
  CADENCES,
  isPeriod,
  nextPeriod,
  parsePeriod,
  periodContaining,
  type Cadence,
  type LocalDate,
  type MonthDay,
  type Period,
} from '@plumbline/kernel';
import { outsideAbsence, type Absence } from '@plumbline/organization/facts';

/** For which periods reports are owed and when: the reporting calendar of the organisation. */
export interface ReportingDays {
  readonly periods: readonly Cadence[];
  readonly dueDays: number;
  readonly graceDays: number;
}

/** When a report on a period falls due, and the last day on which it is in time. */
export interface ReportingDuty {
  readonly period: Period;
  readonly due: LocalDate;
  readonly lastDay: LocalDate;
}

/** Commitments are reported on as often as the calendar's most frequent reports are due. */
export const reportingCadence = ({ periods }: Pick<ReportingDays, 'periods'>): Cadence | null =>
  CADENCES.find((cadence) => periods.includes(cadence)) ?? null;

/** The reporting period a day lies in; in fiscal halves and quarters where the fiscal year is not the calendar year. */
export function reportingPeriodOf(day: LocalDate, cadence: Cadence, fiscalYear: MonthDay): Period {
  const granularity = CADENCE_GRANULARITY[cadence];
  const isFiscal = fiscalYear !== '01-01' && granularity !== 'WEEK' && granularity !== 'MONTH';
  return periodContaining(day, granularity, isFiscal ? fiscalYear : undefined);
}

/** Whether a period is one that commitments are reported on. */
export function isReportingPeriod(text: string, calendar: ReportingDays, fiscalYear: MonthDay): boolean {
  const cadence = reportingCadence(calendar);
  if (cadence === null || !isPeriod(text)) return false;
  return reportingPeriodOf(parsePeriod(text, fiscalYear).end, cadence, fiscalYear).text === text;
}

export function dutyOf(period: Period, calendar: ReportingDays, absences: readonly Absence[]): ReportingDuty {
  const due = outsideAbsence(absences, addDays(period.end, calendar.dueDays));
  return { period, due, lastDay: addDays(due, calendar.graceDays) };
}

/**
 * The periods a commitment owes a report on: those on whose last day it was accepted and had not ended, up to the last one that has ended by a day,
 * and with `upcoming` the one that still runs. Absences are those of its owner, or of whoever owned it at a period's end.
 */
export function dutiesOf(
  commitment: { readonly acceptedOn: LocalDate | null; readonly endedOn: LocalDate | null },
  calendar: ReportingDays,
  fiscalYear: MonthDay,
  absences: readonly Absence[] | ((periodEnd: LocalDate) => readonly Absence[]),
  through: LocalDate,
  { upcoming = false }: { readonly upcoming?: boolean } = {},
): readonly ReportingDuty[] {
  const cadence = reportingCadence(calendar);
  if (cadence === null || commitment.acceptedOn === null) return [];
  const duties: ReportingDuty[] = [];
  for (let period = reportingPeriodOf(commitment.acceptedOn, cadence, fiscalYear); ; period = nextPeriod(period)) {
    if (commitment.endedOn !== null && commitment.endedOn <= period.end) return duties;
    const hasEnded = period.end <= through;
    if (hasEnded || upcoming)
      duties.push(dutyOf(period, calendar, typeof absences === 'function' ? absences(period.end) : absences));
    if (!hasEnded) return duties;
  }
}
