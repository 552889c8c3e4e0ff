import { refuse, type DecisionContext, type LocalDate, type Refusal } from '@plumbline/kernel';
import { metricKey, targetFacts, targetKey } from '@plumbline/metrics/facts';
import {
  EXPECTED_NOISE,
  metricIn,
  noiseAbout,
  scopesOf,
  type ExpectedNoise,
  type Issue,
  type MetricAsked,
} from './contract-asked';
import type { CycleFacts } from './cycle.facts';
import { isFirewallRule, ruleAgainstMetric, ruleAgainstUnit } from './firewall';
import { linkCarries, linkFacts } from './link.facts';
import { unitIn, unitKey } from './other-contexts';
import type { ScorecardEvent } from './scorecard.events';
import { linkKey } from './streams.facts';

/** The firewall, component by component: the first that it stops is put on record. */
export function stoppedByFirewall(
  data: Issue,
  cycle: CycleFacts,
  context: DecisionContext,
): Refusal<ScorecardEvent> | null {
  for (const { id, source } of data.components) {
    if (source.type !== 'METRIC') continue;
    const rule =
      ruleAgainstMetric(metricIn(context, source.metric), context.facts, context.today) ??
      scopesOf(source)
        .map((unit) => ruleAgainstUnit(unitIn(context, unit)))
        .find((each) => each !== null) ??
      null;
    if (rule === null) continue;
    const detail = `Component ${id} on ${source.metric}.`;
    if (!isFirewallRule(rule)) return refuse(rule, `${detail} Check the codes in units and fallback.`);
    return {
      refused: rule,
      detail: `${detail} The refusal is on record.`,
      events: [
        {
          type: 'evaluations.ScorecardComponentRefused.v1',
          data: {
            ...{ scorecardId: context.id, cycleId: cycle.cycleId, leader: data.leader, componentId: id },
            metricId: context.idOf(metricKey(source.metric)),
            rule,
            refusedFor: context.actor.id,
          },
        },
      ],
    };
  }
  return null;
}

/** Ids of the units that stand above a unit on some day from a day on. About `{unit, from}`. */
export const UNITS_ABOVE = 'organization.units-ever-above';
export const aboveFrom = (unit: string, from: LocalDate) => ({ unit, from });

/** Several units of one component are apart: what one of them is made of would count twice. */
export function againstOverlap(
  id: string,
  { units }: MetricAsked,
  { periodStart }: CycleFacts,
  context: DecisionContext,
): Refusal | null {
  if (units.length < 2) return null;
  const ids = units.map((unit) => context.idOf(unitKey(unit)));
  const over = units.flatMap((unit) => context.facts.ask<readonly string[]>(UNITS_ABOVE, aboveFrom(unit, periodStart)));
  return new Set(ids).size === ids.length && !over.some((above) => ids.includes(above))
    ? null
    : refuse(
        'no-unit-of-a-component-lies-in-another',
        `Component ${id}: a unit is named twice, or lies in another one that is named. Name the larger one alone.`,
      );
}

export function againstLink(
  id: string,
  { metric }: MetricAsked,
  group: string,
  context: DecisionContext,
): Refusal | null {
  const { version } = metricIn(context, metric);
  const link = context.facts.stream(linkFacts, linkKey(metric, group));
  if (linkCarries(link, version, context.today)) return null;
  return link.state === 'LINKED' && link.metricVersion !== version
    ? refuse(
        'a-link-covers-the-version-it-was-requested-for',
        `Component ${id}: ${metric} was revised since it was linked to ${group}. Request the link anew.`,
      )
    : refuse(
        'a-component-rests-on-a-link-of-its-metric-to-the-group',
        `Component ${id}: ${metric} is not linked to ${group}. Send evaluations.RequestLink and have it approved.`,
      );
}

export function againstTarget(
  id: string,
  source: MetricAsked,
  cycle: CycleFacts,
  context: DecisionContext,
): Refusal | null {
  const open = source.units.find((unit) => {
    const target = context.facts.stream(targetFacts, targetKey(source.metric, unit, source.period));
    return target.state !== 'LOCKED' || target.cycleId !== cycle.cycleId;
  });
  return open === undefined
    ? null
    : refuse(
        'a-component-rests-on-a-target-locked-into-its-cycle',
        `Component ${id}: no target of ${source.metric}, ${open}, ${source.period} is locked into ${cycle.code}.`,
      );
}

export function againstNoise(id: string, source: MetricAsked, context: DecisionContext): Refusal | null {
  const lost = source.units.filter(
    (unit) => context.facts.ask<ExpectedNoise>(EXPECTED_NOISE, noiseAbout(source, unit)) === 'LOST_IN_NOISE',
  );
  return lost.length === 0 || source.fallback !== undefined
    ? null
    : refuse(
        'a-component-must-tell-itself-from-noise',
        `Component ${id}: by headcount and last response, ${lost.join(', ')} would not. Name a larger unit in units, or one in fallback.`,
      );
}
