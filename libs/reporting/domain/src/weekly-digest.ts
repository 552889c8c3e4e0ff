import {
  commitmentEvidence,
  commitmentIndicators,
  commitmentMilestones,
  commitmentPeriods,
  commitmentRegister,
  dutiesOf,
  ownerOfRow,
} from '@plumbline/charter/domain';
import { cycleRegister, scorecards } from '@plumbline/evaluations/domain';
import { type LocalDate, ROLES, type Refusal, addDays, daysBetween } from '@plumbline/kernel';
import {
  calendarDays,
  leaderPosts,
  organizationProfile,
  outsideAbsence,
  personAbsences,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import type { Citation, Disclosed } from '@plumbline/privacy';
import { headerOf, reportOf, wordLine } from './assembly';
import { type CommitmentView, commitmentViews } from './commitment-views';
import { type DocumentDefinition, factLine, officesOf } from './document';
import { type Prefix, citing, prefixOf } from './prefix';
import { type Question, type Report, type RowsOf, isRefusal } from './report';

const reads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  posts: leaderPosts,
  absences: personAbsences,
  commitments: commitmentRegister,
  milestones: commitmentMilestones,
  indicators: commitmentIndicators,
  periods: commitmentPeriods,
  evidence: commitmentEvidence,
  cycles: cycleRegister,
  scorecards,
} as const;
type Rows = RowsOf<typeof reads>;

/** How far a digest looks ahead: as far as the first notice of a date. */
const AHEAD = 14;

interface Item {
  readonly about: string;
  readonly what: string;
  readonly due: LocalDate;
  readonly cites: readonly Citation[];
}

function ofPromises(views: readonly CommitmentView[], person: string, rows: Rows, prefix: Prefix): readonly Item[] {
  const { profile, date } = prefix;
  const calendar =
    profile.dueDays === null || profile.graceDays === null
      ? null
      : { periods: profile.periods, dueDays: profile.dueDays, graceDays: profile.graceDays };
  /** Absences of whoever owns the promise on a day. */
  const awayOn = (row: CommitmentView['row'], day: LocalDate) =>
    rows.absences
      .filter(({ personId }) => personId === ownerOfRow(row, day))
      .map(({ absentFrom, absentTo }) => ({ from: absentFrom, to: absentTo }));
  return views
    .filter(({ row }) => row.status === 'ACTIVE')
    .flatMap((view): readonly Item[] => {
      const { row } = view;
      const cites = citing('source', [row]);
      const owed =
        calendar === null || ownerOfRow(row, date) !== person
          ? []
          : dutiesOf(row, calendar, profile.fiscalYear, (end) => awayOn(row, end), date, { upcoming: true });
      return [
        ...owed
          .filter(({ period }) => (view.periods.get(period.text)?.outcome ?? 'MISSED') === 'MISSED')
          .map(({ period, due, lastDay }) => ({
            about: row.code,
            what: `Report on ${period.text}${lastDay < date ? ', late' : ''}`,
            due,
            cites,
          })),
        ...view.milestones.flatMap(({ row: milestone, state, currentDue }): readonly Item[] => {
          if (state === 'REACHED' || currentDue === null) return [];
          const due = outsideAbsence(awayOn(row, currentDue), currentDue);
          if (ownerOfRow(row, due < date ? date : due) !== person) return [];
          return [{ about: row.code, what: `Reach ${milestone.milestoneId} ${milestone.title}`, due, cites }];
        }),
      ];
    });
}

function ofAnswers(rows: Rows, person: string): readonly Item[] {
  const asked = rows.commitments.filter(
    ({ handoverTo, handoverEffective }) => handoverTo === person && handoverEffective !== null,
  );
  const cycles = new Map(rows.cycles.map((cycle) => [cycle.cycleId, cycle]));
  return [
    ...asked.map((row) => ({
      about: row.code,
      what: `Answer whether you take over ${row.title}`,
      due: row.handoverEffective ?? '',
      cites: citing('source', [row]),
    })),
    ...rows.scorecards.flatMap((card): readonly Item[] => {
      const cites = citing('scorecard', [card]);
      const until = cycles.get(card.cycleId)?.acknowledgeBy ?? card.periodEnd;
      if (card.leader === person && card.state === 'ISSUED')
        return [{ about: card.cycle, what: 'Accept your contract, or under protest', due: card.acceptBy, cites }];
      if (card.leader === person && card.state === 'SIGNED_OFF')
        return [{ about: card.cycle, what: 'Acknowledge your scorecard', due: until, cites }];
      if (card.evaluators.includes(person) && card.state === 'SCORED')
        return [{ about: card.cycle, what: 'Rate a scorecard that was computed', due: until, cites }];
      return [];
    }),
  ];
}

const whenWord = (date: LocalDate, due: LocalDate): string => {
  const days = daysBetween(date, due);
  return days === 0 ? 'today' : days > 0 ? `in ${days} days` : `${-days} days ago`;
};

function compute(rows: Rows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const { date } = prefix;
  const { id: person } = question.viewer;
  const views = commitmentViews(prefix, rows);
  const until = addDays(date, AHEAD);
  const items = [...ofPromises(views, person, rows, prefix), ...ofAnswers(rows, person)]
    .filter(({ due }) => due <= until)
    .sort((a, b) => (`${a.due} ${a.about} ${a.what}` < `${b.due} ${b.about} ${b.what}` ? -1 : 1));
  const own = views.filter(({ row }) => ownerOfRow(row, date) === person);
  const counted = (...outcomes: readonly string[]): string =>
    String(own.filter(({ outcome }) => outcomes.includes(outcome)).length);
  const waiting = rows.commitments.filter(
    ({ askedOwnerId, status }) => askedOwnerId === person && status === 'PROPOSED',
  );
  return reportOf(headerOf(weeklyDigest, prefix, question, prefix.tree.root), [
    factLine('office', 'Office', officesOf(person, rows.posts, prefix.tree)),
    factLine('ahead', 'Looks ahead to', until),
    factLine('open', 'Your promises not yet due', counted('NOT_DUE')),
    factLine('overdue', 'Past their first date', counted('OVERDUE')),
    factLine('kept', 'Kept, and kept late', `${counted('KEPT')} and ${counted('KEPT_LATE')}`),
    factLine('missed', 'Missed', counted('MISSED')),
    factLine(
      'waiting',
      'Waiting for your yes or no',
      waiting.length === 0
        ? null
        : waiting
            .map(({ code, title }) => `${code} ${title}`)
            .sort()
            .join('; '),
    ),
    ...items.flatMap(({ about, what, due, cites }, index) => {
      const id = String(index + 1);
      return [
        wordLine(`${id}/due`, `Due · ${id}`, due, cites),
        wordLine(`${id}/when`, `When · ${id}`, whenWord(date, due), cites),
        wordLine(`${id}/about`, `About · ${id}`, about, cites),
        wordLine(`${id}/what`, `What · ${id}`, what, cites),
      ];
    }),
  ]);
}

/** What one person has to do in the next two weeks, and what is late. Nobody sees another's. */
export const weeklyDigest: DocumentDefinition<typeof reads> = {
  id: 'WEEKLY-DIGEST',
  name: 'Weekly digest',
  question: 'What needs me?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  columns: [
    { id: 'row', title: 'No.', align: 'left' },
    { id: 'due', title: 'Due', align: 'left' },
    { id: 'when', title: 'When', align: 'left' },
    { id: 'about', title: 'About', align: 'left' },
    { id: 'what', title: 'What to do', align: 'left' },
  ],
  signed: [],
  reads,
  compute,
  mayOpen: () => () => false,
};
