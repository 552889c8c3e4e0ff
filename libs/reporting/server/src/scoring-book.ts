import { createHash } from 'node:crypto';
import { type CitedRow, naturalKey, type ReadModel, type RecordedEvent, type Row } from '@plumbline/kernel';
import {
  type ComputedAnswer,
  type HashedScorecard,
  type RestatementCause,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { canonicalJson } from '@plumbline/ledger';
import { type ObservationRow, observationSeries } from '@plumbline/metrics/domain';
import { organizationProfile, type OrganizationProfileRow } from '@plumbline/organization/domain';
import { localDay, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader, AsOfView } from '@plumbline/platform/projections';
import {
  type NoiseForecast,
  noiseForecast,
  type Question,
  type Scoring,
  scoringOf,
  scoringReads,
  type ScoringRows,
} from '@plumbline/reporting/domain';

export type Store = Pick<EventStore, 'head' | 'readByIds'>;
const MODELS = Object.entries(scoringReads as Readonly<Record<string, ReadModel<Row, never>>>);
/** Tables that grow with the number of figures: of these only the metrics asked about are read. */
const BY_METRIC = new Set(['observations', 'targets']);
/** Freezes whose scoring is kept: one cycle is computed at a time, and restated now and then. */
const KEPT = 3;

interface Read {
  readonly rows: ScoringRows;
  readonly question: Question;
}
interface Positioned extends Read {
  readonly position: bigint;
}
/** By table, what its rows must equal. */
type Wanted = Readonly<Partial<Record<string, object>>>;
const PROFILE = organizationProfile;
/** What figures are read from, beside the observations themselves. */
export const AROUND_FIGURES: Wanted = {
  ...{ profile: {}, policies: {}, days: {}, units: {}, posts: {}, absences: {}, metrics: {} },
  ...{ verifications: {}, releases: {}, releaseUnits: {} },
};
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
export class ScoringBook {
  private readonly kept = new Map<string, Promise<Kept>>();
  private forecasts:
    | {
        readonly position: bigint;
        readonly byMetric: Map<string, Promise<{ readonly forecast: NoiseForecast | null; readonly position: bigint }>>;
      }
    | undefined;

  constructor(
    private readonly store: Store,
    private readonly names: StreamNames,
    private readonly reader: AsOfReader,
  ) {}

  /** @param which the tables that are read, each with what its rows must equal; left out: all, figures and targets of the metrics that components rest on */
  read(place: { readonly position: bigint } | { readonly after: bigint }, which?: Wanted): Promise<Positioned> {
    const wanted = MODELS.filter(([name]) => which === undefined || Object.hasOwn(which, name));
    return this.reader.at(place, [PROFILE, ...wanted.map(([, model]) => model)] as never, async (view: AsOfView) => {
      const rows: Record<string, readonly CitedRow<Row>[]> = Object.fromEntries(MODELS.map(([name]) => [name, []]));
      const all = async (name: string, model: ReadModel<Row, never>, where: object): Promise<void> => {
        rows[name] = (await view.rows(model as never, { where })) as readonly CitedRow<Row>[];
      };
      for (const [name, model] of wanted)
        if (which !== undefined || !BY_METRIC.has(name)) await all(name, model, which?.[name] ?? {});
      if (which === undefined) {
        const metricId = [...new Set((rows['components'] ?? []).map((row) => row['metricId']))].filter(
          (id) => id !== null,
        );
        for (const [name, model] of wanted) if (BY_METRIC.has(name)) await all(name, model, { metricId });
      }
      const { position, event, knownAt } = view;
      const [profile] = (await view.rows(PROFILE)) as readonly OrganizationProfileRow[];
      const date = knownAt === null ? '0001-01-01' : localDay(knownAt, profile?.timeZone ?? 'UTC');
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

  /** Kept for the position it was last made at: a batch of contracts asks for thousands of figures as of one. */
  async forecast(
    metricId: string,
    place: { readonly position: bigint } | { readonly after: bigint },
  ): Promise<{ readonly forecast: NoiseForecast | null; readonly position: bigint }> {
    const at = 'position' in place ? place.position : place.after;
    if (this.forecasts?.position !== at) this.forecasts = { position: at, byMetric: new Map() };
    const { byMetric } = this.forecasts;
    const known = byMetric.get(metricId);
    if (known) return await known;
    const wanted = { ...AROUND_FIGURES, headcounts: {}, observations: { metricId }, targets: { metricId } };
    const made = this.read({ position: at }, wanted).then(({ rows, question, position }) => ({
      forecast: noiseForecast(rows, question),
      position,
    }));
    made.catch(() => byMetric.delete(metricId));
    byMetric.set(metricId, made);
    return await made;
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
