import { definitionFaults, readModelFaults } from '@plumbline/kernel';
import { programsCommands } from './action.commands';
import { programsEvents } from './action.events';
import { programsDeciders, programsReadModels } from './index';

const definitions = [...Object.entries(programsEvents), ...Object.entries(programsCommands)] as const;
type Shape = { readonly data: { safeParse(value: unknown): { success: boolean } }; readonly example: object };
const takes = (type: string, change: object): boolean => {
  const definition = { ...programsEvents, ...programsCommands }[type as 'programs.PlanAction'] as Shape;
  return definition.data.safeParse({ ...definition.example, ...change }).success;
};

it('the decider has all commands and events, and every read model a name of its own', () => {
  const [decider] = programsDeciders;
  expect(Object.keys(decider?.commands ?? {})).toEqual(Object.keys(programsCommands));
  expect(Object.keys(decider?.events ?? {})).toEqual(Object.keys(programsEvents));
  expect(programsReadModels.map(({ name }) => name)).toEqual([
    'action_register',
    'action_deliveries',
    'action_participation',
    'action_evidence',
    'invisible_labour',
  ]);
});

it.each(definitions)('%s says what it is, and asks for each field that is not optional', (_type, definition) => {
  expect(definition.summary.length).toBeGreaterThan(10);
  for (const field of Object.keys(definition.example)) {
    const { [field as keyof typeof definition.example]: _without, ...rest } = definition.example;
    const isOptional = (definition.data as unknown as { shape: Record<string, { isOptional(): boolean }> }).shape[
      field
    ];
    expect([field, definition.data.safeParse(rest).success]).toEqual([field, isOptional?.isOptional()]);
  }
});

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(programsDeciders)).toEqual([]);
});

it.each(Object.entries(programsCommands))(
  '%s is for those who work on actions, never for auditors',
  (type, { roles }) => {
    expect(roles).toEqual(expect.arrayContaining(['executive', 'hr']));
    expect(roles).not.toContain('auditor');
    const workers = ['executive', 'hr', 'program-lead', 'data-steward'];
    const others: Readonly<Record<string, readonly string[]>> = {
      'programs.ResourceAction': ['executive', 'hr', 'data-steward'],
      'programs.AttestEvidence': [...workers, 'assessor', 'member'],
      'programs.RecordInvisibleLabour': [...workers, 'member'],
      'programs.ReviewAction': ['executive', 'hr', 'program-lead'],
    };
    expect(roles).toEqual(others[type] ?? workers);
  },
);

describe('a field takes what it is for and nothing else', () => {
  const uuid = 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18';
  it.each<[string, object, boolean]>([
    ['programs.PlanAction', { code: '-A' }, false],
    ['programs.PlanAction', { code: 'Ä.b_c-9' }, true],
    ['programs.PlanAction', { code: 'A'.repeat(64) }, true],
    ['programs.PlanAction', { code: 'A'.repeat(65) }, false],
    ['programs.PlanAction', { code: 'A B' }, false],
    ['programs.PlanAction', { title: '  ' }, false],
    ['programs.PlanAction', { title: 'x'.repeat(200) }, true],
    ['programs.PlanAction', { title: 'x'.repeat(201) }, false],
    ['programs.PlanAction', { override: { tag: 'moment', value: 'JOINING' } }, true],
    ['programs.PlanAction', { override: { tag: 'component', value: 'OPPORTUNITY' } }, true],
    ['programs.PlanAction', { override: { tag: 'structure', value: 'SYSTEM' } }, true],
    ['programs.PlanAction', { override: { tag: 'structureKind', value: 'NORM' } }, true],
    ['programs.PlanAction', { override: { tag: 'colour', value: 'RED' } }, false],
    ['programs.PlanAction', { override: { tag: 'moment', value: 'JOINING', more: 1 } }, false],
    ['programs.PlanAction', { decisionRight: 'INFORM' }, true],
    ['programs.PlanAction', { decisionRight: 'CONSULT' }, true],
    ['programs.PlanAction', { decisionRight: 'STAFF_DECIDE' }, true],
    ['programs.PlanAction', { decisionRight: 'DECREE' }, false],
    ['programs.PlanAction', { plannedDeliveries: 0 }, false],
    ['programs.PlanAction', { plannedDeliveries: 1 }, true],
    ['programs.PlanAction', { plannedDeliveries: 1_000_000 }, true],
    ['programs.PlanAction', { plannedDeliveries: 1_000_001 }, false],
    ['programs.PlanAction', { plannedDeliveries: 1.5 }, false],
    ['programs.PlanAction', { from: '2026-02-30' }, false],
    ['programs.PlanAction', { lead: 'Jane' }, false],
    ['programs.PlanAction', { commitments: Array.from({ length: 50 }, (_, index) => `C${index}`) }, true],
    ['programs.PlanAction', { commitments: Array.from({ length: 51 }, (_, index) => `C${index}`) }, false],
    ['programs.PlanAction', { leadingMetrics: Array.from({ length: 50 }, (_, index) => `M${index}`) }, true],
    ['programs.PlanAction', { leadingMetrics: Array.from({ length: 51 }, (_, index) => `M${index}`) }, false],
    ['programs.DeclareEligibility', { rule: 'x'.repeat(501) }, false],
    ['programs.DeclareEligibility', { legalReview: 'none' }, false],
    ['programs.ResourceAction', { budget: { amount: '12000', currency: 'GBP' } }, true],
    ['programs.ResourceAction', { budget: { amount: '12000', currency: 'gbp' } }, false],
    ['programs.ResourceAction', { budget: { amount: '12000', currency: 'GBPX' } }, false],
    ['programs.ResourceAction', { budget: { amount: '12000', currency: 'XGBP' } }, false],
    ['programs.ResourceAction', { budget: { amount: '-1', currency: 'GBP' } }, false],
    ['programs.ResourceAction', { budget: { amount: '1', currency: 'GBP', more: 1 } }, false],
    ['programs.ResourceAction', { fte: '0' }, true],
    ['programs.ResourceAction', { fte: '-0.1' }, false],
    ['programs.ResourceAction', { fte: 'half' }, false],
    ['programs.ResourceAction', { fte: 0.5 }, false],
    ['programs.ResourceAction', { source: 'x'.repeat(301) }, false],
    ['programs.DeliverAction', { count: 0 }, false],
    ['programs.DeliverAction', { count: 1_000_000 }, true],
    ['programs.DeliverAction', { count: 1_000_001 }, false],
    ['programs.DeliverAction', { units: [] }, false],
    ['programs.DeliverAction', { units: ['GPA'] }, true],
    ['programs.DeliverAction', { units: Array.from({ length: 500 }, (_, index) => `U${index}`) }, true],
    ['programs.DeliverAction', { units: Array.from({ length: 501 }, (_, index) => `U${index}`) }, false],
    ['programs.DeliverAction', { session: 'AM' }, true],
    ['programs.DeliverAction', { reason: 'x'.repeat(2000) }, true],
    ['programs.DeliverAction', { reason: 'x'.repeat(2001) }, false],
    ['programs.RecordParticipation', { count: -1 }, false],
    ['programs.RecordParticipation', { count: 0 }, true],
    ['programs.RecordParticipation', { eligible: 2_000_000_000 }, true],
    ['programs.RecordParticipation', { eligible: 2_000_000_001 }, false],
    ['programs.AttachEvidence', { uri: 'http://intranet/x' }, true],
    ['programs.AttachEvidence', { uri: 'javascript:alert(1)' }, false],
    ['programs.AttachEvidence', { uri: 'shttps://example.org' }, false],
    ['programs.AttachEvidence', { uri: 'httpsx://example.org' }, false],
    ['programs.AttachEvidence', { uri: `https://example.org/${'x'.repeat(2000)}` }, false],
    ['programs.AttachEvidence', { sha256: 'a'.repeat(64) }, true],
    ['programs.AttachEvidence', { sha256: 'a'.repeat(65) }, false],
    ['programs.AttachEvidence', { sha256: 'g'.repeat(64) }, false],
    ['programs.AttachEvidence', { sha256: 'A'.repeat(64) }, false],
    ['programs.AttachEvidence', { custodian: '' }, false],
    ['programs.AttachEvidence', { file: uuid }, true],
    ['programs.AttachEvidence', { file: '../../etc/passwd' }, false],
    ['programs.ReviewAction', { verdict: 'SCALE' }, true],
    ['programs.ReviewAction', { verdict: 'ADJUST' }, true],
    ['programs.ReviewAction', { verdict: 'STOP' }, true],
    ['programs.ReviewAction', { verdict: 'MAYBE' }, false],
    ['programs.ReviewAction', { basis: {} }, false],
    ['programs.ReviewAction', { basis: { asserted: 'LEADS' } }, false],
    ['programs.ReviewAction', { basis: { asserted: 'LEADS', reference: 'Report' } }, true],
    ['programs.ReviewAction', { basis: { asserted: 'LEADS', reference: 'Report', cannotTell: true } }, true],
    ['programs.ReviewAction', { basis: { asserted: 'LEADS', reference: 'Report', more: 1 } }, false],
    ['programs.ReviewAction', { basis: { asserted: 'LEADS', reference: 'x'.repeat(501) } }, false],
    ['programs.RecordInvisibleLabour', { period: '2026-Q5' }, false],
    ['programs.RecordInvisibleLabour', { kind: 'INTERPRETING' }, true],
    ['programs.RecordInvisibleLabour', { kind: 'STAFF_GROUP' }, true],
    ['programs.RecordInvisibleLabour', { kind: 'SUPPORT' }, true],
    ['programs.RecordInvisibleLabour', { kind: 'OTHER' }, true],
    ['programs.RecordInvisibleLabour', { kind: 'COFFEE' }, false],
    ['programs.RecordInvisibleLabour', { recognised: 'PAID' }, true],
    ['programs.RecordInvisibleLabour', { recognised: 'TIME_OFF' }, true],
    ['programs.RecordInvisibleLabour', { recognised: 'IN_WORKLOAD' }, true],
    ['programs.RecordInvisibleLabour', { recognised: 'THANKED' }, true],
    ['programs.RecordInvisibleLabour', { recognised: 'CAKE' }, false],
    ['programs.ActionPlanned.v1', { overridden: 'moment' }, true],
    ['programs.ActionPlanned.v1', { overridden: 'colour' }, false],
    ['programs.ActionPlanned.v1', { plannedDeliveries: 0 }, false],
    [
      'programs.ActionPlanned.v1',
      { tags: { component: 'OPPORTUNITY', moment: null, structure: null, structureKind: null } },
      true,
    ],
    [
      'programs.ActionPlanned.v1',
      { tags: { component: null, moment: null, structure: null, structureKind: null } },
      false,
    ],
    ['programs.ActionDelivered.v1', { postHoc: null }, true],
    ['programs.ActionDelivered.v1', { unitIds: [] }, false],
    ['programs.ActionDelivered.v1', { count: 0 }, false],
    ['programs.ActionDelivered.v1', { lateReason: 'in the clear' }, false],
    ['programs.ActionCancelled.v1', { reason: 'in the clear' }, false],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'COUNT', count: 3 } }, true],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'ALL_BUT_FEWER_THAN', than: 5 } }, true],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'FEWER_THAN', than: 5, count: 3 } }, false],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'FEWER_THAN', than: 1 } }, false],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'FEWER_THAN', than: 2 } }, true],
    ['programs.ActionParticipationRecorded.v1', { participants: { kind: 'ALL_BUT_FEWER_THAN', than: 1 } }, false],
    ['programs.ActionParticipationRecorded.v1', { smallestGroup: 1 }, false],
    ['programs.ActionParticipationRecorded.v1', { smallestGroup: 2 }, true],
    ['programs.ActionOutcomeReviewed.v1', { note: 'x'.repeat(2001) }, false],
  ])('%s with %j: %s', (type, change, isTaken) => {
    expect(takes(type, change)).toBe(isTaken);
  });
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(programsReadModels, programsDeciders)).toEqual([]);
});
