import { Decimal, decimal, writeDecimal } from '@plumbline/kernel';
import {
  atFreeze,
  attainment,
  attainmentUnder,
  modifierDown,
  overPosts,
  STRETCHING,
  toleranceOfNoise,
  turnsOf,
  UP_TO_TARGET,
  type Anchors,
  type ComponentState,
  type Effect,
  type Points,
} from '@plumbline/measures';
import type { CellState, ReasonCode } from '@plumbline/privacy';
import type { Component, Limits, MetricSource } from './component';
import type { ScoredComponent, ScoredScope } from './computed';
import type { FigureForScoring, Freeze, MetricForScoring, ScopeForScoring, TargetForScoring } from './for-scoring';
import { blank, leftOut, unique, written, type Scored } from './scored-component';
import type { EvidenceLevel } from './vocabulary';

const pointsOf = ({ kind }: Component): Points =>
  kind === 'CLIMATE' || kind === 'OUTCOME' ? UP_TO_TARGET : STRETCHING;

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
    instead: ScoredScope['instead'],
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
      return try_(
        { ...input.fallback, target: input.fallback.target ?? target },
        { unitId, ...judged },
        false,
        opensImprovement,
      );
    const on = (anchors: Anchors | undefined): Decimal | null => {
      if (effect.effect !== 'SCORED') return null;
      if (isModifier && effect.attainment === 'ZERO')
        return Decimal.min(0, ...source.steps.map(({ points: taken }) => taken));
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
        shared: instead !== null,
        instead,
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
  return try_(scope, null, input.fallback !== null, false);
}

const levelOf = (figures: readonly Pick<FigureForScoring, 'verified' | 'disputed'>[]): EvidenceLevel =>
  figures.some(({ disputed }) => disputed)
    ? 'DISPUTED'
    : figures.every(({ verified }) => verified)
      ? 'VERIFIED'
      : 'UNVERIFIED';

const figureOf = ({ metricId, definitionVersion, period }: MetricSource) => ({ metricId, definitionVersion, period });

/** A component that rests on a metric: what each of its scopes gives, and what they come to together. */
export function scoreMetric(
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
    figures: tried.flatMap(({ scope: { unitId, value, n } }) =>
      unitId === null || value === null ? [] : [{ ...figureOf(source), unitId, n }],
    ),
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
