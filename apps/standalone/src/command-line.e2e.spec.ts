import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, plumbline, Product, scratchFolder } from './product.testing';

const MINUTE = 60_000;
const PULSE = 'examples/data/eastmere-pulse.csv';

describe('the command line', () => {
  const scratch = scratchFolder();
  const files = mkdtempSync(join(tmpdir(), 'plumbline-files-'));
  let product: Product;

  const file = (name: string, content: string | Buffer): string => {
    const path = join(files, name);
    writeFileSync(path, content);
    return path;
  };
  const head = async (): Promise<string> =>
    (JSON.parse(await product.done('report', 'R2', '--format', 'json')) as { asOf: { position: string } }).asOf
      .position;

  beforeAll(async () => {
    product = await Product.up(join(scratch.path, 'data'), '--empty');
    await product.done('import', 'people', 'examples/data/eastmere-people.csv', '--as', 'operator:admin');
    await product.importPulse();
  }, 2 * MINUTE);
  afterAll(async () => {
    await Product.stopAll();
    scratch.remove();
    rmSync(files, { recursive: true });
  }, MINUTE);

  it(
    'lists all commands, and describes each from its schema',
    async () => {
      const list = (await product.done('do', '--list')).trim().split('\n');
      expect(list.length).toBeGreaterThan(40);
      expect(list.find((line) => line.startsWith('metrics.ApproveTarget '))).toMatch(/\[executive, hr, board\]$/);
      const help = await product.done('do', 'metrics.ProposeTarget', '--help');
      expect(help).toContain('Roles: executive, hr, program-lead');
      expect(help).toMatch(/^ {2}metric: string +- Code of the metric$/m);
    },
    MINUTE,
  );

  it(
    'prints answers on standard output and nothing else there',
    async () => {
      const { code, stdout, stderr } = await product.run('report', 'R2', '--format', 'json');
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({ report: 'R2', codeVersion: 'R2@2', unit: { code: 'EASTMERE' } });
    },
    MINUTE,
  );

  it.each([
    ['an unknown verb', ['dance'], /unknown command 'dance'/],
    ['an unknown option', ['report', 'R2', '--loud'], /unknown option '--loud'/],
    ['a missing argument', ['report'], /missing required argument 'id'/],
    ['an unknown format', ['report', 'R2', '--format', 'pdf'], /Allowed choices are table, json, csv/],
    ['an unknown report', ['report', 'R99'], /a-report-is-one-of-the-list, 404/],
    ['an unknown unit', ['report', 'R2', '--unit', 'NOWHERE'], /a-unit-is-named-by-its-code/],
    ['a period that is none', ['report', 'R2', '--period', '2026-13'], /a-period-is-written-as-one/],
    ['a position beyond the log', ['report', 'R2', '--as-of', '99999999'], /a-position-is-one-of-the-log/],
    [
      'a day before the log',
      ['report', 'R2', '--as-of', '1999-01-01'],
      /Nothing was known yet at the end of 1999-01-01/,
    ],
    ['a cell that is not there', ['explain', 'R2', 'NO/cell'], /a-cell-is-named-by-its-key/],
    ['an unknown command', ['do', 'metrics.Dance', '--set', 'a=b'], /a-command-is-one-of-the-list, 404/],
    [
      'a field under one that holds a value',
      ['do', 'organization.RenameUnit', '--set', 'unit=X', '--set', 'unit.code=X'],
      /"unit" holds a value already/,
    ],
    ['a limit that is no number', ['events', '--limit', 'few'], /--limit "few" is not a whole number above zero/],
    ['a limit below one', ['events', '--limit', '0'], /--limit "0" is not a whole number above zero/],
    ['a field that is missing', ['do', 'organization.RenameUnit', '--set', 'unit=SURGERY'], /name/],
    [
      'a stale revision',
      ['do', 'organization.RenameUnit', '--set', 'unit=SURGERY', '--set', 'name=X', '--if-match', '77'],
      /412/,
    ],
    ['a person nobody knows', ['report', 'R2', '--as', 'nobody'], /a-person-acts-in-a-role-they-hold, 403/],
    ['a role the person does not hold', ['report', 'R2', '--as', 'board-secretary:hr'], /you ask to act as hr/],
    [
      'a data directory without an instance',
      ['reports', '--data-dir', '/nowhere'],
      /No running instance is known in \/nowhere/,
    ],
  ])(
    'ends with 2 and words on standard error for %s',
    async (_what, args, says) => {
      const before = await head();
      const { code, stdout, stderr } = args.includes('--data-dir')
        ? await plumbline(...args)
        : await product.run(args[0] ?? '', ...args.slice(1));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/\n {4}at |500/);
      expect(await head()).toBe(before);
    },
    MINUTE,
  );

  const csv = (...rows: readonly string[]): string =>
    `unit,measure,period,wave,counted,valid,answered,asked\n${rows.join('\n')}\n`;
  it.each([
    [
      'a wrong column',
      'wrong.csv',
      'station,value\nSURGERY,5\n',
      /The file has no column "unit", "measure", "period", "wave", "counted", "valid", "answered", "asked"/,
    ],
    [
      'a binary file',
      'binary.csv',
      Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]),
      /The archive has no list of its parts.*a-workbook-is-a-whole-archive/s,
    ],
    [
      'a file in another encoding',
      'latin.csv',
      Buffer.from('unit,value\nCaf\xe9,5\n', 'latin1'),
      /Near line 2 there are bytes that are not UTF-8/,
    ],
    ['a PDF', 'report.csv', '%PDF-1.7', /The file is a PDF.*a-file-is-text/s],
    ['an empty file', 'empty.csv', '', /The file is empty/],
    [
      'two rows of one key with different values',
      'twice.csv',
      csv('SURGERY,BELONG,2025,WAVE-3,40,79,79,149', 'SURGERY,BELONG,2025,WAVE-3,41,79,79,149'),
      /line 3: Line 2 says something else about the same.*two-rows-of-one-key-say-the-same/s,
    ],
    [
      'another figure for a live period',
      'other.csv',
      csv('SURGERY,BELONG,2026,WAVE-7,40,84,84,151'),
      /line 2: .*already-observed/s,
    ],
    [
      'a figure that is no number',
      'word.csv',
      csv('SURGERY,BELONG,2024,WAVE-3,many,84,84,151'),
      /line 2, column counted \(num\), value "many"/,
    ],
    [
      'a period of another length',
      'period.csv',
      csv('SURGERY,BELONG,2026-Q1,WAVE-7,40,84,84,151'),
      /a-period-is-as-long-as-the-cadence-of-its-metric/,
    ],
    [
      'a quote that is not closed',
      'quote.csv',
      csv('"SURGERY,BELONG,2024,WAVE-3,1,2,2,3'),
      /a-quote-that-opens-is-closed/,
    ],
  ])(
    'refuses %s by line and rule, and records nothing',
    async (_what, name, content, says) => {
      const before = await head();
      const { code, stdout, stderr } = await product.run(
        'import',
        'observations',
        file(name, content),
        '--map',
        'eastmere-pulse',
      );
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Nothing was recorded');
      expect(stderr).toMatch(says);
      expect(await head()).toBe(before);
    },
    MINUTE,
  );

  it(
    'refuses an unknown map, kind, file and folder',
    async () => {
      for (const [args, says] of [
        [['observations', PULSE, '--map', 'nowhere'], /There is no map nowhere/],
        [['weather', PULSE], /There is no import of "weather"/],
        [['observations', '/nowhere.csv'], /There is no file \/nowhere\.csv/],
        [['observations', files], /is not a file/],
        [['people', PULSE, '--map', 'eastmere-pulse'], /The map is for observations, the import for people/],
      ] as const) {
        const { code, stderr } = await product.run('import', ...args);
        expect(code).toBe(2);
        expect(stderr).toMatch(says);
      }
    },
    MINUTE,
  );

  it(
    'records another figure as a correction when asked to, and names it in the difference',
    async () => {
      const before = await head();
      const other = file('corrected.csv', csv('SURGERY,BELONG,2026,WAVE-7,60,84,84,151'));
      const imported = await product.done(
        ...(['import', 'observations', other, '--map', 'eastmere-pulse', '--corrections', 'counted anew'] as const),
      );
      expect(imported).toContain('1 row read: 1 recorded, 0 unchanged, 0 refused');
      const difference = await product.done('diff', 'R2', '--unit', 'SURGERY', '--from', before, '--to', await head());
      expect(difference).toMatch(
        /CHALLENGE-BELONG\/lagging +61\.904762 %.*71\.428571 %.*CORRECTED.*ObservationCorrected/,
      );
      expect(await product.done('explain', 'R2', 'CHALLENGE-BELONG/lagging', '--unit', 'SURGERY')).toContain(
        'metrics.ObservationCorrected',
      );
    },
    MINUTE,
  );

  it(
    'skips bad rows when asked to and lists them',
    async () => {
      const mixed = file(
        'mixed.csv',
        csv('SURGERY,CHALLENGE,2024,WAVE-3,40,79,79,149', 'NOWHERE,BELONG,soon,WAVE-3,1,2,2,3'),
      );
      const text = await product.done('import', 'observations', mixed, '--map', 'eastmere-pulse', '--skip-bad-rows');
      expect(text).toContain('2 rows read: 1 recorded, 0 unchanged, 1 refused');
      expect(text).toMatch(/line 3, column period, value "soon"/);
    },
    MINUTE,
  );

  it(
    'ends quietly when its reader has read enough',
    async () => {
      const { child, ended } = launch('cli', ['events', '--format', 'ndjson', '--data-dir', product.dataDir]);
      child.stdout!.once('data', () => child.stdout!.destroy());
      const { code, stdout, stderr } = await ended;
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.length).toBeLessThan((await product.done('events', '--format', 'ndjson')).length);
      expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
        position: '1',
        type: 'organization.OrganizationConfigured.v1',
      });
    },
    MINUTE,
  );

  describe('rebuild', () => {
    it(
      'agrees with the live read models, and with a report recomputed from the log alone',
      async () => {
        const position = await head();
        const check = await product.run('rebuild', '--check');
        expect(check.stdout).toContain('The live read models are what the log says');
        expect(check.code).toBe(0);
        const report = await product.run(
          'rebuild',
          '--check',
          '--report',
          'R2',
          '--unit',
          'SURGERY',
          '--as-of',
          position,
        );
        expect(report.stdout).toContain('They match, byte for byte.');
        expect(report.code).toBe(0);
      },
      2 * MINUTE,
    );

    it(
      'finds a row that was changed behind the log, and ends with 1',
      async () => {
        const { Client } = await import('pg');
        const client = new Client({ connectionString: product.databaseUrl });
        await client.connect();
        const { rows } = await client.query<{ table: string }>(
          `SELECT schemaname || '.' || tablename AS table FROM pg_tables WHERE tablename LIKE 'observation_series_v%'`,
        );
        await client.query(`UPDATE ${rows[0]?.table} SET num = '99' WHERE num = '57'`);
        await client.end();
        const check = await product.run('rebuild', '--check');
        expect(check.code).toBe(1);
        expect(check.stdout).toMatch(/^DIFFERENT observation_series_v\d+/m);
        expect(check.stdout).toContain('different');
        expect(check.stdout).toContain('The live read models are not what the log says.');
        expect(check.stdout).not.toMatch(/\b99\b/);
      },
      2 * MINUTE,
    );
  });

  it(
    'says that nobody answers when the instance was killed',
    async () => {
      await product.kill();
      const { code, stderr } = await launch('cli', ['report', 'R2', '--data-dir', product.dataDir]).ended;
      expect(code).toBe(2);
      expect(stderr).toMatch(/Nothing answers at http:.*Start the instance with "npm start"/);
      const again = await Product.up(product.dataDir);
      await again.stop();
    },
    MINUTE,
  );
});
