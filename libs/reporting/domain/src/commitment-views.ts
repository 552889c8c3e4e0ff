import {
  countedPromise,
  dueOfMilestone,
  dutiesOf,
  latest,
  ownerOfRow,
  type CommitmentEvidenceRow,
  type CommitmentPeriodRow,
  type CommitmentRow,
  type CountedPromise,
  type IndicatorRow,
  type MilestoneRow,
  type ReportingDuty,
} from '@plumbline/charter/domain';
import {
  type CitedRow,
  CADENCES,
  type LocalDate,
  daysBetween,
  evidenceIsLive,
  isPeriod,
  parsePeriod,
} from '@plumbline/kernel';
import { isStale } from '@plumbline/measures';
import { movesDate, outsideAbsence, type PersonAbsenceRow } from '@plumbline/organization/domain';
import type { CellState, ReasonCode, Status } from '@plumbline/privacy';
import type { Prefix } from './prefix';

export interface CommitmentRows {
  readonly commitments: readonly CitedRow<CommitmentRow>[];
  readonly milestones: readonly CitedRow<MilestoneRow>[];
  readonly indicators: readonly CitedRow<IndicatorRow>[];
  readonly periods: readonly CitedRow<CommitmentPeriodRow>[];
  readonly evidence: readonly CitedRow<CommitmentEvidenceRow>[];
  readonly absences: readonly CitedRow<PersonAbsenceRow>[];
}

/** What became of a promise: exactly one of these, so that they add up. OVERDUE: open past its first date. */
export const OUTCOMES = [
  'KEPT',
  'KEPT_LATE',
  'MISSED',
  'WITHDRAWN',
  'CARRIED_FORWARD',
  'OVERDUE',
  'NOT_DUE',
  'PROPOSED',
  'DECLINED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface MilestoneView {
  readonly row: CitedRow<MilestoneRow>;
  readonly firstDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  /** NOT_REACHED: the commitment ended without it. */
  readonly state: 'REACHED' | 'OVERDUE' | 'OPEN' | 'NOT_REACHED';
  readonly slipDays: number | null;
  readonly evidence: EvidenceCount;
}
export interface EvidenceCount {
  readonly total: number;
  /** Attested by someone other than the owner, and not expired. */
  readonly verified: number;
}

/** The remark on a commitment that an assessor’s finding keeps from green. */
export const NO_EVIDENCE_FOUND = 'An assessor found no evidence.';

/** How a commitment goes on, as a cell carries it (F4). One that has ended does not: its outcome says what became of it. */
export interface Standing {
  readonly state: CellState;
  readonly status: Status;
  readonly reasonCode: ReasonCode | null;
  readonly remarks: readonly string[];
}

/** A commitment as of the day that is judged on. */
export interface CommitmentView {
  readonly row: CitedRow<CommitmentRow>;
  readonly outcome: Outcome;
  readonly counted: CountedPromise;
  readonly firstDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  /** Days past the first date, moved to the end of a month where its owner was away; null while it has not come. */
  readonly slipDays: number | null;
  readonly milestones: readonly MilestoneView[];
  readonly indicators: readonly CitedRow<IndicatorRow>[];
  readonly evidence: EvidenceCount;
  /** The reports it owes by this day, in time or not; and what came of each. */
  readonly duties: readonly ReportingDuty[];
  readonly periods: ReadonlyMap<string, CitedRow<CommitmentPeriodRow>>;
  readonly standing: Standing;
  /** Absences that moved a date of it. */
  readonly absences: readonly CitedRow<PersonAbsenceRow>[];
}

function grouped<R>(all: readonly R[], by: (one: R) => string): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}

const spelled = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(9, '0'));
/** The order of ids, numbers in them as numbers: C2 before C10. */
export const byId = (a: string, b: string): number => {
  const [left, right] = [spelled(a), spelled(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

type Absences = readonly { readonly from: LocalDate; readonly to: LocalDate }[];

const slip = (due: LocalDate | null, doneOn: LocalDate | null, day: LocalDate): number | null =>
  due === null || (doneOn === null && day <= due) ? null : Math.max(0, daysBetween(due, doneOn ?? day));

function evidenceOf(
  rows: readonly CommitmentEvidenceRow[],
  attested: (milestoneId: string | null) => boolean,
  day: LocalDate,
): EvidenceCount {
  const verified = rows.filter((row) => attested(row.milestoneId) && evidenceIsLive(row, day));
  return { total: rows.length, verified: verified.length };
}

function stateOf({ status }: CommitmentRow, { recordedOn }: MilestoneRow, isPast: boolean): MilestoneView['state'] {
  if (recordedOn !== null) return 'REACHED';
  if (status === 'PROPOSED') return 'OPEN';
  if (status !== 'ACTIVE') return 'NOT_REACHED';
  return isPast ? 'OVERDUE' : 'OPEN';
}

function outcomeOf({ status }: CommitmentRow, counted: CountedPromise, day: LocalDate): Outcome {
  switch (status) {
    case 'PROPOSED':
    case 'DECLINED':
    case 'MISSED':
    case 'WITHDRAWN':
    case 'CARRIED_FORWARD':
      return status;
    case 'FULFILLED':
      return counted.doneOn !== null && counted.firstDue !== null && counted.doneOn > counted.firstDue
        ? 'KEPT_LATE'
        : 'KEPT';
    case 'ACTIVE':
      return counted.firstDue !== null && counted.firstDue < day ? 'OVERDUE' : 'NOT_DUE';
  }
}

const standing = (state: CellState, status: Status, more: Partial<Standing> = {}): Standing => ({
  state,
  status,
  reasonCode: null,
  remarks: [],
  ...more,
});

/** Weight reached of the contracted weight that is due, capped at amber by an overdue milestone and by evidence nobody verified. */
function activeStanding(
  milestones: readonly MilestoneView[],
  evidence: EvidenceCount,
  dueBy: (milestone: MilestoneView) => boolean,
): Standing {
  const contracted = milestones.filter(({ row }) => row.contracted);
  const weightOf = (some: readonly MilestoneView[]): number => some.reduce((sum, { row }) => sum + row.weight, 0);
  const due = weightOf(contracted.filter(dueBy));
  if (due === 0) return standing('NOT_DUE', null);
  const tenths = 10 * weightOf(contracted.filter(({ state }) => state === 'REACHED'));
  if (tenths < 7 * due) return standing('OK', 'OFF_TRACK');
  if (tenths < 9 * due) return standing('OK', 'AT_RISK');
  const overdue = milestones.filter(({ state }) => state === 'OVERDUE').map(({ row }) => row.milestoneId);
  if (overdue.length > 0) return standing('OK', 'AT_RISK', { remarks: [`Overdue: ${overdue.join(', ')}.`] });
  if (evidence.verified < evidence.total) return standing('OK', 'AT_RISK', { reasonCode: 'UNVERIFIED' });
  return standing('OK', 'ON_TRACK');
}

/** All commitments of the prefix, each judged on its day. */
export function commitmentViews(prefix: Prefix, rows: CommitmentRows): readonly CommitmentView[] {
  const { date, profile } = prefix;
  const calendar =
    profile.dueDays === null || profile.graceDays === null
      ? null
      : { periods: profile.periods, dueDays: profile.dueDays, graceDays: profile.graceDays };
  const cadence = CADENCES.find((each) => profile.periods.includes(each));
  const of = <R extends { readonly commitmentId: string }>(all: readonly R[]): ReadonlyMap<string, readonly R[]> =>
    grouped(all, ({ commitmentId }) => commitmentId);
  const [milestones, indicators, periods, evidence] = [
    of(rows.milestones),
    of(rows.indicators),
    of(rows.periods),
    of(rows.evidence),
  ];
  const absences = grouped(rows.absences, ({ personId }) => personId);

  const isStaleReport = (period: string | null): boolean =>
    period !== null &&
    cadence !== undefined &&
    isPeriod(period) &&
    isStale(parsePeriod(period, profile.fiscalYear), cadence, date);

  return rows.commitments
    .toSorted((a, b) => byId(a.code, b.code))
    .map((row): CommitmentView => {
      const absencesOn = (day: LocalDate) => absences.get(ownerOfRow(row, day) ?? '') ?? [];
      /** Away is whoever owns it on the day that is asked about. */
      const awayOn = (day: LocalDate): Absences =>
        absencesOn(day).map(({ absentFrom, absentTo }) => ({ from: absentFrom, to: absentTo }));
      const dueAfterAbsence = (day: LocalDate): LocalDate => outsideAbsence(awayOn(day), day);
      const ownIndicators = (indicators.get(row.commitmentId) ?? []).toSorted((a, b) =>
        byId(a.indicatorId, b.indicatorId),
      );
      const ownEvidence = evidence.get(row.commitmentId) ?? [];
      const views = (milestones.get(row.commitmentId) ?? [])
        .toSorted((a, b) => byId(a.milestoneId, b.milestoneId))
        .map((milestone): MilestoneView => {
          const firstDue = milestone.baselineDue ?? dueOfMilestone(milestone, ownIndicators);
          const currentDue = milestone.currentDue ?? firstDue;
          return {
            row: milestone,
            firstDue,
            currentDue,
            state: stateOf(row, milestone, currentDue !== null && dueAfterAbsence(currentDue) < date),
            slipDays:
              row.acceptedOn === null ? null : slip(firstDue && dueAfterAbsence(firstDue), milestone.doneOn, date),
            evidence: evidenceOf(
              ownEvidence.filter(({ milestoneId }) => milestoneId === milestone.milestoneId),
              () => milestone.attestedBy !== null,
              date,
            ),
          };
        });
      const attested = new Set(
        views.filter((each) => each.row.attestedBy !== null).map((each) => each.row.milestoneId),
      );
      const total = evidenceOf(
        ownEvidence,
        (milestoneId) => (milestoneId === null ? row.attestedBy !== null : attested.has(milestoneId)),
        date,
      );
      const counted = countedPromise({ ...row, state: row.status }, row.firstDue === null ? [] : awayOn(row.firstDue));
      const duties =
        calendar === null || row.status === 'PROPOSED' || row.status === 'DECLINED'
          ? []
          : dutiesOf(row, calendar, profile.fiscalYear, awayOn, date).filter(({ lastDay }) => lastDay < date);
      const byPeriod = new Map(
        (periods.get(row.commitmentId) ?? [])
          .toSorted((a, b) => byId(a.period, b.period))
          .map((each) => [each.period, each]),
      );
      const planned = latest([
        ...views.map(({ firstDue }) => firstDue),
        ...ownIndicators.filter(({ milestoneId }) => milestoneId === null).map(({ baselineDue }) => baselineDue),
      ]);

      const judged = (): Standing => {
        const { status, completion } = row;
        if (status === 'FULFILLED' && !counted.verified) return standing('OK', null, { reasonCode: 'UNVERIFIED' });
        if (status !== 'ACTIVE') return standing('OK', null);
        const weighed = activeStanding(
          views,
          total,
          ({ currentDue }) => currentDue !== null && dueAfterAbsence(currentDue) <= date,
        );
        if (weighed.state === 'NOT_DUE') return weighed;
        const lastDuty = duties.at(-1);
        const last = lastDuty && byPeriod.get(lastDuty.period.text);
        if (lastDuty && (last === undefined || last.outcome === 'MISSED')) return standing('NOT_REPORTED', 'OFF_TRACK');
        if (isStaleReport(row.lastReport)) return standing('STALE', null);
        return completion === 'NO_EVIDENCE' && weighed.status === 'ON_TRACK'
          ? { ...weighed, status: 'AT_RISK', remarks: [NO_EVIDENCE_FOUND] }
          : weighed;
      };
      const dates = [
        row.firstDue,
        row.currentDue,
        ...views.flatMap(({ firstDue, currentDue }) => [firstDue, currentDue]),
      ];
      return {
        row,
        outcome: outcomeOf(row, counted, date),
        counted,
        firstDue: row.firstDue ?? planned,
        currentDue: row.currentDue ?? planned,
        slipDays: row.acceptedOn === null ? null : slip(counted.firstDue, counted.doneOn, date),
        milestones: views,
        indicators: ownIndicators,
        evidence: total,
        duties,
        periods: byPeriod,
        standing: judged(),
        absences: [
          ...new Set(
            dates.flatMap((day) =>
              day === null
                ? []
                : absencesOn(day).filter(({ absentFrom, absentTo }) =>
                    movesDate({ from: absentFrom, to: absentTo }, day),
                  ),
            ),
          ),
        ],
      };
    });
}

const SEVERITY: readonly ((view: CommitmentView) => boolean)[] = [
  ({ outcome }) => outcome === 'MISSED',
  ({ outcome }) => outcome === 'OVERDUE',
  ({ standing: { state } }) => state === 'NOT_REPORTED',
  ({ standing: { status } }) => status === 'OFF_TRACK',
  ({ standing: { state } }) => state === 'STALE',
  ({ row, standing: { status } }) => row.status === 'ACTIVE' && status === 'AT_RISK',
  ({ outcome }) => outcome === 'CARRIED_FORWARD' || outcome === 'WITHDRAWN',
  ({ row }) => row.status === 'ACTIVE',
  ({ outcome }) => outcome === 'PROPOSED',
  ({ outcome }) => outcome === 'KEPT_LATE',
  ({ outcome }) => outcome === 'KEPT',
];
const severity = (view: CommitmentView): number => {
  const found = SEVERITY.findIndex((holds) => holds(view));
  return found < 0 ? SEVERITY.length : found;
};

/** Worst first: what is missed or overdue, unreported, off track; then the longer slip, then by code. */
export const worstFirst = (a: CommitmentView, b: CommitmentView): number =>
  severity(a) - severity(b) || (b.slipDays ?? 0) - (a.slipDays ?? 0) || byId(a.row.code, b.row.code);

/** Worst first, each followed by its parts; a part whose whole is not among them stands by itself. */
export function asTree(views: readonly CommitmentView[]): readonly CommitmentView[] {
  const ids = new Set(views.map(({ row }) => row.commitmentId));
  const parts = grouped(views, ({ row: { parentCommitmentId: parent } }) =>
    parent !== null && ids.has(parent) ? parent : '',
  );
  const under = (parent: string): readonly CommitmentView[] =>
    [...(parts.get(parent) ?? [])].sort(worstFirst).flatMap((view) => [view, ...under(view.row.commitmentId)]);
  return under('');
}
