import { type CommandBody, type SpecContext } from '@plumbline/kernel';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentCommand, CommitmentData } from './commitment.commands';
import {
  accepted,
  active,
  APPROVER,
  ASSESSOR,
  attested,
  commitmentState,
  evidence,
  fulfilled,
  handedOver,
  HR,
  indicator,
  milestone,
  missed,
  NURSE,
  organization,
  ORGANIZATION,
  OWNER,
  proposed,
  reached,
  rescheduleRequested,
  rescheduled,
  inWords,
} from './given.testing';

const spec = inWords(commitmentDecider);
type Type = CommitmentCommand['type'];
const command = <T extends Type>(type: T, data: Omit<CommitmentData<T>, 'commitment'>): CommitmentCommand =>
  ({ type, data: { commitment: 'C07', ...data } }) as CommandBody as CommitmentCommand;

describe('a milestone', () => {
  const add = (more: Partial<CommitmentData<'charter.AddMilestone'>> = {}): CommitmentCommand =>
    command('charter.AddMilestone', { milestone: 'C07.1', title: 'First meeting', due: '2026-09-30', ...more });

  it('is added by those the commitment concerns, and by the offices that look after all', () => {
    expect(spec.given(proposed()).when(add(), { actor: OWNER })).toEqual({ events: [milestone()] });
    for (const actor of [NURSE, HR, { id: 'p', role: 'program-lead' }, { id: 'p', role: 'data-steward' }] as const)
      expect(spec.given(proposed()).when(add(), { actor }).events).toHaveLength(1);
    const stranger = { id: 'person-other', role: 'executive' } as const;
    expect(spec.given(proposed()).when(add(), { actor: stranger }).refused).toBe(
      'a-commitment-is-planned-by-those-it-concerns',
    );
    expect(spec.given(proposed()).when(add(), { actor: stranger, onBehalfOf: 'person-owner' }).events).toHaveLength(1);
    const delegated = { ...proposed(), onBehalfOf: 'person-other' };
    expect(spec.given(delegated).when(add(), { actor: stranger }).events).toHaveLength(1);
  });
  it.each([
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2026-12', '2026-12-31'],
    ['2026-04-05', '2026-04-05'],
  ])('due %s is due on %s', (due, day) => {
    expect(spec.given(proposed()).when(add({ due }), { actor: OWNER }).events?.[0]?.data).toMatchObject({
      baselineDue: day,
    });
  });
  it('may have no date of its own before acceptance', () => {
    const bare = command('charter.AddMilestone', { milestone: 'C07.1', title: 'First meeting', weight: 4 });
    expect(spec.given(proposed()).when(bare, { actor: OWNER }).events?.[0]?.data).toMatchObject({
      baselineDue: null,
      weight: 4,
      contracted: true,
    });
  });
  it('has an id of its own; the same again is nothing', () => {
    const given = spec.given(proposed(), milestone());
    expect(given.when(add({ milestone: 'c07.1' }), { actor: OWNER })).toEqual({ events: [] });
    for (const other of [{ title: 'Second meeting' }, { weight: 2 }, { due: '2026-10-31' }])
      expect(given.when(add(other), { actor: OWNER }).refused).toBe('the-id-of-a-milestone-is-used-once');
  });
  it('that comes after acceptance is not contracted, and lies within the commitment', () => {
    const late = (due?: string) =>
      command('charter.AddMilestone', { milestone: 'C07.2', title: 'More', ...(due === undefined ? {} : { due }) });
    expect(spec.given(...active).when(late('2026-09-30'), { actor: OWNER }).events?.[0]?.data).toMatchObject({
      contracted: false,
      baselineDue: '2026-09-30',
    });
    expect(spec.given(...active).when(late(), { actor: OWNER }).events?.[0]?.data).toMatchObject({
      baselineDue: '2026-09-30',
    });
    expect(spec.given(...active).when(late('2026-10-01'), { actor: OWNER }).refused).toBe(
      'what-is-added-after-acceptance-is-due-within-the-commitment',
    );
  });
});

describe('an indicator', () => {
  const add = (more: Partial<CommitmentData<'charter.AddIndicator'>> = {}): CommitmentCommand =>
    command('charter.AddIndicator', {
      indicator: 'C07.1.1',
      milestone: 'C07.1',
      text: 'All wards have elected',
      office: 'Nursing',
      kind: 'PROCESS',
      due: '2026-08',
      ...more,
    });
  const given = spec.given(proposed(), milestone());

  it('belongs to a milestone, or to the whole', () => {
    expect(given.when(add({ milestone: 'c07.1' }), { actor: OWNER })).toEqual({ events: [indicator()] });
    expect(given.when(add({ milestone: 'C07.5' }), { actor: OWNER }).refused).toBe('a-milestone-is-named-by-its-id');
    const whole = command('charter.AddIndicator', { indicator: 'C07.0', text: 'Staff feel heard', kind: 'OUTCOME' });
    expect(given.when(whole, { actor: OWNER }).events?.[0]?.data).toMatchObject({
      milestoneId: null,
      office: null,
      metricId: null,
      baselineDue: null,
    });
  });
  it('is added by those the commitment concerns', () => {
    expect(given.when(add(), { actor: { id: 'person-other', role: 'executive' } }).refused).toBe(
      'a-commitment-is-planned-by-those-it-concerns',
    );
  });
  it('has an id of its own; the same again is nothing', () => {
    const again = spec.given(proposed(), milestone(), indicator());
    expect(again.when(add({ indicator: 'c07.1.1' }), { actor: OWNER })).toEqual({ events: [] });
    for (const other of [{ text: 'Other' }, { office: 'Estates' }, { kind: 'OUTCOME' as const }, { due: '2026-07' }])
      expect(again.when(add(other), { actor: OWNER }).refused).toBe('the-id-of-an-indicator-is-used-once');
  });
  it('is measured by a metric that is defined', () => {
    expect(given.when(add({ metric: 'SAFE' }), { actor: OWNER }).refused).toBe(
      'an-indicator-is-measured-by-a-defined-metric',
    );
    const metric = { definition: {} };
    expect(
      given.when(add({ metric: 'SAFE' }), { actor: OWNER, streams: { 'metric:SAFE': metric } }).events?.[0]?.data,
    ).toMatchObject({ metricId: 'metric:SAFE' });
  });
  it('that comes after acceptance lies within its milestone and the commitment', () => {
    const rule = 'what-is-added-after-acceptance-is-due-within-the-commitment';
    const two = spec.given(
      proposed(),
      milestone(),
      milestone('C07.2', { baselineDue: '2026-06-30' }),
      accepted({
        milestones: [
          { milestoneId: 'C07.1', weight: 1, due: '2026-09-30' },
          { milestoneId: 'C07.2', weight: 1, due: '2026-06-30' },
        ],
      }),
    );
    expect(two.when(add({ due: '2026-10' }), { actor: OWNER }).refused).toBe(rule);
    expect(two.when(add({ milestone: 'C07.2', due: '2026-07' }), { actor: OWNER }).refused).toBe(rule);
    expect(two.when(add({ milestone: 'C07.2', due: '2026-06' }), { actor: OWNER }).events).toHaveLength(1);
    const loose = command('charter.AddIndicator', { indicator: 'X', text: 'X', kind: 'PROCESS', due: '2026-10' });
    expect(two.when(loose, { actor: OWNER }).refused).toBe(rule);
  });
});

describe('another date', () => {
  const request = (more: Partial<CommitmentData<'charter.RequestReschedule'>> = {}): CommitmentCommand =>
    command('charter.RequestReschedule', { milestone: 'c07.1', to: '2026-12', reason: 'Wards move.', ...more });
  const move = command('charter.RescheduleMilestone', { milestone: 'c07.1', reason: 'Permit late.' });
  const refuse = command('charter.RefuseReschedule', { milestone: 'C07.1', reason: 'Nothing changed.' });
  const asked = [...active, rescheduleRequested()];

  it('is asked for by those the commitment concerns', () => {
    expect(spec.given(...active).when(request(), { actor: OWNER })).toEqual({
      events: [
        {
          type: 'charter.CommitmentRescheduleRequested.v1',
          data: {
            ...{ commitmentId: 'commitment:C07', requestId: 'reschedule-request:created', milestoneId: 'C07.1' },
            ...{ from: '2026-09-30', to: '2026-12-31', requestedBy: 'person-owner', requestedOn: '2026-06-15' },
            reason: { toSeal: 'Wards move.', subjects: ['person-owner'] },
          },
        },
      ],
    });
    expect(spec.given(...active).when(request(), { actor: { id: 'x', role: 'member' } }).refused).toBe(
      'a-commitment-is-planned-by-those-it-concerns',
    );
  });
  it('is another date, of a milestone that is known and not reached', () => {
    expect(spec.given(...active).when(request({ to: '2026-09' }), { actor: OWNER }).refused).toBe(
      'another-date-is-another-date',
    );
    expect(spec.given(...active).when(request({ milestone: 'C07.5' }), { actor: OWNER }).refused).toBe(
      'a-milestone-is-named-by-its-id',
    );
    expect(spec.given(...active, reached()).when(request(), { actor: OWNER }).refused).toBe(
      'a-reached-milestone-keeps-its-date',
    );
  });
  it('is asked for once at a time', () => {
    expect(spec.given(...asked).when(request(), { actor: OWNER })).toEqual({ events: [] });
    for (const [other, actor] of [
      [request({ to: '2027-01' }), OWNER],
      [request(), HR],
    ] as const)
      expect(spec.given(...asked).when(other, { actor }).refused).toBe('one-date-is-asked-for-at-a-time');
  });
  it('holds once someone other than the owner approves it, and moves the whole with it', () => {
    expect(spec.given(...asked).when(move, { actor: APPROVER, today: '2026-05-01' })).toEqual({
      events: [
        {
          ...rescheduled(),
          data: {
            ...rescheduled().data,
            reason: { toSeal: 'Permit late.', subjects: ['person-approver', 'person-owner'] },
          },
        },
      ],
    });
  });
  it('moves the whole only as far as the last of its dates', () => {
    const given = spec.given(
      proposed(),
      milestone(),
      milestone('C07.2', { baselineDue: '2026-11-30' }),
      indicator('C07.0', { milestoneId: null, baselineDue: '2026-10-31' }),
      accepted({
        firstDue: '2026-11-30',
        milestones: [
          { milestoneId: 'C07.1', weight: 1, due: '2026-09-30' },
          { milestoneId: 'C07.2', weight: 1, due: '2026-11-30' },
        ],
      }),
      rescheduleRequested('2026-10-15'),
    );
    expect(given.when(move, { actor: APPROVER }).events?.[0]?.data).toMatchObject({
      to: '2026-10-15',
      commitmentDue: '2026-11-30',
    });
  });
  it('is neither approved nor refused by its owner or by who asked', () => {
    const rule = 'a-date-is-moved-by-another-than-the-owner';
    const byHr = [...active, { ...rescheduleRequested(), actor: HR }];
    for (const decide of [move, refuse]) {
      expect(spec.given(...asked).when(decide, { actor: OWNER }).refused).toBe(rule);
      expect(spec.given(...byHr).when(decide, { actor: OWNER }).refused).toBe(rule);
      expect(spec.given(...byHr).when(decide, { actor: HR }).refused).toBe(rule);
      expect(spec.given(...asked).when(decide, { actor: HR, onBehalfOf: 'person-owner' }).refused).toBe(rule);
    }
  });
  it('may be refused; the request stays on record', () => {
    expect(spec.given(...asked).when(refuse, { actor: APPROVER })).toEqual({
      events: [
        {
          type: 'charter.CommitmentRescheduleRefused.v1',
          data: {
            ...{ commitmentId: 'commitment:C07', requestId: 'request-1', milestoneId: 'C07.1' },
            refusedBy: 'person-approver',
            reason: { toSeal: 'Nothing changed.', subjects: ['person-approver', 'person-owner'] },
          },
        },
      ],
    });
  });
  it('is asked for before it is decided, and decided once', () => {
    const rule = 'another-date-is-asked-for-before-it-is-decided';
    const { events = [] } = spec.given(...asked).when(refuse, { actor: APPROVER });
    for (const decide of [move, refuse]) {
      expect(spec.given(...active).when(decide, { actor: APPROVER }).refused).toBe(rule);
      expect(spec.given(...asked, ...events).when(decide, { actor: APPROVER }).refused).toBe(rule);
      expect(spec.given(...asked, rescheduled()).when(decide, { actor: APPROVER }).refused).toBe(rule);
      const other = { ...decide, data: { ...decide.data, milestone: 'C07.2' } } as CommitmentCommand;
      expect(spec.given(...asked).when(other, { actor: APPROVER }).refused).toBe(rule);
    }
  });
  it('changes nothing of what was first promised', () => {
    const state = commitmentState(...active, rescheduled());
    expect(state).toMatchObject({ firstDue: '2026-09-30', currentDue: '2026-12-31' });
    expect(state.milestones[0]).toMatchObject({ baselineDue: '2026-09-30', currentDue: '2026-12-31', moves: 1 });
  });
});

describe('a milestone that is reached', () => {
  const reach = (pieces = [evidence()]): CommitmentCommand =>
    command('charter.ReachMilestone', { milestone: 'c07.1', evidence: pieces });
  const { actor: _actor, ...event } = reached('C07.1', '2026-06-15');

  it('is recorded by the owner with evidence, as done on the day of the record', () => {
    expect(spec.given(...active).when(reach(), { actor: OWNER, occurredAt: '2026-03-01T00:00:00.000Z' })).toEqual({
      events: [event],
    });
  });
  it('is refused without evidence', () => {
    expect(spec.given(...active).when(reach([]), { actor: OWNER }).refused).toBe(
      'a-milestone-is-reached-with-evidence',
    );
  });
  describe('with a stored file', () => {
    const FILE = '7d444840-9dc0-41d1-b245-5ffdce74fad2';
    const file = reach([evidence({ evidenceId: 'evidence-0' }), evidence({ uri: null, fileId: FILE })]);
    const stored = { fileId: FILE, sha256: 'ab'.repeat(32), uploadedBy: 'person-owner' };
    const when = (known: unknown, context: SpecContext = { actor: OWNER }) =>
      spec.given(...active).when(file, { ...context, answers: { 'evidence.file': known } });

    it('is recorded when its sender stored it and the hash is that of the file', () => {
      expect(when(stored).events).toHaveLength(1);
      const forOwner = { actor: HR, onBehalfOf: 'person-owner' };
      expect(when(stored, forOwner).events).toHaveLength(1);
      expect(when({ ...stored, uploadedBy: 'person-hr' }, forOwner).events).toHaveLength(1);
    });
    it('is refused when another stored it, or nobody did, or it was erased', () => {
      for (const known of [null, { ...stored, uploadedBy: 'person-hr' }])
        expect(when(known).refused).toBe('evidence-is-a-file-that-its-sender-stored');
    });
    it('is refused under another hash', () => {
      expect(when({ ...stored, sha256: 'cd'.repeat(32) }).refused).toBe('the-hash-of-evidence-is-that-of-its-file');
    });
    it('is asked of every file that is named, for every command that takes evidence', () => {
      const pieces = [evidence(), evidence({ uri: null, fileId: FILE })];
      const state = commitmentState(...active);
      for (const sent of [
        reach(pieces),
        command('charter.FulfilCommitment', { evidence: pieces }),
        command('charter.AssessCommitment', { completion: 'LIMITED', rationale: 'Seen.', evidence: pieces }),
      ])
        expect(commitmentDecider.facts?.(sent, state)).toContainEqual({
          ...{ kind: 'ask', question: 'evidence.file', about: { file: FILE } },
        });
    });
  });
  it('is recorded by the owner, or by who acts for them', () => {
    expect(spec.given(...active).when(reach(), { actor: HR }).refused).toBe('only-the-owner-reports-on-a-commitment');
    expect(spec.given(...active).when(reach(), { actor: HR, onBehalfOf: 'person-owner' }).events).toHaveLength(1);
  });
  it('is recorded by the owner of the day', () => {
    const handed = spec.given(...active, handedOver('2026-06-15'));
    expect(handed.when(reach(), { actor: OWNER, today: '2026-06-14' }).events).toHaveLength(1);
    expect(handed.when(reach(), { actor: OWNER, today: '2026-06-15' }).refused).toBe(
      'only-the-owner-reports-on-a-commitment',
    );
  });
  it('is recorded once', () => {
    const given = spec.given(...active, reached());
    expect(given.when(reach(), { actor: OWNER })).toEqual({ events: [] });
    expect(given.when(reach([evidence({ evidenceId: 'evidence-2' })]), { actor: OWNER }).refused).toBe(
      'a-milestone-is-reached-once',
    );
  });
  it('is one of the commitment', () => {
    const other = command('charter.ReachMilestone', { milestone: 'C07.9', evidence: [evidence()] });
    expect(spec.given(...active).when(other, { actor: OWNER }).refused).toBe('a-milestone-is-named-by-its-id');
  });
});

describe('a done-date', () => {
  const attest = (more: Partial<CommitmentData<'charter.AttestDoneDate'>> = {}): CommitmentCommand =>
    command('charter.AttestDoneDate', { milestone: 'c07.1', ...more });
  const given = spec.given(...active, reached('C07.1', '2026-06-10'));

  it('is the day of the record unless another than the owner attests an earlier one', () => {
    expect(commitmentState(...active, reached()).milestones[0]).toMatchObject({
      doneOn: '2026-06-10',
      attestedBy: null,
    });
    expect(given.when(attest({ doneOn: '2026-06-01' }), { actor: ASSESSOR })).toEqual({
      events: [attested('2026-06-01')],
    });
    expect(commitmentState(...active, reached(), attested('2026-06-01')).milestones[0]).toMatchObject({
      doneOn: '2026-06-01',
      attestedBy: 'person-assessor',
    });
  });
  it('may be attested as recorded', () => {
    expect(given.when(attest(), { actor: ASSESSOR })).toEqual({ events: [attested('2026-06-10')] });
  });
  it('is not attested by any owner, nor by who recorded it', () => {
    const rule = 'a-done-date-is-attested-by-another-than-the-owner';
    const byAnother = { ...reached(), actor: HR, onBehalfOf: 'person-owner' };
    const handed = spec.given(...active, byAnother, handedOver());
    for (const id of ['person-owner', 'person-next', 'person-hr'])
      expect(handed.when(attest(), { actor: { id, role: 'hr' } }).refused).toBe(rule);
    expect(given.when(attest(), { actor: ASSESSOR, onBehalfOf: 'person-owner' }).refused).toBe(rule);
  });
  it('lies between acceptance and the record', () => {
    for (const doneOn of ['2026-01-31', '2026-06-11'])
      expect(given.when(attest({ doneOn }), { actor: ASSESSOR }).refused).toBe(
        'a-done-date-lies-between-acceptance-and-record',
      );
    const first = attest({ doneOn: '2026-02-01', reason: 'Found in the minutes.' });
    expect(given.when(first, { actor: ASSESSOR }).events).toHaveLength(1);
  });
  it('bears a sealed reason when it lies longer before the record than the policy allows', () => {
    const { policy } = organization();
    const streams = { [ORGANIZATION]: organization({ policy: { ...policy, maxBackdateDays: 14 } }) };
    const on = (doneOn: string, reason?: string) =>
      given.when(attest({ doneOn, ...(reason === undefined ? {} : { reason }) }), { actor: ASSESSOR, streams });
    expect(on('2026-05-27').events).toHaveLength(1);
    expect(on('2026-05-26').refused).toBe('what-is-recorded-late-bears-a-reason');
    expect(on('2026-05-26', 'Found in the minutes.').events?.[0]?.data).toMatchObject({
      doneOn: '2026-05-26',
      lateReason: { toSeal: 'Found in the minutes.', subjects: ['person-assessor'] },
    });
  });
  it('is of what was recorded, and attested once', () => {
    const rule = 'what-is-attested-was-recorded-first';
    expect(spec.given(...active).when(attest(), { actor: ASSESSOR }).refused).toBe(rule);
    expect(given.when(command('charter.AttestDoneDate', {}), { actor: ASSESSOR }).refused).toBe(rule);
    expect(given.when(attest({ milestone: 'C07.9' }), { actor: ASSESSOR }).refused).toBe(
      'a-milestone-is-named-by-its-id',
    );
    const again = spec.given(...active, reached(), attested('2026-06-01'));
    expect(again.when(attest({ doneOn: '2026-06-01' }), { actor: HR })).toEqual({ events: [] });
    expect(again.when(attest({ doneOn: '2026-05-01' }), { actor: HR }).refused).toBe('a-done-date-is-attested-once');
  });
  it('may be of the whole, once it is fulfilled', () => {
    const whole = spec.given(...active, reached(), fulfilled('2026-06-12'));
    const attestWhole = command('charter.AttestDoneDate', { doneOn: '2026-06-05' });
    expect(whole.when(attestWhole, { actor: ASSESSOR })).toEqual({ events: [attested('2026-06-05', null)] });
    expect(commitmentState(...active, reached(), fulfilled(), attested('2026-06-05', null))).toMatchObject({
      doneOn: '2026-06-05',
      attestedBy: 'person-assessor',
      endedOn: '2026-06-12',
    });
    expect(whole.when(attestWhole, { actor: OWNER }).refused).toBe('a-done-date-is-attested-by-another-than-the-owner');
  });
  it('stops no miss: what was missed is not attested', () => {
    expect(spec.given(...active, missed).when(command('charter.AttestDoneDate', {}), { actor: ASSESSOR }).refused).toBe(
      'what-is-attested-was-recorded-first',
    );
  });
});
