import { type CommandBody, type GivenEvent } from '@plumbline/kernel';
import { DELIVERIES_OF_COMMITMENT } from './commitment-ending';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentEvent } from './commitment.events';
import type { CommitmentCommand, CommitmentData } from './commitment.commands';
import {
  absent,
  accepted,
  active,
  APPROVER,
  CALENDAR,
  calendar,
  carriedForward,
  commitmentState,
  evidence,
  fulfilled,
  handedOver,
  HR,
  milestone,
  missed,
  needsNothing,
  noteWritten,
  ORGANIZATION,
  organization,
  OWNER,
  PROCESS,
  proposed,
  reached,
  reported,
  rescheduled,
  resourced,
  withdrawalApproved,
  withdrawalRequested,
  withdrawn,
  inWords,
} from './given.testing';

const spec = inWords(commitmentDecider);
type Type = CommitmentCommand['type'];
const command = <T extends Type>(type: T, data: Omit<CommitmentData<T>, 'commitment'>): CommitmentCommand =>
  ({ type, data: { commitment: 'C07', ...data } }) as CommandBody as CommitmentCommand;

describe('a commitment that is kept', () => {
  const fulfil = (more: Partial<CommitmentData<'charter.FulfilCommitment'>> = {}) =>
    command('charter.FulfilCommitment', more);
  const ready = [...active, resourced, reached()];
  const answers = { [DELIVERIES_OF_COMMITMENT]: [] };

  it('is fulfilled by its owner, with evidence', () => {
    expect(spec.given(...ready).when(fulfil(), { actor: OWNER, today: '2026-06-12', answers })).toEqual({
      events: [fulfilled()],
    });
    expect(
      spec
        .given(...ready)
        .when(fulfil({ evidence: [evidence({ evidenceId: 'evidence-9' })] }), { actor: OWNER, answers }).events?.[0]
        ?.data,
    ).toMatchObject({ evidenceRefs: [{ evidenceId: 'evidence-9' }] });
  });
  it('is fulfilled by nobody else, and by nobody for them', () => {
    for (const [actor, onBehalfOf] of [
      [HR, undefined],
      [HR, 'person-owner'],
      [OWNER, 'person-owner'],
    ] as const)
      expect(
        spec.given(...ready).when(fulfil(), { actor, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }).refused,
      ).toBe('only-the-owner-fulfils-a-commitment');
    expect(spec.given(...ready, handedOver('2026-06-01')).when(fulfil(), { actor: OWNER, answers }).refused).toBe(
      'only-the-owner-fulfils-a-commitment',
    );
  });
  it('has reached every milestone that was contracted', () => {
    const two = [
      proposed(),
      milestone(),
      milestone('C07.2'),
      accepted({
        milestones: [
          { milestoneId: 'C07.1', weight: 1, due: '2026-09-30' },
          { milestoneId: 'C07.2', weight: 1, due: '2026-09-30' },
        ],
      }),
      resourced,
      reached(),
    ];
    expect(spec.given(...two).when(fulfil(), { actor: OWNER, answers })).toEqual({
      refused: 'a-commitment-is-fulfilled-when-its-contracted-milestones-are-reached',
      detail: 'Open are C07.2.',
    });
    expect(spec.given(...two, reached('C07.2')).when(fulfil(), { actor: OWNER, answers }).events).toHaveLength(1);
    const added = milestone('C07.9', { contracted: false });
    expect(spec.given(...ready, added).when(fulfil(), { actor: OWNER, answers }).events).toHaveLength(1);
  });
  it('rests on resources', () => {
    expect(spec.given(...active, reached()).when(fulfil(), { actor: OWNER, answers }).refused).toBe(
      'substantial-progress-rests-on-resources',
    );
    expect(
      spec.given(...active, needsNothing, reached()).when(fulfil(), { actor: OWNER, answers }).events,
    ).toHaveLength(1);
  });
  it('is not completed by a single delivery of what serves it', () => {
    const delivered = (...days: readonly (readonly string[])[]) => ({
      [DELIVERIES_OF_COMMITMENT]: days.map((deliveryDays, at) => ({ actionId: `action-${at}`, deliveryDays })),
    });
    const given = spec.given(...ready);
    const when = (answers: ReturnType<typeof delivered>) => given.when(fulfil(), { actor: OWNER, answers });
    for (const once of [delivered(['2026-03-01']), delivered([], ['2026-03-01'], ['2026-03-01'])])
      expect(when(once).refused).toBe('a-single-delivery-does-not-complete-a-commitment');
    expect(when(delivered([])).events?.[0]?.data).toMatchObject({ actionIds: [] });
    expect(when(delivered([], ['2026-03-01', '2026-04-01'], ['2026-05-01'])).events?.[0]?.data).toMatchObject({
      actionIds: ['action-1', 'action-2'],
    });
  });
});

describe('a commitment that is missed', () => {
  const miss = (more: Partial<CommitmentData<'charter.MissCommitment'>> = {}) =>
    command('charter.MissCommitment', { period: '2026-Q3', causes: ['LATE_DECISION'], ...more });
  const streams = { [ORGANIZATION]: organization(), [CALENDAR]: calendar('2026-Q3') };
  const at = { actor: PROCESS, today: '2026-10-26', streams };

  it('is past its date when a period closes', () => {
    expect(spec.given(...active).when(miss(), at)).toEqual({ events: [missed] });
    expect(spec.given(...active).when(miss({ period: '2026-Q4' }), at).refused).toBe(
      'a-commitment-is-missed-only-when-a-period-closes',
    );
  });
  it('is not missed before its date, as it stands', () => {
    const rule = 'a-commitment-is-missed-after-its-date';
    expect(spec.given(...active, rescheduled()).when(miss(), at).refused).toBe(rule);
    const closed = { ...streams, [CALENDAR]: calendar('2026-Q2') };
    expect(spec.given(...active).when(miss({ period: '2026-Q2' }), { ...at, streams: closed }).refused).toBe(rule);
  });
  it('is not missed for a date inside an absence of its owner', () => {
    const away = { ...streams, 'person-owner': absent('2026-09-30', '2026-12-31') };
    expect(spec.given(...active).when(miss(), { ...at, streams: away }).refused).toBe(
      'a-commitment-is-missed-after-its-date',
    );
    const handed = spec.given(...active, handedOver('2026-10-01'));
    expect(handed.when(miss(), { ...at, streams: away }).refused).toBe('a-commitment-is-missed-after-its-date');
    const back = { ...streams, 'person-owner': absent('2026-08-01', '2026-09-29') };
    expect(spec.given(...active).when(miss(), { ...at, streams: back }).events).toHaveLength(1);
  });
  it('has the causes that are given, else those that were last reported, else says that none is stated', () => {
    const { causes: _causes, ...bare } = miss().data as CommitmentData<'charter.MissCommitment'>;
    const silent = { type: 'charter.MissCommitment', data: bare } as CommitmentCommand;
    const given = spec.given(...active, reported('2026-Q2', { causes: ['NO_TIME'] }));
    expect(given.when(silent, at).events?.[0]?.data).toMatchObject({ causes: ['NO_TIME'] });
    expect(given.when(miss({ causes: [] }), at).events?.[0]?.data).toMatchObject({ causes: ['NO_TIME'] });
    expect(given.when(miss(), at).events?.[0]?.data).toMatchObject({ causes: ['LATE_DECISION'] });
    expect(given.when(miss({ causes: ['BAD_LUCK'] }), at).refused).toBe('a-cause-is-one-of-the-list');
    expect(spec.given(...active).when(silent, at).events?.[0]?.data).toMatchObject({ causes: ['NOT_STATED'] });
  });
  it('is missed by who owns it on that day', () => {
    const handed = spec.given(...active, handedOver());
    expect(handed.when(miss(), at).events?.[0]?.data).toMatchObject({ ownerId: 'person-next' });
  });
});

describe('a withdrawal', () => {
  const request = command('charter.RequestWithdrawal', {
    reason: 'Too few mentors.',
    publicNote: 'Too few mentors were found.',
  });
  const approve = command('charter.WithdrawCommitment', { reason: 'Agreed.' });
  const refuse = command('charter.RefuseWithdrawal', { reason: 'Nobody was asked.' });
  const asked = [...active, noteWritten, withdrawalRequested];
  const answers = { 'organization.line-around': ['person-superior'] };

  it('is asked for by the owner, with a note for the public', () => {
    const { actor: _a, ...note } = noteWritten;
    const { actor: _b, ...event } = withdrawalRequested;
    expect(spec.given(...active).when(request, { actor: OWNER })).toEqual({
      events: [
        { ...note, data: { ...note.data, noteId: 'public-note:created' } },
        {
          ...event,
          data: { ...event.data, noteId: 'public-note:created', requestId: 'withdrawal-request:created' },
        },
      ],
    });
    expect(spec.given(...active).when(request, { actor: HR }).refused).toBe('a-withdrawal-is-asked-for-by-the-owner');
    expect(spec.given(...asked).when(request, { actor: OWNER })).toEqual({ events: [] });
  });
  it('takes effect with the second of two approvals, each by itself', () => {
    expect(spec.given(...asked).when(approve, { actor: APPROVER, answers })).toEqual({
      events: [withdrawalApproved()],
    });
    expect(spec.given(...asked, withdrawalApproved()).when(approve, { actor: APPROVER, answers })).toEqual({
      events: [],
    });
    expect(
      spec.given(...asked, withdrawalApproved()).when(approve, { actor: HR, answers, today: '2026-06-01' }),
    ).toEqual({
      events: [
        {
          ...withdrawn(true, true),
          data: {
            ...withdrawn(true, true).data,
            reason: { toSeal: 'Agreed.', subjects: ['person-hr', 'person-owner'] },
          },
        },
      ],
    });
  });
  it('is neither approved nor refused by its owner or by who asked', () => {
    const delegated = [...active, { ...withdrawalRequested, actor: HR, onBehalfOf: 'person-owner' }];
    for (const decide of [approve, refuse])
      for (const actor of [OWNER, HR])
        expect(spec.given(...delegated).when(decide, { actor, answers }).refused).toBe(
          'a-withdrawal-is-decided-by-others-than-its-owner',
        );
    expect(spec.given(...asked).when(approve, { actor: HR, onBehalfOf: 'person-owner', answers }).refused).toBe(
      'a-withdrawal-is-decided-by-others-than-its-owner',
    );
  });
  it('says whether both approvers stand outside the line, and whether the first date had come', () => {
    const inLine = { id: 'person-superior', role: 'executive' } as const;
    expect(spec.given(...asked).when(approve, { actor: inLine, answers }).events?.[0]?.data).toMatchObject({
      outsideLine: false,
    });
    const second = (first: boolean, actor: typeof inLine | typeof HR, today: string) =>
      spec.given(...asked, withdrawalApproved('person-approver', first)).when(approve, { actor, answers, today })
        .events?.[0]?.data;
    expect(second(true, HR, '2026-09-29')).toMatchObject({ outsideLine: true, beforeDue: true });
    expect(second(true, HR, '2026-09-30')).toMatchObject({ outsideLine: true, beforeDue: false });
    expect(second(false, HR, '2026-09-29')).toMatchObject({ outsideLine: false });
    expect(second(true, inLine, '2026-09-29')).toMatchObject({ outsideLine: false });
  });
  it('counts from the first date, however often it was moved', () => {
    const moved = [...active, rescheduled('2027-03-31'), noteWritten, withdrawalRequested, withdrawalApproved()];
    expect(
      spec.given(...moved).when(approve, { actor: HR, answers, today: '2026-12-01' }).events?.[0]?.data,
    ).toMatchObject({
      beforeDue: false,
    });
  });
  it('may be refused, and then the commitment stands', () => {
    const { events = [] } = spec.given(...asked).when(refuse, { actor: APPROVER });
    expect(events).toEqual([
      {
        type: 'charter.CommitmentWithdrawalRefused.v1',
        data: {
          ...{ commitmentId: 'commitment:C07', requestId: 'request-1', refusedBy: 'person-approver' },
          reason: { toSeal: 'Nobody was asked.', subjects: ['person-approver'] },
        },
      },
    ]);
    expect(commitmentState(...asked, ...events)).toMatchObject({ state: 'ACTIVE', withdrawal: null });
  });
  it('is asked for before it is decided', () => {
    for (const decide of [approve, refuse])
      expect(spec.given(...active).when(decide, { actor: HR, answers }).refused).toBe(
        'a-withdrawal-is-asked-for-before-it-is-decided',
      );
  });
});

describe('a commitment that is carried forward', () => {
  const carry = command('charter.CarryForwardCommitment', { into: 'C31' });
  const origin = { commitmentId: 'commitment:C07', baselineDue: '2026-09-30' };
  const next = (...events: readonly GivenEvent<CommitmentEvent>[]) => ({
    'commitment:C31': commitmentState(...events),
  });
  const successor = proposed({ commitmentId: 'commitment:C31', code: 'C31', origin });

  it('ends where another one takes its place that says so and is accepted', () => {
    const streams = next(successor, milestone(), accepted());
    expect(spec.given(...active).when(carry, { actor: OWNER, today: '2026-06-01', streams })).toEqual({
      events: [carriedForward],
    });
    for (const other of [next(successor), next(...active), {}])
      expect(spec.given(...active).when(carry, { actor: OWNER, streams: other }).refused).toBe(
        'a-commitment-is-carried-into-one-that-says-so-and-is-accepted',
      );
  });
  it('is carried by its owner', () => {
    const streams = next(successor, milestone(), accepted());
    expect(spec.given(...active).when(carry, { actor: HR, streams }).refused).toBe(
      'only-the-owner-carries-a-commitment-forward',
    );
  });
  it('lends its first date to the one that takes its place', () => {
    expect(
      commitmentState(
        successor,
        milestone('C31.1', { baselineDue: '2027-06-30' }),
        accepted({ firstDue: '2027-06-30' }),
      ),
    ).toMatchObject({
      firstDue: '2026-09-30',
      currentDue: '2027-06-30',
    });
  });
});

describe('a public note', () => {
  const write = command('charter.WritePublicNote', { text: 'Nine of twelve wards have elected.' });
  const pass = command('charter.PassPublicNote', { note: 'note-1' });

  it('is written by the owner or HR', () => {
    expect(spec.given(...active).when(write, { actor: OWNER })).toEqual({
      events: [
        {
          type: 'charter.CommitmentPublicNoteWritten.v1',
          data: {
            ...{ commitmentId: 'commitment:C07', noteId: 'public-note:created' },
            ...{ text: 'Nine of twelve wards have elected.', writtenBy: 'person-owner', writtenOn: '2026-06-15' },
          },
        },
      ],
    });
    expect(spec.given(...active).when(write, { actor: APPROVER }).refused).toBe(
      'a-public-note-is-written-by-the-owner-or-hr',
    );
    expect(spec.given(...active).when(write, { actor: APPROVER, onBehalfOf: 'person-owner' }).events).toHaveLength(1);
  });
  it('is passed by a second person, once', () => {
    const given = spec.given(...active, noteWritten);
    const passed = {
      type: 'charter.PublicNotePassed.v1' as const,
      data: { commitmentId: 'commitment:C07', noteId: 'note-1', by: 'person-hr', passedOn: '2026-06-15' },
    };
    expect(given.when(pass, { actor: HR })).toEqual({ events: [passed] });
    expect(given.when(pass, { actor: OWNER }).refused).toBe('a-public-note-is-passed-by-a-second-person');
    expect(given.when(pass, { actor: HR, onBehalfOf: 'person-owner' }).refused).toBe(
      'a-public-note-is-passed-by-a-second-person',
    );
    expect(spec.given(...active, noteWritten, passed).when(pass, { actor: APPROVER })).toEqual({ events: [] });
  });
  it('is passed once it is written', () => {
    expect(spec.given(...active).when(pass, { actor: HR }).refused).toBe('a-note-is-passed-once-it-is-written');
  });
});
