import { z } from 'zod';
import { type CommandOf, type Decider, type DecisionContext, defineCommand, idKey } from './decider';
import { type EventOf, defineEvent } from './event';
import { RowsInMemory } from './fold-rows';
import { type ReadModel, anyReadModel } from './read-model';
import { type Decision, accept, refuse } from './rule';
import { specify } from './specify';

// docs/how-to/add-an-event.md shows the regions of this file.

const uuid = z.uuid();
const person = z.uuid().describe('Id of a person');
const COMMITMENT = '3f0b2a51-7c44-8d1e-9a10-5b6c7d8e9f01';
const FIRST = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const SECOND = '0d9c8b7a-6f5e-8d4c-b3a2-918070605040';

// region events
const commitmentEvents = {
  'charter.CommitmentAccepted.v1': defineEvent(
    'An owner has taken on a commitment in their own name',
    z.strictObject({ commitmentId: uuid, ownerId: person }),
    { commitmentId: COMMITMENT, ownerId: FIRST },
  ),
  'charter.CommitmentReassigned.v1': defineEvent(
    'A commitment is offered to another owner, who has not accepted it yet',
    z.strictObject({ commitmentId: uuid, from: person, to: person }),
    { commitmentId: COMMITMENT, from: FIRST, to: SECOND },
  ),
};
type CommitmentEvent = EventOf<typeof commitmentEvents>;
// endregion

// region commands
const commitmentCommands = {
  'charter.AcceptCommitment': defineCommand(
    'Take on a commitment in your own name',
    ['executive'],
    z.strictObject({ commitment: uuid.describe('Id of the commitment') }),
    { commitment: COMMITMENT },
  ),
  'charter.ReassignCommitment': defineCommand(
    'Offer a commitment to another owner',
    ['executive', 'hr'],
    z.strictObject({ commitment: uuid.describe('Id of the commitment'), to: person.describe('The next owner') }),
    { commitment: COMMITMENT, to: SECOND },
  ),
};
type CommitmentCommand = CommandOf<typeof commitmentCommands>;
// endregion

// region fold
interface Commitment {
  readonly owner: string | null;
  readonly offeredTo: string | null;
}

function evolve(_state: Commitment, { type, data }: CommitmentEvent): Commitment {
  switch (type) {
    case 'charter.CommitmentAccepted.v1':
      return { owner: data.ownerId, offeredTo: null };
    case 'charter.CommitmentReassigned.v1':
      return { owner: null, offeredTo: data.to };
  }
}
// endregion

// region decider
function decide(command: CommitmentCommand, state: Commitment, context: DecisionContext): Decision<CommitmentEvent> {
  const commitmentId = context.id;
  switch (command.type) {
    case 'charter.AcceptCommitment':
      if (state.owner === context.actor.id) return accept();
      return state.owner === null && (state.offeredTo ?? context.actor.id) === context.actor.id
        ? accept({ type: 'charter.CommitmentAccepted.v1', data: { commitmentId, ownerId: context.actor.id } })
        : refuse('only-the-owner-accepts-a-commitment', 'It was offered to another person.');
    case 'charter.ReassignCommitment': {
      const { to } = command.data;
      if (state.offeredTo === to || state.owner === to) return accept();
      return state.owner === null
        ? refuse('only-an-accepted-commitment-is-reassigned', 'Wait until its owner has accepted it.')
        : accept({ type: 'charter.CommitmentReassigned.v1', data: { commitmentId, from: state.owner, to } });
    }
  }
}

const commitment: Decider<Commitment, CommitmentCommand, CommitmentEvent> = {
  concept: 'commitment',
  commands: commitmentCommands,
  events: commitmentEvents,
  initial: { owner: null, offeredTo: null },
  stream: ({ data }) => idKey('commitment', data.commitment),
  evolve,
  decide,
};
// endregion

// region read-model
type CommitmentOwnerRow = { readonly commitmentId: string; readonly owner: string; readonly accepted: boolean };

const commitmentOwners: ReadModel<CommitmentOwnerRow, CommitmentEvent> = {
  name: 'commitment_owners',
  version: 2,
  key: ['commitmentId'],
  columns: { commitmentId: 'text', owner: 'text', accepted: 'boolean' },
  on: {
    'charter.CommitmentAccepted.v1': {
      keys: ({ data }) => [{ commitmentId: data.commitmentId }],
      fold: (_row, { data }) => ({ commitmentId: data.commitmentId, owner: data.ownerId, accepted: true }),
    },
    'charter.CommitmentReassigned.v1': {
      keys: ({ data }) => [{ commitmentId: data.commitmentId }],
      fold: (_row, { data }) => ({ commitmentId: data.commitmentId, owner: data.to, accepted: false }),
    },
  },
};
// endregion

// region spec
const accepted = {
  type: 'charter.CommitmentAccepted.v1',
  data: { commitmentId: COMMITMENT, ownerId: FIRST },
} as const;
const reassigned = {
  type: 'charter.CommitmentReassigned.v1',
  data: { commitmentId: COMMITMENT, from: FIRST, to: SECOND },
} as const;
const reassign = { type: 'charter.ReassignCommitment', data: { commitment: COMMITMENT, to: SECOND } } as const;
const takeOn = { type: 'charter.AcceptCommitment', data: { commitment: COMMITMENT } } as const;

describe('reassigning a commitment', () => {
  it('offers it to the next owner', () => {
    expect(specify(commitment).given(accepted).when(reassign)).toEqual({ events: [reassigned] });
  });
  it('is nothing when it was offered to that person already', () => {
    expect(specify(commitment).given(accepted, reassigned).when(reassign)).toEqual({ events: [] });
  });
  it('is refused while nobody has accepted it', () => {
    expect(specify(commitment).given().when(reassign).refused).toBe('only-an-accepted-commitment-is-reassigned');
  });
  it('leaves it to the next owner, in their own name', () => {
    const given = specify(commitment).given(accepted, reassigned);
    expect(given.when(takeOn, { actor: { id: FIRST, role: 'executive' } }).refused).toBe(
      'only-the-owner-accepts-a-commitment',
    );
    expect(given.when(takeOn, { actor: { id: SECOND, role: 'executive' } }).events).toHaveLength(1);
  });
});
// endregion

describe('the rows of owners', () => {
  it('name who has it, and whether they have accepted', () => {
    const rows = new RowsInMemory(anyReadModel(commitmentOwners));
    const envelope = {
      ...{ stream: `commitment-${COMMITMENT}`, occurredAt: '2026-01-01T00:00:00.000Z', salt: '', commandHash: '' },
      ...{ recordedAt: '2026-01-01T00:00:00.000Z', actor: { id: FIRST, role: 'executive' as const } },
      ...{ correlationId: 'c', causationId: 'c', commandId: 'c', policyVersion: '1' },
    };
    [accepted, reassigned].forEach((event, revision) =>
      rows.apply({ ...envelope, ...event, id: `event-${revision}`, revision }),
    );
    expect(rows.list()).toEqual([
      { commitmentId: COMMITMENT, owner: SECOND, accepted: false, events: ['event-0', 'event-1'] },
    ]);
  });
});

it.each([...Object.entries(commitmentEvents), ...Object.entries(commitmentCommands)])(
  '%s has an example that its schema accepts',
  (_type, { data, example }) => {
    expect(data.parse(example)).toEqual(example);
  },
);
