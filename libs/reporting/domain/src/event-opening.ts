import type { DisclosureEvent } from '@plumbline/assurance/domain';
import type { CharterEvent, CommitmentEvent } from '@plumbline/charter/domain';
import type { CycleEvent, LinkEvent, ScorecardEvent } from '@plumbline/evaluations/domain';
import { type CitedRow, Decimal, type EventBody } from '@plumbline/kernel';
import type { Figure } from '@plumbline/measures';
import type {
  HypothesisEvent,
  ImportVerificationEvent,
  MetricEvent,
  ReleaseEvent,
  SeriesEvent,
  TargetEvent,
} from '@plumbline/metrics/domain';
import type {
  CalendarEvent,
  ConsultationEvent,
  ImportEvent,
  LeaderPostRow,
  FileErasureEvent,
  LegalReviewEvent,
  NoticeEvent,
  OrganizationEvent,
  PersonEvent,
  ProcessEvent,
  RootEvent,
  UnitEvent,
} from '@plumbline/organization/domain';
import { type Cell, isHidden } from '@plumbline/privacy';
import type { ProgramsEvent } from '@plumbline/programs/domain';
import { assuranceRules } from './assurance-opening';
import { charterRules } from './charter-opening';
import { evaluationsRules } from './evaluations-opening';
import { type FigureRows, type Metric, figureBook } from './figure-book';
import { headcountsShown } from './headcount-opening';
import type { Rule, RulesOver } from './opening-rules';
import { prefixOf } from './prefix';
import { programsRules } from './programs-opening';
import { type MayOpen, type Question, isRefusal } from './report';
import { areShown } from './scorecard-cells';
import { seeingOf } from './seeing';
import { definitionOf } from './verdicts';

export interface OpeningRows extends FigureRows {
  readonly posts: readonly CitedRow<LeaderPostRow>[];
  readonly metrics: readonly Metric[];
}

type KnownEvent =
  | MetricEvent
  | SeriesEvent
  | ReleaseEvent
  | TargetEvent
  | HypothesisEvent
  | ImportVerificationEvent
  | OrganizationEvent
  | RootEvent
  | CalendarEvent
  | UnitEvent
  | PersonEvent
  | ConsultationEvent
  | FileErasureEvent
  | LegalReviewEvent
  | ImportEvent
  | ProcessEvent
  | NoticeEvent
  | CharterEvent
  | CommitmentEvent
  | ProgramsEvent
  | CycleEvent
  | ScorecardEvent
  | LinkEvent
  | DisclosureEvent;

interface Place {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: string;
  readonly definitionVersion: number;
}
type Reviewed = Extract<HypothesisEvent, { type: 'metrics.HypothesisReviewed.v1' }>['data'];
type Observed = Figure & { readonly obsId: string; readonly releaseId: string | null };

/**
 * Which payloads a viewer may open, by the same rows and the same hiding as the report itself: no figure under a hidden cell, none that was superseded unless it could have
 * been shown in its time, no release that states counts of a hidden unit, no baseline taken from a hidden figure.
 */
export function mayOpenWith(rows: OpeningRows, question: Question): MayOpen {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return () => false;
  const book = figureBook(prefix, rows);
  const seeing = seeingOf(question.viewer, prefix.tree, rows.posts);
  const toWhole = (): boolean => seeing.whole;
  const live = rows.observations.filter((row) => !row.retracted);
  const liveId = new Map(
    live.map((row) => [`${row.metricId}/${row.unitId}/${row.period}/${row.definitionVersion}`, row.obsId]),
  );

  const cells = (metric: Metric, period: string): ReadonlyMap<string, Cell> => book.disclosure(metric, period).cells;
  const isShown = (cell: Cell | undefined): boolean => cell !== undefined && !isHidden(cell);
  const isHiddenAt = (metric: Metric, unitId: string, period: string): boolean => {
    const cell = cells(metric, period).get(unitId);
    return cell !== undefined && isHidden(cell);
  };

  const metricAt = (place: Pick<Place, 'metricId' | 'definitionVersion'>): Metric | undefined =>
    definitionOf(rows.metrics, place.metricId, place.definitionVersion);
  const maySee = (metric: Metric, unitId: string, isReleased: boolean): boolean =>
    seeing.metric(metric.legalClass) && (isReleased || seeing.unit(unitId) === 'ALL');

  /** An event that carries a figure. */
  const figure = (place: Place, observed: Observed): boolean => {
    const metric = metricAt(place);
    if (!metric || !maySee(metric, place.unitId, observed.releaseId !== null)) return false;
    const isLive =
      liveId.get(`${place.metricId}/${place.unitId}/${place.period}/${place.definitionVersion}`) === observed.obsId;
    const now = cells(metric, place.period).get(place.unitId);
    if (isLive && now !== undefined) return isShown(now);
    const instead = new Map([[place.unitId, book.asFigure(metric, place.unitId, observed)]]);
    const then = book.disclosure(metric, place.period, instead).cells.get(place.unitId);
    const stoodShown = book.disclosure(metric, place.period).wasShown(place.unitId, observed.obsId) ?? true;
    return isShown(then) && stoodShown && (now === undefined || isShown(now));
  };

  /** An event about a figure that carries none. */
  const about = (place: Place): boolean => {
    const metric = metricAt(place);
    const resolved = metric && book.figures(metric, place.period).get(place.unitId);
    if (!metric || !maySee(metric, place.unitId, resolved !== undefined && book.isReleased(resolved))) return false;
    return !isHiddenAt(metric, place.unitId, place.period);
  };

  /** A verdict speaks of the whole organisation: open to whoever sees all of that, else where all it can rest on was released to everybody. */
  const verdict = ({ leadingMetricId, laggingMetricId }: Reviewed): boolean => {
    const { root } = prefix.tree;
    if (seeing.whole || (root !== undefined && seeing.unit(root.unitId) === 'ALL')) return true;
    const both = [leadingMetricId, laggingMetricId];
    return (
      rows.metrics.every((metric) => !both.includes(metric.metricId) || seeing.metric(metric.legalClass)) &&
      live.every((row) => !both.includes(row.metricId) || row.releaseId !== null)
    );
  };

  const hiddenUnits = new Map<string, ReadonlySet<string>>();
  const hiddenInRelease = (releaseId: string): ReadonlySet<string> => {
    const known = hiddenUnits.get(releaseId);
    if (known) return known;
    const hidden = new Set<string>();
    const seen = new Set<string>();
    for (const row of rows.observations.filter((each) => each.releaseId === releaseId)) {
      const metric = metricAt(row);
      const key = `${row.metricId}/${row.definitionVersion}/${row.period}`;
      if (!metric || seen.has(key)) continue;
      seen.add(key);
      for (const [unit, cell] of cells(metric, row.period)) if (isHidden(cell)) hidden.add(unit);
    }
    hiddenUnits.set(releaseId, hidden);
    return hidden;
  };

  const standing = new Map(live.map((row) => [row.obsId, row]));
  /** Whether figures may be told of by what was made of them: each still stands and is shown. What became of one that stands no more is not known here. */
  const tellable = (obsIds: readonly string[]): boolean =>
    obsIds.every((obsId) => {
      const row = standing.get(obsId);
      const metric = row && metricAt(row);
      return (
        row !== undefined &&
        metric !== undefined &&
        maySee(metric, row.unitId, row.releaseId !== null) &&
        isShown(cells(metric, row.period).get(row.unitId))
      );
    });

  const heads = headcountsShown(rows, prefix);

  const rules: RulesOver<KnownEvent> = {
    ...assuranceRules(question.viewer),
    ...charterRules(question.viewer),
    ...programsRules(question.viewer, seeing, prefix),
    ...evaluationsRules(question.viewer, (figures) => areShown({ prefix, book }, metricAt, figures)),
    'metrics.ObservationRecorded.v1': (data) => figure(data, data),
    'metrics.ObservationCorrected.v1': (data) => figure(data, { ...data.newValue, obsId: data.obsId }),
    'metrics.ObservationVerified.v1': about,
    'metrics.ObservationDisputed.v1': about,
    'metrics.ObservationRetracted.v1': about,
    'metrics.ObservationBatchVerified.v1': 'open',
    'metrics.ExternalReleaseRecorded.v1': (data) => {
      const hidden = hiddenInRelease(data.releaseId);
      const isSmall = (count: Decimal): boolean => !count.isZero() && count.lessThan(prefix.disclosure.k);
      const eligible = Object.entries(data.eligibleByUnit);
      const units = [...eligible.map(([unit]) => unit), ...Object.keys(data.responseRateByUnit)];
      const answered = eligible.map(([unit, count]) =>
        new Decimal(data.responseRateByUnit[unit] ?? 0).times(count).dividedBy(100).toDecimalPlaces(0),
      );
      const counts = [...eligible.map(([, count]) => new Decimal(count)), ...answered];
      return units.every((unit) => !hidden.has(unit)) && !counts.some(isSmall);
    },
    'metrics.TargetProposed.v1': ({ metricId, baseline }) =>
      rows.metrics.every((metric) => metric.metricId !== metricId || seeing.metric(metric.legalClass)) &&
      (baseline.obsId === null || tellable([baseline.obsId])),
    'metrics.TargetDifficultyBackTested.v1': ({ obsIds }) => tellable(obsIds),
    'metrics.TargetApproved.v1': 'open',
    'metrics.TargetLocked.v1': 'open',
    'metrics.TargetAdjustmentRequested.v1': 'open',
    'metrics.TargetAdjustmentApproved.v1': 'open',
    'metrics.TargetAdjusted.v1': 'open',
    'metrics.TargetAdjustmentRefused.v1': 'open',
    'metrics.TargetRetired.v1': 'open',
    'metrics.MetricDefined.v1': 'open',
    'metrics.MetricDefinitionRevised.v1': 'open',
    'metrics.MetricLegalClassAssigned.v1': 'open',
    'metrics.MetricRetired.v1': 'open',
    'metrics.HypothesisRegistered.v1': 'open',
    'metrics.HypothesisReviewed.v1': verdict,
    'organization.HeadcountSnapshotRecorded.v1': ({ unitId, date, count }) => heads(unitId, date, count),
    'organization.OrgUnitRegistered.v1': 'open',
    'organization.OrgUnitRenamed.v1': 'open',
    'organization.OrgUnitMoved.v1': 'open',
    'organization.OrgUnitClosed.v1': 'open',
    'organization.UnitMarkedClassDefined.v1': 'open',
    'organization.LeaderAssigned.v1': 'open',
    'organization.LeaderUnassigned.v1': 'open',
    'organization.OrganizationConfigured.v1': 'open',
    'organization.DemonstrationStarted.v1': 'open',
    'organization.RootUnitNamed.v1': 'open',
    'organization.ReportingCalendarSet.v1': 'open',
    'organization.PolicyPackProposed.v1': 'open',
    'organization.PolicyPackActivated.v1': 'open',
    'organization.DayBegan.v1': 'open',
    'organization.PeriodClosed.v1': 'open',
    'organization.ConsultationRecorded.v1': 'open',
    'organization.ConsultationWaiverRequested.v1': 'open',
    'organization.ConsultationWaived.v1': 'open',
    'organization.LegalReviewRecorded.v1': 'open',
    'organization.FileErasureRequested.v1': toWhole,
    'organization.EvidenceFileErased.v1': 'open',
    'organization.ImportRecorded.v1': 'open',
    'organization.ImportReopened.v1': 'open',
    'organization.ImportCompleted.v1': 'open',
    'organization.ProcessStarted.v1': 'open',
    'organization.ProcessStepRefused.v1': toWhole,
    'organization.NoticeRecorded.v1': ({ personId }) => seeing.whole || personId === question.viewer.id,
    'organization.RoleGranted.v1': toWhole,
    'organization.RoleRevoked.v1': toWhole,
    'organization.LeaderAbsenceRecorded.v1': toWhole,
    'organization.DelegationGranted.v1': toWhole,
  };
  return ({ type, data }) => {
    const rule = (rules as Readonly<Record<string, Rule<EventBody> | undefined>>)[type];
    return rule === 'open' || (rule !== undefined && rule(data));
  };
}
