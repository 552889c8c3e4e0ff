import { cycleRegister, scorecardComponents, scorecards, sourceOf } from '@plumbline/evaluations/domain';
import { Decimal, ROLES, type Refusal, refuse } from '@plumbline/kernel';
import { targetRegister } from '@plumbline/metrics/domain';
import {
  calendarDays,
  leaderPosts,
  organizationProfile,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import { type Disclosed, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, reportOf, wordLine } from './assembly';
import { type DocumentDefinition, factLine, officesOf } from './document';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type RowsOf, isRefusal } from './report';
import { targetWord } from './scorecard-cells';
import { CARD_OVERSEERS, type CardView, cardsAsked, isOwnCard, keepsOutOfCards } from './scorecard-views';
import { sourceWord } from './scorecard.report';

const reads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  posts: leaderPosts,
  cycles: cycleRegister,
  scorecards,
  components: scorecardComponents,
  targets: targetRegister,
} as const;
type Rows = RowsOf<typeof reads>;

const percent = (bp: number): string => `${new Decimal(bp).dividedBy(100).toFixed()} %`;

const ACCEPTED = { NO: 'Not yet', YES: 'Accepted', UNDER_PROTEST: 'Accepted under protest' } as const;

function componentLines({ targets }: Rows, row: CardView['components'][number], period: string): readonly Line[] {
  const source = sourceOf(row);
  const cites = citing('scorecard', [row]);
  const word = (column: string, label: string, said: string | null): Line =>
    wordLine(`${row.componentId}/${column}`, `${label} · ${row.title}`, said, cites);
  const target =
    source.type === 'METRIC'
      ? targets.find(
          (each) =>
            each.metricId === source.metricId &&
            each.period === source.period &&
            each.unitId === source.scopes[0]?.unitId,
        )
      : undefined;
  const isDoubtful = row.warnings.includes('NOT_EVALUABLE_AS_THINGS_STAND');
  return [
    line(
      withoutFigures(
        cellAt(`${row.componentId}/component`, `Component · ${row.title}`, {
          word: row.title,
          remarks: isDoubtful ? ['Not evaluable as things stand: issued with this warning.'] : [],
          cites,
        }),
      ),
    ),
    word('kind', 'Kind', row.kind),
    word('source', 'Source', sourceWord(source)),
    word('period', 'Period', source.type === 'METRIC' ? source.period : period),
    word('target', 'Threshold / target / stretch', target ? targetWord(target) : null),
    word('fallback', 'Judged instead', source.type === 'METRIC' ? (source.fallback?.unit ?? null) : null),
    word('weight', 'Weight', percent(row.weightBp)),
    word('cap', 'Counts up to', `${row.capPoints} points`),
  ];
}

/** The contract of one leader: left out, the viewer's own; the latest cycle unless one is named. */
function contractAsked(rows: Rows, question: Question): CardView | Refusal {
  const latest = [...rows.cycles].sort((a, b) => (a.periodStart < b.periodStart ? 1 : -1))[0];
  const cycle = question.cycle ?? latest?.code;
  if (cycle === undefined)
    return refuse('a-report-on-scorecards-needs-a-cycle', 'No cycle was opened by that position.');
  const cards = cardsAsked(rows, { ...question, cycle }, { oversees: CARD_OVERSEERS, rates: true });
  if (isRefusal(cards)) return cards;
  const own = cards.views.filter((view) => isOwnCard(view, question.viewer));
  const [view, ...others] = question.leader === undefined && own.length > 0 ? own : cards.views;
  if (view && others.length === 0) return view;
  const { code } = cards.cycle;
  if (view)
    return refuse(
      'a-contract-is-of-one-leader',
      `Several leaders have a contract in ${code}: name one of them in leader.`,
    );
  return refuse(
    'a-contract-is-of-one-leader',
    `${question.leader === undefined ? 'Nobody' : 'This leader'} has ${question.leader === undefined ? 'a' : 'no'} contract in ${code}. Issue one first: evaluations.IssueScorecard.`,
  );
}

function compute(rows: Rows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const view = contractAsked(rows, question);
  if (isRefusal(view)) return view;
  const { card, components } = view;
  const cites = citing('scorecard', [card]);
  const fact = (column: string, label: string, said: string | null): Line => factLine(column, label, said, cites);
  const header = headerOf(scorecardContract, prefix, question, prefix.tree.root);
  return reportOf({ ...header, period: card.period }, [
    fact('cycle', 'Cycle', card.cycle),
    fact('office', 'Office', officesOf(card.leader, rows.posts, prefix.tree)),
    fact('leader', 'Leader', card.leader),
    fact('group', 'Leader group', card.group),
    fact('period', 'Judged period', `${card.period}, ${card.periodStart} to ${card.periodEnd}`),
    fact('rules', 'Rules', `Version ${card.ruleSetVersion}, edition ${card.edition} of this contract`),
    fact('accept-by', 'To be accepted by', card.acceptBy),
    fact(
      'accepted',
      'Accepted',
      `${ACCEPTED[card.accepted]}${card.acceptedAt === null ? '' : `, ${card.acceptedAt.slice(0, 10)}`}`,
    ),
    fact('coverage', 'A total needs', `${percent(card.limitCoverageBp)} of the weights scored`),
    fact('survey', 'Surveys weigh at most', percent(card.limitSurveyBp)),
    fact('single', 'One component weighs at most', percent(card.limitSingleBp)),
    fact('process', 'Process and commitments weigh at least', percent(card.limitProcessBp)),
    fact('answers', 'Fewest answers that are scored', String(card.minScoredN)),
    ...components.flatMap((row) => componentLines(rows, row, card.period)),
  ]);
}

/** What a leader will be judged by, before the year: to be accepted in own name. */
export const scorecardContract: DocumentDefinition<typeof reads> = {
  id: 'CONTRACT',
  name: 'Scorecard contract',
  question: 'By what will this leader be judged, and with which weight?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  filters: ['cycle', 'leader'],
  restricted: true,
  keepsOutBy: [...keepsOutOfCards],
  columns: [
    { id: 'component', title: 'Component', align: 'left' },
    { id: 'kind', title: 'Kind', align: 'left' },
    { id: 'source', title: 'Source', align: 'left' },
    { id: 'period', title: 'Period', align: 'left' },
    { id: 'target', title: 'Threshold / target / stretch', align: 'left' },
    { id: 'fallback', title: 'Judged instead', align: 'left' },
    { id: 'weight', title: 'Weight', align: 'right' },
    { id: 'cap', title: 'Counts up to', align: 'right' },
  ],
  signed: ['The leader, in own name', 'For the organisation'],
  reads,
  compute,
  mayOpen: () => () => false,
};
