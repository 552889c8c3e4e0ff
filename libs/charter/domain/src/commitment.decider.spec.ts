import { type CommandBody, type GivenEvent } from '@plumbline/kernel';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentEvent } from './commitment.events';
import type { CommitmentCommand, CommitmentData } from './commitment.commands';
import {
  accepted,
  active,
  APPROVER,
  ASSESSOR,
  carriedForward,
  charterAdopted,
  charterState,
  commitmentState,
  declined,
  drafted,
  fulfilled,
  handedOver,
  HR,
  indicator,
  milestone,
  missed,
  NURSE,
  OWNER,
  proposed,
  rescheduled,
  unit,
  withdrawn,
  inWords,
} from './given.testing';

const spec = inWords(commitmentDecider);
type Type = CommitmentCommand['type'];
const command = <T extends Type>(type: T, data: Omit<CommitmentData<T>, 'commitment'>): CommitmentCommand =>
  ({ type, data: { commitment: 'C07', ...data } }) as CommandBody as CommitmentCommand;

describe('a proposal', () => {
  const streams = { 'unit:HOSPITAL': unit(), 'charter:BELONGING': charterState(drafted(), charterAdopted()) };
  const propose = (more: Partial<CommitmentData<'charter.ProposeCommitment'>> = {}): CommitmentCommand =>
    command('charter.ProposeCommitment', {
      title: 'Ward council',
      statement: 'Every ward elects a seat.',
      unit: 'HOSPITAL',
      level: 'DIVISION',
      evidenceRule: 'Minutes.',
      owner: 'person-owner',
      charter: 'BELONGING',
      principles: ['HEARD'],
      structuralChange: true,
      ...more,
    });

  it('comes from staff too, in their own name', () => {
    expect(spec.given().when(propose(), { actor: NURSE, streams })).toEqual({ events: [proposed()] });
  });
  it('may be passed on without a name, under a token', () => {
    const decision = spec.given().when(propose({ token: 'token-1' }), { actor: HR, streams });
    expect(decision.events?.[0]?.data).toMatchObject({ proposedBy: null, token: 'token-1' });
    expect(spec.given().when(propose({ token: 'token-1' }), { actor: NURSE, streams }).refused).toBe(
      'a-proposal-without-a-name-is-passed-on-by-another',
    );
  });
  it('is for a unit that exists', () => {
    expect(spec.given().when(propose({ unit: 'NOWHERE' }), { streams }).refused).toBe(
      'a-commitment-is-for-a-unit-that-exists',
    );
  });
  it('serves principles of the charter version in force', () => {
    expect(spec.given().when(propose({ principles: ['OTHER'] }), { streams }).refused).toBe(
      'a-commitment-serves-principles-of-the-version-in-force',
    );
    expect(spec.given().when(propose({ principles: [] }), { streams }).refused).toBe(
      'a-commitment-serves-principles-of-the-version-in-force',
    );
    expect(spec.given().when(propose({ principles: ['heard'] }), { streams }).events).toHaveLength(1);
    expect(spec.given().when(propose({ charter: 'OTHER' }), { streams }).refused).toBe(
      'a-commitment-serves-a-charter-in-force',
    );
  });
  it('may stand without a charter, and then serves no principle', () => {
    const {
      charter: _charter,
      principles: _principles,
      ...rest
    } = propose().data as CommitmentData<'charter.ProposeCommitment'>;
    const bare = { type: 'charter.ProposeCommitment', data: rest } as CommitmentCommand;
    expect(spec.given().when(bare, { streams }).events?.[0]?.data).toMatchObject({
      charterId: null,
      charterVersion: null,
      principleIds: [],
    });
    const named = { type: 'charter.ProposeCommitment', data: { ...rest, principles: ['HEARD'] } } as CommitmentCommand;
    expect(spec.given().when(named, { streams }).refused).toBe('principles-are-those-of-a-charter');
  });
  it('is part of a commitment that stands, of no lower level', () => {
    const parent = (...events: readonly GivenEvent<CommitmentEvent>[]) => ({
      ...streams,
      'commitment:C01': commitmentState(...events),
    });
    const part = propose({ parent: 'C01' });
    expect(spec.given().when(part, { streams }).refused).toBe('a-commitment-is-part-of-one-that-stands');
    expect(spec.given().when(part, { streams: parent(...active, missed) }).refused).toBe(
      'a-commitment-is-part-of-one-that-stands',
    );
    for (const events of [[proposed()], active])
      expect(spec.given().when(part, { streams: parent(...events) }).events?.[0]?.data).toMatchObject({
        parentCommitmentId: 'commitment:C01',
      });
    expect(spec.given().when(part, { streams: parent(proposed({ level: 'UNIT' })) }).refused).toBe(
      'a-part-is-not-of-a-higher-level-than-the-whole',
    );
  });
  it('carries another forward with the first date of that one, and of the one before it', () => {
    const next = propose({ carriesForward: 'C01' });
    const origin = (...events: readonly GivenEvent<CommitmentEvent>[]) => ({
      ...streams,
      'commitment:C01': commitmentState(...events),
    });
    expect(
      spec.given().when(next, { streams: origin(...active, rescheduled('2027-03-31')) }).events?.[0]?.data,
    ).toMatchObject({
      origin: { commitmentId: 'commitment:C01', baselineDue: '2026-09-30' },
    });
    const chained = [
      proposed({ origin: { commitmentId: 'commitment:C00', baselineDue: '2025-06-30' } }),
      milestone(),
      accepted(),
    ];
    expect(spec.given().when(next, { streams: origin(...chained) }).events?.[0]?.data).toMatchObject({
      origin: { commitmentId: 'commitment:C01', baselineDue: '2025-06-30' },
    });
    for (const events of [[proposed()], [...active, missed]])
      expect(spec.given().when(next, { streams: origin(...events) }).refused).toBe(
        'only-an-accepted-commitment-is-carried-forward',
      );
  });
  it('is made once; the same again is nothing, whoever sends it and whatever version is in force', () => {
    const given = spec.given(proposed({ charterVersion: 7 }));
    expect(given.when(propose(), { actor: HR, streams })).toEqual({ events: [] });
    // its unit and its charter may have ended meanwhile
    expect(given.when(propose(), { actor: HR, streams: {} })).toEqual({ events: [] });
    expect(given.when(propose({ title: 'Council' }), { streams }).refused).toBe('a-commitment-is-proposed-once');
  });
  it('comes before everything else', () => {
    expect(spec.given().when(command('charter.AcceptCommitment', {}), { actor: OWNER }).refused).toBe(
      'a-commitment-is-proposed-first',
    );
  });
});

describe('an assessment of verifiability', () => {
  const assess = command('charter.AssessVerifiability', { verifiable: false, notes: 'No figure is named.' });
  it('is made by someone whose commitment it is not', () => {
    expect(spec.given(proposed()).when(assess, { actor: ASSESSOR })).toEqual({
      events: [
        {
          type: 'charter.CommitmentVerifiabilityAssessed.v1',
          data: {
            commitmentId: 'commitment:C07',
            verifiable: false,
            by: 'person-assessor',
            notes: { toSeal: 'No figure is named.', subjects: ['person-assessor'] },
          },
        },
      ],
    });
    const bare = command('charter.AssessVerifiability', { verifiable: true });
    expect(spec.given(proposed()).when(bare, { actor: ASSESSOR }).events?.[0]?.data).toMatchObject({ notes: null });
  });
  it('is refused to its proposer, to who is asked to keep it, and to who ever owned it', () => {
    const rule = 'nobody-judges-whether-their-own-commitment-is-verifiable';
    for (const id of ['person-nurse', 'person-owner'])
      expect(spec.given(proposed()).when(assess, { actor: { id, role: 'hr' } }).refused).toBe(rule);
    const handed = spec.given(proposed({ askedOwnerId: null }), milestone(), accepted(), handedOver());
    for (const id of ['person-next', 'person-owner'])
      expect(handed.when(assess, { actor: { id, role: 'hr' } }).refused).toBe(rule);
    expect(spec.given(proposed()).when(assess, { actor: HR, onBehalfOf: 'person-owner' }).refused).toBe(rule);
  });
});

describe('an acceptance', () => {
  const accept = command('charter.AcceptCommitment', {});
  const given = spec.given(proposed(), milestone());

  it('is the owner’s own, and fixes weights and first dates', () => {
    expect(given.when(accept, { actor: OWNER, today: '2026-02-01' })).toEqual({ events: [accepted()] });
  });
  it('is nobody else’s, and nobody accepts for another', () => {
    expect(given.when(accept, { actor: APPROVER }).refused).toBe('only-the-owner-accepts-a-commitment');
    expect(given.when(accept, { actor: OWNER, onBehalfOf: 'person-owner' }).refused).toBe(
      'only-the-owner-accepts-a-commitment',
    );
  });
  it('is any executive’s where nobody was asked', () => {
    expect(
      spec.given(proposed({ askedOwnerId: null }), milestone()).when(accept, { actor: APPROVER }).events,
    ).toMatchObject([{ data: { ownerId: 'person-approver' } }]);
  });
  it('needs a milestone and a date', () => {
    const rule = 'a-commitment-is-accepted-with-a-milestone-and-a-date';
    expect(spec.given(proposed()).when(accept, { actor: OWNER }).refused).toBe(rule);
    expect(
      spec.given(proposed(), milestone('C07.1', { baselineDue: null })).when(accept, { actor: OWNER }).refused,
    ).toBe(rule);
    expect(
      spec.given(proposed(), indicator('C07.0', { milestoneId: null })).when(accept, { actor: OWNER }).refused,
    ).toBe(rule);
  });
  it('dates a milestone without a date of its own by its latest indicator, and one without either by the whole', () => {
    const { events } = spec
      .given(
        proposed(),
        milestone('A', { baselineDue: null, weight: 3 }),
        milestone('B', { baselineDue: null }),
        indicator('A.1', { milestoneId: 'A', baselineDue: '2026-05-31' }),
        indicator('A.2', { milestoneId: 'A', baselineDue: '2026-07-31' }),
        indicator('A.3', { milestoneId: 'A', baselineDue: null }),
        indicator('C', { milestoneId: null, baselineDue: '2026-11-30' }),
      )
      .when(accept, { actor: OWNER });
    expect(events?.[0]?.data).toMatchObject({
      firstDue: '2026-11-30',
      milestones: [
        { milestoneId: 'A', weight: 3, due: '2026-07-31' },
        { milestoneId: 'B', weight: 1, due: '2026-11-30' },
      ],
    });
  });
  it('is given once', () => {
    expect(spec.given(...active).when(accept, { actor: OWNER })).toEqual({ events: [] });
    expect(spec.given(...active).when(accept, { actor: APPROVER }).refused).toBe('a-proposal-is-answered-once');
    expect(spec.given(proposed(), milestone(), declined).when(accept, { actor: OWNER }).refused).toBe(
      'a-proposal-is-answered-once',
    );
  });
});

describe('a refusal to keep it', () => {
  const decline = command('charter.DeclineCommitment', { reason: 'Twice.' });
  it('is the asked owner’s, or HR’s, with a reason', () => {
    expect(spec.given(proposed()).when(decline, { actor: OWNER, today: '2026-02-01' })).toEqual({ events: [declined] });
    expect(spec.given(proposed()).when(decline, { actor: HR }).events).toHaveLength(1);
    expect(spec.given(proposed()).when(decline, { actor: APPROVER }).refused).toBe(
      'a-commitment-is-declined-by-who-was-asked',
    );
    expect(spec.given(proposed({ askedOwnerId: null })).when(decline, { actor: APPROVER }).events).toHaveLength(1);
  });
  it('is given once, and not after an acceptance', () => {
    expect(spec.given(proposed(), declined).when(decline, { actor: OWNER })).toEqual({ events: [] });
    expect(spec.given(...active).when(decline, { actor: OWNER }).refused).toBe('a-proposal-is-answered-once');
  });
});

describe('what a commitment may be asked, by its state', () => {
  const fulfil = command('charter.FulfilCommitment', {});
  it('is not active until it is accepted', () => {
    expect(spec.given(proposed()).when(fulfil, { actor: OWNER }).refused).toBe(
      'a-commitment-is-not-active-until-it-is-accepted',
    );
  });
  it.each([
    ['declined', [proposed(), declined]],
    ['fulfilled', [...active, fulfilled()]],
    ['missed', [...active, missed]],
    ['withdrawn', [...active, withdrawn(true, true)]],
    ['carried forward', [...active, carriedForward]],
  ])('has ended for good when it is %s', (_state, events) => {
    const rule = 'the-end-of-a-commitment-is-final';
    expect(spec.given(...events).when(fulfil, { actor: OWNER }).refused).toBe(rule);
    const add = command('charter.AddMilestone', { milestone: 'C07.9', title: 'More', due: '2026-08-31' });
    expect(spec.given(...events).when(add, { actor: OWNER }).refused).toBe(rule);
  });
  it('takes public notes after it has ended, but none when it was declined', () => {
    const note = command('charter.WritePublicNote', { text: 'It is done.' });
    expect(spec.given(...active, missed).when(note, { actor: HR }).events).toHaveLength(1);
    expect(spec.given(proposed(), declined).when(note, { actor: HR }).refused).toBe('the-end-of-a-commitment-is-final');
  });
});
