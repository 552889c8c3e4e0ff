import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { runningProcess } from './process-identity';
import { bundleForSpec } from './spec-process';
import { type RunningPostgres, startPostgres } from './start-postgres';

const ask = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(join(tmpdir(), 'plumbline-launcher-'));
chmodSync(root, 0o755);
const outside = join(root, 'outside');
const starter = bundleForSpec('libs/platform/postgres/src/start-postgres.ts');
const started = new Set<RunningPostgres>();
const start = async (name: string): Promise<RunningPostgres> => {
  const running = await startPostgres({ dataDir: join(root, name), outside });
  started.add(running);
  return running;
};

/** A process of its own that starts the database in this folder, prints {url, pid} and stays. */
async function startElsewhere(name: string): Promise<{ url: string; pid: number; kill: () => Promise<void> }> {
  const code = `const {startPostgres} = await import(${JSON.stringify(starter)});
    const {url, pid} = await startPostgres(${JSON.stringify({ dataDir: join(root, name), outside })});
    console.log(JSON.stringify({url, pid})); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const exit = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  return { ...(JSON.parse(line.toString('utf8')) as { url: string; pid: number }), kill };
}

afterAll(async () => {
  await Promise.all([...started].map((running) => running.stop()));
  rmSync(root, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('starts on this machine alone, keeps what is written, and lets go when it stops', async () => {
    const first = await start('kept');
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(await ask(first.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(first.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    expect(runningProcess(first.pid)).toBeUndefined();
    const second = await start('kept');
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await second.stop();
  });

  it('has a password of its own, which only its owner can read, and refuses any other', async () => {
    const [a, b] = [await start('password-a'), await start('password-b')];
    const password = (url: string) => new URL(url).password;
    expect(password(a.url)).toMatch(/^[\w-]{32}$/);
    expect(password(a.url)).not.toBe(password(b.url));
    expect(statSync(join(a.home, 'postgres-password')).mode & 0o777).toBe(0o600);
    await expect(ask(a.url.replace(password(a.url), password(b.url)), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    await Promise.all([a.stop(), b.stop()]);
  });

  it('refuses a second start on one data directory with words, in this process and in another', async () => {
    const elsewhere = await startElsewhere('twice');
    await expect(start('twice')).rejects.toThrow(/twice is in use by process \d+: stop that one first/);
    await elsewhere.kill();
    const own = await start('twice');
    await expect(start('twice')).rejects.toThrow(`is in use by process ${process.pid}`);
    await own.stop();
  });

  it('lets exactly one of several starts at once have the data directory', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => start('race')));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(String(outcome.reason)).toContain('is in use by process');
  });

  it('starts again after kill -9 of the process that started it, ending the server left behind', async () => {
    const elsewhere = await startElsewhere('orphan');
    await ask(elsewhere.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await elsewhere.kill();
    expect(runningProcess(elsewhere.pid)).toBeDefined();
    const again = await start('orphan');
    expect(runningProcess(elsewhere.pid)).toBeUndefined();
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
  });

  it('starts again after kill -9 of both, with a stale id that is now another process', async () => {
    const elsewhere = await startElsewhere('both');
    await ask(elsewhere.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    process.kill(elsewhere.pid, 'SIGKILL');
    await elsewhere.kill();
    const cluster = join(
      existsSync(join(root, 'both', 'location'))
        ? readFileSync(join(root, 'both', 'location'), 'utf8').trim()
        : join(root, 'both'),
      'postgres',
    );
    const stale = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
    writeFileSync(join(cluster, 'postmaster.pid'), stale.replace(/^\d+/, String(process.pid)));
    const again = await start('both');
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
  });

  it('starts again at once after kill -9 of the server, and says that it ended', async () => {
    const first = await start('server');
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    const busy = ask(first.url, 'SELECT pg_sleep(2)').catch((error: unknown) => String(error));
    const asleep = "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(2)'";
    while ((await ask(first.url, asleep)).length === 0) continue;
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    await first.stop();
    const again = await start('server');
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
    expect(await busy).toMatch(/terminat|ECONNRESET/);
  });

  it('starts again after kill -9 while it was making its data directory', async () => {
    const code = `const {startPostgres} = await import(${JSON.stringify(starter)});
      await startPostgres(${JSON.stringify({ dataDir: join(root, 'half'), outside })});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    while (
      !existsSync(join(root, 'half')) ||
      !readdirSync(join(root, 'half')).some((name) => name.startsWith('unfinished-'))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await exit;
    const again = await start('half');
    expect(await ask(again.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  it('stops at once, and cleanly, when it is told to while it makes its data directory', async () => {
    const dataDir = join(root, 'told-to-stop');
    const stop = new AbortController();
    const begun = Date.now();
    const starting = startPostgres({ dataDir, outside, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('told to stop')), 100);
    await expect(starting).rejects.toThrow('told to stop');
    expect(Date.now() - begun).toBeLessThan(5_000);
    const again = await start('told-to-stop');
    expect(await ask(again.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  it('refuses data of a newer format, of another PostgreSQL, and without their password', async () => {
    const { home, stop } = await start('newer');
    await stop();
    const broken = async (file: string, text: string): Promise<string> => {
      const was = readFileSync(join(home, file), 'utf8');
      writeFileSync(join(home, file), text);
      const words = await start('newer').then(
        () => 'started',
        (error: unknown) => String(error),
      );
      writeFileSync(join(home, file), was);
      return words;
    };
    expect(await broken('format.json', '{"format":2}')).toContain(
      'was written by a newer version (format 2; this one knows formats up to 1)',
    );
    expect(await broken('format.json', 'x')).toContain('is not a format stamp');
    expect(await broken('postgres/PG_VERSION', '17\n')).toContain(
      'were written by PostgreSQL 17, and this version runs PostgreSQL 18',
    );
    expect(await broken('postgres-password', '')).toContain('postgres-password is missing, so the database');
    await (await start('newer')).stop();
  });

  it('keeps data and programs where the server may enter when the folder is closed to it, and then only', async () => {
    mkdirSync(join(root, 'closed'), { mode: 0o700 });
    const closed = await start('closed/data');
    await ask(closed.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await closed.stop();
    const location = join(root, 'closed', 'data', 'location');
    expect(existsSync(location)).toBe(isRoot);
    expect(closed.home).toBe(isRoot ? readFileSync(location, 'utf8').trim() : join(root, 'closed', 'data'));
    expect(closed.home.startsWith(outside)).toBe(isRoot);
    const again = await start('closed/data');
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
  });

  it('goes on with data that another user made, in their folder, as their user', async () => {
    const first = await start('handed-over');
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    const folder = join(root, 'handed-over');
    const owner = isRoot ? 65_534 : process.getuid!();
    for (const entry of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
      chownSync(join(folder, entry), owner, isRoot ? 65_534 : process.getgid!());
    }
    chmodSync(folder, 0o700);
    const again = await start('handed-over');
    expect(again.home).toBe(folder);
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
    expect(statSync(join(folder, 'postgres', 'PG_VERSION')).uid).toBe(owner);
  });
});
