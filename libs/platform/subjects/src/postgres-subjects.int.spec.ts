import { type FreshDatabase, freshDatabase, makeRoles } from '@plumbline/platform/postgres';
import { Pool } from 'pg';
import { freshKey } from './cipher';
import { MasterKey } from './master-key';
import { PersonDirectory } from './person-directory';
import { PostgresPersonRows, PostgresTextKeys, prepareSubjects } from './postgres-subjects';
import { TextVault } from './text-vault';

const EVENT = '11111111-1111-8111-8111-111111111111';
const SECRET = new Uint8Array(32).fill(1);

describe('subjects in PostgreSQL', () => {
  let database: FreshDatabase;
  let owner: Pool;
  let writer: Pool;
  let reader: Pool;
  const master = new MasterKey(freshKey());

  beforeAll(async () => {
    database = await freshDatabase();
    const roles = await makeRoles(database.url);
    [owner, writer, reader] = [roles.ownerUrl, roles.writerUrl, roles.readerUrl].map(
      (connectionString) => new Pool({ connectionString, max: 4 }),
    ) as [Pool, Pool, Pool];
    await Promise.all([prepareSubjects(owner), prepareSubjects(owner)]);
  });
  afterAll(async () => {
    await Promise.all([owner, writer, reader].map((pool) => pool.end()));
    await database.drop();
  });

  it('seals a page of texts in one statement and opens them again', async () => {
    const statements: string[] = [];
    const counted = {
      query: (text: string, values: unknown[]) => {
        statements.push(text);
        return writer.query(text, values);
      },
    } as unknown as Pool;
    const vault = new TextVault(master, new PostgresTextKeys(counted));
    const texts = Array.from({ length: 1_000 }, (_, index) => ({
      eventId: EVENT,
      field: `rows.${index}`,
      text: `text "${index}" of {Zoë}, \\ and more`,
      subjects: ['a', 'b,"c'],
    }));
    const sealed = await vault.seal(texts);
    expect(statements).toHaveLength(1);
    const opened = await vault.open(
      sealed.map((each, index) => ({ eventId: EVENT, field: `rows.${index}`, sealed: each })),
    );
    expect(opened).toEqual(texts.map(({ text }) => ({ state: 'open', text })));
    const { rows } = await writer.query('SELECT DISTINCT subjects FROM subjects.text_keys');
    expect(rows).toEqual([{ subjects: ['a', 'b,"c'] }]);
  });

  it('reads a text as erased once its key is deleted, and as withheld while hidden', async () => {
    const vault = new TextVault(master, new PostgresTextKeys(writer));
    const [gone, hidden] = await vault.seal(
      ['gone', 'hidden'].map((field) => ({ eventId: EVENT, field, text: field, subjects: [] })),
    );
    await vault.discard([gone!.key]);
    await vault.withhold(EVENT, 'hidden');
    expect(
      await vault.open([
        { eventId: EVENT, field: 'gone', sealed: gone! },
        { eventId: EVENT, field: 'hidden', sealed: hidden! },
      ]),
    ).toEqual([{ state: 'erased' }, { state: 'withheld' }]);
  });

  it('keeps persons encrypted and finds them after a restart', async () => {
    const before = new PersonDirectory(SECRET, master, new PostgresPersonRows(writer));
    const people = Array.from({ length: 6_000 }, (_, index) => ({ key: `P-${index}`, name: `Name Nr. ${index}` }));
    const ids = await before.upsert(people);
    await before.upsert([{ key: 'P-7', name: 'Renamed', locale: 'fr' }]);
    const after = new PersonDirectory(SECRET, master, new PostgresPersonRows(writer));
    expect((await after.resolve(ids)).size).toBe(6_000);
    expect(await after.find('p-7')).toEqual({ personId: ids[7], key: 'P-7', name: 'Renamed', locale: 'fr' });
    const { rows } = await owner.query(
      `SELECT count(*)::int AS n FROM subjects.persons WHERE position('Name'::bytea in sealed) > 0`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('shows the reader of the log neither keys nor persons', async () => {
    await expect(reader.query('SELECT * FROM subjects.text_keys')).rejects.toThrow('permission denied');
    await expect(reader.query('SELECT * FROM subjects.persons')).rejects.toThrow('permission denied');
  });
});
