import { createHash } from 'node:crypto';
import { naturalKey } from '@plumbline/kernel';
import {
  COMPUTED_CYCLE,
  COMPUTED_SCORECARD,
  type ComputedAnswer,
  type ComputedCycle,
  EXPECTED_NOISE,
  OPEN_DISPUTES,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { canonicalJson } from '@plumbline/ledger';
import { type Answered, type AnyAsk, type Asking, defineAsk, type StreamNames } from '@plumbline/platform/commands';
import type { AsOfReader } from '@plumbline/platform/projections';
import { dryRun, scoringFigures } from '@plumbline/reporting/domain';
import { z } from 'zod';
import { AROUND_FIGURES, ScoringBook, type Store } from './scoring-book';

const code = z.string().min(1).max(64);
const cycle = code.describe('Code of the cycle');
const leader = z.uuid().describe('Person id of the leader');

/** Questions about figures that scorecards rest on. None is for people but the dry run. */
export function scoringAsks(store: Store, names: StreamNames, reader: AsOfReader): Readonly<Record<string, AnyAsk>> {
  const book = new ScoringBook(store, names, reader);
  /** The answer rests on an earlier event; it is given as of the position that is asked for. */
  const given = async <A>({ asOf }: Asking, answer: Promise<A>): Promise<Answered<A>> => {
    const position = asOf ?? (await store.head()).position;
    return { answer: await answer, position };
  };
  const now = async ({ asOf }: Asking): Promise<{ readonly position: bigint } | { readonly after: bigint }> =>
    asOf === undefined ? { after: (await store.head()).position } : { position: asOf };
  const idOf = (concept: string, of: string): string => names.idOf(naturalKey(concept, of));

  return {
    'reporting.component-figures': defineAsk(
      'Figures as scoring may see them, as of an event',
      [],
      z.strictObject({
        asOf: z.uuid(),
        items: z.array(z.strictObject({ metric: code, unit: code, period: z.string().max(10) })).max(50_000),
      }),
      ({ asOf, items }, asking) =>
        given(
          asking,
          (async () => {
            const asked = items.map(({ metric, unit, period }) => ({
              metricId: idOf('metric', metric),
              unitId: idOf('unit', unit),
              period,
            }));
            const position = await book.positionOf(asOf);
            const metricId = [...new Set(asked.map((each) => each.metricId))];
            const { rows, question } = await book.read(
              { position },
              { ...AROUND_FIGURES, observations: { metricId }, targets: { metricId } },
            );
            return scoringFigures(rows, question, asked);
          })(),
        ),
    ),
    [COMPUTED_SCORECARD]: defineAsk(
      'What a scorecard comes to as of a freeze, with corrections after it',
      [],
      z.strictObject({
        cycle: code,
        leader: z.string().max(64),
        asOf: z.uuid(),
        corrections: z.array(z.uuid()).max(500),
      }),
      (about, asking) =>
        given(
          asking,
          (async (): Promise<ComputedAnswer> => {
            const kept = await book.asOf(about.asOf);
            const cycleId = book.cycleId(about.cycle);
            const frozen = kept.scoring?.cycle(cycleId);
            if (!kept.scoring || !frozen) return { computed: null, causes: about.corrections.map(() => null) };
            const { date } = kept.scoring.prefix;
            const measuredOn = date < frozen.periodEnd ? date : frozen.periodEnd;
            return about.corrections.length === 0
              ? { computed: book.scored(kept, cycleId, about.leader, measuredOn), causes: [] }
              : await book.corrected(kept, { cycleId, person: about.leader, measuredOn }, about.corrections);
          })(),
        ),
    ),
    [COMPUTED_CYCLE]: defineAsk(
      'What a frozen cycle comes to, and whether all of it is recorded',
      [],
      z.strictObject({ cycle }),
      async (about, asking): Promise<Answered<ComputedCycle>> => {
        const cycleId = book.cycleId(about.cycle);
        const { rows, position } = await book.read(await now(asking), { cycles: { cycleId }, scorecards: { cycleId } });
        const frozen = rows.cycles.find((row) => row.cycleId === cycleId);
        const asOf = frozen?.asOf ?? null;
        if (!frozen || asOf === null || frozen.measuredOn === null)
          return { answer: { codeVersion: 'none', resultHash: '0'.repeat(64), scorecards: 0, unscored: 1 }, position };
        const { measuredOn } = frozen;
        const kept = await book.asOf(asOf);
        const recorded = new Map(rows.scorecards.map((card) => [card.scorecardId, card]));
        const accepted = kept.scoring?.accepted(cycleId) ?? [];
        const results = accepted.map((card) => ({
          leader: card.leader,
          result: book.scored(kept, cycleId, card.leader, measuredOn),
          isScored: recorded.get(card.scorecardId)?.asOf === asOf,
        }));
        const all = results.map(({ leader: of, result }) => [of, result?.resultHash ?? '']).sort();
        return {
          answer: {
            codeVersion: results[0]?.result?.codeVersion ?? 'none',
            resultHash: createHash('sha256').update(canonicalJson(all), 'utf8').digest('hex'),
            scorecards: results.length,
            unscored: results.filter(({ isScored }) => !isScored).length,
          },
          position,
        };
      },
    ),
    [OPEN_DISPUTES]: defineAsk(
      'Components of a scorecard with a figure that someone disputes',
      [],
      z.strictObject({ cycle, leader }),
      async (about, asking): Promise<Answered<readonly string[]>> => {
        const scorecardId = names.idOf(naturalKey('scorecard', about.cycle, about.leader));
        const { rows, position } = await book.read(await now(asking), {
          scorecards: { scorecardId },
          components: { scorecardId },
          observations: { disputed: true, retracted: false },
        });
        const [card] = rows.scorecards;
        const disputed = new Set(
          rows.observations.map(({ metricId, unitId, period }) => `${metricId}/${unitId}/${period}`),
        );
        const answer = rows.components
          .filter(({ edition }) => edition === card?.edition)
          .filter((row) => {
            const source = sourceOf(row);
            return (
              source.type === 'METRIC' &&
              [...source.scopes, ...(source.fallback ? [source.fallback] : [])].some(({ unitId }) =>
                disputed.has(`${source.metricId}/${unitId}/${source.period}`),
              )
            );
          })
          .map(({ componentId }) => componentId);
        return { answer, position };
      },
    ),
    [EXPECTED_NOISE]: defineAsk(
      'Whether a figure will tell itself from noise, by headcount and last response',
      [],
      z.strictObject({ metric: code, unit: code, period: z.string().max(10) }),
      async (about, asking) => {
        const metricId = idOf('metric', about.metric);
        const place = await now(asking);
        const { forecast, position } = await book.forecast(metricId, place);
        const answer = forecast?.expect(metricId, idOf('unit', about.unit), about.period).verdict ?? 'UNKNOWN';
        return { answer, position };
      },
    ),
    'evaluations.dry-run': defineAsk(
      'Who is expected to be evaluable in a cycle, group by group, and with which margins',
      ['hr', 'auditor', 'board'],
      z.strictObject({ cycle }),
      async (about, asking) => {
        const { rows, question, position } = await book.read(await now(asking));
        return { answer: dryRun(rows, question, book.cycleId(about.cycle)), position };
      },
    ),
  };
}
