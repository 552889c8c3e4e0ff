import { createHash } from 'node:crypto';
import {
  type CitedRow,
  naturalKey,
  type PositionedEvent,
  type ReadModel,
  type RecordedEvent,
  type Row,
} from '@plumbline/kernel';
import {
  type ComputedAnswer,
  type HashedScorecard,
  type RestatementCause,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { canonicalJson } from '@plumbline/ledger';
import {
  type ImportVerificationRow,
  importVerifications,
  type ObservationRow,
  observationSeries,
} from '@plumbline/metrics/domain';
import { organizationProfile, type OrganizationProfileRow } from '@plumbline/organization/domain';
import { localDay, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader, AsOfView } from '@plumbline/platform/projections';
import {
  historyReads,
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
  ...Object.fromEntries(Object.keys(historyReads).map((name) => [name, {}])),
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
const BATCH = 'metrics.ObservationBatchVerified.v1';
interface Corrected {
  readonly cycleId: string;
  readonly person: string;
  readonly measuredOn: string;
}

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
  async read(place: { readonly position: bigint } | { readonly after: bigint }, which?: Wanted): Promise<Positioned> {
    await this.reader.assertWhole('position' in place ? place.position : place.after);
    const wanted = MODELS.filter(([name]) => which === undefined || Object.hasOwn(which, name));
    return await this.reader.at(
      place,
      [PROFILE, ...wanted.map(([, model]) => model)] as never,
      async (view: AsOfView) => {
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
      },
    );
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
    { cycleId, person, measuredOn }: Corrected,
    corrections: readonly string[],
  ): Promise<ComputedAnswer> {
    const base = this.scored(kept, cycleId, person, measuredOn);
    const found = (await this.store.readByIds(corrections)).filter(({ position }) => position > kept.position);
    const [batches, single] = [
      found.filter(({ event }) => event.type === BATCH),
      found.filter(({ event }) => event.type !== BATCH),
    ];
    const standing = new Map(kept.rows.observations.map((row) => [placeOf(row), row]));
    const causes = new Map(
      single.map(({ event }) => {
        const before = standing.get(placeOf(event.data as Place));
        return [event.id, this.causeOf(kept, cycleId, person, event, before, base)];
      }),
    );
    const put = [...causes.values()].includes(null) ? [] : await this.asCorrected(single);
    const verified = await Promise.all(batches.map((batch) => this.verification(batch, single)));
    for (const [index, { event }] of batches.entries())
      causes.set(event.id, verified[index] === null ? null : 'VERIFICATION');
    const answered = corrections.map((id) => causes.get(id) ?? null);
    if (base === null || answered.includes(null)) return { computed: base, causes: answered };
    for (const row of put) standing.set(placeOf(row), row);
    const rows = {
      ...kept.rows,
      observations: [...standing.values()],
      verifications: [...kept.rows.verifications, ...verified.filter((row) => row !== null)],
    };
    const scoring = scoringOf(rows, kept.question);
    return { computed: hashed(scoring?.computed(cycleId, person, measuredOn) ?? null), causes: answered };
  }

  /** Each figure as it stood right after the last of these events about it. */
  private async asCorrected(events: readonly PositionedEvent[]): Promise<readonly CitedRow<ObservationRow>[]> {
    const last = new Map<string, { readonly place: Place; readonly position: bigint }>();
    for (const { event, position } of events) {
      const place = event.data as Place;
      const known = last.get(placeOf(place));
      if (!known || known.position < position) last.set(placeOf(place), { place, position });
    }
    const rows: CitedRow<ObservationRow>[] = [];
    for (const { place, position } of last.values()) {
      const { metricId, unitId, period, definitionVersion } = place;
      const row = await this.reader.at({ position }, [observationSeries as never], (view) =>
        view.row(observationSeries, { metricId, unitId, period, definitionVersion }),
      );
      if (row) rows.push(row);
    }
    return rows;
  }

  /** An import that was verified as a whole, where a corrected figure came with it; null where none did: what stood at the freeze stays as it was. */
  private async verification(
    { event, position }: PositionedEvent,
    corrected: readonly PositionedEvent[],
  ): Promise<CitedRow<ImportVerificationRow> | null> {
    const { importId } = event.data as { readonly importId: string };
    const cameWith = ({ data }: RecordedEvent): string | null | undefined =>
      (data as { readonly newValue?: { readonly importId: string | null } }).newValue?.importId;
    if (!corrected.some((each) => cameWith(each.event) === importId)) return null;
    const row = await this.reader.at({ position }, [importVerifications as never], (view) =>
      view.row(importVerifications, { importId }),
    );
    return row ?? null;
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
