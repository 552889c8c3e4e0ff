import { freshKey } from './cipher';
import { MasterKey } from './master-key';
import { MemoryPersonRows, PersonDirectory } from './person-directory';

const SECRET = new Uint8Array(32).fill(1);
const ANNA = { key: 'P-0017', name: 'Anna Müller', email: 'anna@example.org', locale: 'de' };

describe('the directory of persons', () => {
  const rows = new MemoryPersonRows();
  const directory = new PersonDirectory(SECRET, new MasterKey(freshKey()), rows);

  it('finds a person by key, whatever its case, and by id', async () => {
    const [id] = await directory.upsert([ANNA]);
    const known = { personId: id, ...ANNA };
    expect(id).toBe(directory.personIdOf('P-0017'));
    expect(await directory.find('p-0017 ')).toEqual(known);
    expect(await directory.find(id!)).toEqual(known);
    expect(await directory.find('P-9999')).toBeNull();
  });

  it('takes the later entry of a key, in one call and over calls', async () => {
    const [a, b] = await directory.upsert([
      { key: 'P-1', name: 'Old' },
      { key: 'p-1', name: 'New' },
    ]);
    expect(a).toBe(b);
    expect((await directory.find('P-1'))?.name).toBe('New');
    await directory.upsert([{ key: 'P-1', name: 'Newest' }]);
    expect((await directory.find('P-1'))?.name).toBe('Newest');
  });

  it('resolves many ids and leaves out those it does not know', async () => {
    const [id] = await directory.upsert([ANNA]);
    const found = await directory.resolve([id!, directory.personIdOf('P-9999'), 'process:days']);
    expect([...found.keys()]).toEqual([id]);
  });

  it('gives a key another id under another secret, and says nothing of the key', () => {
    const other = new PersonDirectory(new Uint8Array(32).fill(2), new MasterKey(freshKey()), rows);
    expect(other.personIdOf('P-0017')).not.toBe(directory.personIdOf('P-0017'));
    expect(directory.personIdOf('P-0017')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('keeps nothing readable', async () => {
    const [id] = await directory.upsert([ANNA]);
    const [row] = await rows.find([id!]);
    const bytes = Buffer.concat([row!.sealed, row!.wrapped]);
    for (const readable of ['Anna', 'example', 'P-0017']) expect(bytes.includes(readable)).toBe(false);
  });

  it('refuses a name that would read as the place of a sealed text', async () => {
    const name = 'sealed:11111111-1111-8111-8111-111111111111/reason';
    await expect(directory.upsert([{ key: 'P-2', name }])).rejects.toThrow('not named like a sealed text');
  });
});
