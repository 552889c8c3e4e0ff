import {
  anyReadModel,
  RowsInMemory,
  type AnyReadModel,
  type EventBody,
  type GivenEvent,
  type ReadModel,
  type RecordedEvent,
  type Row,
} from '@plumbline/kernel';
import type { CharterEvent } from './charter.events';
import type { CommitmentEvent } from './commitment.events';
import {
  accepted,
  active,
  assessed,
  attested,
  carriedForward,
  charterAdopted,
  consultationClosed,
  consultationOpened,
  declined,
  drafted,
  evidence,
  fulfilled,
  handedOver,
  handoverProposed,
  heard,
  indicator,
  milestone,
  missed,
  missedPeriod,
  needsNothing,
  noteWritten,
  principleAdded,
  proposed,
  reached,
  reported,
  rescheduled,
  rescheduleRequested,
  resourced,
  tallied,
  withdrawalApproved,
  withdrawalRequested,
  withdrawn,
} from './given.testing';
import {
  charterConsultations,
  charterDeciders,
  charterPrinciples,
  charterReadModels,
  charterRegister,
  commitmentAssessments,
  commitmentEvidence,
  commitmentIndicators,
  commitmentMilestones,
  commitmentMoves,
  commitmentPeriods,
  commitmentRegister,
  commitmentResources,
  commitmentWithdrawals,
  handoverAfter,
  ownerOfRow,
  publicNotes,
} from './index';

const recorded = (event: GivenEvent<EventBody>, index: number): RecordedEvent =>
  ({ id: `e${index}`, recordedAt: '2026-06-15T12:00:00.000Z', ...event }) as RecordedEvent;

const KINDS = ['text', 'text?', 'text[]', 'integer', 'integer?', 'boolean', 'boolean?', 'date', 'date?', 'decimal?'];

/** A row has the columns of its model, no more and no less, and is null only where a column may be. */
function fits(model: AnyReadModel, row: Row): void {
  expect(Object.keys(row).sort()).toEqual(Object.keys(model.columns).sort());
  for (const [column, value] of Object.entries(row)) {
    const kind = (model.columns as Readonly<Record<string, string>>)[column] ?? '';
    if (value === null) expect(kind).toMatch(/\?$/);
    else if (Array.isArray(value)) expect(kind).toBe('text[]');
    else if (typeof value === 'number') expect(kind).toMatch(/^integer/);
    else if (typeof value === 'boolean') expect(kind).toMatch(/^boolean/);
    else expect(kind).toMatch(/^(text\??|date\??|decimal\?)$/);
  }
}

/** The rows after these events, without what cites them. */
function rows<R extends Row, E extends EventBody>(
  model: ReadModel<R, E>,
  ...events: readonly GivenEvent<CharterEvent | CommitmentEvent>[]
): readonly R[] {
  const kept = new RowsInMemory(anyReadModel(model));
  events.forEach((event, index) => kept.apply(recorded(event as GivenEvent<EventBody>, index)));
  for (const { events: _events, ...row } of kept.list()) fits(model as unknown as AnyReadModel, row);
  return kept.list().map(({ events: _events, ...row }) => row as unknown as R);
}
const one = <R extends Row, E extends EventBody>(
  model: ReadModel<R, E>,
  ...events: readonly GivenEvent<CharterEvent | CommitmentEvent>[]
): R | undefined => rows(model, ...events)[0];

describe('the register of charters', () => {
  const amended: GivenEvent<CharterEvent> = {
    type: 'charter.CharterAmended.v1',
    data: {
      ...(charterAdopted() as { data: Extract<CharterEvent, { type: 'charter.CharterAdopted.v1' }>['data'] }).data,
      version: 2,
      effectiveFrom: '2026-06-01',
      principles: [{ ...heard, principleId: 'MET', text: 'Nobody eats alone.', inheritedFrom: 'charter:PARENT' }],
      diff: { added: ['MET'], reworded: [], withdrawn: ['HEARD'] },
    },
  };
  const retired: GivenEvent<CharterEvent> = {
    type: 'charter.CharterRetired.v1',
    data: {
      charterId: 'charter:BELONGING',
      version: 2,
      retiredBy: 'person-chair',
      reason: { toSeal: '', subjects: [] },
    },
  };
  const gone: GivenEvent<CharterEvent> = {
    type: 'charter.CharterPrincipleWithdrawn.v1',
    data: {
      charterId: 'charter:BELONGING',
      principleId: 'HEARD',
      reason: { toSeal: '', subjects: [] },
      withdrawnBy: 'p',
    },
  };
  const reworded: GivenEvent<CharterEvent> = {
    type: 'charter.CharterPrincipleReworded.v1',
    data: {
      ...{ charterId: 'charter:BELONGING', principleId: 'HEARD', from: heard.text, to: 'Thanked.', rewordedBy: 'p' },
      reason: { toSeal: '', subjects: [] },
    },
  };

  it('has the draft as version 0 and each adopted version beside it', () => {
    expect(rows(charterRegister, drafted(), principleAdded())).toEqual([
      {
        charterId: 'charter:BELONGING',
        version: 0,
        code: 'BELONGING',
        title: 'Belonging here',
        scopeUnitId: 'unit:HOSPITAL',
        parentCharterId: null,
        definitionOfBelonging: 'To be expected, needed and free to differ.',
        state: 'DRAFT',
        principleIds: ['HEARD'],
        effectiveFrom: null,
        adoptedBy: null,
        consultation: null,
      },
    ]);
    expect(rows(charterRegister, drafted(), principleAdded(), charterAdopted())[1]).toEqual({
      charterId: 'charter:BELONGING',
      version: 1,
      code: 'BELONGING',
      title: 'Belonging here',
      scopeUnitId: 'unit:HOSPITAL',
      parentCharterId: null,
      definitionOfBelonging: 'To be expected, needed and free to differ.',
      state: 'IN_FORCE',
      principleIds: ['HEARD'],
      effectiveFrom: '2026-01-01',
      adoptedBy: 'person-chair',
      consultation: 1,
    });
  });
  it('takes withdrawn principles out of the draft, not out of a version', () => {
    const [draft, version] = rows(charterRegister, drafted(), principleAdded(), charterAdopted(), gone);
    expect([draft?.principleIds, version?.principleIds]).toEqual([[], ['HEARD']]);
  });
  it('lets a new version take the place of the one before, and says when all is retired', () => {
    const states = (...more: readonly GivenEvent<CharterEvent>[]) =>
      rows(charterRegister, drafted(), charterAdopted(), ...more).map(({ version, state }) => [version, state]);
    expect(states(amended)).toEqual([
      [0, 'DRAFT'],
      [1, 'SUPERSEDED'],
      [2, 'IN_FORCE'],
    ]);
    expect(states(amended, retired)).toEqual([
      [0, 'RETIRED'],
      [1, 'SUPERSEDED'],
      [2, 'RETIRED'],
    ]);
  });
  it('keeps what a principle says in the draft and in force apart', () => {
    const added = one(charterPrinciples, drafted(), principleAdded());
    expect(added).toEqual({
      charterId: 'charter:BELONGING',
      principleId: 'HEARD',
      draftText: heard.text,
      adoptedText: null,
      componentTags: ['OPPORTUNITY'],
      pillarTags: [],
      communityTags: [],
      signals: heard.signals,
      inheritedFrom: null,
      sinceVersion: null,
    });
    expect(one(charterPrinciples, drafted(), principleAdded(), charterAdopted(), reworded)).toMatchObject({
      draftText: 'Thanked.',
      adoptedText: heard.text,
      sinceVersion: 1,
    });
    expect(rows(charterPrinciples, drafted(), principleAdded(), gone)).toEqual([]);
    expect(one(charterPrinciples, drafted(), principleAdded(), charterAdopted(), gone)).toMatchObject({
      draftText: null,
      adoptedText: heard.text,
    });
  });
  it('drops a principle that a version no longer has, and shows inherited ones', () => {
    expect(rows(charterPrinciples, drafted(), principleAdded(), charterAdopted(), gone, amended)).toEqual([
      {
        charterId: 'charter:BELONGING',
        principleId: 'MET',
        draftText: null,
        adoptedText: 'Nobody eats alone.',
        componentTags: ['OPPORTUNITY'],
        pillarTags: [],
        communityTags: [],
        signals: heard.signals,
        inheritedFrom: 'charter:PARENT',
        sinceVersion: 2,
      },
    ]);
    const twice = { ...amended, data: { ...amended.data, version: 3 } } as GivenEvent<CharterEvent>;
    expect(one(charterPrinciples, amended, twice)).toMatchObject({ sinceVersion: 2 });
  });
  it('has each consultation, with counts once it has closed', () => {
    const counts = [
      {
        group: 'NURSES',
        leadership: false,
        stances: { SUPPORT: 9, SUPPORT_WITH_CHANGES: 2, OPPOSE: 1, UNDECIDED: 3 },
      },
    ];
    const closed = consultationClosed();
    const withCounts = { ...closed, data: { ...closed.data, counts } } as GivenEvent<CharterEvent>;
    const open = one(charterConsultations, drafted(), consultationOpened(), tallied('NURSES', 9));
    expect(open).toEqual({
      charterId: 'charter:BELONGING',
      round: 1,
      groups: ['NURSES', 'HEADS'],
      opensOn: '2026-06-01',
      closesAt: '2026-06-15',
      closedOn: null,
      counts: [],
    });
    expect(one(charterConsultations, consultationOpened(), withCounts)).toMatchObject({
      closedOn: '2026-06-15',
      counts: ['NURSES:9:2:1:3'],
    });
  });
});

describe('the register of commitments', () => {
  const register = (...events: readonly GivenEvent<CommitmentEvent>[]) => one(commitmentRegister, ...events);
  const verifiability = (verifiable: boolean): GivenEvent<CommitmentEvent> => ({
    type: 'charter.CommitmentVerifiabilityAssessed.v1',
    data: { commitmentId: 'commitment:C07', verifiable, by: 'person-assessor', notes: null },
  });
  const handoverDeclined: GivenEvent<CommitmentEvent> = {
    type: 'charter.CommitmentReassignmentDeclined.v1',
    data: { commitmentId: 'commitment:C07', to: 'person-next', reason: { toSeal: '', subjects: [] } },
  };
  const withdrawalRefused: GivenEvent<CommitmentEvent> = {
    type: 'charter.CommitmentWithdrawalRefused.v1',
    data: {
      commitmentId: 'commitment:C07',
      requestId: 'request-1',
      refusedBy: 'p',
      reason: { toSeal: '', subjects: [] },
    },
  };

  it('has a proposal as it was made', () => {
    expect(register(proposed())).toEqual({
      commitmentId: 'commitment:C07',
      code: 'C07',
      status: 'PROPOSED',
      title: 'Ward council',
      statement: 'Every ward elects a seat.',
      level: 'DIVISION',
      parentCommitmentId: null,
      scopeUnitId: 'unit:HOSPITAL',
      office: null,
      charterId: 'charter:BELONGING',
      charterVersion: 1,
      principleIds: ['HEARD'],
      evidenceRule: 'Minutes.',
      structuralChange: true,
      proposedBy: 'person-nurse',
      askedOwnerId: 'person-owner',
      ownerId: null,
      ownerIds: [],
      ownerFrom: [],
      handoverTo: null,
      handoverEffective: null,
      originCommitmentId: null,
      acceptedOn: null,
      firstDue: null,
      currentDue: null,
      moves: 0,
      resourced: false,
      needsNoResources: false,
      verifiable: null,
      selfStatus: null,
      lastReport: null,
      completion: null,
      assessedOn: null,
      endedOn: null,
      doneOn: null,
      attestedBy: null,
      causes: [],
      withdrawalAsked: false,
      withdrawnOutside: false,
      carriedInto: null,
      declineReason: null,
    });
  });
  it('has an accepted one with its owner and its dates', () => {
    expect(register(...active)).toMatchObject({
      status: 'ACTIVE',
      ownerId: 'person-owner',
      ownerIds: ['person-owner'],
      ownerFrom: ['2026-02-01'],
      acceptedOn: '2026-02-01',
      firstDue: '2026-09-30',
      currentDue: '2026-09-30',
    });
  });
  it('counts the first date of what it carries forward', () => {
    const origin = { commitmentId: 'commitment:C01', baselineDue: '2025-12-31' };
    expect(register(proposed({ origin }), milestone(), accepted())).toMatchObject({
      originCommitmentId: 'commitment:C01',
      firstDue: '2025-12-31',
      currentDue: '2026-09-30',
    });
  });
  it('counts moves and keeps the first date', () => {
    expect(register(...active, rescheduled(), rescheduled('2027-03-31'))).toMatchObject({
      firstDue: '2026-09-30',
      currentDue: '2027-03-31',
      moves: 2,
    });
  });
  it('follows judgements, resources and reports', () => {
    const row = register(
      ...active,
      verifiability(false),
      resourced,
      needsNothing,
      reported('2026-Q1', { causes: ['LATE_DECISION'] }),
      reported('2026-Q2', { selfStatus: 'SUBSTANTIAL' }),
      assessed('COMPLETE'),
      missedPeriod('2026-Q3'),
    );
    expect(row).toMatchObject({
      verifiable: false,
      resourced: true,
      needsNoResources: true,
      selfStatus: 'SUBSTANTIAL',
      lastReport: '2026-Q2',
      causes: ['LATE_DECISION'],
      completion: 'COMPLETE',
      assessedOn: '2026-06-01',
    });
    expect(register(...active, reported('2026-Q1'))).toMatchObject({
      resourced: false,
      needsNoResources: false,
      causes: [],
    });
  });
  it('knows who is asked to take over, and who owned it on which day', () => {
    expect(register(...active, handoverProposed())).toMatchObject({
      handoverTo: 'person-next',
      handoverEffective: '2026-05-01',
      ownerId: 'person-owner',
    });
    expect(register(...active, handoverProposed(), handoverDeclined)).toMatchObject({
      handoverTo: null,
      handoverEffective: null,
    });
    const row = register(...active, handoverProposed(), handedOver());
    expect(row).toMatchObject({
      handoverTo: null,
      handoverEffective: null,
      ownerId: 'person-next',
      ownerIds: ['person-owner', 'person-next'],
      ownerFrom: ['2026-02-01', '2026-05-01'],
    });
    const owned = { ownerIds: row?.ownerIds ?? [], ownerFrom: row?.ownerFrom ?? [] };
    expect(ownerOfRow(owned, '2026-04-30')).toBe('person-owner');
    expect(ownerOfRow(owned, '2026-05-01')).toBe('person-next');
    expect(ownerOfRow(owned, '2025-01-01')).toBe('person-owner');
    expect(ownerOfRow({ ownerIds: [], ownerFrom: [] }, '2026-05-01')).toBeNull();
    expect(handoverAfter(owned, '2026-04-30')).toEqual({ to: 'person-next', effective: '2026-05-01' });
    expect(handoverAfter(owned, '2026-05-01')).toBeNull();
    expect(handoverAfter({ ownerIds: ['person-owner'], ownerFrom: ['2026-02-01'] }, '2026-01-01')).toBeNull();
  });
  it('has each end with its day', () => {
    expect(register(...active, fulfilled())).toMatchObject({
      status: 'FULFILLED',
      endedOn: '2026-06-12',
      doneOn: '2026-06-12',
      attestedBy: null,
    });
    expect(register(...active, fulfilled(), attested('2026-06-05', null))).toMatchObject({
      endedOn: '2026-06-12',
      doneOn: '2026-06-05',
      attestedBy: 'person-assessor',
    });
    expect(register(...active, attested('2026-06-05'))).toMatchObject({ doneOn: null, attestedBy: null });
    expect(register(...active, missed)).toMatchObject({
      status: 'MISSED',
      endedOn: '2026-10-26',
      doneOn: null,
      causes: ['LATE_DECISION'],
    });
    expect(register(proposed(), declined)).toMatchObject({
      status: 'DECLINED',
      endedOn: '2026-02-01',
      declineReason: 'sealed:e1/reason',
    });
    expect(register(...active, carriedForward)).toMatchObject({
      status: 'CARRIED_FORWARD',
      endedOn: '2026-06-01',
      carriedInto: 'commitment:C31',
    });
  });
  it('follows a withdrawal to its end', () => {
    const asked = [...active, noteWritten, withdrawalRequested, withdrawalApproved()];
    expect(register(...asked)).toMatchObject({ status: 'ACTIVE', withdrawalAsked: true });
    expect(register(...asked, withdrawalRefused)).toMatchObject({ status: 'ACTIVE', withdrawalAsked: false });
    expect(register(...asked, withdrawn(true, true))).toMatchObject({
      status: 'WITHDRAWN',
      endedOn: '2026-06-01',
      withdrawalAsked: false,
      withdrawnOutside: true,
    });
    for (const [outside, before] of [
      [true, false],
      [false, true],
    ] as const)
      expect(register(...asked, withdrawn(outside, before))).toMatchObject({ withdrawnOutside: false });
  });
});

describe('what belongs to a commitment', () => {
  it('are its milestones, dated at acceptance', () => {
    const bare = milestone('C07.1', { baselineDue: null });
    expect(one(commitmentMilestones, proposed(), bare)).toEqual({
      commitmentId: 'commitment:C07',
      milestoneId: 'C07.1',
      title: 'First meeting',
      weight: 1,
      contracted: true,
      baselineDue: null,
      currentDue: null,
      moves: 0,
      recordedOn: null,
      doneOn: null,
      attestedBy: null,
      evidence: [],
    });
    expect(one(commitmentMilestones, bare, accepted())).toMatchObject({
      baselineDue: '2026-09-30',
      currentDue: '2026-09-30',
    });
    expect(one(commitmentMilestones, milestone(), accepted(), rescheduled())).toMatchObject({
      baselineDue: '2026-09-30',
      currentDue: '2026-12-31',
      moves: 1,
    });
    expect(one(commitmentMilestones, milestone(), reached())).toMatchObject({
      recordedOn: '2026-06-10',
      doneOn: '2026-06-10',
      evidence: ['evidence-1'],
    });
    expect(one(commitmentMilestones, milestone(), reached(), attested('2026-06-01'))).toMatchObject({
      recordedOn: '2026-06-10',
      doneOn: '2026-06-01',
      attestedBy: 'person-assessor',
    });
    expect(one(commitmentMilestones, milestone(), reached(), attested('2026-06-01', null))).toMatchObject({
      doneOn: '2026-06-10',
    });
  });
  it('are its indicators', () => {
    expect(rows(commitmentIndicators, indicator())).toEqual([
      {
        commitmentId: 'commitment:C07',
        indicatorId: 'C07.1.1',
        milestoneId: 'C07.1',
        text: 'All wards have elected',
        office: 'Nursing',
        kind: 'PROCESS',
        metricId: null,
        baselineDue: '2026-08-31',
      },
    ]);
  });
  it('are the dates that were asked for', () => {
    const refused: GivenEvent<CommitmentEvent> = {
      type: 'charter.CommitmentRescheduleRefused.v1',
      data: {
        ...{ commitmentId: 'commitment:C07', requestId: 'request-1', milestoneId: 'C07.1', refusedBy: 'person-hr' },
        reason: { toSeal: '', subjects: [] },
      },
    };
    expect(one(commitmentMoves, rescheduleRequested())).toEqual({
      requestId: 'request-1',
      commitmentId: 'commitment:C07',
      milestoneId: 'C07.1',
      state: 'REQUESTED',
      fromDue: '2026-09-30',
      toDue: '2026-12-31',
      requestedBy: 'person-owner',
      requestedOn: '2026-04-20',
      decidedBy: null,
      movedOn: null,
      requestReason: 'sealed:e0/reason',
      decisionReason: null,
    });
    expect(one(commitmentMoves, rescheduleRequested(), rescheduled())).toMatchObject({
      state: 'MOVED',
      decidedBy: 'person-approver',
      movedOn: '2026-05-01',
      decisionReason: 'sealed:e1/reason',
    });
    expect(one(commitmentMoves, rescheduleRequested(), refused)).toMatchObject({
      state: 'REFUSED',
      decidedBy: 'person-hr',
      movedOn: null,
      decisionReason: 'sealed:e1/reason',
    });
  });
  it('are the wishes to take it back, with who approved or refused them', () => {
    const asked = {
      ...{ requestId: 'request-1', commitmentId: 'commitment:C07', state: 'REQUESTED', requestedBy: 'person-owner' },
      ...{ approvers: [], refusedBy: null, withdrawnOn: null, decisionReason: null },
      requestReason: 'sealed:e0/reason',
    };
    expect(one(commitmentWithdrawals, withdrawalRequested)).toEqual(asked);
    expect(one(commitmentWithdrawals, withdrawalRequested, withdrawalApproved())).toEqual({
      ...asked,
      approvers: ['person-approver'],
    });
    expect(one(commitmentWithdrawals, withdrawalRequested, withdrawalApproved(), withdrawn(true, true))).toEqual({
      ...{ ...asked, state: 'WITHDRAWN', approvers: ['person-approver', 'person-hr'], withdrawnOn: '2026-06-01' },
      decisionReason: 'sealed:e2/reason',
    });
    const no: GivenEvent<CommitmentEvent> = {
      type: 'charter.CommitmentWithdrawalRefused.v1',
      data: {
        ...{ commitmentId: 'commitment:C07', requestId: 'request-1', refusedBy: 'person-hr' },
        reason: { toSeal: '', subjects: [] },
      },
    };
    expect(one(commitmentWithdrawals, withdrawalRequested, no)).toEqual({
      ...{ ...asked, state: 'REFUSED', refusedBy: 'person-hr', decisionReason: 'sealed:e1/reason' },
    });
    for (const event of [withdrawalApproved(), withdrawn(true, true), no])
      expect(rows(commitmentWithdrawals, event)).toEqual([]);
  });
  it('are its periods, a miss staying when a report comes late', () => {
    expect(one(commitmentPeriods, reported('2026-Q1', { causes: ['LATE_DECISION'] }))).toEqual({
      commitmentId: 'commitment:C07',
      period: '2026-Q1',
      outcome: 'REPORTED',
      missed: false,
      selfStatus: 'LIMITED',
      nil: false,
      causes: ['LATE_DECISION'],
      narrative: 'sealed:e0/narrative',
      challenges: null,
      reportedBy: 'person-owner',
      reportedOn: '2026-04-08',
    });
    expect(
      one(
        commitmentPeriods,
        reported('2026-Q1', { narrative: null, nil: true, challenges: { toSeal: 'x', subjects: [] } }),
      ),
    ).toMatchObject({ narrative: null, nil: true, challenges: 'sealed:e0/challenges' });
    expect(one(commitmentPeriods, missedPeriod('2026-Q1'))).toEqual({
      commitmentId: 'commitment:C07',
      period: '2026-Q1',
      outcome: 'MISSED',
      missed: true,
      selfStatus: null,
      nil: null,
      causes: [],
      narrative: null,
      challenges: null,
      reportedBy: null,
      reportedOn: null,
    });
    expect(one(commitmentPeriods, missedPeriod('2026-Q1'), reported('2026-Q1', { late: true }))).toMatchObject({
      outcome: 'LATE',
      missed: true,
      selfStatus: 'LIMITED',
    });
  });
  it('are its assessments and resources, each by its event', () => {
    expect(rows(commitmentAssessments, assessed(), assessed('COMPLETE'))).toEqual([
      {
        assessmentId: 'e0',
        commitmentId: 'commitment:C07',
        assessor: 'person-assessor',
        completion: 'LIMITED',
        assessedOn: '2026-06-01',
        rationale: 'sealed:e0/rationale',
      },
      expect.objectContaining({ assessmentId: 'e1', completion: 'COMPLETE' }),
    ]);
    const money = {
      ...resourced,
      data: { ...resourced.data, budget: { amount: '12000', currency: 'GBP' }, fte: null },
    };
    expect(rows(commitmentResources, resourced, money)).toEqual([
      {
        resourceId: 'e0',
        commitmentId: 'commitment:C07',
        stage: 'PLEDGED',
        amount: null,
        currency: null,
        fte: '0.2',
        source: 'Transformation budget',
      },
      expect.objectContaining({ resourceId: 'e1', amount: '12000', currency: 'GBP', fte: null }),
    ]);
  });
  it('is its evidence, of a milestone, of the whole or of an assessment', () => {
    const second = evidence({ evidenceId: 'evidence-2' });
    const done = fulfilled();
    const judged = assessed();
    expect(
      rows(
        commitmentEvidence,
        reached(),
        { ...done, data: { ...done.data, evidenceRefs: [second] } },
        { ...judged, data: { ...judged.data, evidenceRefs: [evidence({ evidenceId: 'evidence-3' })] } },
      ),
    ).toEqual([
      { commitmentId: 'commitment:C07', milestoneId: 'C07.1', ...evidence() },
      { commitmentId: 'commitment:C07', milestoneId: null, ...second },
      expect.objectContaining({ evidenceId: 'evidence-3', milestoneId: null }),
    ]);
  });
  it('are its public notes, passed or not', () => {
    const passed: GivenEvent<CommitmentEvent> = {
      type: 'charter.PublicNotePassed.v1',
      data: { commitmentId: 'commitment:C07', noteId: 'note-1', by: 'person-hr', passedOn: '2026-06-16' },
    };
    expect(one(publicNotes, noteWritten)).toEqual({
      noteId: 'note-1',
      commitmentId: 'commitment:C07',
      text: 'Too few mentors were found.',
      writtenBy: 'person-owner',
      writtenOn: '2026-06-15',
      passedBy: null,
      passedOn: null,
    });
    expect(one(publicNotes, noteWritten, passed)).toMatchObject({ passedBy: 'person-hr', passedOn: '2026-06-16' });
  });
});

const types = new Set(charterDeciders.flatMap(({ events }) => Object.keys(events)));

describe.each(charterReadModels.map((model) => [model.name, model] as const))('the read model %s', (name, model) => {
  const columns = Object.keys(model.columns);
  it('has a name for a table, a version, a key and kinds that a table has', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(model.version).toBe(1);
    expect(model.key.length).toBeGreaterThan(0);
    for (const kind of Object.values(model.columns)) expect(KINDS).toContain(kind);
  });
  it('keys and indexes columns that it has', () => {
    for (const column of [...model.key, ...(model.indexes ?? []).flat()]) expect(columns).toContain(column);
    for (const index of model.indexes ?? []) expect(index.length).toBeGreaterThan(0);
  });
  it('listens to events of this context only, each ignored in so many words or folded', () => {
    for (const [type, change] of Object.entries(model.on as Readonly<Record<string, unknown>>)) {
      expect(types).toContain(type);
      expect(change === 'ignored' || typeof change === 'object').toBe(true);
    }
  });
});

it('commitments are found by owner and by unit, what belongs to them by commitment', () => {
  expect(commitmentRegister.indexes).toEqual([['ownerId'], ['scopeUnitId']]);
  for (const model of [commitmentAssessments, commitmentResources, publicNotes])
    expect(model.indexes).toEqual([['commitmentId']]);
});
