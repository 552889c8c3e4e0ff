import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, plumbline, Product, scratchFolder, standalone } from './product.testing';

const MINUTE = 60_000;
const UNITS = ['EASTMERE', 'SURGERY', 'MEDPHYS'];

describe('a backup', () => {
  const scratch = scratchFolder();
  const dataDir = join(scratch.path, 'data');
  const whileRunning = join(scratch.path, 'running.backup');
  const whileStopped = join(scratch.path, 'stopped.backup');
  let said: readonly string[];
  let head: string;

  const reportsOf = async (product: Product): Promise<readonly string[]> => {
    const texts: string[] = [];
    for (const unit of UNITS) texts.push(await product.done('report', 'R2', '--unit', unit, '--format', 'json'));
    return texts;
  };
  /** The events as this person may see them, names of leaders' keys included. */
  const eventsOf = (product: Product): Promise<string> => product.done('events', '--format', 'ndjson');

  beforeAll(async () => {
    const product = await Product.up(dataDir, '--empty');
    await product.done('import', 'people', 'examples/data/eastmere-people.csv', '--as', 'operator:admin');
    await product.importPulse();
    said = await reportsOf(product);
    head = await eventsOf(product);
    const backup = await product.done('backup', whileRunning);
    expect(backup).toContain('read back and verified');
    expect(await reportsOf(product)).toEqual(said);
    await product.stop();
    await plumbline('backup', whileStopped, '--data-dir', dataDir);
  }, 3 * MINUTE);
  afterEach(() => Product.stopAll(), MINUTE);
  afterAll(() => scratch.remove());

  it('is for its owner only, for it holds the keys', () => {
    for (const file of [whileRunning, whileStopped]) expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });

  it(
    'does not replace a file that is there',
    async () => {
      const refused = await plumbline('backup', whileRunning, '--data-dir', dataDir);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('exists already; name another file.');
    },
    MINUTE,
  );

  it(
    'is refused into a data directory that holds anything',
    async () => {
      const refused = await plumbline('restore', whileRunning, '--data-dir', dataDir);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('restore into an empty data directory');
    },
    MINUTE,
  );

  it.each([
    ['made while the instance ran', whileRunning],
    ['made while it was stopped', whileStopped],
  ])(
    '%s, restored after a wipe, gives the same events and the same reports, byte for byte',
    async (_how, file) => {
      rmSync(dataDir, { recursive: true });
      const restored = await plumbline('restore', file, '--data-dir', dataDir);
      expect(restored).toMatchObject({ code: 0 });
      expect(restored.stdout).toMatch(/^Restored \d+ events into /);
      const product = await Product.up(dataDir);
      expect(await eventsOf(product)).toBe(head);
      expect(await reportsOf(product)).toEqual(said);
      expect(await product.importPulse()).toContain('Nothing new.');
      expect(
        (
          await product.run(
            'do',
            'organization.RenameUnit',
            '--as',
            'head-of-people-analytics',
            '--set',
            'unit=SURGERY',
            '--set',
            'name=Surgery and recovery',
          )
        ).code,
      ).toBe(0);
      await product.stop();
    },
    3 * MINUTE,
  );

  const damaged = (name: string, bytes: Buffer): string => {
    const file = join(scratch.path, name);
    writeFileSync(file, bytes);
    return file;
  };
  const lines = (): string[] => gunzipSync(readFileSync(whileRunning)).toString('utf8').trimEnd().split('\n');
  const packed = (texts: readonly string[]): Buffer => gzipSync(`${texts.join('\n')}\n`);

  it.each([
    ['cut short', () => readFileSync(whileRunning).subarray(0, 4_000), /damaged|cut short/],
    ['without its last line', () => packed(lines().slice(0, -1)), /has no end: it was cut short/],
    [
      'with a byte changed on disk',
      () => {
        const bytes = readFileSync(whileRunning);
        bytes[2_000] = (bytes[2_000] ?? 0) ^ 0xff;
        return bytes;
      },
      /damaged|does not hold what its end says/,
    ],
    [
      'with a figure changed in an event',
      () => packed(lines().map((line) => line.replace('\\"num\\":\\"57\\"', '\\"num\\":\\"75\\"'))),
      /does not hold what its end says: it was changed or damaged/,
    ],
    [
      'with an event left out',
      () => packed(lines().filter((_, index) => index !== 20)),
      /does not hold what its end says/,
    ],
    ['of another kind', () => packed(['{"hello":1}']), /is no backup of Plumbline/],
    ['of a newer version', () => packed(['{"plumbline-backup":99,"head":null}']), /written by a newer version/],
    ['that is no archive', () => Buffer.from('hello'), /damaged|unpack/],
  ])(
    '%s is refused, and nothing is made of it',
    async (how, bytes, says) => {
      const target = join(scratch.path, 'target');
      const refused = await plumbline('restore', damaged(`${how}.backup`, bytes()), '--data-dir', target);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(says);
      expect(existsSync(target)).toBe(false);
    },
    MINUTE,
  );

  it(
    'whose restoring was killed is not started on, but restored anew into an empty directory',
    async () => {
      const target = join(scratch.path, 'killed');
      const restoring = launch('standalone', ['restore', whileRunning, '--data-dir', target]);
      while (!existsSync(join(target, 'restore-unfinished'))) await sleep(5);
      restoring.child.kill('SIGKILL');
      await restoring.ended;
      const words = `A restore into ${target} did not finish. Remove the folder`;
      for (const refused of [
        await standalone('up', '--data-dir', target, '--port', '0'),
        await standalone('restore', whileRunning, '--data-dir', target),
        await standalone('backup', join(scratch.path, 'of-nothing'), '--data-dir', target),
      ])
        expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(words) as string });
      process.kill(Number(readFileSync(join(target, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
      await sleep(500);
      rmSync(target, { recursive: true });
      expect(await standalone('restore', whileRunning, '--data-dir', target)).toMatchObject({ code: 0 });
      const product = await Product.up(target);
      expect(await eventsOf(product)).toBe(head);
      await product.stop();
    },
    2 * MINUTE,
  );

  it(
    'that is not there is said not to be there',
    async () => {
      const refused = await plumbline(
        'restore',
        join(scratch.path, 'none'),
        '--data-dir',
        join(scratch.path, 'target'),
      );
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no file') as string });
    },
    MINUTE,
  );
});
