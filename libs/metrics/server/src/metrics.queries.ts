import { naturalKey, ROLES, type EventBody, type ReadModel, type Role, type Row } from '@plumbline/kernel';
import {
  hypothesisRegister,
  importVerifications,
  metricCatalogue,
  observationSeries,
  releaseRegister,
  targetRegister,
  type MetricCatalogueRow,
  type ObservationRow,
  type TargetRow,
} from '@plumbline/metrics/domain';
import { defineAsk, type Answered, type AnyAsk, type Asking, type StreamNames } from '@plumbline/platform/commands';
import type { AsOfReader, AsOfView, DeclaredReadModel } from '@plumbline/platform/projections';
import { z } from 'zod';

const metric = z.string().min(1).max(64).describe('Code of the metric');
const unit = z.string().min(1).max(64).describe('Code of the unit');
const period = z.string().min(4).max(10).describe('Period, as 2026 or 2026-Q3');

const everyone = ROLES;
/** Who may know of metrics that are only monitored. */
const MONITORS: readonly Role[] = ['hr', 'legal', 'data-steward', 'auditor'];

const declared = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): DeclaredReadModel =>
  model as unknown as DeclaredReadModel;

const folded = (code: string): string => code.normalize('NFC').toUpperCase();

/** A metric whose class is void may have been a monitored one: it is kept back as such. */
const mayKnow = ({ legalClass }: MetricCatalogueRow, { actor }: Asking): boolean =>
  (legalClass !== null && legalClass !== 'MONITORING_ONLY') ||
  actor === null ||
  MONITORS.some((role) => role === actor.role);

async function known(view: AsOfView, asking: Asking): Promise<readonly MetricCatalogueRow[]> {
  const rows = await view.rows(metricCatalogue, { where: { current: true } });
  return rows.filter((row) => mayKnow(row, asking)).sort((a, b) => (folded(a.code) < folded(b.code) ? -1 : 1));
}

/** A figure's history without the figure: that leaves by reports only, where small groups are protected. */
const withoutFigures = ({
  value: _value,
  num: _num,
  den: _den,
  n: _n,
  base: _base,
  eligible: _eligible,
  s: _s,
  ...rest
}: ObservationRow & { readonly events: readonly string[] }) => rest;

/** A target without what it tells of the series: a baseline that was observed, and how often its anchors were reached. */
function withoutSeries(row: TargetRow & { readonly events: readonly string[] }) {
  const { hitRateThreshold: _t, hitRateTarget: _g, hitRateStretch: _s, baseline, ...rest } = row;
  return { ...rest, baseline: row.baselineBasis === 'ASSERTED' ? baseline : null };
}

/** Questions about definitions, series, targets and hypotheses, each read as of one position. None of them answers with a figure that was observed. */
export function metricsAsks(names: StreamNames, reader: AsOfReader): Readonly<Record<string, AnyAsk>> {
  const read = async <A>(
    asking: Asking,
    models: readonly DeclaredReadModel[],
    answer: (view: AsOfView) => Promise<A>,
  ): Promise<Answered<A>> =>
    reader.at(asking.asOf === undefined ? {} : { position: asking.asOf }, models, async (view) => ({
      answer: await answer(view),
      position: view.position,
    }));
  const unitIdOf = (code: string): string => names.idOf(naturalKey('unit', code));

  return {
    'metrics.catalogue': defineAsk(
      'The metrics as they are defined, in the order of their codes',
      everyone,
      z.strictObject({ metric: metric.optional(), versions: z.boolean().optional().describe('Every version of them') }),
      (about, asking) =>
        read(asking, [declared(metricCatalogue)], async (view) => {
          const current = (await known(view, asking)).filter(
            ({ code }) => about.metric === undefined || folded(code) === folded(about.metric),
          );
          return about.versions === true
            ? view.rows(metricCatalogue, { where: { metricId: current.map(({ metricId }) => metricId) } })
            : current;
        }),
    ),
    'metrics.series': defineAsk(
      'Which figures stand for a metric, whence, and whether they are verified or disputed; the figures themselves are in reports',
      everyone,
      z.strictObject({ metric, unit: unit.optional(), period: period.optional() }),
      (about, asking) =>
        read(asking, [declared(metricCatalogue), declared(observationSeries)], async (view) => {
          const found = (await known(view, asking)).find(({ code }) => folded(code) === folded(about.metric));
          if (!found) return [];
          const rows = await view.rows(observationSeries, {
            where: {
              metricId: found.metricId,
              ...(about.unit === undefined ? {} : { unitId: unitIdOf(about.unit) }),
              ...(about.period === undefined ? {} : { period: about.period }),
            },
          });
          return rows.map(withoutFigures);
        }),
    ),
    'metrics.targets': defineAsk(
      'The targets, with their anchors as they stand and as they were locked',
      everyone,
      z.strictObject({ metric: metric.optional(), unit: unit.optional(), period: period.optional() }),
      (about, asking) =>
        read(asking, [declared(metricCatalogue), declared(targetRegister)], async (view) => {
          const metrics = (await known(view, asking)).filter(
            ({ code }) => about.metric === undefined || folded(code) === folded(about.metric),
          );
          const rows = await view.rows(targetRegister, {
            where: {
              metricId: metrics.map(({ metricId }) => metricId),
              ...(about.unit === undefined ? {} : { unitId: unitIdOf(about.unit) }),
              ...(about.period === undefined ? {} : { period: about.period }),
            },
          });
          return rows.map(withoutSeries);
        }),
    ),
    'metrics.hypotheses': defineAsk(
      'The hypotheses, with the verdicts given',
      everyone,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(metricCatalogue), declared(hypothesisRegister)], async (view) => {
          const ids = new Set((await known(view, asking)).map(({ metricId }) => metricId));
          return (await view.rows(hypothesisRegister)).filter(
            ({ leadingMetricId, laggingMetricId }) => ids.has(leadingMetricId) && ids.has(laggingMetricId),
          );
        }),
    ),
    'metrics.releases': defineAsk(
      'The results of other systems that figures come from, and who declares them',
      everyone,
      z.strictObject({}),
      (_about, asking) => read(asking, [declared(releaseRegister)], (view) => view.rows(releaseRegister)),
    ),
    'metrics.import-verifications': defineAsk(
      'The imports whose figures were verified by a sample',
      [...MONITORS, 'assessor', 'board'],
      z.strictObject({}),
      (_about, asking) => read(asking, [declared(importVerifications)], (view) => view.rows(importVerifications)),
    ),
  };
}
