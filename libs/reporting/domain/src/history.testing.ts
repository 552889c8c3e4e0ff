import { type AnyReadModel, type EventBody, type RecordedEvent, RowsInMemory, anyReadModel } from '@plumbline/kernel';
import type { MetricEvent, ReleaseEvent, SeriesEvent, TargetEvent } from '@plumbline/metrics/domain';
import { type Policy, policyPacks } from '@plumbline/organization/domain';
import type { Disclosed } from '@plumbline/privacy';
import { type LeadLagRows, leadLagReads, leadLagReport } from './lead-lag.report';
import {
  type MayOpen,
  type Question,
  type ReadModels,
  type Report,
  type ReportCell,
  type RowsOf,
  isRefusal,
} from './report';

type DataOf<E extends EventBody, T extends E['type']> = Extract<E, { type: T }>['data'];
type Definition = DataOf<MetricEvent, 'metrics.MetricDefined.v1'>['definition'];
type Observation = DataOf<SeriesEvent, 'metrics.ObservationRecorded.v1'>;
type Release = DataOf<ReleaseEvent, 'metrics.ExternalReleaseRecorded.v1'>;
type Anchors = DataOf<TargetEvent, 'metrics.TargetProposed.v1'>['anchors'];

export type Figures = Partial<Pick<Observation, 'value' | 'num' | 'den' | 'n' | 'base' | 'eligible' | 's'>>;

/** A log that a spec writes event by event; ids say what they are: `unit:A`, `metric:M`, `e-12`. Rows are folded by the read models themselves. */
export class History {
  readonly events: RecordedEvent[] = [];
  #day = '2026-01-01';
  /** The import that figures come with: those observed one right after the other are one act. */
  #import: string | null = null;

  get position(): number {
    return this.events.length;
  }

  add(type: string, data: unknown, recordedAt = `${this.#day}T09:00:00.000Z`): string {
    const id = `e-${this.events.length + 1}`;
    const envelope = {
      ...{ id, stream: 'spec', revision: this.events.length, occurredAt: recordedAt, recordedAt },
      ...{ actor: { id: 'steward', role: 'hr' as const }, correlationId: 'spec', causationId: 'spec' },
      ...{ commandId: `c-${id}`, commandHash: '', policyVersion: '1', salt: '' },
    };
    this.events.push({ ...envelope, type, data });
    this.#import = null;
    return id;
  }

  /** All that was added since a position was one act. */
  asOneAct(since: number): this {
    const act = this.events[since]?.id;
    if (act !== undefined)
      this.events.splice(since, this.events.length, ...this.events.slice(since).map((event) => ({ ...event, act })));
    return this;
  }

  /** What is observed next comes by itself, not with what was observed before. */
  apart(): this {
    this.#import = null;
    return this;
  }

  configured(policy: Partial<Policy> = {}): this {
    const data = {
      timeZone: 'Europe/London',
      fiscalYear: '04-01',
      locale: 'en-GB',
      policyPack: 'uk',
      policyVersion: '1',
      policy: { ...policyPacks.uk, ...policy },
    };
    this.add('organization.OrganizationConfigured.v1', data);
    return this;
  }

  policy(version: string, policy: Partial<Policy>): this {
    this.add('organization.PolicyPackActivated.v1', {
      version,
      pack: 'uk',
      policy: { ...policyPacks.uk, ...policy },
      approvers: ['p-1', 'p-2'],
      consultationId: null,
    });
    return this;
  }

  calendar(periods: readonly string[], dueDays: number, graceDays: number): this {
    this.add('organization.ReportingCalendarSet.v1', { periods, dueDays, graceDays });
    return this;
  }

  day(date: string): this {
    this.#day = date;
    this.add('organization.DayBegan.v1', { date }, `${date}T00:00:00.000Z`);
    return this;
  }

  unit(code: string, parent: string | null = null, given: { readonly outsideTree?: boolean } = {}): this {
    const parentId = parent === null ? null : `unit:${parent}`;
    this.add('organization.OrgUnitRegistered.v1', {
      unitId: `unit:${code}`,
      code,
      name: `Unit ${code}`,
      parentId,
      outsideTree: false,
      validFrom: '2000-01-01',
      ...given,
    });
    return this;
  }

  leads(person: string, unit: string): this {
    this.add('organization.LeaderAssigned.v1', {
      unitId: `unit:${unit}`,
      leader: person,
      role: 'Head',
      from: '2000-01-01',
    });
    return this;
  }

  metric(code: string, definition: Partial<Definition> = {}, legalClass: string | null = 'CLIMATE_ALL'): this {
    const whole: Definition = {
      ...{ name: `Measure ${code}`, kind: 'LAGGING', level: 'CLIMATE', unit: 'PERCENT', direction: 'HIGHER' },
      ...{ formulaRef: 'favourable-share', sourceType: 'SURVEY', cadence: 'YEARLY', minN: 1, subject: 'PERSONS' },
      ...{ rationale: 'Asked of all.', kindRationale: null, proxyRisk: null, companionMetricId: null, topic: null },
      ...{ handling: false, process: null, frameworkTags: [] },
      ...definition,
    } as Definition;
    this.add('metrics.MetricDefined.v1', {
      metricId: `metric:${code}`,
      version: 1,
      definitionVersion: 1,
      code,
      definition: whole,
      legalClass,
      legalReviewId: null,
      definedBy: 'steward',
    });
    return this;
  }

  release(code: string, given: Partial<Release> = {}): this {
    const data = {
      ...{
        releaseId: `release:${code}`,
        code,
        source: `Survey ${code}`,
        instrument: 'Survey',
        fieldwork: null,
        sourceMinN: null,
      },
      ...{
        eligibleByUnit: {},
        responseRateByUnit: {},
        fileHash: '0'.repeat(64),
        declaredBy: 'steward',
        declaredRole: 'hr',
      },
      ...given,
    };
    this.add('metrics.ExternalReleaseRecorded.v1', data);
    return this;
  }

  #place = (metric: string, unit: string, period: string) => ({
    metricId: `metric:${metric}`,
    unitId: `unit:${unit}`,
    period,
    definitionVersion: 1,
  });
  #figure = (release: string | null, figures: Figures) => ({
    ...{ value: null, num: null, den: null, n: null, base: null, eligible: null, s: null },
    ...{
      source: release ?? 'records',
      method: 'count',
      releaseId: release === null ? null : `release:${release}`,
      importId: 'import-1',
      evidenceRefs: [],
    },
    ...figures,
  });

  /** Records a figure, verified unless said otherwise. Gives the id of its event. */
  observe(
    metric: string,
    unit: string,
    period: string,
    release: string | null,
    figures: Figures,
    isVerified = true,
  ): string {
    const place = this.#place(metric, unit, period);
    const obsId = `obs-${this.events.length}`;
    const act = this.#import ?? `e-${this.events.length + 1}`;
    const id = this.add('metrics.ObservationRecorded.v1', {
      ...place,
      obsId,
      ...this.#figure(release, figures),
      recordedBy: 'steward',
    });
    this.events.push({ ...this.events.pop()!, act });
    if (isVerified) this.add('metrics.ObservationVerified.v1', { ...place, obsId, by: 'verifier', method: 'compared' });
    this.#import = act;
    return id;
  }

  correct(metric: string, unit: string, period: string, release: string | null, figures: Figures): string {
    const place = this.#place(metric, unit, period);
    const obsId = `obs-${this.events.length}`;
    const id = this.add('metrics.ObservationCorrected.v1', {
      ...place,
      obsId,
      supersedes: 'obs',
      newValue: { ...this.#figure(release, figures), importId: null },
      recordedBy: 'steward',
      reason: null,
    });
    this.add('metrics.ObservationVerified.v1', { ...place, obsId, by: 'verifier', method: 'compared' });
    return id;
  }

  dispute(metric: string, unit: string, period: string): string {
    return this.add('metrics.ObservationDisputed.v1', {
      ...this.#place(metric, unit, period),
      obsId: 'obs',
      by: 'leader',
      reason: null,
    });
  }

  target(metric: string, unit: string, period: string, anchors: Anchors, baseline: string, obsId = 'obs'): this {
    const place = {
      targetId: `target:${metric}:${unit}:${period}`,
      metricId: `metric:${metric}`,
      unitId: `unit:${unit}`,
      period,
    };
    const from = { value: baseline, basis: 'OBSERVED', obsId, period: '2025' };
    this.add('metrics.TargetProposed.v1', {
      ...place,
      definitionVersion: 1,
      baseline: from,
      anchors,
      rationale: 'Half the way.',
      legalReviewId: null,
      proposedBy: 'leader',
    });
    this.add('metrics.TargetApproved.v1', { ...place, by: 'approver' });
    return this;
  }

  hypothesis(code: string, leading: string, lagging: string, given: object = {}): this {
    this.add('metrics.HypothesisRegistered.v1', {
      ...{
        hypothesisId: `hypothesis:${code}`,
        code,
        leadingMetricId: `metric:${leading}`,
        laggingMetricId: `metric:${lagging}`,
      },
      ...{
        leadingDefinitionVersion: 1,
        laggingDefinitionVersion: 1,
        lagPeriods: 1,
        expectedSign: 'POSITIVE',
        method: 'pearson',
      },
      ...{ reviewDate: '2021-06-30', rationale: 'Expected.', replaces: null, registeredBy: 'steward' },
      ...given,
    });
    return this;
  }

  /** Rows of every read model of R2 after a prefix of the log. */
  rows(upTo = this.position): LeadLagRows {
    return this.rowsFor(leadLagReads, upTo);
  }

  /** Rows of any read models after a prefix of the log. */
  rowsFor<M extends ReadModels>(reads: M, upTo = this.position): RowsOf<M> {
    const models = Object.entries(reads).map(
      ([name, model]) => [name, new RowsInMemory(anyReadModel(model as never) as AnyReadModel)] as const,
    );
    this.events
      .slice(0, upTo)
      .forEach((event, index) => models.forEach(([, rows]) => rows.apply(event, BigInt(index + 1))));
    return Object.fromEntries(models.map(([name, rows]) => [name, rows.list()])) as unknown as RowsOf<M>;
  }

  question(given: Partial<Question> = {}, upTo = this.position): Question {
    const event = this.events[upTo - 1];
    return {
      asOf: {
        position: String(upTo),
        event: event?.id ?? null,
        date: event?.recordedAt.slice(0, 10) ?? '2026-01-01',
        root: null,
        size: null,
      },
      viewer: { id: 'someone', role: 'hr' },
      ...given,
    };
  }

  report(given: Partial<Question> = {}, upTo = this.position): Disclosed<Report> {
    return this.reportOf(this.rows(upTo), given, upTo);
  }

  openingOf(rows: LeadLagRows, given: Partial<Question> = {}): MayOpen {
    return leadLagReport.mayOpen(rows, this.question(given));
  }

  reportOf(rows: LeadLagRows, given: Partial<Question> = {}, upTo = this.position): Disclosed<Report> {
    const outcome = leadLagReport.compute(rows, this.question(given, upTo));
    if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused}`);
    return outcome;
  }
}

export const cellOf = (report: Report, key: string): ReportCell => {
  const cell = report.cells.find((each) => each.key === key);
  if (!cell) throw new Error(`no cell ${key}; there are ${report.cells.map((each) => each.key).join(', ')}`);
  return cell;
};
