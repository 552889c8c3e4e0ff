import { writeDecimal, type Decimal } from '@plumbline/kernel';
import { scorecard, type ScorecardPart } from '@plumbline/measures';
import type { Component, Limits } from './component';
import type { ComputedScorecard } from './computed';
import type { ForScoring, Freeze } from './for-scoring';
import { scoreMetric } from './metric-scoring';
import { scoreDelivery, scorePromises } from './promise-scoring';
import { written, type Scored } from './scored-component';

/** Raised whenever the same inputs would come to another result. */
export const SCORECARD_CODE = 'scorecard@1';

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
      figures: scored.flatMap(({ scored: { row } }) => (row.attainment === null ? [] : row.figures)),
      waits: scored.flatMap(({ scored: { row } }) => (row.effect === 'WAITS' ? [row.componentId] : [])),
    },
  };
}
