import {
  commitmentEvidence,
  commitmentIndicators,
  commitmentMilestones,
  commitmentPeriods,
  commitmentRegister,
  handoverAfter,
  ownerOfRow,
} from '@plumbline/charter/domain';
import { type LocalDate, ROLES, type Refusal, refuse } from '@plumbline/kernel';
import {
  calendarDays,
  leaderPosts,
  organizationProfile,
  personAbsences,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import { actionRegister } from '@plumbline/programs/domain';
import { type Disclosed, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, reportOf, wordLine } from './assembly';
import { type CommitmentView, commitmentViews, worstFirst } from './commitment-views';
import { type DocumentDefinition, factLine, officesOf } from './document';
import { citing, prefixOf } from './prefix';
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
  actions: actionRegister,
} as const;
type Rows = RowsOf<typeof reads>;

const OVERSEERS: readonly string[] = ['hr', 'auditor', 'process'];

const resourcesWord = ({ row }: CommitmentView): string =>
  row.resourced ? 'Resourced' : row.needsNoResources ? 'None needed' : 'Not resourced';

function promiseLines(view: CommitmentView, asked: LocalDate | null): readonly Line[] {
  const { row, evidence, standing, milestones } = view;
  const cites = citing('source', [row]);
  const word = (id: string, column: string, label: string, said: string | null): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
  return [
    word(row.code, 'title', 'Promise', row.title),
    word(row.code, 'first', 'First due', view.firstDue),
    word(row.code, 'current', 'Now due', view.currentDue),
    word(row.code, 'moves', 'Moves', String(row.moves)),
    word(row.code, 'self', 'Self', row.selfStatus),
    word(row.code, 'assessed', 'Assessed', row.completion),
    word(row.code, 'resources', 'Resources', resourcesWord(view)),
    word(row.code, 'evidence', 'Evidence', `${evidence.verified} of ${evidence.total} verified`),
    line(
      withoutFigures(cellAt(`${row.code}/state`, `State · ${row.code}`, { ...standing, word: view.outcome, cites })),
    ),
    word(row.code, 'last', 'Last report', row.lastReport),
    word(row.code, 'handover', 'Handed over as of', asked),
    ...milestones
      .filter(({ state }) => state !== 'REACHED')
      .flatMap((milestone) => {
        const id = milestone.row.milestoneId.startsWith(`${row.code}.`)
          ? milestone.row.milestoneId
          : `${row.code}:${milestone.row.milestoneId}`;
        return [
          word(id, 'title', 'Milestone', milestone.row.title),
          word(id, 'first', 'First due', milestone.firstDue),
          word(id, 'current', 'Now due', milestone.currentDue),
          word(id, 'state', 'State', milestone.state === 'OVERDUE' ? 'OVERDUE' : null),
        ];
      }),
  ];
}

function compute(rows: Rows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const { viewer } = question;
  const leader = question.leader ?? viewer.id;
  const owned = commitmentViews(prefix, rows).filter(
    ({ row }) => ownerOfRow(row, prefix.date) === leader && row.status === 'ACTIVE',
  );
  const comesOver = ({ row }: CommitmentView): boolean =>
    [row.handoverTo, handoverAfter(row, prefix.date)?.to].includes(viewer.id);
  const isTakingOver = owned.some(comesOver);
  if (leader !== viewer.id && !OVERSEERS.includes(viewer.role) && !isTakingOver)
    return refuse(
      'a-handover-sheet-is-for-those-who-hand-over-take-over-or-oversee',
      'Ask for your own, or be asked first to take over a commitment of this leader.',
    );
  const actions = rows.actions.filter(
    ({ lead, state }) => lead === leader && (state === 'PLANNED' || state === 'STARTED'),
  );
  const whole = leader === viewer.id || OVERSEERS.includes(viewer.role);
  const shown = whole ? owned : owned.filter(comesOver);
  return reportOf(headerOf(handoverSheet, prefix, question, prefix.tree.root), [
    factLine('office', 'Office', officesOf(leader, rows.posts, prefix.tree)),
    factLine('leader', 'Handed over by', leader),
    factLine('promises', 'Open promises on this sheet', `${shown.length} of ${owned.length}`),
    factLine(
      'actions',
      'Actions under way',
      actions.length === 0 || !whole
        ? null
        : actions
            .map(({ code, title }) => `${code} ${title}`)
            .sort()
            .join('; '),
    ),
    factLine('rule', 'What counts', 'The first date counts, whoever owns it; reports that were missed stay missed.'),
    ...[...shown]
      .sort(worstFirst)
      .flatMap((view) =>
        promiseLines(view, view.row.handoverEffective ?? handoverAfter(view.row, prefix.date)?.effective ?? null),
      ),
  ]);
}

/** What a leader leaves to whoever comes next: every open promise, and what is still to be done in it. */
export const handoverSheet: DocumentDefinition<typeof reads> = {
  id: 'HANDOVER-SHEET',
  name: 'Handover sheet',
  question: 'What is open, what is late, and what was given for it?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  filters: ['leader'],
  keepsOutBy: ['a-handover-sheet-is-for-those-who-hand-over-take-over-or-oversee'],
  columns: [
    { id: 'row', title: 'Code', align: 'left' },
    { id: 'title', title: 'Promise or milestone', align: 'left' },
    { id: 'first', title: 'First due', align: 'left' },
    { id: 'current', title: 'Now due', align: 'left' },
    { id: 'self', title: 'Self', align: 'left' },
    { id: 'assessed', title: 'Assessed', align: 'left' },
    { id: 'resources', title: 'Resources', align: 'left' },
    { id: 'evidence', title: 'Evidence', align: 'left' },
    { id: 'state', title: 'State', align: 'left' },
  ],
  signed: ['Handed over by', 'Taken over by'],
  reads,
  compute,
  mayOpen: () => () => false,
};
