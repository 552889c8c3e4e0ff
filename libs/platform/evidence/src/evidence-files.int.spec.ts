import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { type FreshDatabase, freshDatabase, makeRoles } from '@plumbline/platform/postgres';
import { freshKey, MasterKey } from '@plumbline/platform/subjects';
import { Pool } from 'pg';
import { archiveEvidence, restoreEvidence } from './evidence-archive';
import { EvidenceFiles, MOST_A_DAY } from './evidence-files';
import { prepareEvidence } from './schema';

const MIB = 1024 * 1024;
const master = new MasterKey(freshKey());
const body = (bytes: Buffer, part = 60_000): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / part) }, (_, index) =>
      bytes.subarray(index * part, (index + 1) * part),
    ),
  );
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('evidence in PostgreSQL', () => {
  let database: FreshDatabase;
  let [owner, writer, reader]: Pool[] = [];
  let files: EvidenceFiles;

  beforeAll(async () => {
    database = await freshDatabase();
    const roles = await makeRoles(database.url);
    [owner, writer, reader] = [roles.ownerUrl, roles.writerUrl, roles.readerUrl].map(
      (connectionString) => new Pool({ connectionString, max: 4 }),
    );
    await Promise.all([prepareEvidence(owner!), prepareEvidence(owner!)]);
    files = new EvidenceFiles(master, writer!);
  });
  afterAll(async () => {
    await Promise.all([owner, writer, reader].map((pool) => pool?.end()));
    await database.drop();
  });

  const bytesOf = async (fileId: string, from = files): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for await (const part of from.read(fileId)) parts.push(part);
    return Buffer.concat(parts);
  };
  const count = async (table: string): Promise<number> =>
    (await owner!.query<{ count: number }>(`SELECT count(*)::integer AS count FROM evidence.${table}`)).rows[0]!.count;

  it('gives back what was stored, piece by piece, with its hash and size', async () => {
    const bytes = randomBytes(2 * MIB + 17);
    const stored = await files.store(body(bytes), 'person-a');
    expect(stored).toMatchObject({ sha256: sha256(bytes), size: bytes.length, uploadedBy: 'person-a', erased: false });
    expect(await files.find(stored.fileId)).toEqual(stored);
    expect((await bytesOf(stored.fileId)).equals(bytes)).toBe(true);
  });

  it('holds nothing that reads without the key', async () => {
    const text = Buffer.from('Minutes of the fourth of May, without names. '.repeat(50));
    const stored = await files.store(body(text), 'person-a');
    const { rows } = await owner!.query<{ sealed: Buffer }>('SELECT sealed FROM evidence.chunks WHERE file_id = $1', [
      stored.fileId,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.sealed.includes('Minutes')).toBe(false);
    expect(stored.mediaType).toBe('text/plain; charset=utf-8');
    const other = new EvidenceFiles(new MasterKey(freshKey()), writer!);
    await expect(bytesOf(stored.fileId, other)).rejects.toThrow('bring back the right master key');
    await expect(reader!.query('SELECT * FROM evidence.files')).rejects.toThrow('permission denied');
  });

  it('takes the same bytes of one sender once, of another anew', async () => {
    const bytes = Buffer.from('the same');
    const first = await files.store(body(bytes), 'person-b');
    expect(await files.store(body(bytes), 'person-b')).toEqual(first);
    expect((await files.store(body(bytes), 'person-c')).fileId).not.toBe(first.fileId);
  });

  it('keeps nothing of a file that is too large, empty or cut off', async () => {
    const small = new EvidenceFiles(master, writer!, 100_000);
    const before = [await count('files'), await count('chunks')];
    await expect(small.store(body(randomBytes(100_001)), 'person-d')).rejects.toMatchObject({
      status: 413,
      rule: 'a-piece-of-evidence-is-at-most-25-mib',
    });
    await expect(small.store(body(Buffer.from('x')), 'person-d', 100_001)).rejects.toMatchObject({ status: 413 });
    await expect(small.store(body(Buffer.alloc(0)), 'person-d')).rejects.toMatchObject({
      rule: 'evidence-is-not-empty',
    });
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(2 * MIB);
        throw new Error('the sender is gone');
      })(),
    );
    await expect(files.store(broken, 'person-d')).rejects.toThrow('the sender is gone');
    expect([await count('files'), await count('chunks')]).toEqual(before);
    expect((await small.store(body(randomBytes(100_000)), 'person-d')).size).toBe(100_000);
  });

  it('is read no more once its key is destroyed; its hash stays', async () => {
    const stored = await files.store(body(Buffer.from('to be erased')), 'person-e');
    expect(await files.erase(stored.fileId)).toBe(true);
    expect(await files.erase(stored.fileId)).toBe(false);
    expect(await files.find(stored.fileId)).toEqual({ ...stored, erased: true });
    await expect(bytesOf(stored.fileId)).rejects.toThrow('there is no file');
    const { rows } = await owner!.query('SELECT 1 FROM evidence.chunks WHERE file_id = $1', [stored.fileId]);
    expect(rows).toEqual([]);
  });

  it('notices pieces that were changed, exchanged or lost', async () => {
    const stored = await files.store(body(randomBytes(2 * MIB)), 'person-f');
    await owner!.query(`UPDATE evidence.chunks SET sealed = sealed || 'x'::bytea WHERE file_id = $1 AND number = 1`, [
      stored.fileId,
    ]);
    await expect(bytesOf(stored.fileId)).rejects.toThrow('does not belong to this key and place');
    const exchanged = await files.store(body(randomBytes(2 * MIB)), 'person-f');
    await owner!.query('UPDATE evidence.chunks SET number = number + 10 WHERE file_id = $1', [exchanged.fileId]);
    await expect(bytesOf(exchanged.fileId)).rejects.toThrow('lacks its piece 0');
    await owner!.query('UPDATE evidence.chunks SET number = 11 - number WHERE file_id = $1', [exchanged.fileId]);
    await expect(bytesOf(exchanged.fileId)).rejects.toThrow('does not belong to this key and place');
    await owner!.query('DELETE FROM evidence.files WHERE file_id = ANY($1)', [[stored.fileId, exchanged.fileId]]);
  });

  it('takes a bounded number of files a day of one person', async () => {
    await owner!.query(
      `INSERT INTO evidence.files (file_id, uploaded_by, master, sha256, size, chunks, media_type)
       SELECT gen_random_uuid(), 'person-g', '', 'x', 1, 0, '' FROM generate_series(1, ${MOST_A_DAY})`,
    );
    await expect(files.store(body(Buffer.from('one more')), 'person-g')).rejects.toMatchObject({ status: 429 });
    await owner!.query(
      `UPDATE evidence.files SET uploaded_at = now() - interval '25 hours' WHERE uploaded_by = 'person-g'`,
    );
    expect((await files.store(body(Buffer.from('one more')), 'person-g')).size).toBe(8);
    await owner!.query(`DELETE FROM evidence.files WHERE uploaded_by = 'person-g'`);
  });

  it('forgets at a start what uploads that broke off have left', async () => {
    const row = `INSERT INTO evidence.files (file_id, uploaded_by, master, uploaded_at) VALUES (gen_random_uuid(), 'person-h', '', now() - $1::interval)`;
    await owner!.query(row, ['25 hours']);
    await owner!.query(row, ['1 hour']);
    await prepareEvidence(owner!);
    const { rowCount } = await owner!.query(`DELETE FROM evidence.files WHERE uploaded_by = 'person-h'`);
    expect(rowCount).toBe(1);
  });

  it('comes back whole from its archive, erased files as erased', async () => {
    const bytes = randomBytes(MIB + 1);
    const stored = await files.store(body(bytes), 'person-i');
    const gone = await files.store(body(Buffer.from('gone')), 'person-i');
    await files.erase(gone.fileId);
    const lines: string[] = [];
    for await (const row of archiveEvidence(writer!)) lines.push(JSON.stringify(row));
    const empty = await freshDatabase();
    const pool = new Pool({ connectionString: (await makeRoles(empty.url)).ownerUrl, max: 1 });
    try {
      await prepareEvidence(pool);
      for (const line of lines) await restoreEvidence(pool, JSON.parse(line) as Parameters<typeof restoreEvidence>[1]);
      const restored = new EvidenceFiles(master, pool);
      expect(await restored.find(stored.fileId)).toEqual(stored);
      expect((await bytesOf(stored.fileId, restored)).equals(bytes)).toBe(true);
      expect(await restored.find(gone.fileId)).toMatchObject({ erased: true });
      const again: string[] = [];
      for await (const row of archiveEvidence(pool)) again.push(JSON.stringify(row));
      expect(again).toEqual(lines);
    } finally {
      await pool.end();
      await empty.drop();
    }
  });
});
