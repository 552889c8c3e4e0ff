import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MOST_WAITING, Uploads } from './uploads';

describe('an upload', () => {
  let folder: string;
  let uploads: Uploads;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'plumbline-uploads-')), 'uploads');
    uploads = new Uploads(folder, 10);
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));
  const body = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const hash = createHash('sha256').update('0123456789').digest('hex');

  it('is kept for its owner alone and named by what it holds', async () => {
    await expect(uploads.take(body('01234', '56789'), 'anna')).resolves.toEqual({ upload: hash, bytes: 10 });
    expect(readFileSync(join(folder, hash), 'utf8')).toBe('0123456789');
    expect(statSync(join(folder, hash)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
  it('over the limit is refused, nothing of it is kept, and its rest runs into nothing', async () => {
    const large = body('01234', '56789', 'x', 'y', 'z');
    await expect(uploads.take(large, 'anna')).rejects.toMatchObject({ rule: 'a-file-is-at-most-128-mib' });
    expect(readdirSync(folder)).toEqual([]);
    await new Promise((resolve) => large.once('end', resolve));
  });
  it('that says it is over the limit is refused before a byte of it is read', async () => {
    const large = body('0');
    await expect(uploads.take(large, 'anna', 11)).rejects.toMatchObject({ rule: 'a-file-is-at-most-128-mib' });
    expect(large.readableDidRead).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
  it('whose sender goes away leaves nothing', async () => {
    const broken = new Readable({ read: () => undefined });
    broken.push('012');
    const taken = uploads.take(broken, 'anna');
    broken.destroy(new Error('aborted'));
    await expect(taken).rejects.toThrow('aborted');
    expect(readdirSync(folder)).toEqual([]);
  });
  it('is claimed once, of two who ask at once too', async () => {
    await uploads.take(body('0123456789'), 'anna');
    const claims = await Promise.all([uploads.claim(hash), uploads.claim(hash)]);
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await uploads.claim(hash)).toBeUndefined();
  });
  it('sent again while the first is being imported stays when the first is removed', async () => {
    await uploads.take(body('0123456789'), 'anna');
    const first = await uploads.claim(hash);
    await uploads.take(body('0123456789'), 'anna');
    await uploads.remove(first!);
    expect(await uploads.claim(hash)).toBeDefined();
  });
  it('whose import did not begin can be claimed again', async () => {
    await uploads.take(body('0123456789'), 'anna');
    await uploads.giveBack((await uploads.claim(hash))!, hash);
    expect(await uploads.claim(hash)).toBeDefined();
  });
  it.each(['../secret', '', 'ABC', hash.toUpperCase()])('named "%s" is none', async (name) => {
    expect(await uploads.claim(name)).toBeUndefined();
  });
  it('that nobody imported within a day is removed at the next start, with what crashes left', async () => {
    await uploads.take(body('0123456789'), 'anna');
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of [hash, 'a.partial', 'b.import']) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), old, old);
    }
    writeFileSync(join(folder, 'c.import'), '');
    new Uploads(folder);
    expect(readdirSync(folder)).toEqual(['c.import']);
  });
  it('gives way, the oldest first, when eleven of one person wait; those of others stay', async () => {
    await uploads.take(body('of ben'), 'ben');
    const taken: string[] = [];
    for (let n = 0; n < MOST_WAITING + 2; n++) taken.push((await uploads.take(body(`file ${n}`), 'anna')).upload);
    const left = readdirSync(folder);
    expect(left).toHaveLength(MOST_WAITING + 1);
    expect(left).not.toContain(taken[0]);
    expect(left).not.toContain(taken[1]);
    expect(await uploads.claim(taken[2]!)).toBeDefined();
  });
});
