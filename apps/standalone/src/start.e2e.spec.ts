import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isAlive, launch, plumbline, Product, scratchFolder, standalone } from './product.testing';

const MINUTE = 60_000;

describe('a start of the product', () => {
  const scratch = scratchFolder();
  const dataDir = join(scratch.path, 'data');
  afterEach(() => Product.stopAll(), MINUTE);
  afterAll(() => scratch.remove());

  it(
    'without flags loads the story, prints where everything is, and answers from it',
    async () => {
      const told = join(scratch.path, 'story');
      const product = await Product.up(told);
      expect(product.welcome).toContain(`API      ${product.url}/v1`);
      expect(product.welcome).toContain(`OpenAPI  ${product.url}/openapi`);
      expect(product.welcome).toContain(`Data     ${told}`);
      expect(product.welcome).toContain('start with --empty for a log of your own');
      expect(product.welcome).toContain('A demonstration under a simulated clock');
      expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
      expect(await product.done('clock')).toContain('Simulated');
      expect(await product.done('report', 'R2')).toMatch(/CHECKINS-BELONG[^]*LEADS/);
      expect((await product.stop()).code).toBe(0);
    },
    4 * MINUTE,
  );

  it(
    'configures an empty log when asked to, and says what to try next',
    async () => {
      const product = await Product.up(dataDir, '--empty');
      expect(product.welcome).toContain(
        'npx plumbline import observations examples/data/eastmere-pulse.csv --map eastmere-pulse',
      );
      expect(product.welcome).toContain(`npx plumbline report R2 --data-dir ${dataDir}\n`);
      expect(await product.importPulse()).toMatch(/^Imported. 81 rows read: 81 recorded, 0 unchanged, 0 refused.$/m);
      const report = await product.done('report', 'R2');
      expect(report).toContain('Unit EASTMERE Eastmere Teaching Hospital');
      expect(report).toMatch(/lagging +BELONG Belonging in the team +2026 +65\.9 ± 2\.3 % +639 +NO_TARGET/);
      await product.stop();
    },
    2 * MINUTE,
  );

  it(
    'keeps its configuration and what it was told, whatever the flags of a later start',
    async () => {
      const product = await Product.up(dataDir, '--empty', '--time-zone', 'Europe/London');
      expect(product.welcome).toContain('its own configuration stands');
      expect(await product.importPulse()).toContain('Nothing new.');
      await product.stop();
    },
    MINUTE,
  );

  it(
    'is refused on a data directory in use, in words, and harms nothing there',
    async () => {
      const product = await Product.up(dataDir);
      const second = await standalone('up', '--data-dir', dataDir, '--port', '0');
      expect(second).toMatchObject({ code: 2 });
      expect(second.stderr.trim()).toBe(
        `${dataDir} is in use by process ${product.pid}: stop that one first, or choose another folder with --data-dir`,
      );
      expect((await product.run('report', 'R2')).code).toBe(0);
      await product.stop();
    },
    MINUTE,
  );

  it(
    'says so when its port is taken, before it makes anything',
    async () => {
      const unmade = join(scratch.path, 'unmade');
      const holder = createServer().unref();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const { port } = holder.address() as { port: number };
      expect(await standalone('up', '--empty', '--data-dir', unmade, '--port', String(port))).toEqual({
        code: 2,
        stdout: '',
        stderr: `Port ${port} is in use. Give another with --port, or 0 for any free one.\n`,
      });
      await new Promise((resolve) => holder.close(resolve));
      expect(await standalone('up', '--data-dir', unmade, '--port', '70000')).toMatchObject({
        code: 2,
        stderr: '--port 70000 is not a port.\n',
      });
      expect(existsSync(unmade)).toBe(false);
    },
    MINUTE,
  );

  it(
    'leaves no process behind when it is told to stop',
    async () => {
      const product = await Product.up(dataDir);
      const { postgresPid } = product;
      expect(isAlive(postgresPid)).toBe(true);
      const { code, stdout } = await product.stop();
      expect(code).toBe(0);
      expect(stdout.trimEnd().endsWith('Stopping …')).toBe(true);
      expect(isAlive(postgresPid)).toBe(false);
      expect(existsSync(join(dataDir, 'instance.json'))).toBe(false);
      expect(await plumbline('report', 'R2', '--data-dir', dataDir)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('No running instance is known') as string,
      });
    },
    MINUTE,
  );

  it(
    'ends at once and cleanly when it is told to while it makes its database, and starts anew',
    async () => {
      const told = join(scratch.path, 'interrupted');
      const { child, ended } = launch('standalone', ['up', '--empty', '--port', '0', '--data-dir', told]);
      await new Promise<void>((resolve) =>
        child.stdout!.on('data', (text: string) => (text.includes('making a database') ? resolve() : undefined)),
      );
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'Stopped before everything was started.']);
      const product = await Product.up(told, '--empty');
      expect((await product.stop()).code).toBe(0);
    },
    2 * MINUTE,
  );

  it(
    'stops its database too when its terminal is closed',
    async () => {
      const product = await Product.up(dataDir);
      const { postgresPid } = product;
      product.closeOutput();
      process.kill(product.pid, 'SIGHUP');
      expect((await product.ended).code).toBe(0);
      expect(isAlive(postgresPid)).toBe(false);
    },
    MINUTE,
  );

  it(
    'refuses flags that would configure an organisation wrongly, and records nothing',
    async () => {
      const other = join(scratch.path, 'other');
      const refused = await standalone('up', '--data-dir', other, '--port', '0', '--time-zone', 'Mars/Olympus');
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('timeZone');
      const product = await Product.up(other, '--empty');
      expect(await product.run('events', '--limit', '1')).toMatchObject({ code: 0 });
      await product.stop();
    },
    MINUTE,
  );

  const aFile = join(scratch.path, 'a-file');
  it.each([
    ['a limit that is no number', ['--requests-per-ten-seconds', 'many'], /^--requests-per-ten-seconds many is not/],
    ['a file for a folder', ['--data-dir', aFile], /a-file is a file, not a folder\. Choose another/],
    ['a folder under a file', ['--data-dir', join(aFile, 'data')], /lies under a file, not under a folder/],
    [
      'an address that is none',
      ['--database-url', 'somewhere'],
      /^--database-url \(or DATABASE_URL\) is not an address/,
    ],
    [
      'an address where nothing is',
      ['--database-url', 'postgres://a:b@127.0.0.1:1/c'],
      /^No PostgreSQL server answers .*Is it running, and is the address right\?$/,
    ],
  ])(
    'is refused with %s, in words',
    async (_what, flags, says) => {
      writeFileSync(aFile, 'x');
      const { code, stdout, stderr } = await standalone('up', '--data-dir', join(scratch.path, 'none'), ...flags);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr.trim()).toMatch(says);
    },
    MINUTE,
  );

  it.each([
    [
      'of a process that another one has the id of by now',
      JSON.stringify({
        url: 'http://127.0.0.1:1',
        pid: process.pid,
        identity: 'gone',
        databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      }),
    ],
    ['that a power cut left half written', '{"url":"http://127.0.'],
  ])(
    'is not led astray by an instance file %s',
    async (_what, text) => {
      writeFileSync(join(dataDir, 'instance.json'), text);
      expect((await standalone('rebuild', '--check', '--data-dir', dataDir)).code).toBe(0);
      const product = await Product.up(dataDir);
      expect((await product.run('report', 'R2')).code).toBe(0);
      await product.stop();
    },
    MINUTE,
  );

  it('keeps what opens the log to itself', async () => {
    for (const file of ['deployment-secret', 'master-key', 'local-key.json', 'postgres-password'])
      expect((statSync(join(dataDir, file)).mode & 0o077).toString(8)).toBe('0');
  });
});
