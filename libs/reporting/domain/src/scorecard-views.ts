import type { ActorRole, CitedRow, Refusal } from '@plumbline/kernel';
import { refuse } from '@plumbline/kernel';
import type { CycleRow, ScorecardComponentRow, ScorecardRow } from '@plumbline/evaluations/domain';
import type { Question, Viewer } from './report';

type Card = CitedRow<ScorecardRow>;
export type Cycle = CitedRow<CycleRow>;

/** A leader's scorecard with the components of the contract that stands, in its order. */
export interface CardView {
  readonly card: Card;
  readonly components: readonly CitedRow<ScorecardComponentRow>[];
}
export interface CardsAsked {
  readonly cycle: Cycle;
  readonly views: readonly CardView[];
}

export interface CardRows {
  readonly cycles: readonly Cycle[];
  readonly scorecards: readonly Card[];
  readonly components: readonly CitedRow<ScorecardComponentRow>[];
}

const folded = (code: string): string => code.normalize('NFC').toUpperCase();

/** Who sees every scorecard; the board is the panel. */
export const CARD_OVERSEERS: readonly ActorRole[] = ['hr', 'auditor', 'board', 'process'];

/** The cycle that is asked for; left out, the last that was frozen. */
export function cycleAsked(cycles: readonly Cycle[], asked: string | undefined): Cycle | Refusal {
  const found =
    asked === undefined
      ? [...cycles]
          .filter(({ asOf }) => asOf !== null)
          .sort((a, b) => (`${a.frozenOn ?? ''} ${a.code}` < `${b.frozenOn ?? ''} ${b.code}` ? 1 : -1))[0]
      : cycles.find(({ code }) => folded(code) === folded(asked));
  if (found) return found;
  return asked === undefined
    ? refuse('a-report-on-scorecards-needs-a-cycle', 'No cycle was frozen by that position. Name one with cycle.')
    : refuse('a-cycle-is-named-by-its-code', 'No cycle has this code at that position.');
}

export const keepsOutOfCards = ['a-scorecard-is-for-its-leader-and-for-those-who-rate-or-oversee-it'] as const;

/** Who sees every scorecard, and whether those who rate one see it as its leader does. */
export interface CardAudience {
  readonly oversees: readonly ActorRole[];
  readonly rates: boolean;
}

export const isOwnCard = ({ card }: CardView, { id }: Viewer): boolean => card.leader === id;

const keptOut = ({ role }: Viewer, { oversees, rates }: CardAudience): Refusal =>
  refuse(
    'a-scorecard-is-for-its-leader-and-for-those-who-rate-or-oversee-it',
    `You ask as ${role}, and no scorecard of this cycle is yours${rates ? ', or yours to rate' : ''}. All are open to the roles ${oversees.filter((each) => each !== 'process').join(', ')}. Ask in such a role if you hold it (--as person:auditor); if not, an admin grants it (organization.GrantRole).`,
  );

/** The scorecards of a cycle that this viewer may see. No leader sees another's. */
export function cardsAsked(
  rows: CardRows,
  { cycle: code, leader, viewer }: Question,
  audience: CardAudience,
): CardsAsked | Refusal {
  const cycle = cycleAsked(rows.cycles, code);
  if ('refused' in cycle) return cycle;
  const cards = rows.scorecards.filter(
    (card) => card.cycleId === cycle.cycleId && (leader === undefined || card.leader === leader),
  );
  const views = cards
    .sort((a, b) => (a.leader < b.leader ? -1 : 1))
    .map((card) => ({
      card,
      components: rows.components
        .filter((row) => row.scorecardId === card.scorecardId && row.edition === card.edition)
        .sort((a, b) => a.place - b.place),
    }));
  const overseen = audience.oversees.includes(viewer.role);
  const seen = views.filter(
    (view) => overseen || isOwnCard(view, viewer) || (audience.rates && view.card.evaluators.includes(viewer.id)),
  );
  return seen.length === 0 && !overseen ? keptOut(viewer, audience) : { cycle, views: seen };
}

/** `<component>`, or `<leader>:<component>` where the report is about several leaders. */
export const rowIdOf = ({ card }: CardView, question: Question, row: string): string =>
  question.leader === undefined ? `${card.leader}:${row}` : row;
