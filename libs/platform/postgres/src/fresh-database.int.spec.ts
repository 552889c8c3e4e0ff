import { Client } from 'pg';
import { type FreshDatabase, freshDatabase } from './fresh-database';

const ask = async (url: string, statement: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

describe('a fresh database', () => {
  const databases: FreshDatabase[] = [];
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('is empty, and apart from every other', async () => {
    databases.push(...(await Promise.all([freshDatabase(), freshDatabase()])));
    await ask(databases[0]!.url, 'CREATE TABLE mine (n integer)');
    const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    expect(await ask(databases[0]!.url, tables)).toEqual([{ tablename: 'mine' }]);
    expect(await ask(databases[1]!.url, tables)).toEqual([]);
  });

  it('is gone when dropped, whoever is still connected', async () => {
    const database = await freshDatabase();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(ask(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
    await client.end();
  });
});
