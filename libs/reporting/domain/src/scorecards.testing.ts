import { type PartKind, STRETCHING, UP_TO_TARGET } from '@plumbline/measures';
import { type Component, type HashedScorecard, ruleSets } from '@plumbline/evaluations/domain';
import { type MetricEvent } from '@plumbline/metrics/domain';
import type { Disclosed } from '@plumbline/privacy';
import { Actions } from './actions.testing';
import type { Figures } from './history.testing';
import { type AnyReportDefinition, type Question, type Report, isRefusal } from './report';
import { scoringOf, scoringReads } from './scorecard-computation';

type Definition = Extract<MetricEvent, { type: 'metrics.MetricDefined.v1' }>['data']['definition'];
export const ANCHORS = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

/** A part of a contract as a spec writes it. */
export interface Part {
  readonly metric: string;
  readonly kind: PartKind;
  readonly weight: number;
  readonly units?: readonly string[];
  readonly fallback?: string;
  readonly survey?: boolean;
  readonly dataOwner?: string;
  readonly period?: string;
}

const scope = (unit: string) => ({ unitId: `unit:${unit}`, unit });

/** A log with cycles, contracts and freezes. What a freeze comes to is computed by the same code as in the product, from the rows as of it. */
export class Evaluations extends Actions {
  #frozenAt = 0;

  cycle(code: string, leaders: readonly string[], group = 'HEADS'): this {
    this.add('evaluations.CycleOpened.v1', {
      ...{ cycleId: `cycle:${code}`, code, period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
      population: [{ group, leaders }],
      ruleSetVersion: '1',
      ruleSet: ruleSets['1'],
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
      consultations: [],
      openedBy: 'steward',
    });
    return this;
  }

  /** A metric that is linked to the group, with a locked target for each unit. */
  linked(
    code: string,
    definition: Partial<Definition>,
    {
      units = ['SURG'],
      period = '2026',
      group = 'HEADS',
      expiresAt = '2027-03-31',
      legalClass = 'NEUTRAL' as string | null,
    } = {},
  ): this {
    this.metric(code, { sourceType: 'RECORDS', subject: 'NONE', formulaRef: 'checklist', ...definition }, legalClass);
    for (const unit of units) {
      this.target(code, unit, period, ANCHORS, '55');
      const place = {
        targetId: `target:${code}:${unit}:${period}`,
        metricId: `metric:${code}`,
        unitId: `unit:${unit}`,
        period,
      };
      this.add('metrics.TargetLocked.v1', {
        ...place,
        cycleId: 'cycle:C2026',
        definitionVersion: 1,
        lockedBy: 'steward',
      });
    }
    const about = {
      linkId: `link:${code}:${group}`,
      metricId: `metric:${code}`,
      metric: code,
      group,
      metricVersion: 1,
    };
    this.add('evaluations.MetricLinkRequested.v1', { ...about, unitIds: [], requestedBy: 'steward' });
    this.add('evaluations.MetricLinkApproved.v1', {
      ...about,
      legalReviewId: 'review',
      expiresAt,
      approvedBy: 'counsel',
    });
    return this;
  }

  /** Offers a contract of metrics and has it accepted. */
  contract(leader: string, parts: readonly Part[], more: readonly Component[] = [], edition = 1): this {
    const card = { scorecardId: `card:${leader}`, cycleId: 'cycle:C2026', leader };
    const components = parts.map(
      ({
        metric,
        kind,
        weight,
        units = ['SURG'],
        fallback,
        survey = false,
        dataOwner,
        period = '2026',
      }): Component => ({
        id: metric.toLowerCase(),
        title: metric,
        kind,
        source: {
          type: 'METRIC',
          ...{ metricId: `metric:${metric}`, metric, metricVersion: 1, definitionVersion: 1, period },
          scopes: units.map(scope),
          fallback: fallback === undefined ? null : scope(fallback),
          ...{ survey, dataOwner: dataOwner ?? null, steps: [] },
        },
        weightBp: weight,
        capPoints: (kind === 'CLIMATE' || kind === 'OUTCOME' ? UP_TO_TARGET : STRETCHING).stretch,
        warnings: [],
      }),
    );
    this.add('evaluations.ScorecardIssued.v1', {
      ...card,
      ...{
        cycle: 'C2026',
        group: 'HEADS',
        edition,
        period: '2026',
        periodStart: '2026-01-01',
        periodEnd: '2026-12-31',
      },
      ruleSetVersion: '1',
      components: [...components, ...more],
      limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
      ...{ graceDays: 90, evaluators: ['evaluator'], acceptBy: '2026-02-09', issuedBy: 'steward' },
    });
    this.add('evaluations.ScorecardAccepted.v1', { ...card, edition });
    return this;
  }

  /** Freezes the cycle, which is the last event that counts, and records what every accepted contract comes to. */
  freeze(day: string, leaders: readonly string[]): this {
    this.day(day);
    this.#frozenAt = this.position + 1;
    const asOf = `e-${this.#frozenAt}`;
    const measuredOn = day < '2026-12-31' ? day : '2026-12-31';
    this.add('evaluations.CycleFrozen.v1', { cycleId: 'cycle:C2026', asOf, day, measuredOn, by: 'steward' });
    for (const leader of leaders) this.record(leader, asOf, this.computed(leader, measuredOn));
    return this;
  }

  /** What a leader's contract comes to as of the freeze. */
  computed(leader: string, measuredOn = '2026-11-12'): HashedScorecard {
    const rows = this.rowsFor(scoringReads, this.#frozenAt);
    const found = scoringOf(rows, this.question({}, this.#frozenAt))?.computed('cycle:C2026', leader, measuredOn);
    if (!found) throw new Error(`${leader} has accepted nothing`);
    return { ...found, resultHash: '0'.repeat(64) };
  }

  record(leader: string, asOf: string, { components, total, codeVersion, resultHash }: HashedScorecard): void {
    const card = { scorecardId: `card:${leader}`, cycleId: 'cycle:C2026', leader };
    for (const each of components) this.add('evaluations.ComponentScored.v1', { ...card, asOf, ...each });
    this.add('evaluations.ScorecardComputed.v1', {
      ...card,
      asOf,
      ruleSetVersion: '1',
      codeVersion,
      resultHash,
      ...total,
    });
  }

  /** Rated by the evaluator and signed. */
  signed(leader: string, rating = 3, deviation = 0): this {
    const card = { scorecardId: `card:${leader}`, cycleId: 'cycle:C2026', leader };
    const text = { key: 'key', sealed: 'c2VhbGVk', subjects: [leader] };
    this.add('evaluations.EvaluatorRatingProposed.v1', {
      ...card,
      ...{
        rating,
        computedRating: rating - deviation,
        deviation,
        figures: this.computed(leader).total.figures,
        narrative: text,
        reason: null,
        evaluator: 'evaluator',
      },
    });
    this.add('evaluations.ScorecardSignedOff.v1', {
      ...card,
      rating,
      score: null,
      figures: this.computed(leader).total.figures,
      by: 'steward',
    });
    return this;
  }

  told(definition: AnyReportDefinition, given: Partial<Question> = {}): Disclosed<Report> {
    const rows = this.rowsFor(definition.reads as never) as never;
    const outcome = definition.compute(rows, this.question(given));
    if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused}`);
    return outcome;
  }

  refusal(definition: AnyReportDefinition, given: Partial<Question> = {}): string | undefined {
    const outcome = definition.compute(this.rowsFor(definition.reads as never) as never, this.question(given));
    return isRefusal(outcome) ? outcome.refused : undefined;
  }
}

/** The five parts of the model's worked example, in a house of which Surgery is a part. */
export const FIVE: readonly Part[] = [
  { metric: 'CHECKINS', kind: 'PROCESS', weight: 2500 },
  { metric: 'LISTENS', kind: 'BEHAVIOUR', weight: 2000 },
  { metric: 'AGREED', kind: 'PROCESS', weight: 1500 },
  { metric: 'BELONG', kind: 'CLIMATE', weight: 2000, survey: true },
  { metric: 'STAYS', kind: 'OUTCOME', weight: 2000 },
];

/** A house where the head of Surgery has a contract; figures are yet to come. */
export function surgery(): Evaluations {
  const house = new Evaluations().configured().unit('HOUSE').unit('SURG', 'HOUSE').unit('IMAG', 'HOUSE');
  house.leads('head', 'SURG').cycle('C2026', ['head', 'other']).day('2026-01-05');
  for (const { metric, kind, survey } of FIVE)
    house.linked(metric, {
      level: kind as Definition['level'],
      kind: kind === 'CLIMATE' || kind === 'OUTCOME' ? 'LAGGING' : 'LEADING',
      ...(survey ? { sourceType: 'SURVEY', subject: 'PERSONS', formulaRef: 'item-index' } : {}),
    });
  return house.release('PULSE').contract('head', FIVE);
}

/** Values that give attainments of 100, 120, 80 and 60; belonging is answered by four of six. */
export const WORKED: Readonly<Record<string, readonly [release: string | null, figures: Figures]>> = {
  CHECKINS: [null, { value: '70', n: 40 }],
  LISTENS: [null, { value: '74', n: 40 }],
  AGREED: [null, { value: '66', n: 40 }],
  BELONG: ['PULSE', { value: '90', n: 4, eligible: 6 }],
  STAYS: [null, { value: '62', n: 40 }],
};

export function observed(
  house: Evaluations,
  more: Readonly<Record<string, readonly [string | null, Figures] | null>> = {},
  unverified: readonly string[] = [],
): Evaluations {
  for (const [metric, given] of Object.entries({ ...WORKED, ...more }))
    if (given) house.observe(metric, 'SURG', '2026', given[0], given[1], !unverified.includes(metric));
  return house;
}
