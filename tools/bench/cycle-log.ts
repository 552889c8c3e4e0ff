import { ruleSets } from '@plumbline/evaluations/domain';
import { naturalKey, type StreamKey } from '@plumbline/kernel';
import type { StreamNames } from '@plumbline/platform/commands';
import type { StreamWrite } from '@plumbline/platform/event-store';
import { idOf } from './sample-events';

const NOW = '2026-01-05T09:00:00.000Z';
const KINDS = [
  'PROCESS',
  'PROCESS',
  'PROCESS',
  'PROCESS',
  'BEHAVIOUR',
  'BEHAVIOUR',
  'CLIMATE',
  'CLIMATE',
  'OUTCOME',
  'OUTCOME',
];
export const COMPONENTS = KINDS.length;
export const CYCLE = 'C2026';
const ANCHORS = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' };

export const leader = (n: number): string => idOf(`leader ${n}`);

interface Said {
  readonly type: string;
  readonly data: object;
}

/**
 * The events of a year that is over, up to its freeze: each leader heads a unit and has accepted a scorecard of ten figures, each with its target and its
 * verified observation. They are put into the log as they are: to send the commands that lead to them would take longer than all that is measured.
 */
export class CycleLog {
  private readonly streams = new Map<string, Said[]>();
  private readonly root: string;
  private readonly cycleId: string;
  private readonly release: string;

  constructor(
    private readonly names: StreamNames,
    private readonly hr: string,
    private readonly leaders: number,
  ) {
    this.root = this.id('unit', 'HOUSE');
    this.cycleId = this.id('cycle', CYCLE);
    this.release = this.id('release', 'PULSE');
    this.house();
    KINDS.forEach((kind, m) => this.metric(kind, `M${m}`));
    for (let n = 0; n < leaders; n++) this.leaderOf(`U${n}`, leader(n));
  }

  /** One event after the other, each under a command of its own; the same in every run. */
  writes(): readonly StreamWrite[] {
    let commands = 0;
    return [...this.streams].map(([stream, said]) => ({
      ...{ stream, expected: 'none' as const },
      events: said.map(({ type, data }) => {
        const commandId = `seed ${(commands += 1)}`;
        return {
          ...{ id: idOf(commandId), type, data, occurredAt: NOW, actor: { id: this.hr, role: 'hr' as const } },
          ...{ correlationId: 'seed', causationId: 'seed', commandId, commandHash: '0'.repeat(64) },
          ...{ policyVersion: '1', salt: '0'.repeat(32) },
        };
      }),
    }));
  }

  private id(concept: string, ...parts: readonly string[]): string {
    return this.names.idOf(naturalKey(concept, ...parts));
  }

  private put(key: StreamKey, type: string, data: object): void {
    const stream = this.names.of(key);
    const said = this.streams.get(stream);
    if (said) said.push({ type, data });
    else this.streams.set(stream, [{ type, data }]);
  }

  private house(): void {
    const { cycleId, release, root, hr } = this;
    this.put(naturalKey('unit', 'HOUSE'), 'organization.OrgUnitRegistered.v1', {
      ...{ unitId: root, code: 'HOUSE', name: 'House', parentId: null, outsideTree: false, validFrom: '2020-01-01' },
    });
    const cycle = naturalKey('cycle', CYCLE);
    this.put(cycle, 'evaluations.CycleOpened.v1', {
      ...{ cycleId, code: CYCLE, period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
      population: [{ group: 'HEADS', leaders: Array.from({ length: this.leaders }, (_, n) => leader(n)) }],
      ...{ ruleSetVersion: '1', ruleSet: ruleSets['1'], consultations: [], openedBy: hr },
      calendar: { acceptBy: '2026-01-05', freezeFrom: '2026-01-05', acknowledgeBy: '2027-01-31' },
    });
    this.put(cycle, 'evaluations.OrgSnapshotTaken.v1', { cycleId, asOf: idOf('snapshot'), by: hr });
    this.put(naturalKey('release', 'PULSE'), 'metrics.ExternalReleaseRecorded.v1', {
      ...{ releaseId: release, code: 'PULSE', source: 'p', instrument: 'p', fieldwork: null, sourceMinN: null },
      ...{ eligibleByUnit: {}, responseRateByUnit: {}, fileHash: '0'.repeat(64), declaredBy: hr, declaredRole: 'hr' },
    });
  }

  private metric(level: string, code: string): void {
    const metricId = this.id('metric', code);
    const survey = level === 'CLIMATE';
    this.put(naturalKey('metric', code), 'metrics.MetricDefined.v1', {
      ...{ metricId, code, version: 1, definitionVersion: 1, legalClass: 'NEUTRAL', legalReviewId: null },
      definedBy: this.hr,
      definition: {
        ...{ name: code, kind: 'LEADING', level, unit: 'PERCENT', direction: 'HIGHER', cadence: 'YEARLY', minN: 5 },
        ...{ formulaRef: survey ? 'item-index' : 'checklist', sourceType: survey ? 'SURVEY' : 'RECORDS' },
        ...{ subject: survey ? 'PERSONS' : 'NONE', rationale: 'x', kindRationale: null, proxyRisk: null },
        ...{ companionMetricId: null, topic: null, handling: false, process: null, codedBeforehandBy: null },
        frameworkTags: [],
      },
    });
    const link = naturalKey('link', code, 'HEADS');
    const about = { linkId: this.id('link', code, 'HEADS'), metricId, metric: code, group: 'HEADS', metricVersion: 1 };
    this.put(link, 'evaluations.MetricLinkRequested.v1', { ...about, unitIds: [], requestedBy: this.hr });
    this.put(link, 'evaluations.MetricLinkApproved.v1', {
      ...about,
      ...{ legalReviewId: idOf('review'), expiresAt: '2027-03-31', approvedBy: this.hr },
    });
  }

  private leaderOf(unit: string, who: string): void {
    const unitId = this.id('unit', unit);
    const key = naturalKey('unit', unit);
    this.put(key, 'organization.OrgUnitRegistered.v1', {
      ...{ unitId, code: unit, name: unit, parentId: this.root, outsideTree: false, validFrom: '2020-01-01' },
    });
    this.put(key, 'organization.LeaderAssigned.v1', { unitId, leader: who, role: 'Head', from: '2020-01-01' });
    this.scorecard(unit, unitId, who);
    KINDS.forEach((kind, m) => this.figure(`M${m}`, kind === 'CLIMATE', unit, unitId));
  }

  private scorecard(unit: string, unitId: string, who: string): void {
    const scorecard = naturalKey('scorecard', CYCLE, who);
    const card = { scorecardId: this.id('scorecard', CYCLE, who), cycleId: this.cycleId, leader: who };
    const components = KINDS.map((kind, m) => ({
      ...{ id: `m${m}`, title: `M${m}`, kind, weightBp: 1000, warnings: [] },
      capPoints: kind === 'CLIMATE' || kind === 'OUTCOME' ? 100 : 150,
      source: {
        ...{ type: 'METRIC', metricId: this.id('metric', `M${m}`), metric: `M${m}`, metricVersion: 1 },
        ...{ definitionVersion: 1, scopes: [{ unitId, unit }], period: '2026', fallback: null },
        ...{ survey: kind === 'CLIMATE', dataOwner: null, steps: [] },
      },
    }));
    this.put(scorecard, 'evaluations.ScorecardIssued.v1', {
      ...card,
      ...{ cycle: CYCLE, group: 'HEADS', edition: 1, period: '2026', periodStart: '2026-01-01' },
      ...{ periodEnd: '2026-12-31', ruleSetVersion: '1', components, graceDays: 90, evaluators: [this.hr] },
      limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
      ...{ acceptBy: '2026-02-09', issuedBy: this.hr },
    });
    this.put(scorecard, 'evaluations.ScorecardAccepted.v1', { ...card, edition: 1 });
  }

  private figure(code: string, survey: boolean, unit: string, unitId: string): void {
    const metricId = this.id('metric', code);
    const target = naturalKey('target', code, unit, '2026');
    const place = { targetId: this.id('target', code, unit, '2026'), metricId, unitId, period: '2026' };
    this.put(target, 'metrics.TargetProposed.v1', {
      ...place,
      ...{ definitionVersion: 1, anchors: ANCHORS, rationale: 'x', legalReviewId: null },
      ...{ baseline: { value: '55', basis: 'ASSERTED', obsId: null, period: null }, proposedBy: this.hr },
    });
    const { cycleId, hr } = this;
    this.put(target, 'metrics.TargetLocked.v1', { ...place, cycleId, definitionVersion: 1, lockedBy: hr });
    const series = naturalKey('series', code, unit);
    const at = { metricId, unitId, period: '2026', definitionVersion: 1, obsId: idOf(`${code} of ${unit}`) };
    this.put(series, 'metrics.ObservationRecorded.v1', {
      ...at,
      ...{ value: '68', num: null, den: null, n: survey ? 400 : 40, base: null, s: null, source: 'x' },
      ...{ eligible: survey ? 500 : null, method: 'x', releaseId: survey ? this.release : null, importId: null },
      ...{ evidenceRefs: [], recordedBy: hr },
    });
    this.put(series, 'metrics.ObservationVerified.v1', { ...at, by: idOf('verifier'), method: 'x' });
  }
}
