import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '@plumbline/platform/postgres/testing';
import { Pool } from 'pg';
import { Delivery } from './delivery';
import { FolderPost } from './folder-post';
import type { Addressee, Notice, Post } from './notice';
import { Outbox, prepareOutbox } from './outbox';
import { SmtpPost } from './smtp-post';

const FROM = 'Plumbline <plumbline@eastmere.example>';
const head: Addressee = { name: 'Head of Imaging', email: 'imaging@eastmere.example' };
const log = { warn: () => undefined };
const notice = (n: number): Notice => ({
  id: `00000000-0000-8000-8000-00000000000${n}`,
  personId: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55',
  date: '2026-10-01',
  subject: 'Due on 2026-10-15: QUIET_ROOMS 2026-Q3',
  text: 'Report on QUIET_ROOMS for 2026-Q3 by 2026-10-15.\n',
});

const EMPTY = { position: 0n, event: null };
/** A place where an event stands. */
const at = (position: bigint) => ({ position, event: randomUUID() });

describe('the outbox', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let outbox: Outbox;
  let folder: string;

  beforeEach(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url });
    await prepareOutbox(pool);
    outbox = new Outbox(pool);
    folder = mkdtempSync(join(tmpdir(), 'plumbline-notices-'));
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const deliver = (post: Post, addressee = head as Addressee | null) =>
    new Delivery({ outbox, post, addressee: async () => addressee, log }).deliver();

  it('begins where the log ends, and goes on from there', async () => {
    expect(await outbox.readUpTo(at(41n))).toBe(41n);
    expect(await outbox.put([], 41n, 50n, at(50n))).toBe(true);
    expect(await outbox.readUpTo(at(99n))).toBe(50n);
  });

  it('takes notices and the place in the log together, once', async () => {
    await outbox.readUpTo(EMPTY);
    expect(await outbox.put([notice(1)], 0n, 5n, at(5n))).toBe(true);
    expect(await outbox.put([notice(1), notice(2)], 0n, 6n, at(6n))).toBe(false);
    expect(await outbox.count()).toEqual({ waiting: 1 });
  });

  it('leaves as one file a notice, for its owner only, however often it is delivered', async () => {
    await outbox.readUpTo(EMPTY);
    await outbox.put([notice(1), notice(2)], 0n, 5n, at(5n));
    await Promise.all([deliver(new FolderPost(folder, FROM)), deliver(new FolderPost(folder, FROM))]);
    await deliver(new FolderPost(folder, FROM));
    expect(await outbox.count()).toEqual({ sent: 2 });
    expect(readdirSync(folder)).toEqual([`2026-10-01-${notice(1).id}.eml`, `2026-10-01-${notice(2).id}.eml`]);
    const text = readFileSync(join(folder, `2026-10-01-${notice(1).id}.eml`), 'utf8');
    expect(text).toContain('To: Head of Imaging <imaging@eastmere.example>');
    expect(text).toContain('Subject: Due on 2026-10-15: QUIET_ROOMS 2026-Q3');
    expect(text).toContain(`Message-ID: <${notice(1).id}@plumbline.invalid>`);
    expect(text).toContain('Report on QUIET_ROOMS for 2026-Q3 by 2026-10-15.');
  });

  it('keeps a notice that did not leave, with the problem, and tries it later', async () => {
    await outbox.readUpTo(EMPTY);
    await outbox.put([notice(1)], 0n, 5n, at(5n));
    const broken: Post = {
      needsAddress: true,
      send: async () => Promise.reject(new Error('connection refused')),
      close: async () => undefined,
    };
    await deliver(broken);
    const { rows } = await pool.query('SELECT state, tries, problem, next_try > now() AS later FROM notices.outbox');
    expect(rows).toEqual([{ state: 'waiting', tries: 1, problem: 'connection refused', later: true }]);
    await deliver(new FolderPost(folder, FROM));
    expect(readdirSync(folder)).toEqual([]);
    await pool.query('UPDATE notices.outbox SET next_try = now()');
    await deliver(new FolderPost(folder, FROM));
    expect(await outbox.count()).toEqual({ sent: 1 });
  });

  it('gives a notice up after its last try', async () => {
    await outbox.readUpTo(EMPTY);
    await outbox.put([notice(1)], 0n, 5n, at(5n));
    await pool.query('UPDATE notices.outbox SET tries = 17');
    await deliver({
      needsAddress: true,
      send: async () => Promise.reject(new Error('no')),
      close: async () => undefined,
    });
    expect(await outbox.count()).toEqual({ 'given-up': 1 });
  });

  it('does not send to someone without an address by mail, nor to someone who was erased', async () => {
    await outbox.readUpTo(EMPTY);
    await outbox.put([notice(1)], 0n, 5n, at(5n));
    const smtp = new SmtpPost('smtp://127.0.0.1:9', FROM);
    await deliver(smtp, { name: 'Head of Imaging' });
    expect(await outbox.count()).toEqual({ unaddressed: 1 });
    await outbox.put([notice(2)], 5n, 6n, at(6n));
    await deliver(new FolderPost(folder, FROM), null);
    expect(await outbox.count()).toEqual({ unaddressed: 2 });
    await smtp.close();
  });

  it('speaks SMTP to a mail server', async () => {
    const { server, port, heard } = await mailServer();
    await outbox.readUpTo(EMPTY);
    await outbox.put([notice(1)], 0n, 5n, at(5n));
    const smtp = new SmtpPost(`smtp://127.0.0.1:${port}?ignoreTLS=true`, FROM);
    await deliver(smtp);
    await smtp.close();
    await new Promise((resolve) => server.close(resolve));
    expect(await outbox.count()).toEqual({ sent: 1 });
    expect(heard.join('')).toContain('RCPT TO:<imaging@eastmere.example>');
    expect(heard.join('')).toContain(`Message-ID: <${notice(1).id}@plumbline.invalid>`);
  });
});

/** As much of a mail server as one message needs (RFC 5321). */
async function mailServer(): Promise<{ server: Server; port: number; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    let [inData, rest] = [false, ''];
    socket.setEncoding('utf8').write('220 spec\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      heard.push(chunk);
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (inData && line !== '.') continue;
        if (line === 'QUIT') socket.end('221 bye\r\n');
        else socket.write(line === 'DATA' ? '354 go on\r\n' : '250 ok\r\n');
        inData = line === 'DATA';
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, heard };
}
