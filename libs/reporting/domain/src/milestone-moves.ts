import type { CommitmentRow, MilestoneMoveRow, MilestoneRow } from '@plumbline/charter/domain';
import { type CitedRow, type LocalDate, type Period, Decimal, daysBetween, periodHolds } from '@plumbline/kernel';
import { type Line, wordLine } from './assembly';
import { type Prefix, citing } from './prefix';

type Move = CitedRow<MilestoneMoveRow>;
interface MoveRows {
  readonly commitments: readonly CitedRow<CommitmentRow>[];
  readonly milestones: readonly CitedRow<MilestoneRow>[];
  readonly moves: readonly Move[];
}

interface Narrowed {
  readonly covers: (unitId: string) => boolean;
  /** The period in which the milestone was first due. */
  readonly period: Period | null;
  /** Only what this person owned or asked for; null: everyone's. */
  readonly ownedBy: string | null;
}

const WORDS = { REQUESTED: 'ASKED', MOVED: 'MOVED', REFUSED: 'REFUSED' } as const;

/** How much of the time from acceptance to the first date had gone on a day, in whole per cent. */
function goneOn(day: LocalDate, from: LocalDate | null, to: LocalDate): string | null {
  if (from === null) return null;
  const whole = daysBetween(from, to);
  if (whole <= 0) return '100 %';
  const gone = new Decimal(daysBetween(from, day)).times(100).dividedBy(whole);
  return `${Decimal.max(0, Decimal.min(100, gone)).toDecimalPlaces(0, Decimal.ROUND_DOWN).toFixed()} %`;
}

/** Which request for this milestone it was, counted from 1: later ones do not change that. */
function turnOf({ commitmentId, milestoneId, requestedOn, requestId }: Move, moves: readonly Move[]): number {
  const at = `${requestedOn} ${requestId}`;
  const before = moves.filter(
    (other) =>
      other.commitmentId === commitmentId &&
      other.milestoneId === milestoneId &&
      `${other.requestedOn} ${other.requestId}` < at,
  );
  return before.length + 1;
}

/** The second block of R11: dates of milestones that were asked to be moved. None gains points: only the first date counts. */
export function milestoneMoves(
  rows: MoveRows,
  { tree }: Prefix,
  { covers, period, ownedBy }: Narrowed,
): readonly Line[] {
  const found = rows.moves.flatMap((move) => {
    const commitment = rows.commitments.find(({ commitmentId }) => commitmentId === move.commitmentId);
    const milestone = rows.milestones.find(
      ({ commitmentId, milestoneId }) => commitmentId === move.commitmentId && milestoneId === move.milestoneId,
    );
    return commitment && milestone ? [{ move, commitment, milestone }] : [];
  });
  const order = ({ move, commitment }: (typeof found)[number]): string =>
    [commitment.code, move.milestoneId, move.fromDue, move.requestId].join(' ');
  return found
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .flatMap(({ move, commitment, milestone }) => {
      const first = milestone.baselineDue ?? move.fromDue;
      const mine = ownedBy === null || [...commitment.ownerIds, move.requestedBy].includes(ownedBy);
      if (!mine || !covers(commitment.scopeUnitId) || (period !== null && !periodHolds(period, first))) return [];
      const id = `${commitment.code}:${move.milestoneId}:${turnOf(move, rows.moves)}`;
      const decidedOrAsked = move.movedOn ?? move.requestedOn;
      const cites = citing('target', [move]);
      const word = (column: string, label: string, said: string | null): Line =>
        wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
      return [
        word('change', 'What became of it', WORDS[move.state]),
        word('metric', 'Milestone', milestone.title),
        word('office', 'Office', commitment.office ?? tree.unit(commitment.scopeUnitId)?.name ?? null),
        word('from', 'From', move.fromDue),
        word('to', 'To', move.toDue),
        word('direction', 'Easier or harder', move.toDue > move.fromDue ? 'EASIER' : 'HARDER'),
        word('asked-by', 'Asked by', move.requestedBy),
        word('decided-by', 'Decided by', move.decidedBy),
        word('period-gone', 'Of the time to the first date gone', goneOn(decidedOrAsked, commitment.acceptedOn, first)),
        word('result-known', 'First date past', decidedOrAsked > first ? 'YES' : 'NO'),
        word('gained', 'Points gained', 'NONE'),
        word('reason', 'Reason', move.requestReason),
        word('decision-reason', 'Reason of the decision', move.decisionReason),
      ];
    });
}
