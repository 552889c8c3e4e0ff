import { freshKey } from './cipher';
import { MasterKey } from './master-key';
import { MemoryTextKeys, type TextKeys } from './text-keys';
import { TextVault } from './text-vault';

const EVENT = '11111111-1111-8111-8111-111111111111';
const OTHER = '22222222-2222-8222-8222-222222222222';
const TEXT = 'Anna Müller asked for this';

const vault = (keys: TextKeys = new MemoryTextKeys(), master = new MasterKey(freshKey())) => ({
  keys,
  vault: new TextVault(master, keys),
});
const seal = async (own: TextVault, text = TEXT) =>
  (await own.seal([{ eventId: EVENT, field: 'reason', text, subjects: ['person-a'] }]))[0]!;

describe('sealed texts', () => {
  it('open to what was sealed', async () => {
    const { vault: own } = vault();
    const sealed = await seal(own);
    expect(await own.open([{ eventId: EVENT, field: 'reason', sealed }])).toEqual([{ state: 'open', text: TEXT }]);
    expect(sealed.subjects).toEqual(['person-a']);
  });

  it('hold nonce, ciphertext and tag, and nothing of the text', async () => {
    const { vault: own } = vault();
    const { sealed } = await seal(own);
    const bytes = Buffer.from(sealed, 'base64url');
    expect(bytes).toHaveLength(12 + Buffer.byteLength(TEXT) + 16);
    expect(bytes.includes('Anna')).toBe(false);
  });

  it('have a key each, so that the same text twice is not the same ciphertext', async () => {
    const { vault: own } = vault();
    const [a, b] = await own.seal(
      ['reason', 'note'].map((field) => ({ eventId: EVENT, field, text: TEXT, subjects: [] })),
    );
    expect(a!.key).not.toBe(b!.key);
    expect(a!.sealed).not.toBe(b!.sealed);
  });

  it('are erased once their key is gone, and only those', async () => {
    const { vault: own } = vault();
    const [gone, kept] = await own.seal(
      ['reason', 'note'].map((field) => ({ eventId: EVENT, field, text: field, subjects: [] })),
    );
    await own.discard([gone!.key]);
    expect(
      await own.open([
        { eventId: EVENT, field: 'reason', sealed: gone! },
        { eventId: EVENT, field: 'note', sealed: kept! },
      ]),
    ).toEqual([{ state: 'erased' }, { state: 'open', text: 'note' }]);
  });

  it('are withheld and shown again', async () => {
    const { vault: own } = vault();
    const sealed = await seal(own);
    const place = { eventId: EVENT, field: 'reason', sealed };
    expect(await own.withhold(EVENT, 'reason')).toBe(true);
    expect(await own.open([place])).toEqual([{ state: 'withheld' }]);
    expect(await own.restore(EVENT, 'reason')).toBe(true);
    expect(await own.open([place])).toEqual([{ state: 'open', text: TEXT }]);
    expect(await own.withhold(EVENT, 'elsewhere')).toBe(false);
  });

  it.each([
    ['another event', { eventId: OTHER, field: 'reason' }],
    ['another field', { eventId: EVENT, field: 'note' }],
  ])('do not open at %s', async (_, place) => {
    const { vault: own } = vault();
    const sealed = await seal(own);
    await expect(own.open([{ ...place, sealed }])).rejects.toThrow('does not belong to this key and place');
  });

  it('do not open under the key of another text, nor when a bit is changed', async () => {
    const { vault: own } = vault();
    const [a, b] = [await seal(own), await seal(own)];
    const swapped = { ...a, key: b.key };
    await expect(own.open([{ eventId: EVENT, field: 'reason', sealed: swapped }])).rejects.toThrow('does not belong');
    const bytes = Buffer.from(a.sealed, 'base64url');
    bytes[20]! ^= 1;
    const changed = { ...a, sealed: bytes.toString('base64url') };
    await expect(own.open([{ eventId: EVENT, field: 'reason', sealed: changed }])).rejects.toThrow('does not belong');
  });

  it('name the master key that is missing', async () => {
    const { keys, vault: own } = vault();
    const sealed = await seal(own);
    const { vault: stranger } = vault(keys);
    await expect(stranger.open([{ eventId: EVENT, field: 'reason', sealed }])).rejects.toThrow(
      'bring back the right master key',
    );
  });

  it('keep their keys wrapped: none lies in the store in the clear', async () => {
    const { keys, vault: own } = vault();
    const sealed = await seal(own);
    const kept = (await keys.find([sealed.key])).get(sealed.key)!;
    expect(kept.wrapped).toHaveLength(12 + 32 + 16);
    const stranger = new MasterKey(freshKey());
    expect(() => stranger.unwrap(sealed.key, kept.wrapped)).toThrow('does not belong');
  });
});
