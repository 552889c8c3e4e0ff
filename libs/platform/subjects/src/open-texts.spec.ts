import { sealedReference } from '@plumbline/kernel';
import { eventId, MemoryEventStore, type NewEvent } from '@plumbline/platform/event-store';
import { freshKey } from './cipher';
import { MasterKey } from './master-key';
import { AnswerTexts } from './open-texts';
import { MemoryTextKeys } from './text-keys';
import { TextVault } from './text-vault';

const NOW = '2026-11-23T09:00:00.000Z';
const STREAM = 'note-11111111-1111-8111-8111-111111111111';
const ID = eventId('command-1', 0);

async function recorded() {
  const store = new MemoryEventStore(() => NOW);
  const vault = new TextVault(new MasterKey(freshKey()), new MemoryTextKeys());
  const [why, note] = await vault.seal([
    { eventId: ID, field: 'envelope.reason', text: 'because Anna said so', subjects: [] },
    { eventId: ID, field: 'changes.1.note', text: 'Ben objects', subjects: [] },
  ]);
  const event: NewEvent = {
    id: ID,
    type: 'test.Noted.v1',
    occurredAt: NOW,
    actor: { id: 'someone', role: 'hr' },
    correlationId: 'c',
    causationId: 'c',
    commandId: 'command-1',
    commandHash: 'ab',
    policyVersion: '1',
    reason: why!,
    salt: '00',
    data: { changes: [{ at: 'x' }, { note }], title: 'open' },
  };
  await store.append([{ stream: STREAM, expected: 'none', events: [event] }]);
  return { texts: new AnswerTexts(store, vault), vault, keys: [why!.key, note!.key] };
}

describe('texts of an answer', () => {
  const answer = {
    rows: [{ reason: sealedReference(ID, 'envelope.reason'), n: 5 }, { note: sealedReference(ID, 'changes.1.note') }],
    position: 3n,
    absent: null,
  };

  it('are opened wherever they stand, and all else stays', async () => {
    const { texts } = await recorded();
    expect(await texts.openTexts(answer)).toEqual({
      rows: [{ reason: 'because Anna said so', n: 5 }, { note: 'Ben objects' }],
      position: 3n,
      absent: null,
    });
  });

  it('read "erased" once the key is gone, and "withheld" while hidden', async () => {
    const { texts, vault, keys } = await recorded();
    await vault.discard([keys[0]!]);
    await vault.withhold(ID, 'changes.1.note');
    expect((await texts.openTexts(answer)).rows).toEqual([{ reason: 'erased', n: 5 }, { note: 'withheld' }]);
  });

  it.each(['title', 'changes.0.at', 'nowhere', 'constructor', 'changes.1.note.key'])(
    'are never something else of the event, and words that only look like one stay: %s',
    async (field) => {
      const { texts } = await recorded();
      const looks = { at: sealedReference(ID, field), other: sealedReference(ID.replace(/^./, 'f'), 'reason') };
      expect(await texts.openTexts({ ...looks, reason: sealedReference(ID, 'envelope.reason') })).toEqual({
        ...looks,
        reason: 'because Anna said so',
      });
    },
  );

  it('are opened as whole values only, not inside other text', async () => {
    const { texts } = await recorded();
    const said = `see ${sealedReference(ID, 'envelope.reason')}`;
    expect(await texts.openTexts([said])).toEqual([said]);
  });
});
