import { createHash } from 'node:crypto';
import { type CitedRow, naturalKey, type ReadModel, type RecordedEvent, type Row } from '@plumbline/kernel';
import {
  COMPUTED_CYCLE,
  COMPUTED_SCORECARD,
  type ComputedAnswer,
  type ComputedCycle,
  EXPECTED_NOISE,
  type HashedScorecard,
  OPEN_DISPUTES,
  type RestatementCause,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { canonicalJson } from '@plumbline/ledger';
import { type ObservationRow, observationSeries } from '@plumbline/metrics/domain';
import {
  type Answered,
  type AnyAsk,
  type Asking,
  defineAsk,
  localDay,
  type StreamNames,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader, AsOfView } from '@plumbline/platform/projections';
import {
  dryRun,
  noiseForecast,
  type Question,
  type Scoring,
  scoringFigures,
  scoringOf,
  scoringReads,
  type ScoringRows,
} from '@plumbline/reporting/domain';
import { z } from 'zod';

const code = z.string().min(1).max(64);
const cycle = code.describe('Code of the cycle');
const leader = z.uuid().describe('Person id of the leader');

type Store = Pick<EventStore, 'head' | 'readByIds'>;
const MODELS = Object.entries(scoringReads as Readonly<Record<string, ReadModel<Row, never>>>);
/** Tables that grow with the number of figures: of these only the metrics asked about are read. */
const BY_METRIC = new Set(['observations', 'targets']);
/** Freezes whose scoring is kept: one cycle is computed at a time, and restated now and then. */
const KEPT = 3;

interface Read {
  readonly rows: ScoringRows;
  readonly question: Question;
}
interface Kept extends Read {
  readonly scoring: Scoring | null;
  readonly position: bigint;
  readonly results: Map<string, HashedScorecard | null>;
}
interface Place {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: string;
  readonly definitionVersion: number;
}
const placeOf = ({ metricId, unitId, period, definitionVersion }: Place): string =>
  [metricId, unitId, period, definitionVersion].join('/');

const hashed = (computed: ReturnType<Scoring['computed']>): HashedScorecard | null =>
  computed && {
    ...computed,
    resultHash: createHash('sha256').update(canonicalJson(computed), 'utf8').digest('hex'),
  };

const CAUSES: Readonly<Record<string, RestatementCause>> = {
  'metrics.ObservationCorrected.v1': 'CORRECTION',
  'metrics.ObservationRetracted.v1': 'RETRACTION',
  'metrics.ObservationVerified.v1': 'VERIFICATION',
};

/** What decisions about scorecards ask of the figures: disclosed ones, as of a freeze. What a freeze comes to is read once and kept. */
class ScoringBook {
  private readonly kept = new Map<string, Promise<Kept>>();

  constructor(
    private readonly store: Store,
    private readonly names: StreamNames,
    private readonly reader: AsOfReader,
  ) {}

  /** @param metrics ids of the metrics whose figures and targets are read; left out: those that components rest on */
  read(
    place: { readonly position: bigint } | { readonly after: bigint },
    metrics?: readonly string[],
  ): Promise<Read & { readonly position: bigint }> {
    const models = [...new Set(MODELS.map(([, model]) => model))];
    return this.reader.at(place, models as never, async (view: AsOfView) => {
      const rows: Record<string, readonly CitedRow<Row>[]> = {};
      const all = async (name: string, model: ReadModel<Row, never>, where = {}): Promise<void> => {
        rows[name] = (await view.rows(model as never, { where })) as readonly CitedRow<Row>[];
      };
      for (const [name, model] of MODELS) if (!BY_METRIC.has(name)) await all(name, model);
      const used = (rows['components'] ?? []).flatMap(({ metricId }) =>
        typeof metricId === 'string' ? [metricId] : [],
      );
      const metricId = metrics ?? [...new Set(used)];
      for (const [name, model] of MODELS) if (BY_METRIC.has(name)) await all(name, model, { metricId });
      const { position, event, knownAt } = view;
      const timeZone = String(rows['profile']?.[0]?.['timeZone'] ?? 'UTC');
      const date = knownAt === null ? '0001-01-01' : localDay(knownAt, timeZone);
      const question: Question = {
        asOf: { position: position.toString(), event, date, root: null, size: null },
        viewer: { id: 'process:scoring', role: 'process' },
      };
      return { rows: rows as unknown as ScoringRows, question, position };
    });
  }

  async positionOf(event: string): Promise<bigint> {
    const [found] = await this.store.readByIds([event]);
    if (!found) throw new RangeError(`no event has the id ${event}`);
    return found.position;
  }

  asOf(event: string): Promise<Kept> {
    const known = this.kept.get(event);
    if (known) return known;
    const made = this.positionOf(event)
      .then((position) => this.read({ position }))
      .then((read) => ({ ...read, scoring: scoringOf(read.rows, read.question), results: new Map() }));
    made.catch(() => this.kept.delete(event));
    this.kept.set(event, made);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(oldest);
    return made;
  }

  cycleId(of: string): string {
    return this.names.idOf(naturalKey('cycle', of));
  }

  scored(kept: Kept, cycleId: string, person: string, measuredOn: string): HashedScorecard | null {
    const key = `${cycleId}/${person}`;
    if (!kept.results.has(key))
      kept.results.set(key, hashed(kept.scoring?.computed(cycleId, person, measuredOn) ?? null));
    return kept.results.get(key) ?? null;
  }

  /** The scorecard with what was corrected after the freeze; each corrected figure as it stood right after its last correction. */
  async corrected(
    kept: Kept,
    { cycleId, person, measuredOn }: { readonly cycleId: string; readonly person: string; readonly measuredOn: string },
    corrections: readonly string[],
  ): Promise<ComputedAnswer> {
    const base = this.scored(kept, cycleId, person, measuredOn);
    const found = new Map((await this.store.readByIds(corrections)).map((each) => [each.event.id, each]));
    const standing = new Map(kept.rows.observations.map((row) => [placeOf(row), row]));
    const causes = corrections.map((id) => {
      const each = found.get(id);
      if (!each || each.position <= kept.position) return null;
      return this.causeOf(kept, cycleId, person, each.event, standing.get(placeOf(each.event.data as Place)), base);
    });
    if (base === null || causes.includes(null)) return { computed: base, causes };
    const last = new Map<string, { readonly place: Place; readonly position: bigint }>();
    for (const { event, position } of found.values()) {
      const place = event.data as Place;
      const known = last.get(placeOf(place));
      if (!known || known.position < position) last.set(placeOf(place), { place, position });
    }
    const replaced = new Map<string, CitedRow<ObservationRow>>(standing);
    for (const [key, { place, position }] of last) {
      const row = await this.reader.at({ position }, [observationSeries as never], (view) =>
        view.row(observationSeries, {
          metricId: place.metricId,
          unitId: place.unitId,
          period: place.period,
          definitionVersion: place.definitionVersion,
        }),
      );
      if (row) replaced.set(key, row);
    }
    const scoring = scoringOf({ ...kept.rows, observations: [...replaced.values()] }, kept.question);
    return { computed: hashed(scoring?.computed(cycleId, person, measuredOn) ?? null), causes };
  }

  private causeOf(
    kept: Kept,
    cycleId: string,
    person: string,
    event: RecordedEvent,
    standing: CitedRow<ObservationRow> | undefined,
    base: HashedScorecard | null,
  ): RestatementCause | null {
    const cause = CAUSES[event.type];
    const { metricId, unitId, period, definitionVersion, obsId } = event.data as Place & { readonly obsId: string };
    // what was only recorded, or not verified, by the freeze stays so; a correction of what counted may be verified later
    if (cause === undefined || !standing || (cause === 'VERIFICATION' && standing.obsId === obsId)) return null;
    const cited = new Set(base?.components.flatMap(({ citedEvents }) => citedEvents));
    const rests = kept.rows.components.some((row) => {
      if (row.cycleId !== cycleId || row.leader !== person || row.metricId !== metricId) return false;
      const source = sourceOf(row);
      if (source.type !== 'METRIC' || source.period !== period || source.definitionVersion !== definitionVersion)
        return false;
      const scopes = [...source.scopes, ...(source.fallback ? [source.fallback] : [])];
      return scopes.some((scope) => scope.unitId === unitId) || standing.events.some((each) => cited.has(each));
    });
    return rests ? cause : null;
  }
}

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
            const { rows, question } = await book.read({ position }, [
              ...new Set(asked.map(({ metricId }) => metricId)),
            ]);
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
        const { rows, position } = await book.read(await now(asking), []);
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
        const { rows, position } = await book.read(await now(asking));
        const cycleId = book.cycleId(about.cycle);
        const card = rows.scorecards.find((row) => row.cycleId === cycleId && row.leader === about.leader);
        const disputed = new Set(
          rows.observations
            .filter((row) => row.disputed && !row.retracted)
            .map(({ metricId, unitId, period }) => `${metricId}/${unitId}/${period}`),
        );
        const answer = rows.components
          .filter((row) => row.scorecardId === card?.scorecardId && row.edition === card.edition)
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
        const { rows, question, position } = await book.read(await now(asking), [metricId]);
        const forecast = noiseForecast(rows, question);
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
