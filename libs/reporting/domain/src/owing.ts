import { type CitedRow, type LocalDate, type Period, addDays } from '@plumbline/kernel';
import { type Absence, type ReportingDays, absenceOf } from '@plumbline/measures';
import {
  type LeaderPostRow,
  type PersonAbsenceRow,
  leadersAsOf,
  movesDate,
  outsideAbsence,
} from '@plumbline/organization/domain';
import type { Citation } from '@plumbline/privacy';
import { type Prefix, citing } from './prefix';

export interface OwingRows {
  readonly posts: readonly CitedRow<LeaderPostRow>[];
  readonly absences: readonly CitedRow<PersonAbsenceRow>[];
}

/** When a unit's figures are owed. No period falls due while everyone who leads the unit is absent: it falls due at the end of the month in which one of them is back. */
export interface Owing {
  /** What it means that a period has no figure. `isOwed`: a target stands for it. */
  absence(unitId: string, period: Period, isOwed: boolean): Absence;
  /** The last day on which it is not yet missing; null where an absence moved it, for that day would tell in which month someone comes back. */
  lastDay(unitId: string, period: Period): LocalDate | null;
  /** The absences that moved its due day. */
  cites(unitId: string, period: Period): readonly Citation[];
}

const daysOf = ({ absentFrom, absentTo }: PersonAbsenceRow) => ({ from: absentFrom, to: absentTo });

export function owingOf(prefix: Prefix, { posts, absences }: OwingRows): Owing {
  const { dueDays, graceDays } = prefix.profile;
  const days: ReportingDays | null = dueDays === null || graceDays === null ? null : { dueDays, graceDays };

  /** The absences by which nothing falls due from all leaders of a unit on a day; none when something does from one of them, or there is none. */
  const awayOn = (unitId: string, day: LocalDate): readonly CitedRow<PersonAbsenceRow>[] => {
    const leaders = leadersAsOf(posts, day).filter((post) => post.unitId === unitId);
    const away = leaders.map(({ leader }) =>
      absences.filter((absence) => absence.personId === leader && movesDate(daysOf(absence), day)),
    );
    return away.every((each) => each.length > 0) ? away.flat() : [];
  };
  const moved = (unitId: string, day: LocalDate): { readonly day: LocalDate; readonly by: typeof absences } => {
    const by: CitedRow<PersonAbsenceRow>[] = [];
    let at = day;
    for (let away = awayOn(unitId, at); away.length > 0; away = awayOn(unitId, at)) {
      by.push(...away);
      const from = at;
      at = away.map((absence) => outsideAbsence([daysOf(absence)], from)).reduce((a, b) => (a < b ? a : b));
    }
    return { day: at, by };
  };
  const due = (period: Period): LocalDate => addDays(period.end, days?.dueDays ?? 0);

  return {
    absence: (unitId, period, isOwed) => absenceOf(period, prefix.date, days, isOwed, (day) => moved(unitId, day).day),
    lastDay: (unitId, period) =>
      moved(unitId, due(period)).by.length > 0 ? null : addDays(due(period), days?.graceDays ?? 0),
    cites: (unitId, period) => citing('calendar', moved(unitId, due(period)).by),
  };
}
