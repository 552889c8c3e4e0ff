import { type CitedRow, Decimal, ROLES, type Refusal } from '@plumbline/kernel';
import {
  type ComponentSource,
  type MetricSource,
  type ScorecardComponentRow,
  type ScorecardRestatementRow,
  leftOutOf,
  scorecardRestatements,
  sourceOf,
  totalOf,
} from '@plumbline/evaluations/domain';
import { type LeftOut, STRETCHING, UP_TO_TARGET } from '@plumbline/measures';
import {
  type Cell,
  type Citation,
  type Disclosed,
  derived,
  isHidden,
  together,
  withhold,
  withoutFigures,
} from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, reportOf, wordLine } from './assembly';
import { mayOpenWith } from './event-opening';
import { figureBook } from './figure-book';
import { numberLine, shareCell } from './plain-figures';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, isRefusal } from './report';
import { type ScopeView, type ShownBy, citingEvents, observedCell, scopesIn, targetWord } from './scorecard-cells';
import { scoringReads } from './scorecard-computation';
import { CARD_OVERSEERS, type CardView, cardsAsked, keepsOutOfCards, rowIdOf } from './scorecard-views';
import { definitionOf } from './verdicts';

const AWAITING = 'No score leaves before a person has rated it and another has signed.';

export const scorecardReads = { ...scoringReads, restatements: scorecardRestatements } as const;
export type ScorecardRows = RowsOf<typeof scorecardReads>;
type ComponentOf = CitedRow<ScorecardComponentRow>;

interface Asked extends ShownBy {
  readonly rows: ScorecardRows;
  readonly question: Question;
  readonly view: CardView;
  /** Whether what the components come to may be told: signed, or to those who rate and oversee. */
  readonly told: boolean;
}

const NOT_COUNTED: Readonly<Record<LeftOut, string>> = {
  NO_DATE: 'never dated',
  NOT_YET_DUE: 'not due by the freeze',
  WITHDRAWN_OUTSIDE: 'withdrawn before its first date by two people outside the line',
  HANDED_OVER: 'handed over ninety days or more before its first date',
  TAKEN_OVER_LATER: 'taken over after its first date',
};

const CURVES = {
  LINEAR: { true: '0–50–100–100', false: '0–50–100–150' },
  RANGE: { true: '100 inside', false: '100 inside' },
} as const;

export function sourceWord(source: ComponentSource): string {
  switch (source.type) {
    case 'METRIC':
      return `${source.metric} · ${source.scopes.map(({ unit }) => unit).join(', ')}`;
    case 'COMMITMENTS':
      return source.commitments.map(({ commitment, weight }) => `${commitment} × ${weight}`).join(', ');
    case 'ACTIONS':
      return source.actions.map(({ action }) => action).join(', ');
  }
}

const scopeViews = ({ rows }: Asked, row: ComponentOf, source: MetricSource): readonly ScopeView[] => {
  const metric = definitionOf(rows.metrics, source.metricId, source.definitionVersion);
  const targetOf = (unitId: string | null) =>
    rows.targets.find(
      (each) => each.metricId === source.metricId && each.unitId === unitId && each.period === source.period,
    );
  const scored = scopesIn(row);
  return scored.map((scope, index) => ({
    scope,
    metric,
    source,
    target: targetOf(scope.unitId) ?? targetOf(source.scopes[index]?.unitId ?? null),
  }));
};

/** What comes of figures goes with them: as soon as one of them is hidden, it is hidden too. */
function fromFigures(
  figures: Disclosed<readonly Cell[]>,
  key: string,
  label: string,
  given: Partial<Cell>,
  cites: readonly Citation[],
): Line {
  return line(
    derived(figures, (cells) => {
      const hidden = cells.find(isHidden);
      return hidden && given.value !== null && given.value !== undefined
        ? cellAt(key, label, { state: hidden.state, unit: given.unit ?? '', remarks: hidden.remarks })
        : cellAt(key, label, { ...given, cites });
    }),
  );
}

/** The units that were judged in the place of contracted ones. */
function judgedBy({ prefix }: Asked, scopes: readonly ScopeView[]): string {
  const shared = scopes.flatMap(({ scope }) =>
    scope.shared ? (prefix.tree.unit(scope.unitId ?? '')?.code ?? []) : [],
  );
  return shared.length === 0 ? '' : ` (judged by ${[...new Set(shared)].join(', ')})`;
}

/** What being unverified did to a component that was scored. */
function unverifiedWord({ effect, evidenceLevel, kind }: ComponentOf): readonly string[] {
  if (effect !== 'SCORED' || evidenceLevel !== 'UNVERIFIED' || kind === 'MODIFIER') return [];
  return kind === 'COMMITMENTS'
    ? ['What its owner calls done and nobody else has confirmed counts as open.']
    : ['Nobody else had verified it by the freeze: it counts at most what its threshold gives.'];
}

interface ComponentLines {
  readonly lines: readonly Line[];
  /** The figures it rests on, as they are shown. */
  readonly figures: readonly Disclosed<Cell>[];
}

function componentLines(asked: Asked, row: ComponentOf): ComponentLines {
  const { question, view, told, prefix } = asked;
  const id = rowIdOf(view, question, row.componentId);
  const source = sourceOf(row);
  const at = (column: string): string => `${id}/${column}`;
  const label = (words: string): string => `${words} · ${row.title}`;
  const own = citing('scorecard', [row]);
  const cites = [...own, ...citingEvents('source', row.citedEvents)];
  const word = (column: string, words: string, said: string | null): Line =>
    wordLine(at(column), label(words), said, own);
  const scopes = source.type === 'METRIC' ? scopeViews(asked, row, source) : [];
  const figures = scopes.map((scope, index) => {
    const unit = prefix.tree.unit(scope.scope.unitId ?? '')?.code ?? source.type;
    return observedCell(asked, scope, {
      key: index === 0 ? at('observed') : `${id}:${unit}/observed`,
      label: label(`Observed in ${unit}`),
      cites,
    });
  });
  const together_ = together<Cell>(figures);
  const part = totalOf(view.card)?.parts.find(({ componentId }) => componentId === row.componentId);
  const points = row.kind === 'CLIMATE' || row.kind === 'OUTCOME' ? UP_TO_TARGET : STRETCHING;
  const [first] = scopes;
  const number = (column: string, words: string, value: string | null, unit: string): Line => {
    const given = {
      value,
      unit,
      state: value === null ? (row.state ?? 'NOT_DUE') : ('OK' as const),
      reasonCode: row.reasonCode,
    };
    return figures.length > 0
      ? fromFigures(together_, at(column), label(words), given, cites)
      : numberLine(prefix, cellAt(at(column), label(words), { ...given, cites }));
  };
  const share = (column: string, words: string, bp: Decimal | number | string | null): Line =>
    bp === null ? word(column, words, null) : numberLine(prefix, shareCell(at(column), label(words), bp, own));
  const untilSigned = (made: Line): Line => (told ? made : line(withhold(made.cell, AWAITING)));
  const observed =
    figures.length > 0
      ? figures.map((cell) => line(cell))
      : [word('observed', 'Observed', row.state === null ? null : row.n === null ? row.state : `${row.n} counted`)];
  return {
    figures,
    lines: [
      word('component', 'Component', row.title),
      word('kind', 'Kind', row.kind),
      word('source', 'Source', `${sourceWord(source)}${judgedBy(asked, scopes)}`),
      word('period', 'Period', source.type === 'METRIC' ? source.period : view.card.period),
      word('target', 'Target', first?.target ? targetWord(first.target) : null),
      ...observed,
      word(
        'curve',
        'Curve',
        row.kind === 'MODIFIER'
          ? 'lowers only'
          : CURVES[first?.target?.curve ?? 'LINEAR'][points === UP_TO_TARGET ? 'true' : 'false'],
      ),
      untilSigned(number('attainment', 'Attainment', row.attainment, 'points')),
      untilSigned(number('original', 'Attainment on the targets as locked', row.originalAttainment, 'points')),
      word('cap', 'Cap', String(row.capPoints)),
      share('agreed', 'Agreed weight', row.weightBp),
      untilSigned(share('effective', 'Effective weight', part?.effectiveBp ?? null)),
      untilSigned(number('points', 'Points', part?.points ?? null, 'points')),
      line(
        withoutFigures(
          cellAt(at('state'), label('State'), {
            word: row.effect ?? 'NOT_SCORED',
            state: row.state ?? 'NOT_DUE',
            reasonCode: row.reasonCode,
            remarks: [
              ...(row.rule === null ? [] : [`By the rule ${row.rule}.`]),
              ...(row.warnings.includes('NOT_EVALUABLE_AS_THINGS_STAND')
                ? ['Issued with the warning: not evaluable as things stand.']
                : []),
              ...unverifiedWord(row),
              ...leftOutOf(row).map(({ commitment, why }) => `Not counted: ${commitment}, ${NOT_COUNTED[why]}.`),
              ...(row.opensImprovement ? ['Too few answered: an improvement is due.'] : []),
            ],
            cites: own,
          }),
        ),
      ),
      word('verification', 'Verification', row.evidenceLevel),
      share('tenure', 'Tenure', row.tenureShare === null ? null : new Decimal(row.tenureShare).times(10_000)),
    ],
  };
}

/** How far commitments and actions that the scorecard counts were given means: nobody is judged without it. */
function supportWord({ rows, view }: Asked): string | null {
  const sources = view.components.map(sourceOf);
  const promised = new Set(
    sources.flatMap((source) =>
      source.type === 'COMMITMENTS' ? source.commitments.map(({ commitmentId }) => commitmentId) : [],
    ),
  );
  const planned = new Set(
    sources.flatMap((source) => (source.type === 'ACTIONS' ? source.actions.map(({ actionId }) => actionId) : [])),
  );
  const commitments = rows.commitments.filter(({ commitmentId }) => promised.has(commitmentId));
  const actions = rows.actions.filter(({ actionId }) => planned.has(actionId));
  const given = [
    ...(commitments.length === 0
      ? []
      : [`${commitments.filter(({ resourced }) => resourced).length} of ${commitments.length} commitments resourced`]),
    ...(actions.length === 0
      ? []
      : [
          `${actions.filter(({ budget, fte, protectedHours }) => (budget ?? fte ?? protectedHours) !== null).length} of ${actions.length} actions resourced`,
        ]),
  ];
  return given.length === 0 ? null : given.join('; ');
}

function foot(asked: Asked, figures: readonly Disclosed<Cell>[]): readonly Line[] {
  const { view, question, told, rows } = asked;
  const { card } = view;
  const total = totalOf(card);
  const id = rowIdOf(view, question, 'total');
  const cites = citing('scorecard', [card]);
  const all = together<Cell>(figures);
  const at = (column: string): string => `${id}/${column}`;
  const score = (column: string, words: string, value: string | null): Line => {
    if (!told) return line(withhold(cellAt(at(column), words, {}), AWAITING));
    const state = value !== null ? 'OK' : total ? 'NOT_EVALUABLE' : 'NOT_DUE';
    const remarks = total?.reason ? [`No total: ${total.reason.toLowerCase().replaceAll('_', ' ')}.`] : [];
    return fromFigures(all, at(column), words, { value, unit: 'points', state, remarks }, cites);
  };
  const word = (column: string, words: string, said: string | null): Line => wordLine(at(column), words, said, cites);
  const share = (column: string, words: string, bp: Decimal | number | string | null): Line =>
    bp === null ? word(column, words, null) : numberLine(asked.prefix, shareCell(at(column), words, bp, cites));
  const untilSigned = (made: Line): Line => (told ? made : line(withhold(made.cell, AWAITING)));
  const off = card.deviation ? ` (${card.deviation > 0 ? '+' : ''}${card.deviation} off the band of the total)` : '';
  /** How far it is off tells the band of the total: hidden with it. */
  const rating =
    card.rating === null
      ? word('rating', 'Rating', null)
      : line(
          derived(all, (cells) =>
            cellAt(at('rating'), 'Rating', { word: `${card.rating}${cells.some(isHidden) ? '' : off}`, cites }),
          ),
        );
  return [
    score('score', 'Total', total?.score ?? null),
    share('coverage', 'Coverage', total?.coverageBp ?? null),
    share('evidence', 'Evidence', total?.evidenceBp ?? null),
    untilSigned(share('survey', 'Survey weight', total?.surveyBp ?? null)),
    score('original', 'Total on the targets as locked', total?.originalScore ?? null),
    untilSigned(rating),
    untilSigned(word('narrative', 'What the rating says', card.narrative)),
    untilSigned(word('rating-reason', 'Why it differs', card.ratingReason)),
    word('accepted', 'Contract', card.accepted === 'NO' ? 'NOT_ACCEPTED' : card.accepted),
    word('protest', 'Protest', card.protest),
    word('self', 'Self-assessment', card.selfAssessment),
    word('stage', 'Stage', card.state),
    word('answer', 'Leader’s answer', card.agrees === null ? null : card.agrees ? 'AGREES' : 'DISAGREES'),
    word('comment', 'Leader’s comment', card.comment),
    word('support', 'Support received', supportWord(asked)),
    ...rows.restatements
      .filter(({ scorecardId }) => scorecardId === card.scorecardId)
      .sort((a, b) => a.revision - b.revision)
      .flatMap((each, index) => restatementLines(asked, each, index, all)),
  ];
}

function restatementLines(
  { view, question, told }: Asked,
  row: CitedRow<ScorecardRestatementRow>,
  index: number,
  figures: Disclosed<readonly Cell[]>,
): readonly Line[] {
  const id = rowIdOf(view, question, `restatement-${index + 1}`);
  const cites = [...citing('scorecard', [row]), ...citingEvents('source', row.causingEvents)];
  const score = (column: string, words: string, value: string | null): Line => {
    const made = fromFigures(
      figures,
      `${id}/${column}`,
      words,
      { value, unit: 'points', state: value === null ? 'NOT_EVALUABLE' : 'OK' },
      cites,
    );
    return told ? made : line(withhold(made.cell, AWAITING));
  };
  return [
    score('score', 'Total before', row.oldScore),
    score('restated', 'Total after', row.newScore),
    wordLine(`${id}/cause`, 'Cause', row.cause, cites),
    wordLine(`${id}/stage`, 'Restated on', row.restatedAt.slice(0, 10), cites),
  ];
}

const mayBeTold = (view: CardView, { viewer }: Question): boolean =>
  CARD_OVERSEERS.includes(viewer.role) ||
  view.card.evaluators.includes(viewer.id) ||
  view.card.signedBy !== null ||
  view.card.final;

function compute(rows: ScorecardRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const cards = cardsAsked(rows, question, { oversees: CARD_OVERSEERS, rates: true });
  if (isRefusal(cards)) return cards;
  const book = figureBook(prefix, rows);
  const lines = cards.views.flatMap((view) => {
    const asked: Asked = { rows, question, prefix, book, view, told: mayBeTold(view, question) };
    const parts = view.components.map((row) => componentLines(asked, row));
    // what was left out gave nothing to the total: its being hidden hides no more than itself
    const counted = parts.filter((_part, index) => view.components[index]?.attainment != null);
    return [
      ...parts.flatMap((part) => part.lines),
      ...foot(
        asked,
        counted.flatMap(({ figures }) => figures),
      ),
    ];
  });
  const header = headerOf(scorecardReport, prefix, question, prefix.tree.root);
  return reportOf(
    {
      ...header,
      period: cards.cycle.period,
      remarks: [
        ...header.remarks,
        cards.cycle.asOf === null
          ? `${cards.cycle.code} is not frozen: nothing is scored yet.`
          : `${cards.cycle.code}, frozen on ${cards.cycle.frozenOn} as of event ${cards.cycle.asOf}.`,
      ],
    },
    lines,
  );
}

/** R3: one leader's scorecard of one cycle, and nobody else's. */
export const scorecardReport: ReportDefinition<typeof scorecardReads> = {
  id: 'R3',
  name: 'Leader scorecard',
  question: 'What was agreed, what was observed, and what does it come to?',
  reading:
    'Behind ±: the 95 % margin as it was scored. R2 narrows it by the share of those asked who answered; a score does not: it judges how a unit is led, not only those people.',
  audience: ROLES,
  kind: 'both',
  version: 1,
  filters: ['cycle', 'leader'],
  restricted: true,
  keepsOutBy: [...keepsOutOfCards],
  columns: [
    { id: 'component', title: 'component', align: 'left' },
    { id: 'source', title: 'source', align: 'left' },
    { id: 'target', title: 'target', align: 'left' },
    { id: 'observed', title: 'observed', align: 'right' },
    { id: 'attainment', title: 'attainment', align: 'right' },
    { id: 'agreed', title: 'agreed', align: 'right' },
    { id: 'effective', title: 'effective', align: 'right' },
    { id: 'points', title: 'points', align: 'right' },
    { id: 'state', title: 'state', align: 'left' },
    { id: 'verification', title: 'verified', align: 'left' },
  ],
  reads: scorecardReads,
  compute,
  mayOpen: mayOpenWith,
};
