import { assuranceDeciders } from '@plumbline/assurance/domain';
import { charterDeciders } from '@plumbline/charter/domain';
import { evaluationsDeciders } from '@plumbline/evaluations/domain';
import type { ActorRole, EventBody, LocalDate, ReadModel, RowChange } from '@plumbline/kernel';
import { metricsDeciders } from '@plumbline/metrics/domain';
import { organizationDeciders } from '@plumbline/organization/domain';
import { programsDeciders } from '@plumbline/programs/domain';

/** One row a person, role, type of event and day (UTC): that they did this with the start's own key. Its event is the first of that day. */
export type LocalKeyActRow = {
  readonly personId: string;
  readonly role: ActorRole;
  readonly type: string;
  readonly day: LocalDate;
};

/** It tells by the envelope who signed with what, so it listens to whatever any context records. */
const EVENT_TYPES = [
  ...organizationDeciders,
  ...metricsDeciders,
  ...charterDeciders,
  ...programsDeciders,
  ...evaluationsDeciders,
  ...assuranceDeciders,
].flatMap(({ events }) => Object.keys(events));

const signed: RowChange<LocalKeyActRow, EventBody> = {
  keys: ({ type, actor: { id, role, via }, recordedAt }) =>
    via === 'local-key' ? [{ personId: id, role, type, day: recordedAt.slice(0, 10) }] : [],
  fold: (row, _event, key) => row ?? (key as LocalKeyActRow),
};

export const localKeyActs: ReadModel<LocalKeyActRow> = {
  name: 'local_key_acts',
  version: 1,
  key: ['personId', 'role', 'type', 'day'],
  columns: { personId: 'text', role: 'text', type: 'text', day: 'date' },
  on: Object.fromEntries(EVENT_TYPES.map((type) => [type, signed])),
};
