import { type CitedRow, Decimal, type Period, comparePeriods, onlyColumns, parsePeriod } from '@plumbline/kernel';
import {
  type Figure,
  type Measure,
  countOf,
  isSampled,
  isShare,
  numeratorOf,
  scaleOf,
  valueOf,
} from '@plumbline/measures';
import {
  type ImportVerificationRow,
  type MetricCatalogueRow,
  type ObservationRow,
  type ReleaseRow,
  type ReleaseUnitRow,
  earlierFigures,
  observationSeries,
} from '@plumbline/metrics/domain';
import {
  type Cell,
  type Disclosure,
  type DisclosurePolicy,
  type PastRelease,
  type ReleaseGrid,
  type Subject,
  BUCKET_BELOW,
  disclosureOf,
} from '@plumbline/privacy';
import { type FigureHistory, type HistoryRows, type Protection, figureHistoryOf } from './figure-history';
import { type Resolved, type Structure, figuresOver, structureOf } from './figure-tree';
import { type Prefix, type PrefixRows, citing } from './prefix';

/** The observations as far as figures need them: a report reads all of them, so each column counts. */
export const figureObservations = onlyColumns(observationSeries, [
  ...(['metricId', 'unitId', 'period', 'definitionVersion', 'obsId'] as const),
  ...(['value', 'num', 'den', 'n', 'base', 'eligible', 's'] as const),
  ...(['source', 'releaseId', 'importId', 'recordedAt', 'verifiedBy', 'disputed', 'retracted'] as const),
  ...(['act', 'earlier'] as const),
]);
export type ObservedRow = Pick<ObservationRow, keyof typeof figureObservations.columns>;

export interface FigureRows extends PrefixRows, HistoryRows {
  readonly observations: readonly CitedRow<ObservedRow>[];
  readonly releases: readonly CitedRow<ReleaseRow>[];
  readonly releaseUnits: readonly CitedRow<ReleaseUnitRow>[];
  readonly verifications: readonly CitedRow<ImportVerificationRow>[];
}

export type Metric = CitedRow<MetricCatalogueRow>;

/** A unit's figure of one metric and period: its own live observation, or its children's rolled up. */
export type ResolvedFigure = Resolved<CitedRow<ObservedRow>>;

export const measureOf = (metric: MetricCatalogueRow): Measure => ({
  unit: metric.unit,
  formula: metric.formulaRef,
  sourceType: metric.sourceType,
  direction: metric.direction,
  cadence: metric.cadence,
});

const UNIT_WORDS = {
  PERCENT: '%',
  PROPORTION: 'share',
  INDEX: 'index',
  COUNT: 'count',
  RATIO: 'ratio',
  DAYS: 'days',
  HOURS: 'hours',
} as const;
export const unitWord = (metric: MetricCatalogueRow): string => UNIT_WORDS[metric.unit];

/** What is only watched is held to the threshold of sensitive figures, and so is a class nobody has judged yet. */
const subjectOf = (metric: Protection): Subject =>
  metric.legalClass === 'NEUTRAL' || metric.legalClass === 'CLIMATE_ALL'
    ? metric.subject
    : metric.subject === 'NONE'
      ? 'PERSONS'
      : 'SENSITIVE';

/** Of whom the value speaks, worked back from a share or a count where no numerator was given. */
function numerator(metric: MetricCatalogueRow, figure: Figure): number | null {
  const measure = measureOf(metric);
  const given = numeratorOf(figure);
  if (given !== null) return given;
  const [value, count, scale] = [valueOf(measure, figure), countOf(measure, figure), scaleOf(measure.unit)];
  if (value === null) return null;
  if (measure.unit === 'COUNT') return value.toDecimalPlaces(0).toNumber();
  return isShare(measure.formula) && count !== null && scale !== null
    ? value.dividedBy(scale).times(count).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber()
    : null;
}

/** The counts of a figure as a cell shows them: the same for judging, hiding and showing. */
export function countsOf(
  metric: MetricCatalogueRow,
  figure: Figure,
): Pick<Cell, 'n' | 'base' | 'eligible' | 'numerator'> {
  const measure = measureOf(metric);
  const count = countOf(measure, figure);
  return {
    n: isSampled(measure) ? count : figure.n,
    base: isSampled(measure) ? figure.base : count,
    eligible: figure.eligible,
    numerator: subjectOf(metric) === 'SENSITIVE' ? numerator(metric, figure) : numeratorOf(figure),
  };
}

export interface FigureBook {
  /** The live figures of one metric definition and period, by unit id. */
  figures(metric: Metric, period: string): ReadonlyMap<string, ResolvedFigure>;
  /** Periods in which some unit was observed under this definition, oldest first. */
  periods(metric: Metric): readonly Period[];
  /** How much of each unit's figure is shown. `instead`: figures to put in the place of live ones. */
  disclosure(metric: Metric, period: string, instead?: ReadonlyMap<string, Figure>): Disclosure;
  /** Response rate as its release states it, a fraction of 1; for a response rate, the figure itself. */
  responseRate(metric: Metric, unitId: string, resolved: ResolvedFigure): Decimal | null;
  isVerified(resolved: ResolvedFigure): boolean;
  isDisputed(resolved: ResolvedFigure): boolean;
  isReleased(resolved: ResolvedFigure): boolean;
  releasesOf(resolved: ResolvedFigure): readonly CitedRow<ReleaseRow>[];
  cites(resolved: ResolvedFigure): Cell['cites'];
  subject(metric: Metric): Subject;
  /** As an observation is read: shares of a response rate are its answers and those asked; who was asked is filled in from the release. */
  asFigure(metric: Metric, unitId: string, observed: Figure & { readonly releaseId: string | null }): Figure;
}

type Series = ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, readonly CitedRow<ObservedRow>[]>>>;

/** Observations by metric, definition and period; without a key made for each of them. */
function seriesOf(rows: readonly CitedRow<ObservedRow>[]): Series {
  const series = new Map<string, Map<number, Map<string, CitedRow<ObservedRow>[]>>>();
  for (const row of rows) {
    const versions = series.get(row.metricId) ?? new Map<number, Map<string, CitedRow<ObservedRow>[]>>();
    if (versions.size === 0) series.set(row.metricId, versions);
    const periods = versions.get(row.definitionVersion) ?? new Map<string, CitedRow<ObservedRow>[]>();
    if (periods.size === 0) versions.set(row.definitionVersion, periods);
    const observed = periods.get(row.period);
    if (observed) observed.push(row);
    else periods.set(row.period, [row]);
  }
  return series;
}

/** What a unit's own figure is taken from, live or superseded. */
type OwnFigure = Figure & Pick<ObservedRow, 'unitId' | 'obsId' | 'releaseId'>;

/** What a grid is made of at a moment. */
interface GridAt<O extends OwnFigure> {
  readonly resolved: ReadonlyMap<string, Resolved<O>>;
  readonly over: Structure;
  readonly protection: Protection;
  readonly kDemographic: number;
}

/** A unit's own figure from a moment on; null from its retraction on. */
interface Version {
  readonly unitId: string;
  readonly moment: bigint;
  readonly own: OwnFigure | null;
}

/** Every figure that rows ever held, each unit's oldest first. */
const versionsOf = (rows: readonly CitedRow<ObservedRow>[], history: FigureHistory): readonly Version[] =>
  rows.flatMap((row) => {
    const { unitId, act, retracted } = row;
    const at = (of: string): bigint => history.momentOf(of) ?? 0n;
    return [
      ...earlierFigures(row).map((own) => ({ unitId, moment: at(own.act), own: { ...own, unitId } })),
      { unitId, moment: at(act), own: retracted ? null : row },
    ];
  });

const whole = (text: string | null): number | null => (text !== null && /^\d+$/.test(text) ? Number(text) : null);

export function figureBook(prefix: Prefix, rows: FigureRows): FigureBook {
  const { tree } = prefix;
  const series = seriesOf(rows.observations);
  const observedIn = ({ metricId, definitionVersion }: Metric): ReadonlyMap<string, readonly CitedRow<ObservedRow>[]> =>
    series.get(metricId)?.get(definitionVersion) ?? new Map();
  const releases = new Map(rows.releases.map((row) => [row.releaseId, row]));
  const stated = new Map(rows.releaseUnits.map((row) => [`${row.releaseId}/${row.unitId}`, row]));
  const verifications = new Map(rows.verifications.map((row) => [row.importId, row]));
  const inRelease = (releaseId: string | null, unitId: string): ReleaseUnitRow | undefined =>
    releaseId === null ? undefined : stated.get(`${releaseId}/${unitId}`);

  const asFigure: FigureBook['asFigure'] = (metric, unitId, { value, num, den, n, base, eligible, s, releaseId }) => {
    const isRate = metric.formulaRef === 'response-rate';
    return {
      value,
      num,
      den,
      base,
      s,
      n: n ?? (isRate ? whole(num) : null),
      eligible: eligible ?? (isRate ? whole(den) : null) ?? inRelease(releaseId, unitId)?.eligible ?? null,
    };
  };

  const structure = structureOf(rows.units, prefix.date, tree);
  const about = (metric: Metric, period: string) => ({
    ...{ measure: measureOf(metric), period, definitionVersion: metric.definitionVersion },
    fiscalYear: prefix.profile.fiscalYear,
  });
  const standing = (row: CitedRow<ObservedRow>): boolean => !row.retracted;

  const memo = new Map<string, ReadonlyMap<string, ResolvedFigure>>();
  const figures: FigureBook['figures'] = (metric, period) => {
    const key = `${metric.metricId}/${metric.definitionVersion}/${period}`;
    const known = memo.get(key);
    if (known) return known;
    const own = (observedIn(metric).get(period) ?? []).filter(standing);
    const found = figuresOver(structure, own, (row) => asFigure(metric, row.unitId, row), about(metric, period));
    memo.set(key, found);
    return found;
  };

  const sourceMinN = ({ rows: parts }: Resolved<{ readonly releaseId: string | null }>): number | null => {
    const declared = parts.map(({ releaseId }) =>
      releaseId === null ? null : (releases.get(releaseId)?.sourceMinN ?? null),
    );
    return declared.reduce(
      (least, one) => (least === null || one === null ? null : Math.min(least, one)),
      declared[0] ?? null,
    );
  };

  /** What hiding needs of a figure: its counts. Values stay out of it. */
  const countsCell = (metric: Metric, unitId: string, period: string, figure: Figure): Cell => {
    const { n, base, eligible, numerator: counting } = countsOf(metric, figure);
    return {
      key: unitId,
      label: '',
      value: null,
      state: 'OK',
      reasonCode: null,
      status: null,
      n,
      base,
      eligible,
      numerator: counting,
      margin: null,
      interval: null,
      target: null,
      unit: '',
      period,
      word: null,
      remarks: [],
      cites: [],
    };
  };

  const gridOf = <O extends OwnFigure>(
    metric: Metric,
    period: string,
    { resolved, over, protection, kDemographic }: GridAt<O>,
    instead: ReadonlyMap<string, Figure> = new Map(),
  ): ReleaseGrid => ({
    subject: subjectOf(protection),
    entries: over.rows.map(({ unitId, classDefined }) => {
      const one = resolved.get(unitId);
      const figure = instead.get(unitId) ?? one?.figure;
      const isOwn = one?.rows.length === 1 && one.rows[0]?.unitId === unitId;
      return {
        unit: unitId,
        parent: over.parentOf(unitId),
        ...(figure ? { cell: countsCell(metric, unitId, period, figure) } : {}),
        sourceMinN: one ? sourceMinN(one) : null,
        leastGroup: classDefined ? kDemographic : 0,
        ...(isOwn ? { version: one.rows[0]!.obsId } : { sumOf: one?.rows.map((row) => row.unitId) ?? [] }),
      };
    }),
  });

  const thresholdsFor = ({ minN }: Protection, disclosure: DisclosurePolicy): DisclosurePolicy => {
    const k = Math.max(disclosure.k, minN);
    return { k, kSensitive: Math.max(k, disclosure.kSensitive) };
  };

  const history = figureHistoryOf(rows, prefix.date);
  /** The grid of a metric and period as it stood from one moment to the next; none where it stood but once, or where no group of it was ever small. */
  const statesOf = (metric: Metric, period: string): readonly PastRelease[] => {
    const observed = observedIn(metric).get(period) ?? [];
    const versions = versionsOf(observed, history);
    const first = versions.reduce<bigint | undefined>(
      (least, { moment }) => (least === undefined || moment < least ? moment : least),
      undefined,
    );
    if (first === undefined || !versions.some((version) => mayBeSmall(metric, version.own))) return [];
    const moments = new Set([
      ...versions.map(({ moment }) => moment),
      ...history.changesAfter(first, new Set(observed.map(({ unitId }) => unitId)), metric.metricId),
    ]);
    if (moments.size === 1) return [];
    return [...moments]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((moment): PastRelease => {
        const latest = new Map<string, OwnFigure | null>();
        for (const version of versions) if (version.moment <= moment) latest.set(version.unitId, version.own);
        const over = history.structureAt(moment);
        const { policy, kDemographic } = history.thresholdsAt(moment);
        const protection = history.protectionAt(moment, metric.metricId, metric.definitionVersion) ?? metric;
        const own = [...latest.values()].filter((each) => each !== null);
        const resolved = figuresOver(over, own, (row) => asFigure(metric, row.unitId, row), about(metric, period));
        return {
          grid: gridOf(metric, period, { resolved, over, protection, kDemographic }),
          policy: thresholdsFor(protection, policy),
        };
      });
  };

  /** Whether a figure was ever to be hidden, or may leave people unnamed beside its parts: nothing else has to be kept from one report to the next. */
  const mayBeSmall = (metric: Metric, own: OwnFigure | null): boolean => {
    if (own === null) return false;
    const { n, base, eligible, numerator: counting } = countsOf(metric, asFigure(metric, own.unitId, own));
    if (n === null && base === null) return false;
    const { policy, kDemographic } = history.greatest;
    const least = Math.max(policy.k, policy.kSensitive, kDemographic, metric.minN);
    return (
      Math.min(n ?? Infinity, base ?? Infinity, eligible ?? Infinity) < least ||
      (counting !== null && counting > 0 && counting < BUCKET_BELOW) ||
      history.wasAbove(own.unitId)
    );
  };

  const decide = (metric: Metric, period: string, instead?: ReadonlyMap<string, Figure>): Disclosure => {
    const now = {
      ...{ resolved: figures(metric, period), over: structure },
      ...{ protection: metric, kDemographic: prefix.kDemographic },
    };
    const policy = thresholdsFor(metric, prefix.disclosure);
    return disclosureOf(gridOf(metric, period, now, instead), policy, instead ? [] : statesOf(metric, period));
  };
  const decided = new Map<string, Disclosure>();
  const disclosure: FigureBook['disclosure'] = (metric, period, instead) => {
    if (instead) return decide(metric, period, instead);
    const key = `${metric.metricId}/${metric.version}/${period}`;
    const known = decided.get(key) ?? decide(metric, period);
    decided.set(key, known);
    return known;
  };

  /** Everyone who answered ÷ everyone asked, where each part's release states its rate; null as soon as one does not. */
  const rateOfAll = (parts: readonly CitedRow<ObservedRow>[]): Decimal | null => {
    let [answered, asked] = [new Decimal(0), new Decimal(0)];
    for (const { releaseId, unitId, n, den } of parts) {
      const stated = inRelease(releaseId, unitId);
      const count = n ?? whole(den);
      const rate = new Decimal(stated?.responseRate ?? 0).dividedBy(100);
      if (count === null || (stated?.eligible == null && rate.isZero())) return null;
      answered = answered.plus(count);
      asked = asked.plus(stated?.eligible ?? new Decimal(count).dividedBy(rate));
    }
    return asked.isZero() ? null : answered.dividedBy(asked);
  };

  const observed = new Map<string, readonly Period[]>();
  const periodsOf = (metric: Metric): readonly Period[] =>
    [...observedIn(metric)]
      .filter(([, observed]) => observed.some(standing))
      .map(([text]) => parsePeriod(text, prefix.profile.fiscalYear))
      .sort(comparePeriods);

  return {
    figures,
    asFigure,
    disclosure,
    periods: (metric) => {
      const key = `${metric.metricId}/${metric.definitionVersion}`;
      const known = observed.get(key) ?? periodsOf(metric);
      observed.set(key, known);
      return known;
    },
    responseRate: (metric, unitId, { figure, rows: parts, counted }) => {
      if (counted.length > 0) return figure.eligible === null ? rateOfAll(parts) : null;
      const rate = inRelease(parts[0]?.releaseId ?? null, unitId)?.responseRate;
      if (rate !== null && rate !== undefined) return new Decimal(rate).dividedBy(100);
      const own = metric.formulaRef === 'response-rate' ? valueOf(measureOf(metric), figure) : null;
      return own === null ? null : own.dividedBy(scaleOf(metric.unit) ?? 1);
    },
    isVerified: ({ rows: parts }) =>
      parts.every(({ verifiedBy, importId, recordedAt }) => {
        const batch = importId === null ? undefined : verifications.get(importId);
        return verifiedBy !== null || (batch !== undefined && batch.verifiedAt >= recordedAt);
      }),
    isDisputed: ({ rows: parts }) => parts.some(({ disputed }) => disputed),
    isReleased: ({ rows: parts }) => parts.every(({ releaseId }) => releaseId !== null),
    releasesOf: ({ rows: parts }) =>
      [...new Set(parts.map(({ releaseId }) => releaseId))].flatMap((id) =>
        id === null ? [] : (releases.get(id) ?? []),
      ),
    cites: ({ rows: parts, counted }) => {
      const of = <T extends CitedRow>(found: readonly (T | undefined)[]): T[] =>
        found.filter((row): row is T => row !== undefined);
      const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
      const batches = unique(parts.map(({ importId }) => importId)).map((id) =>
        id === null ? undefined : verifications.get(id),
      );
      const published = unique(parts.map(({ releaseId }) => releaseId)).map((id) =>
        id === null ? undefined : releases.get(id),
      );
      return [
        ...citing('observation', parts),
        ...citing('verification', of(batches)),
        ...citing('release', of(published)),
        ...citing('structure', of([...counted].sort().map((unitId) => structure.row(unitId)))),
      ];
    },
    subject: subjectOf,
  };
}
