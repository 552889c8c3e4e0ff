import {
  accept,
  createdKey,
  decimal,
  idKey,
  refuse,
  streamFact,
  toSeal,
  writeDecimal,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Refusal,
} from '@plumbline/kernel';
import { importFacts } from '@plumbline/organization/facts';
import { againstFigure } from './figure-rules';
import { importVerificationFacts } from './import-verification.facts';
import type { MetricDefinition } from './metric.events';
import { metricFacts } from './metric.facts';
import { lineFact, organizationFact, periodIn, standsInLine, unitFact, unitIn, unitKey } from './organization-facts';
import { againstPeriod } from './period-rules';
import { releaseFacts } from './release.facts';
import { seriesCommands, type SeriesCommand } from './series.commands';
import { seriesEvents, type ObservedValue, type SeriesEvent } from './series.events';
import { observationById, placeOf, seriesFacts, type LiveObservation, type SeriesFacts } from './series.facts';
import { importVerificationKey, metricKey, releaseKey, seriesKey, targetKey } from './streams.facts';
import { targetFacts } from './target.facts';

type Command<T extends SeriesCommand['type']> = Extract<SeriesCommand, { type: T }>['data'];
type RecordIt = Command<'metrics.RecordObservation'>;
type CorrectIt = Command<'metrics.CorrectObservation'>;
type About = { readonly unit: string; readonly metric: string };

const DECIMALS_KEPT = 34;
/** One spelling for one number: `0.80` is `0.8`. */
const plain = (text: string | undefined): string | null =>
  text === undefined ? null : writeDecimal(decimal(text), DECIMALS_KEPT);

const observed = (data: RecordIt | CorrectIt, context: DecisionContext): ObservedValue => ({
  value: plain(data.value),
  num: plain(data.num),
  den: plain(data.den),
  n: data.n ?? null,
  base: data.base ?? null,
  eligible: data.eligible ?? null,
  s: plain(data.s),
  source: data.source,
  method: data.method ?? 'not stated',
  releaseId: data.release === undefined ? null : context.idOf(releaseKey(data.release)),
  importId: data.importId ?? null,
  evidenceRefs: data.evidenceRefs ?? [],
});

const COMPARED = ['value', 'num', 'den', 'n', 'base', 'eligible', 's', 'releaseId'] as const;
const sameFigure = (a: ObservedValue, b: ObservedValue): boolean => COMPARED.every((field) => a[field] === b[field]);

const at = (
  about: About,
  observation: Pick<LiveObservation, 'period' | 'definitionVersion'>,
  context: DecisionContext,
) => ({
  metricId: context.idOf(metricKey(about.metric)),
  unitId: context.idOf(unitKey(about.unit)),
  period: observation.period,
  definitionVersion: observation.definitionVersion,
});

function againstSource(
  definition: MetricDefinition,
  data: Pick<RecordIt, 'release' | 'importId'>,
  context: DecisionContext,
): Refusal | null {
  if (data.importId !== undefined) {
    const its = context.facts.stream(importFacts, idKey('import', data.importId));
    if (its.importedBy !== context.actor.id)
      return refuse('a-figure-joins-only-an-import-of-its-recorder', 'Leave importId out; imports set it.');
    if (context.facts.stream(importVerificationFacts, importVerificationKey(data.importId)).verified)
      return refuse(
        'a-verified-import-takes-no-more-figures',
        'Someone has verified this import as it was. Import the other rows from a file of their own.',
      );
  }
  if (data.release === undefined)
    return definition.sourceType === 'SURVEY'
      ? refuse('survey-figures-come-with-a-release', 'Name in release where the figure was published.')
      : null;
  const release = context.facts.stream(releaseFacts, releaseKey(data.release));
  if (!release.recorded)
    return refuse(
      'a-release-is-recorded-before-its-figures',
      `No release has the code "${data.release}". Send metrics.RecordExternalRelease first.`,
    );
  if (!context.standalone && release.declaredBy === context.actor.id)
    return refuse(
      'whoever-declares-a-release-does-not-record-its-figures',
      'Have another person declare the release, or record the figures.',
    );
  return null;
}

/** The definition a new figure is recorded under, or what stands against recording it. */
function definitionFor(data: RecordIt, context: DecisionContext) {
  const metric = context.facts.stream(metricFacts, metricKey(data.metric));
  if (!metric.definition)
    return refuse('a-figure-belongs-to-a-defined-metric', `No metric has the code "${data.metric}". Define it first.`);
  if (metric.retired) return refuse('a-retired-metric-takes-no-figures', `${metric.code} is retired.`);
  if (metric.legalClass === null)
    return refuse(
      'a-metric-has-its-legal-class-before-its-figures',
      `The class of ${metric.code} is void since its definition was revised. Have it reviewed first.`,
    );
  const unit = unitIn(context, data.unit);
  if (!unit.registered)
    return refuse('a-figure-belongs-to-a-registered-unit', `No unit has the code "${data.unit}". Register it first.`);
  const definitionVersion = data.definitionVersion ?? metric.definitionVersion;
  const definition = metric.definitions[definitionVersion - 1];
  if (!definition)
    return refuse('a-figure-names-a-definition-that-exists', `${metric.code} has no definition ${definitionVersion}.`);
  const period = periodIn(context, data.period);
  if (unit.closedFrom !== null && unit.closedFrom <= period.start)
    return refuse('a-closed-unit-has-no-later-figures', `${unit.code} was closed before ${period.text} began.`);
  if (period.start > context.today)
    return refuse('a-period-that-has-not-begun-has-no-figures', `${period.text} begins on ${period.start}.`);
  return againstPeriod(definition, period) ?? { definition, definitionVersion };
}

/** Nobody whose locked target a figure decides touches it, nor anyone above or below them. */
function againstLine(about: About, period: string, context: DecisionContext): Refusal | null {
  const target = context.facts.stream(targetFacts, targetKey(about.metric, about.unit, period));
  return target.state === 'LOCKED' && standsInLine(context, about.unit, periodIn(context, period))
    ? refuse(
        'nobody-in-the-line-of-a-locked-target-verifies-corrects-or-retracts-its-figures',
        'Ask someone outside the line of whoever leads the unit.',
      )
    : null;
}

/**
 * Whether it is said that a figure stands already. Only to whoever recorded it: anyone else could guess at a figure that is hidden until the answer is that it is nothing new.
 */
const saysNothingNew = (live: LiveObservation, value: ObservedValue, { actor, onBehalfOf }: DecisionContext): boolean =>
  [live.recordedBy, live.recordedFor].some(
    (person) => person !== null && (person === actor.id || person === onBehalfOf),
  ) && sameFigure(live.value, value);

function record(data: RecordIt, state: SeriesFacts, context: DecisionContext): Decision<SeriesEvent> {
  const found = definitionFor(data, context);
  if ('refused' in found) return found;
  const { definition, definitionVersion } = found;
  const value = observed(data, context);
  const live = state.live[placeOf(data.period, definitionVersion)];
  if (live && saysNothingNew(live, value, context)) return accept();
  const { correctBecause } = data;
  if (live && correctBecause === undefined)
    return refuse(
      'already-observed',
      'A figure of another value or another person stands for this metric, unit, period and definition. Correct it with metrics.CorrectObservation (imports: --corrections REASON).',
    );
  const wrong = againstFigure(definition, value) ?? againstSource(definition, data, context);
  if (wrong) return wrong;
  if (live && correctBecause !== undefined)
    return againstLine(data, data.period, context) ?? supersede(data, live, value, correctBecause, context);
  return accept<SeriesEvent>({
    type: 'metrics.ObservationRecorded.v1',
    data: {
      ...at(data, { period: data.period, definitionVersion }, context),
      obsId: context.idOf(createdKey('observation')),
      ...value,
      recordedBy: context.actor.id,
    },
  });
}

const supersede = (
  about: About,
  live: LiveObservation,
  newValue: ObservedValue,
  reason: string,
  context: DecisionContext,
): Decision<SeriesEvent> =>
  accept<SeriesEvent>({
    type: 'metrics.ObservationCorrected.v1',
    data: {
      ...at(about, live, context),
      obsId: context.idOf(createdKey('observation')),
      supersedes: live.obsId,
      newValue,
      recordedBy: context.actor.id,
      reason: toSeal(reason, [context.actor.id, live.recordedBy]),
    },
  });

function correct(data: CorrectIt, live: LiveObservation, context: DecisionContext): Decision<SeriesEvent> {
  const definition = context.facts.stream(metricFacts, metricKey(data.metric)).definitions[live.definitionVersion - 1];
  if (!definition) throw new Error(`${live.obsId} stands under a definition that was never given`);
  const value = observed(data, context);
  const wrong =
    againstFigure(definition, value) ??
    againstSource(definition, data, context) ??
    againstLine(data, live.period, context);
  if (wrong) return wrong;
  return saysNothingNew(live, value, context) ? accept() : supersede(data, live, value, data.reason, context);
}

function verify(
  data: Command<'metrics.VerifyObservation'>,
  live: LiveObservation,
  context: DecisionContext,
): Decision<SeriesEvent> {
  const self = [context.actor.id, context.onBehalfOf];
  if (self.some((person) => person !== undefined && [live.recordedBy, live.recordedFor].includes(person)))
    return refuse('whoever-records-a-figure-does-not-verify-it', 'Ask another person to verify it.');
  if (live.disputedBy.some((person) => self.includes(person)))
    return refuse('whoever-disputes-a-figure-does-not-verify-it', 'Ask another person to verify it.');
  return (
    againstLine(data, live.period, context) ??
    (live.verifiedBy !== null && live.disputedBy.length === 0
      ? accept()
      : accept<SeriesEvent>({
          type: 'metrics.ObservationVerified.v1',
          data: { ...at(data, live, context), obsId: live.obsId, by: context.actor.id, method: data.method },
        }))
  );
}

const dispute = (
  data: Command<'metrics.DisputeObservation'>,
  live: LiveObservation,
  context: DecisionContext,
): Decision<SeriesEvent> =>
  live.disputedBy.includes(context.actor.id)
    ? accept()
    : accept<SeriesEvent>({
        type: 'metrics.ObservationDisputed.v1',
        data: {
          ...at(data, live, context),
          obsId: live.obsId,
          by: context.actor.id,
          reason: toSeal(data.reason, [context.actor.id, live.recordedBy]),
        },
      });

const retract = (
  data: Command<'metrics.RetractObservation'>,
  live: LiveObservation,
  context: DecisionContext,
): Decision<SeriesEvent> =>
  againstLine(data, live.period, context) ??
  accept<SeriesEvent>({
    type: 'metrics.ObservationRetracted.v1',
    data: {
      ...at(data, live, context),
      obsId: live.obsId,
      by: context.actor.id,
      reason: toSeal(data.reason, [context.actor.id, live.recordedBy]),
    },
  });

const sourceFacts = ({ release, importId }: Pick<RecordIt, 'release' | 'importId'>): readonly FactQuery[] => [
  ...(release === undefined ? [] : [streamFact(releaseFacts, releaseKey(release))]),
  ...(importId === undefined
    ? []
    : [
        streamFact(importFacts, idKey('import', importId)),
        streamFact(importVerificationFacts, importVerificationKey(importId)),
      ]),
];

const lineFacts = (about: About, period: string | undefined): readonly FactQuery[] =>
  period === undefined
    ? []
    : [streamFact(targetFacts, targetKey(about.metric, about.unit, period)), lineFact(about.unit)];

export const seriesDecider: Decider<SeriesFacts, SeriesCommand, SeriesEvent> = {
  ...seriesFacts,
  commands: seriesCommands,
  events: seriesEvents,
  stream: ({ data }) => seriesKey(data.metric, data.unit),
  facts({ type, data }, state) {
    const metric = streamFact(metricFacts, metricKey(data.metric));
    switch (type) {
      case 'metrics.RecordObservation': {
        const stands = Object.values(state.live).some(({ period }) => period === data.period);
        return [
          metric,
          unitFact(data.unit),
          organizationFact,
          ...sourceFacts(data),
          ...lineFacts(data, stands && data.correctBecause !== undefined ? data.period : undefined),
        ];
      }
      case 'metrics.CorrectObservation':
        return [
          metric,
          unitFact(data.unit),
          organizationFact,
          ...sourceFacts(data),
          ...lineFacts(data, observationById(state, data.observation)?.period),
        ];
      case 'metrics.VerifyObservation':
      case 'metrics.RetractObservation':
        return [
          unitFact(data.unit),
          organizationFact,
          ...lineFacts(data, observationById(state, data.observation)?.period),
        ];
      case 'metrics.DisputeObservation':
        return [];
    }
  },
  decide(command, state, context) {
    if (command.type === 'metrics.RecordObservation') return record(command.data, state, context);
    const live = observationById(state, command.data.observation);
    if (!live)
      return refuse(
        'only-a-figure-that-stands-is-verified-disputed-corrected-or-retracted',
        'No figure of this metric and unit that stands has the id in observation. It may have been corrected or retracted.',
      );
    switch (command.type) {
      case 'metrics.VerifyObservation':
        return verify(command.data, live, context);
      case 'metrics.DisputeObservation':
        return dispute(command.data, live, context);
      case 'metrics.CorrectObservation':
        return correct(command.data, live, context);
      case 'metrics.RetractObservation':
        return retract(command.data, live, context);
    }
  },
};
