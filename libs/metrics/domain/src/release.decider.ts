import { sameData, accept, decimal, refuse, type Decider, type DecisionContext } from '@plumbline/kernel';
import { releaseCommands, type ReleaseCommand } from './release.commands';
import { releaseEvents, type ReleaseEvent } from './release.events';
import { releaseFacts, type ReleaseFacts } from './release.facts';
import { unitFact, unitIn, unitKey } from './organization-facts';
import { releaseKey } from './streams.facts';

type Recorded = ReleaseCommand['data'];

const unitsIn = (data: Recorded): readonly string[] => [
  ...new Set([...Object.keys(data.eligibleByUnit ?? {}), ...Object.keys(data.responseRateByUnit ?? {})]),
];

const folded = (code: string): string => code.normalize('NFC').toUpperCase();

const byId = <V>(entries: Readonly<Record<string, V>> | undefined, context: DecisionContext): Record<string, V> =>
  Object.fromEntries(Object.entries(entries ?? {}).map(([unit, value]) => [context.idOf(unitKey(unit)), value]));

export const releaseDecider: Decider<ReleaseFacts, ReleaseCommand, ReleaseEvent> = {
  ...releaseFacts,
  commands: releaseCommands,
  events: releaseEvents,
  stream: ({ data }) => releaseKey(data.code),
  facts: ({ data }) => unitsIn(data).map(unitFact),
  decide({ data }, state, context) {
    const content = {
      releaseId: context.id,
      code: state.recorded ? state.code : data.code,
      source: data.source,
      instrument: data.instrument,
      fieldwork: data.fieldwork ?? null,
      sourceMinN: data.sourceMinN ?? null,
      eligibleByUnit: byId(data.eligibleByUnit, context),
      responseRateByUnit: byId(data.responseRateByUnit, context),
      fileHash: data.fileHash,
    };
    if (state.recorded)
      // to anyone else it would tell counts that may be hidden
      return state.declaredBy === context.actor.id && sameData(content, state.content)
        ? accept()
        : refuse(
            'a-release-is-recorded-once',
            `${state.code} is recorded, by another person or with other particulars. Give this one a code of its own.`,
          );
    if (content.fieldwork && content.fieldwork.from > content.fieldwork.to)
      return refuse('fieldwork-ends-after-it-begins', 'fieldwork.to lies before fieldwork.from.');
    const entries = [data.eligibleByUnit ?? {}, data.responseRateByUnit ?? {}];
    if (entries.some((each) => new Set(Object.keys(each).map(folded)).size < Object.keys(each).length))
      return refuse('a-release-names-a-unit-once', 'A unit stands twice in a list, its code in different spellings.');
    const stranger = unitsIn(data).find((unit) => !unitIn(context, unit).registered);
    if (stranger !== undefined)
      return refuse(
        'a-release-names-registered-units',
        `No unit has the code "${stranger}". Register it, or leave it out.`,
      );
    const negative = Object.entries(data.responseRateByUnit ?? {}).find(([, rate]) => decimal(rate).isNegative());
    if (negative)
      return refuse(
        'a-response-rate-is-not-negative',
        `responseRateByUnit of ${negative[0]} is below zero. Write per cent, as 66.49.`,
      );
    return accept<ReleaseEvent>({
      type: 'metrics.ExternalReleaseRecorded.v1',
      data: { ...content, declaredBy: context.actor.id, declaredRole: context.actor.role },
    });
  },
};
