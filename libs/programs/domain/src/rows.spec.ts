import {
  anyReadModel,
  RowsInMemory,
  type EventBody,
  type GivenEvent,
  type ReadModel,
  type RecordedEvent,
  type Row,
} from '@plumbline/kernel';
import { actionDeliveries } from './action-deliveries.read-model';
import { actionEvidence } from './action-evidence.read-model';
import { actionParticipation } from './action-participation.read-model';
import { actionRegister } from './action-register.read-model';
import { programsEvents, type ProgramsEvent } from './action.events';
import {
  ACTION,
  attached,
  cancelled,
  completed,
  delivered,
  deliveryId,
  eligible,
  EVIDENCE,
  planned,
  SHA,
  started,
} from './given.testing';
import { programsReadModels } from './index';
import { invisibleLabour } from './invisible-labour.read-model';

const at = (index: number): string => `2026-01-01T00:00:0${index}.000Z`;
function rowsOf<R extends Row, E extends EventBody>(
  model: ReadModel<R, E>,
  ...events: readonly GivenEvent<EventBody>[]
) {
  const rows = new RowsInMemory(anyReadModel(model));
  events.forEach((event, index) =>
    rows.apply({
      ...{ id: `event-${index}`, recordedAt: at(index), occurredAt: at(0), actor: { id: 'person-hr', role: 'hr' } },
      ...event,
    } as unknown as RecordedEvent),
  );
  return rows.list();
}
const sealed = { key: 'k', sealed: 's', subjects: [] };
const example = <T extends ProgramsEvent['type']>(type: T, data: object = {}) => ({
  type,
  data: { ...programsEvents[type].example, actionId: ACTION, ...data },
});
const withdrawnDelivery = {
  type: 'programs.ActionDeliveryWithdrawn.v1',
  data: { actionId: ACTION, deliveryId: deliveryId(), reason: sealed, withdrawnBy: 'person-hr' },
} as const;

it('a read model declares a column for everything its rows hold', () => {
  for (const model of programsReadModels) expect(model.key.every((column) => column in model.columns)).toBe(true);
});

it.each(programsReadModels)('$name makes no row of an event that only changes one', (model) => {
  const makers: Readonly<Record<string, readonly string[]>> = {
    action_register: ['programs.ActionPlanned.v1'],
    action_deliveries: ['programs.ActionDelivered.v1'],
    action_participation: ['programs.ActionParticipationRecorded.v1'],
    action_evidence: ['programs.ActionEvidenceAttached.v1'],
    invisible_labour: ['programs.InvisibleLabourRecorded.v1'],
  };
  const all = Object.entries(programsEvents).map(([type, { example: data }]) => ({ type, data }));
  const others = all.filter(({ type }) => !makers[model.name]?.includes(type));
  expect(others).toHaveLength(all.length - 1);
  expect(rowsOf(model, ...others)).toEqual([]);
  expect(rowsOf(model, ...all.filter(({ type }) => makers[model.name]?.includes(type)))).toHaveLength(1);
});

describe('the register of actions', () => {
  it('holds what was planned, with the tags of its type', () => {
    const [row] = rowsOf(actionRegister, planned());
    expect(row).toEqual({
      ...{ actionId: ACTION, code: 'BUDDY-2026', title: 'A buddy for everyone who joins', program: 'WELCOME' },
      ...{ type: 'BUDDY', component: 'OPPORTUNITY', moment: 'JOINING', structure: 'RELATIONSHIPS' },
      ...{ structureKind: 'PRACTICE', overridden: null, structuralChange: false, unitId: 'unit:GPA' },
      ...{ commitmentIds: ['commitment:C-ONBOARDING'], leadingMetricIds: ['metric:LC_TS'] },
      ...{ livedExperienceMetricId: null, hypothesisId: 'hypothesis:LC-LEADS-EES', decisionRight: 'CO_DECIDE' },
      ...{ plannedDeliveries: 12, plannedFrom: '2026-01-01', plannedTo: '2026-12-31', lead: 'person-hr' },
      ...{ plannedBy: 'person-hr', plannedAt: at(0), state: 'PLANNED', startedOn: null, endedOn: null },
      ...{ eligibilityRule: null, openToAll: null, classLimited: null, legalReviewId: null, budget: null },
      ...{ currency: null, fte: null, protectedHours: null, resourceSource: null, reviewVerdict: null },
      ...{ reviewFinding: null, reviewCannotTell: null, reviewedOn: null, events: ['event-0'] },
    });
    expect(
      Object.keys(row ?? {})
        .filter((column) => column !== 'events')
        .sort(),
    ).toEqual(Object.keys(actionRegister.columns).sort());
  });

  it('says who may take part, what it has, how far it is and what is to become of it', () => {
    const rows = rowsOf(
      actionRegister,
      planned(),
      eligible({ legalReviewId: 'review-1', classLimited: true, openToAll: false }),
      example('programs.ActionResourced.v1'),
      started(),
      delivered(),
      completed,
      example('programs.ActionOutcomeReviewed.v1'),
    );
    expect(rows).toMatchObject([
      {
        ...{ eligibilityRule: 'Everyone in their first ninety days', openToAll: false, classLimited: true },
        ...{ legalReviewId: 'review-1', budget: '12000', currency: 'GBP', fte: '0.2', protectedHours: '240' },
        ...{ resourceSource: 'Wellbeing fund', startedOn: '2026-01-12', state: 'COMPLETED', endedOn: '2026-06-10' },
        ...{ reviewVerdict: 'CONTINUE', reviewFinding: 'LEADS', reviewCannotTell: false, reviewedOn: '2026-12-20' },
        events: ['event-0', 'event-1', 'event-2', 'event-3', 'event-5', 'event-6'],
      },
    ]);
  });

  it('knows resources without money, and an action that was given up', () => {
    const rows = rowsOf(
      actionRegister,
      planned(),
      example('programs.ActionResourced.v1', { budget: null }),
      started(),
      cancelled,
    );
    expect(rows).toMatchObject([
      { budget: null, currency: null, fte: '0.2', state: 'CANCELLED', endedOn: '2026-05-04' },
    ]);
  });
});

describe('deliveries', () => {
  it('are a row each; one that was withdrawn stays, marked', () => {
    const rows = rowsOf(actionDeliveries, planned(), delivered(), delivered('2026-06-08'), withdrawnDelivery);
    expect(rows).toEqual([
      {
        ...{ actionId: ACTION, deliveryId: deliveryId(), date: '2026-06-01', session: '1', unitIds: ['unit:GPA'] },
        ...{ count: 1, hours: '1.5', postHoc: false, withdrawn: true, deliveredBy: 'person-hr', recordedAt: at(1) },
        events: ['event-1', 'event-3'],
      },
      expect.objectContaining({ date: '2026-06-08', withdrawn: false }),
    ]);
  });

  it('may be recorded again once they were withdrawn', () => {
    const rows = rowsOf(actionDeliveries, delivered(), withdrawnDelivery, delivered('2026-06-01', { count: 3 }));
    expect(rows).toMatchObject([{ count: 3, withdrawn: false, recordedAt: at(2) }]);
  });
});

describe('participation', () => {
  const recorded = (data: object = {}) =>
    example('programs.ActionParticipationRecorded.v1', { deliveryId: deliveryId(), ...data });

  it('holds a number only where it may be told', () => {
    expect(rowsOf(actionParticipation, recorded())).toEqual([
      {
        ...{ actionId: ACTION, deliveryId: deliveryId(), participantsKind: 'FEWER_THAN', participants: null },
        ...{ eligibleKind: 'COUNT', eligible: 14, smallestGroup: 5, recordedAt: at(0), events: ['event-0'] },
        recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      },
    ]);
  });

  it('is what was told last', () => {
    const count = { participants: { kind: 'COUNT', count: 9 } };
    expect(rowsOf(actionParticipation, recorded(), recorded(count))).toMatchObject([
      { participantsKind: 'COUNT', participants: 9, recordedAt: at(1) },
    ]);
  });

  it('ends with the delivery it is of', () => {
    expect(rowsOf(actionParticipation, recorded(), withdrawnDelivery)).toEqual([]);
  });
});

describe('evidence', () => {
  const attested = {
    type: 'programs.ActionEvidenceAttested.v1',
    data: { actionId: ACTION, evidenceId: EVIDENCE, attestor: 'person-b' },
  };
  const withdrawn = {
    type: 'programs.ActionEvidenceWithdrawn.v1',
    data: { actionId: ACTION, evidenceId: EVIDENCE, reason: sealed, withdrawnBy: 'person-hr' },
  };

  it('is a row a piece, with who vouches for it; one that was withdrawn stays, marked', () => {
    const row = {
      ...{ actionId: ACTION, evidenceId: EVIDENCE, title: 'List of pairs by month, without names', sha256: SHA },
      ...{ custodian: 'Office of staff development', attestor: 'person-b', fileId: null },
      ...{ uri: 'https://records.example.org/buddy/2026', periodFrom: '2026-01-01', periodTo: '2026-06-30' },
      ...{ expiresAt: '2027-06-30', withdrawn: false, attachedBy: 'person-hr', attachedAt: at(0) },
    };
    expect(rowsOf(actionEvidence, attached(), attested)).toEqual([{ ...row, events: ['event-0', 'event-1'] }]);
    expect(rowsOf(actionEvidence, attached(), attested, withdrawn)).toMatchObject([{ ...row, withdrawn: true }]);
  });

  it('is not vouched for any more when it was attached anew', () => {
    expect(rowsOf(actionEvidence, attached(), attested, withdrawn, attached())).toMatchObject([
      { attestor: null, withdrawn: false, attachedAt: at(3) },
    ]);
  });
});

describe('labour beside the job', () => {
  it('is a row a unit, period and kind; told again, the later stands', () => {
    const told = (data: object = {}) => example('programs.InvisibleLabourRecorded.v1', { unitId: 'unit:GPA', ...data });
    const rows = rowsOf(
      invisibleLabour,
      told(),
      told({ kind: 'MENTORING', people: { kind: 'COUNT', count: 7 } }),
      told({ hours: '80' }),
    );
    expect(rows).toEqual([
      {
        ...{ actionId: ACTION, unitId: 'unit:GPA', period: '2026-Q1', kind: 'COORDINATION', hours: '80', fte: '0.14' },
        ...{ peopleKind: 'FEWER_THAN', people: null, recognised: 'NONE', recordedAt: at(2) },
        ...{ recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7', events: ['event-0', 'event-2'] },
      },
      expect.objectContaining({ kind: 'MENTORING', peopleKind: 'COUNT', people: 7 }),
    ]);
  });
});
