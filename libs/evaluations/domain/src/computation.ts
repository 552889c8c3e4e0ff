import { Decimal, decimal, writeDecimal, type DecimalString, type LocalDate } from '@plumbline/kernel';
import {
  atFreeze,
  attainment,
  attainmentUnder,
  commitmentAttainment,
  modifierDown,
  overPosts,
  scorecard,
  STRETCHING,
  toleranceOfNoise,
  turnsOf,
  UP_TO_TARGET,
  type Anchors,
  type ComponentState,
  type Direction,
  type Effect,
  type Points,
  type PromiseItem,
  type ScorecardPart,
} from '@plumbline/measures';
import type { CellState, ReasonCode } from '@plumbline/privacy';
import type { Component, Limits, MetricSource } from './component';
import type { ComputedScorecard, ScoredComponent, ScoredScope } from './computed';
import type { EvidenceLevel } from './vocabulary';

/** Raised whenever the same inputs would come to another result. */
export const SCORECARD_CODE = 'scorecard@1';

/** A figure as it was disclosed: of what is hidden there is no value. `state` OK: nothing stands against judging it but its own noise. */
export interface FigureForScoring {
  readonly state: CellState;
  readonly reasonCode: ReasonCode | null;
  readonly value: DecimalString | null;
  /** Its margin as scoring takes it, without correction for a finite population; null: unknown. */
  readonly low: DecimalString | null;
  readonly high: DecimalString | null;
  /** Answers or cases it rests on. */
  readonly n: number | null;
  /** Whether it is a sample: then it needs a count and a margin. */
  readonly sampled: boolean;
  readonly verified: boolean;
  readonly disputed: boolean;
  readonly definitionVersion: number;
  readonly cites: readonly string[];
}

export interface TargetForScoring {
  readonly anchors: Anchors;
  readonly original: Anchors;
  readonly definitionVersion: number;
  readonly cites: readonly string[];
}

export interface ScopeForScoring {
  readonly unitId: string;
  readonly figure: FigureForScoring;
  readonly target: TargetForScoring | null;
}

export interface MetricForScoring {
  readonly type: 'METRIC';
  readonly direction: Direction;
  /** What the firewall has against it as of the freeze. */
  readonly barred: { readonly rule: string; readonly reason: ReasonCode } | null;
  readonly scopes: readonly (ScopeForScoring & {
    /** Share of the period led; null: too short to be judged by. */
    readonly share: Decimal | null;
    readonly due: LocalDate | null;
    readonly absentWhenDue: boolean;
  })[];
  readonly fallback: ScopeForScoring | null;
  readonly owedBy: 'LEADERS_LINE' | 'OUTSIDE';
  readonly noticeOn: LocalDate | null;
  /** Definition, class and link. */
  readonly cites: readonly string[];
}
export interface CommitmentsForScoring {
  readonly type: 'COMMITMENTS';
  readonly items: readonly PromiseItem[];
  readonly cites: readonly string[];
}
export interface ActionsForScoring {
  readonly type: 'ACTIONS';
  readonly items: readonly {
    readonly delivered: number;
    readonly planned: number | null;
    readonly verified: boolean;
  }[];
  readonly cites: readonly string[];
}
export type ForScoring = MetricForScoring | CommitmentsForScoring | ActionsForScoring;

export interface Freeze {
  readonly day: LocalDate;
  readonly measuredOn: LocalDate;
}

const pointsOf = ({ kind }: Component): Points =>
  kind === 'CLIMATE' || kind === 'OUTCOME' ? UP_TO_TARGET : STRETCHING;

const unique = (events: readonly string[]): string[] => [...new Set(events)].sort();
const written = (value: Decimal | null): DecimalString | null => (value === null ? null : writeDecimal(value));

interface Judged {
  readonly state: CellState;
  readonly reasonCode: ReasonCode | null;
}

/** How a figure stands for scoring: as it was disclosed, then by its own target and noise. */
function judge(
  figure: FigureForScoring,
  target: TargetForScoring | null,
  isModifier: boolean,
  attainmentAt: (x: Decimal, anchors: Anchors) => Decimal,
  minScoredN: number,
): Judged {
  const { state, reasonCode, low, high, n, sampled, value } = figure;
  if (state !== 'OK') return { state, reasonCode };
  if (value === null) return { state: 'NO_DATA', reasonCode: null };
  if (!isModifier && target === null) return { state: 'NO_TARGET', reasonCode: null };
  if (target !== null && target.definitionVersion !== figure.definitionVersion)
    return { state: 'NOT_EVALUABLE', reasonCode: 'DEFINITION_BREAK' };
  if (!sampled) return { state: 'OK', reasonCode: null };
  if (n === null) return { state: 'NO_BASE', reasonCode: null };
  if (n < minScoredN) return { state: 'SMALL_BASE', reasonCode: null };
  if (low === null || high === null) return { state: 'NO_MARGIN', reasonCode: null };
  if (isModifier || target === null) return { state: 'OK', reasonCode: null };
  const { inconclusive } = toleranceOfNoise(
    (x) => attainmentAt(x, target.anchors),
    { low: decimal(low), high: decimal(high) },
    turnsOf(target.anchors),
  );
  return { state: inconclusive ? 'INCONCLUSIVE' : 'OK', reasonCode: null };
}

interface ScoredHere {
  readonly scope: ScoredScope;
  readonly effect: Effect;
  readonly share: Decimal;
  readonly attainment: Decimal | null;
  readonly original: Decimal | null;
  readonly figure: FigureForScoring;
  readonly cites: readonly string[];
  readonly opensImprovement: boolean;
}

const NO_SHARE: Effect = { effect: 'EXCLUDED', because: 'TENURE_TOO_SHORT', opensImprovement: false };

/** One scope of a component: its own figure, else the contracted fallback's. */
function scoreScope(
  component: Component,
  source: MetricSource,
  input: MetricForScoring,
  scope: MetricForScoring['scopes'][number],
  freeze: Freeze,
  limits: Limits,
): ScoredHere {
  const points = pointsOf(component);
  const isModifier = component.kind === 'MODIFIER';
  const at = (x: Decimal, anchors: Anchors): Decimal => attainment(x, anchors, input.direction, points);
  const share = scope.share ?? new Decimal(0);
  const try_ = (
    { unitId, figure, target }: ScopeForScoring,
    shared: boolean,
    fallbackLeft: boolean,
    improves: boolean,
  ): ScoredHere => {
    const judged = judge(figure, target, isModifier, at, limits.minScoredN);
    const standing: ComponentState = { ...judged, verified: figure.verified, disputed: figure.disputed };
    const effect =
      scope.share === null
        ? NO_SHARE
        : atFreeze(standing, {
            asOf: freeze.day,
            fallbackLeft,
            owedBy: input.owedBy,
            due: scope.due,
            noticeOn: input.noticeOn,
            absentWhenDue: scope.absentWhenDue,
            hold: null,
          });
    const opensImprovement = improves || ('opensImprovement' in effect && effect.opensImprovement);
    if (effect.effect === 'FALLBACK' && input.fallback)
      return try_({ ...input.fallback, target: input.fallback.target ?? target }, true, false, opensImprovement);
    const on = (anchors: Anchors | undefined): Decimal | null => {
      if (effect.effect !== 'SCORED') return null;
      if (isModifier)
        return figure.value === null
          ? null
          : new Decimal(
              modifierDown(decimal(figure.value), source.steps, input.direction === 'LOWER' ? 'LOWER' : 'HIGHER'),
            );
      const computed = figure.value === null || !anchors ? new Decimal(0) : at(decimal(figure.value), anchors);
      return attainmentUnder(effect, computed, points);
    };
    const [now, original] = [on(target?.anchors), on(target?.original)];
    const tooShort = scope.share === null;
    return {
      effect,
      share,
      attainment: now,
      original,
      figure,
      opensImprovement,
      cites: [...figure.cites, ...(target?.cites ?? [])],
      scope: {
        unitId,
        shared,
        state: tooShort ? 'NOT_EVALUABLE' : judged.state,
        reasonCode: tooShort ? 'TENURE_TOO_SHORT' : judged.reasonCode,
        share: writeDecimal(share),
        value: figure.value,
        low: figure.low,
        high: figure.high,
        n: figure.n,
        attainment: written(now),
        originalAttainment: written(original),
      },
    };
  };
  return try_(scope, false, input.fallback !== null, false);
}

const levelOf = (figures: readonly Pick<FigureForScoring, 'verified' | 'disputed'>[]): EvidenceLevel =>
  figures.some(({ disputed }) => disputed)
    ? 'DISPUTED'
    : figures.every(({ verified }) => verified)
      ? 'VERIFIED'
      : 'UNVERIFIED';

/** A component before its figures are written: what the total is computed from. */
interface Scored {
  readonly row: ScoredComponent;
  readonly attainment: Decimal | null;
  readonly original: Decimal | null;
  readonly share: Decimal;
  readonly verified: boolean;
}

const blank = (component: Component, cites: readonly string[]): ScoredComponent => ({
  componentId: component.id,
  state: 'OK',
  reasonCode: null,
  effect: 'SCORED',
  rule: null,
  attainment: null,
  originalAttainment: null,
  evidenceLevel: 'VERIFIED',
  tenureShare: '1',
  n: null,
  scopes: [],
  opensImprovement: false,
  citedEvents: unique(cites),
});

const leftOut = (row: ScoredComponent): Scored => ({
  row,
  attainment: null,
  original: null,
  share: new Decimal(1),
  verified: false,
});

function scoreMetric(
  component: Component,
  source: MetricSource,
  input: MetricForScoring,
  freeze: Freeze,
  limits: Limits,
): Scored {
  const plain = blank(component, input.cites);
  if (input.barred)
    return leftOut({
      ...plain,
      ...{ state: 'NOT_EVALUABLE', reasonCode: input.barred.reason, rule: input.barred.rule, effect: 'EXCLUDED' },
    });
  const tried = input.scopes.map((scope) => scoreScope(component, source, input, scope, freeze, limits));
  const figures = tried.map(({ figure }) => figure);
  const row: ScoredComponent = {
    ...plain,
    evidenceLevel: levelOf(figures),
    scopes: tried.map(({ scope }) => scope),
    opensImprovement: tried.some(({ opensImprovement }) => opensImprovement),
    citedEvents: unique([...input.cites, ...tried.flatMap(({ cites }) => cites)]),
  };
  const waiting = tried.find(({ effect }) => effect.effect === 'WAITS');
  if (waiting) return leftOut({ ...row, state: 'HELD', effect: 'WAITS' });
  const scored = tried.flatMap(({ share, attainment: now, original }) =>
    now === null || original === null ? [] : [{ share, attainment: now, original }],
  );
  const first = tried[0]?.scope;
  if (scored.length === 0)
    return leftOut({
      ...row,
      state: first?.state ?? 'NO_DATA',
      reasonCode: first?.reasonCode ?? null,
      effect: 'EXCLUDED',
    });
  const counts = scored.length === 1 ? (tried.find(({ attainment: now }) => now !== null)?.scope.n ?? null) : null;
  const isModifier = component.kind === 'MODIFIER';
  const now = isModifier ? lowest(scored.map((each) => each.attainment)) : overPosts(scored);
  const original = isModifier
    ? lowest(scored.map((each) => each.original))
    : overPosts(scored.map((each) => ({ share: each.share, attainment: each.original })));
  const share = now?.share ?? new Decimal(1);
  const odd = tried.find(({ attainment: each, scope }) => each !== null && scope.state !== 'OK')?.scope;
  return {
    row: {
      ...row,
      state: odd?.state ?? 'OK',
      reasonCode: odd?.reasonCode ?? null,
      attainment: written(now?.attainment ?? null),
      originalAttainment: written(original?.attainment ?? null),
      tenureShare: writeDecimal(share),
      n: counts,
    },
    attainment: now?.attainment ?? null,
    original: original?.attainment ?? null,
    share,
    verified: tried.every(({ attainment: each, figure }) => each === null || figure.verified),
  };
}

const lowest = (values: readonly Decimal[]): { readonly attainment: Decimal; readonly share: Decimal } => ({
  attainment: Decimal.min(...values),
  share: new Decimal(1),
});

function scorePromises(component: Component, input: CommitmentsForScoring, freeze: Freeze): Scored {
  const row = blank(component, input.cites);
  const { attainment: now, counted } = commitmentAttainment(input.items, freeze.measuredOn);
  if (now === null) return leftOut({ ...row, state: 'NOT_DUE', effect: 'EXCLUDED' });
  return {
    row: { ...row, attainment: writeDecimal(now), originalAttainment: writeDecimal(now), n: counted.length },
    attainment: now,
    original: now,
    share: new Decimal(1),
    verified: true,
  };
}

/** 100 × the mean share of what was planned that was delivered; none counts for more than it planned. */
function scoreDelivery(component: Component, input: ActionsForScoring): Scored {
  const counted = input.items.filter(({ planned }) => planned !== null && planned > 0);
  const verified = counted.every((item) => item.verified);
  const row: ScoredComponent = {
    ...blank(component, input.cites),
    evidenceLevel: verified ? 'VERIFIED' : 'UNVERIFIED',
  };
  if (counted.length === 0) return leftOut({ ...row, state: 'NO_TARGET', effect: 'EXCLUDED' });
  const shares = counted.map(({ delivered, planned }) =>
    Decimal.min(1, new Decimal(delivered).dividedBy(planned ?? 1)),
  );
  const mean = shares
    .reduce((sum, share) => sum.plus(share), new Decimal(0))
    .times(100)
    .dividedBy(counted.length);
  const now = verified ? mean : Decimal.min(mean, STRETCHING.threshold);
  return {
    row: { ...row, attainment: writeDecimal(now), originalAttainment: writeDecimal(now), n: counted.length },
    attainment: now,
    original: now,
    share: new Decimal(1),
    verified,
  };
}

function scoreComponent(component: Component, input: ForScoring, freeze: Freeze, limits: Limits): Scored {
  const { source } = component;
  switch (input.type) {
    case 'METRIC':
      if (source.type !== 'METRIC') throw new TypeError(`${component.id} is about no metric`);
      return scoreMetric(component, source, input, freeze, limits);
    case 'COMMITMENTS':
      return scorePromises(component, input, freeze);
    case 'ACTIONS':
      return scoreDelivery(component, input);
  }
}

function partOf(component: Component, { row, share, verified }: Scored, value: Decimal | null): ScorecardPart {
  const { source } = component;
  return {
    id: component.id,
    kind: component.kind,
    survey: source.type === 'METRIC' && source.survey,
    weightBp: component.weightBp,
    capPoints: component.capPoints,
    tenureShare: share,
    scored: value === null ? { excluded: row.reasonCode ?? row.state } : { attainment: value, verified },
  };
}

/**
 * A scorecard as of a freeze: every component by its disclosed figures, then the total. A pure function: the same contract, inputs and freeze come to
 * the same result, wherever it is computed.
 */
export function computeScorecard(
  components: readonly Component[],
  limits: Limits,
  inputs: ReadonlyMap<string, ForScoring>,
  freeze: Freeze,
): ComputedScorecard {
  const scored = components.map((component) => {
    const input = inputs.get(component.id);
    if (!input) throw new RangeError(`nothing is given for the component ${component.id}`);
    return { component, scored: scoreComponent(component, input, freeze, limits) };
  });
  const totalOn = (which: 'attainment' | 'original') =>
    scorecard(
      scored.map((each) => partOf(each.component, each.scored, each.scored[which])),
      limits,
    );
  const total = totalOn('attainment');
  return {
    codeVersion: SCORECARD_CODE,
    components: scored.map((each) => each.scored.row),
    total: {
      score: written(total.score),
      state: total.state,
      reason: total.reason,
      originalScore: written(totalOn('original').score),
      coverageBp: total.coverageBp,
      evidenceBp: writeDecimal(total.evidenceBp),
      surveyBp: writeDecimal(total.surveyBp),
      parts: total.parts.map(({ id, effectiveBp, points }) => ({
        componentId: id,
        effectiveBp: writeDecimal(effectiveBp),
        points: written(points),
      })),
      waits: scored.flatMap(({ scored: { row } }) => (row.effect === 'WAITS' ? [row.componentId] : [])),
    },
  };
}
