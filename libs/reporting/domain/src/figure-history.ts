import { type RowVersion, everyVersion, onlyColumns } from '@plumbline/kernel';
import { metricCatalogue, observationActs } from '@plumbline/metrics/domain';
import {
  type UnitRegisterRow,
  calendarDays,
  headcounts,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import { type DisclosurePolicy, stricterPolicy } from '@plumbline/privacy';
import { type Structure, structureOf } from './figure-tree';
import type { RowsOf } from './report';

/** What hiding rests on beside the figures themselves, as it was at every position: who hides small groups from one report to the next has to know what was shown before. */
export const historyReads = {
  observationActs: everyVersion(observationActs),
  unitVersions: everyVersion(unitRegister),
  headcountVersions: everyVersion(headcounts),
  dayVersions: everyVersion(calendarDays),
  policyVersions: everyVersion(
    onlyColumns(policyInForceRows, ['policyVersion', 'sequence', 'k', 'kSensitive', 'kDemographic']),
  ),
  metricVersions: everyVersion(
    onlyColumns(metricCatalogue, ['metricId', 'version', 'definitionVersion', 'minN', 'subject', 'legalClass']),
  ),
} as const;
export type HistoryRows = RowsOf<typeof historyReads>;

type Judged = HistoryRows['metricVersions'][number];
/** How a metric is protected: what of its definition hiding looks at. */
export type Protection = Pick<Judged, 'minN' | 'subject' | 'legalClass'>;

/** The thresholds of a moment. */
export interface Thresholds {
  readonly policy: DisclosurePolicy;
  readonly kDemographic: number;
}

/** The past of what figures are hidden by, moment by moment. A moment is the position at which something began to be known. */
export interface FigureHistory {
  /** When an act was known; undefined for one that recorded no figure, counted no heads and changed no unit. */
  momentOf(act: string): bigint | undefined;
  /** Moments after a first one at which figures of these units (and of those above them) may have been hidden otherwise: units changed, policy, definition. */
  changesAfter(first: bigint, units: Iterable<string>, metricId: string): readonly bigint[];
  structureAt(moment: bigint): Structure;
  thresholdsAt(moment: bigint): Thresholds;
  /** Undefined before the definition was known. */
  protectionAt(moment: bigint, metricId: string, definitionVersion: number): Protection | undefined;
  /** The greatest thresholds that were ever in force. */
  readonly greatest: Thresholds;
  /** Whether a unit ever had another under it. */
  wasAbove(unitId: string): boolean;
}

const lastBefore = <T extends { readonly since: bigint }>(rows: readonly T[], moment: bigint): readonly T[] =>
  rows.filter(({ since }) => since <= moment);

const NO_POLICY: DisclosurePolicy = { k: 0, kSensitive: 0 };
const thresholdsOf = ({
  k,
  kSensitive,
  kDemographic,
}: Pick<HistoryRows['policyVersions'][number], 'k' | 'kSensitive' | 'kDemographic'>): Thresholds => ({
  policy: stricterPolicy({ k, kSensitive }, NO_POLICY),
  kDemographic,
});

/** Days on which a unit's place in the tree changes of itself. */
const daysOf = ({ validFrom, closedFrom, parentFrom }: UnitRegisterRow): readonly string[] => [
  ...[validFrom, ...parentFrom, ...(closedFrom === null ? [] : [closedFrom])],
];

/** @param today the day that holds where no day has begun in the log */
export function figureHistoryOf(rows: HistoryRows, today: string): FigureHistory {
  const moments = new Map<string, bigint>();
  for (const { act, since } of [...rows.observationActs, ...rows.unitVersions, ...rows.headcountVersions]) {
    const known = moments.get(act);
    if (known === undefined || since < known) moments.set(act, since);
  }
  const known = (row: RowVersion<UnitRegisterRow>): bigint => moments.get(row.act) ?? row.since;
  const dayAt = (moment: bigint): string =>
    lastBefore(rows.dayVersions, moment).reduce((last, { date }) => (date > last ? date : last), '') || today;

  let above: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** Every unit that a unit ever stood under. */
  const everAbove = (): ReadonlyMap<string, ReadonlySet<string>> => {
    if (above) return above;
    const parents = new Map<string, Set<string>>();
    for (const { unitId, parentIds } of rows.unitVersions)
      parents.set(unitId, new Set([...(parents.get(unitId) ?? []), ...parentIds]));
    const all = new Map<string, ReadonlySet<string>>();
    for (const unitId of parents.keys()) {
      const found = new Set<string>();
      const open = [unitId];
      for (let at = open.pop(); at !== undefined; at = open.pop())
        for (const parent of parents.get(at) ?? [])
          if (!found.has(parent)) {
            found.add(parent);
            open.push(parent);
          }
      all.set(unitId, found);
    }
    above = all;
    return all;
  };

  let unitMoments: readonly { readonly moment: bigint; readonly units: ReadonlySet<string> }[] | undefined;
  /** Moments at which units changed: by an act, or because a day came. */
  const unitChanges = (): NonNullable<typeof unitMoments> => {
    if (unitMoments) return unitMoments;
    const changed = new Map<bigint, Set<string>>();
    const change = (moment: bigint, unitId: string): void => {
      const units = changed.get(moment);
      if (units) units.add(unitId);
      else changed.set(moment, new Set([unitId]));
    };
    const days = [...rows.dayVersions].sort((a, b) => (a.date < b.date ? -1 : 1));
    for (const row of rows.unitVersions) {
      change(known(row), row.unitId);
      for (const day of daysOf(row)) {
        const begun = days.find(({ date }) => date >= day);
        if (begun && begun.since > row.since) change(begun.since, row.unitId);
      }
    }
    unitMoments = [...changed]
      .map(([moment, units]) => ({ moment, units }))
      .sort((a, b) => (a.moment < b.moment ? -1 : 1));
    return unitMoments;
  };

  const structures = new Map<bigint, Structure>();
  const thresholds = rows.policyVersions.map(thresholdsOf);
  const parents = new Set(rows.unitVersions.flatMap(({ parentIds }) => parentIds));
  return {
    momentOf: (act) => moments.get(act),
    wasAbove: (unitId) => parents.has(unitId),
    greatest: {
      policy: thresholds.map(({ policy }) => policy).reduce(stricterPolicy, NO_POLICY),
      kDemographic: Math.max(0, ...thresholds.map(({ kDemographic }) => kDemographic)),
    },
    changesAfter: (first, units, metricId) => {
      const concerned = new Set([...units].flatMap((unit) => [unit, ...(everAbove().get(unit) ?? [])]));
      return [
        ...unitChanges()
          .filter(({ moment, units: changed }) => moment > first && [...changed].some((unit) => concerned.has(unit)))
          .map(({ moment }) => moment),
        ...rows.policyVersions.map(({ since }) => since),
        ...rows.metricVersions.filter((row) => row.metricId === metricId).map(({ since }) => since),
      ].filter((moment) => moment > first);
    },
    structureAt: (moment) => {
      // between two changes of units the structure is one
      const at = unitChanges().findLast((change) => change.moment <= moment)?.moment ?? 0n;
      const made = structures.get(at);
      if (made) return made;
      const latest = new Map<string, RowVersion<UnitRegisterRow>>();
      for (const row of rows.unitVersions) if (known(row) <= at) latest.set(row.unitId, row);
      const structure = structureOf([...latest.values()], dayAt(at));
      structures.set(at, structure);
      return structure;
    },
    thresholdsAt: (moment) => {
      const found = lastBefore(rows.policyVersions, moment).reduce<HistoryRows['policyVersions'][number] | undefined>(
        (last, row) => (last && last.sequence > row.sequence ? last : row),
        undefined,
      );
      return thresholdsOf(found ?? { ...NO_POLICY, kDemographic: 0 });
    },
    protectionAt: (moment, metricId, definitionVersion) =>
      lastBefore(rows.metricVersions, moment)
        .filter((row) => row.metricId === metricId && row.definitionVersion === definitionVersion)
        .reduce<Judged | undefined>((last, row) => (last && last.version > row.version ? last : row), undefined),
  };
}
