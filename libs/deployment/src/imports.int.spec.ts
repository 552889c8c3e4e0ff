import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import writeWorkbook from 'write-excel-file/node';
import { RunningDeployment } from './running-deployment.testing';

const METRIC = {
  code: 'WAIT',
  name: 'Requests answered in ten days',
  kind: 'LEADING',
  level: 'PROCESS',
  unit: 'PERCENT',
  direction: 'HIGHER',
  formulaRef: 'favourable-share',
  sourceType: 'RECORDS',
  cadence: 'YEARLY',
  minN: 1,
  subject: 'NONE',
  legalClass: 'NEUTRAL',
  process: { openToAnyone: true, countedIn: 'REQUESTS' },
  rationale: 'Requests are answered in time.',
};
const HEADER = 'unit,metric,period,num,den';
const file = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

describe('an import', () => {
  let running: RunningDeployment;
  beforeAll(async () => {
    running = await RunningDeployment.start({ maxUploadBytes: 200_000 });
    const units = file().replace(HEADER, 'code,name,parent,validFrom');
    const tree = [
      'ROOT,The whole,,2020-01-01',
      ...['A', 'B', 'C', 'D'].map((code) => `${code},Unit ${code},ROOT,2020-01-01`),
    ];
    const made = await running.import('organization', `${units}${tree.join('\n')}\n`);
    expect(made).toMatchObject({ state: 'done', outcome: { state: 'recorded', rows: 5, recorded: 5 } });
    const defined = await running.command('metrics.DefineMetric', METRIC);
    expect([defined.status, defined.text]).toEqual([201, expect.any(String)]);
  }, 60_000);
  afterAll(() => running.close());

  const figures = (rows: string[], options: Record<string, unknown> = {}) =>
    running.import('observations', file(...rows), options);
  /** What a file comes to when nothing of it may be recorded. */
  const nothingOf = async (rows: string[], options: Record<string, unknown> = {}) => {
    const before = await running.head();
    const job = await figures(rows, options);
    expect(await running.head()).toBe(before);
    return job;
  };

  it('records every row between its brackets, and says so', async () => {
    const job = await figures(['A,WAIT,2020,40,50', 'B,WAIT,2020,30,50']);
    expect(job).toMatchObject({
      state: 'done',
      refusal: null,
      outcome: { state: 'recorded', rows: 2, recorded: 2, unchanged: 0, refused: 0, problems: [] },
    });
    const { events } = await running.deployment.store.readPage(BigInt(job.outcome!.position!) - 4n, 4);
    expect(events.map(({ event }) => event.type)).toEqual([
      'organization.ImportRecorded.v1',
      'metrics.ObservationRecorded.v1',
      'metrics.ObservationRecorded.v1',
      'organization.ImportCompleted.v1',
    ]);
    expect(new Set(events.map(({ event }) => event.correlationId))).toEqual(new Set([job.outcome!.importId]));
  });

  describe('of the same file again records nothing at all', () => {
    const rows = ['A,WAIT,2019,40,50', 'B,WAIT,2019,30,50'];
    beforeAll(() => figures(rows));
    it('by the same person, who is told that it is nothing new', async () => {
      const job = await nothingOf(rows);
      expect(job.outcome).toMatchObject({ state: 'unchanged', recorded: 0, unchanged: 2, refused: 0, position: null });
    });
    it('under another file name', async () => {
      const job = await nothingOf(rows, { fileName: 'copy of figures.csv' });
      expect(job.outcome).toMatchObject({ state: 'unchanged', unchanged: 2, refused: 0, problems: [] });
    });
    it('by another person, who is not told whether it is', async () => {
      await running.grant('second-steward', 'data-steward');
      const before = await running.head();
      const token = await running.token('second-steward');
      const { upload } = (await running.upload(file(...rows), token)).json;
      const started = await running.send('/v1/imports', { body: { kind: 'observations', upload }, token });
      expect((await running.send(`/v1/imports/${started.json['job'] as string}`)).status).toBe(404);
      let json: Record<string, unknown> = started.json;
      while (json['state'] !== 'done') json = (await running.send(started.headers.get('location')!, { token })).json;
      expect(json).toMatchObject({
        outcome: { state: 'refused', unchanged: 0, refused: 2, problems: [{ rule: 'already-observed', alike: 2 }] },
      });
      expect(await running.head()).toBe(before);
    });
    it('in another order, with other line ends and more zeros', async () => {
      const again = `\ufeffunit;metric;period;num;den\r\nb;wait;2019;30.0;50\r\nA;WAIT;2019;40;50.00\r\n`;
      const before = await running.head();
      const job = await running.import('observations', again);
      expect(job.outcome).toMatchObject({ unchanged: 2, recorded: 0, refused: 0 });
      expect((await running.head()) - before).toBeLessThanOrEqual(2n);
    });
  });

  describe('is refused whole, and nothing is recorded,', () => {
    it('when two rows of one key say different things: both lines are named', async () => {
      const { outcome } = await nothingOf(['A,WAIT,2018,1,50', 'B,WAIT,2018,2,50', 'a,wait,2018,3,50']);
      expect(outcome).toMatchObject({ state: 'refused', recorded: 0, refused: 1 });
      expect(outcome!.problems).toEqual([
        expect.objectContaining({
          line: 4,
          rule: 'two-rows-of-one-key-say-the-same',
          detail: expect.stringContaining('Line 2'),
        }),
      ]);
    });
    it('when a unit or a metric is unknown, by line and rule', async () => {
      const { outcome } = await nothingOf(['A,WAIT,2018,1,50', 'NOWHERE,WAIT,2018,1,50', 'B,NOTHING,2018,1,50']);
      expect(outcome!.problems.map(({ line }) => line)).toEqual([3, 4]);
      expect(outcome!.problems.map(({ rule }) => rule).every((rule) => /unit|metric/.test(rule))).toBe(true);
    });
    it('when a field is misshapen, by line, column, value and rule', async () => {
      const { outcome } = await nothingOf(['A,WAIT,2018-13,1,50', 'B,WAIT,2018,one,50', 'C,WAIT,2018,,']);
      expect(outcome!.problems).toMatchObject([
        { line: 2, column: 'period', value: '2018-13', rule: 'a-field-has-its-form' },
        { line: 3, column: 'num', value: 'one', rule: 'a-field-has-its-form' },
        { line: 4, column: 'value', value: '', rule: 'a-row-holds-a-figure' },
      ]);
    });
    it('when a live period has another value, unless a reason to correct it is given', async () => {
      await figures(['C,WAIT,2017,10,50']);
      const { outcome } = await nothingOf(['C,WAIT,2017,11,50', 'D,WAIT,2017,11,50']);
      expect(outcome!.problems).toMatchObject([{ line: 2, rule: 'already-observed' }]);
      const corrected = await figures(['C,WAIT,2017,11,50', 'D,WAIT,2017,11,50'], {
        corrections: 'A batch of requests was found.',
      });
      expect(corrected.outcome).toMatchObject({ state: 'recorded', recorded: 2, refused: 0 });
      const again = await nothingOf(['C,WAIT,2017,11,50', 'D,WAIT,2017,11,50'], {
        corrections: 'A batch of requests was found.',
      });
      expect(again.outcome).toMatchObject({ state: 'unchanged', unchanged: 2, refused: 0 });
    });
    it('when a column is wrong, missing, or not of its kind', async () => {
      for (const header of ['unit,metric,period,numerator,den', 'unit,period,num,den', 'a,b,c']) {
        const columns = header.split(',').length;
        const before = await running.head();
        const job = await running.import('observations', `${header}\n${Array(columns).fill('1').join(',')}\n`);
        expect(job).toMatchObject({
          state: 'done',
          outcome: null,
          refusal: { rule: 'a-file-bears-the-columns-of-its-kind', line: 1 },
        });
        expect(await running.head()).toBe(before);
      }
    });
    it.each([
      ['empty', '', 'a-file-has-rows'],
      ['a header alone', `${HEADER}\n`, 'a-file-has-rows'],
      ['a workbook cut short', 'PK\u0003\u0004 and so on', 'a-workbook-is-a-whole-archive'],
      ['zero bytes', `${HEADER}\nA,WAIT,2018,1\u0000,50\n`, 'a-file-is-text'],
      ['not UTF-8', Buffer.from(`${HEADER}\n\xe4,WAIT,2018,1,50\n`, 'latin1'), 'a-file-is-utf-8'],
      ['UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), 'a-file-is-utf-8'],
      ['an open quote', `${HEADER}\n"A,WAIT,2018,1,50\n`, 'a-quote-that-opens-is-closed'],
      ['a ragged row', `${HEADER}\nA,WAIT,2018,1\n`, 'every-row-has-as-many-fields-as-the-header'],
    ])('when the file is %s', async (_, bytes, rule) => {
      const before = await running.head();
      expect((await running.import('observations', bytes)).refusal?.rule).toBe(rule);
      expect(await running.head()).toBe(before);
    });
    it('when a role is unknown, and nobody is put into the directory', async () => {
      const before = await running.head();
      const { outcome } = await running.import('people', 'key,name,roles\np1,Anna Müller,emperor\np2,Ben,member\n');
      expect(outcome!.problems).toMatchObject([
        { line: 2, column: 'roles', value: 'emperor', rule: 'a-role-is-one-of-the-list' },
      ]);
      expect(await running.head()).toBe(before);
      expect((await running.send('/v1/people/p2')).status).toBe(404);
    });
    it('with what many rows are refused for said once, two hundred problems listed and all rows counted', async () => {
      const rows = Array.from({ length: 1_000 }, (_, index) => `A,WAIT,2018-13,${index},5000`);
      const { outcome } = await nothingOf(rows);
      expect(outcome!.problems).toMatchObject([{ line: 2, lastLine: 1_001, alike: 1_000, column: 'period' }]);
      expect(outcome!.refused).toBe(1_000);
      const each = await nothingOf(rows.map((row, index) => row.replace('2018-13', `2018-13-${index}`)));
      expect(each.outcome!.problems).toHaveLength(200);
      const byTheLog = await nothingOf(rows.map((row, index) => row.replace('A,WAIT,2018-13', `X${index},WAIT,2018`)));
      expect(byTheLog.outcome!.problems).toHaveLength(200);
      expect(byTheLog.outcome!.refused).toBe(1_000);
    });
  });

  it('takes two equal rows once', async () => {
    const { outcome } = await figures(['A,WAIT,2016,1,50', 'A,WAIT,2016,1.0,50', 'B,WAIT,2016,2,50']);
    expect(outcome).toMatchObject({ state: 'recorded', rows: 3, recorded: 2, refused: 0, repeated: 1, problems: [] });
  });
  it('reads a workbook, YAML and JSON as it reads CSV', async () => {
    const header = ['unit', 'metric', 'period', 'num', 'den'];
    const row = (period: string) => ['A', 'WAIT', period, '41', '50'];
    const object = (period: string) => Object.fromEntries(header.map((name, index) => [name, row(period)[index]]));
    const texts = (cells: readonly string[]) => cells.map((value) => ({ value, type: String }));
    const workbook = await writeWorkbook([texts(header), texts(row('2011'))] as never).toBuffer();
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      ['a.xlsx', workbook as Uint8Array],
      ['a.yaml', `- ${JSON.stringify(object('2010'))}\n`],
      ['a.json', JSON.stringify([object('2009')])],
    ];
    for (const [fileName, bytes] of files) {
      const job = await running.import('observations', bytes, { fileName });
      expect([fileName, job.refusal, job.outcome?.problems]).toEqual([fileName, null, []]);
      expect(job.outcome).toMatchObject({ state: 'recorded', rows: 1, recorded: 1 });
    }
  });

  describe('under a map that declares a command its sender may not send', () => {
    const declaring = (command: string) =>
      `map: m\nkind: observations\ncolumns: {unit: unit, metric: metric, period: period, num: num, den: den}\ndeclare:\n` +
      `  - ${command}\n`;
    const admin = (more: string) => `{command: organization.GrantRole, ${more}data: {person: ME, role: admin}}`;
    it.each([
      ['{command: metrics.ProposeTarget, data: {}}', 'a-command-is-sent-in-one-of-its-roles'],
      [admin('always: true, '), 'nobody-grants-a-role-to-themselves'],
      [admin(''), 'a-map-leaves-out-only-what-is-declared-once'],
    ])('is refused whole, though what it declares is there: %s', async (command, rule) => {
      await running.grant('crook', 'data-steward');
      const before = await running.head();
      const token = await running.token('crook');
      const { upload } = (await running.upload(file('A,WAIT,2008,1,50'), token)).json;
      const body = {
        kind: 'observations',
        upload,
        map: declaring(command).replace('ME', running.personId('crook')),
        skipBadRows: true,
      };
      const started = await running.send('/v1/imports', { body, token });
      const at = started.headers.get('location')!;
      let json: Record<string, unknown> = started.json;
      while (json['state'] !== 'done') json = (await running.send(at, { token })).json;
      expect(json).toMatchObject({
        outcome: {
          state: 'refused',
          recorded: 0,
          problems: [{ line: 0, rule }],
        },
      });
      expect(await running.head()).toBe(before);
    });
  });
  it('skips bad rows when told to, names them, and records the rest; again, nothing', async () => {
    const rows = ['A,WAIT,2015,1,50', 'NOWHERE,WAIT,2015,1,50', 'B,WAIT,x,1,50', 'B,WAIT,2015,1,50'];
    const { outcome } = await figures(rows, { skipBadRows: true });
    expect(outcome).toMatchObject({ state: 'recorded', rows: 4, recorded: 2, refused: 2 });
    expect(outcome!.problems.map(({ line }) => line).sort()).toEqual([3, 4]);
    const again = await nothingOf(rows, { skipBadRows: true });
    expect(again.outcome).toMatchObject({ state: 'unchanged', recorded: 0, unchanged: 2, refused: 2 });
  });
  it('as a dry run says what would become of it, records nothing and writes nobody down', async () => {
    const { outcome } = await nothingOf(['A,WAIT,2014,1,50', 'B,WAIT,2014,1,50'], { dryRun: true });
    expect(outcome).toMatchObject({ state: 'dry-run', rows: 2, recorded: 2, refused: 0, position: null });
    const bad = await nothingOf(['A,WAIT,2014,1,50', 'NOWHERE,WAIT,2014,1,50'], { dryRun: true });
    expect(bad.outcome).toMatchObject({ state: 'refused', refused: 1 });
    await running.import('people', 'key,name,roles\nq1,Anna Müller,member\n', { dryRun: true });
    expect((await running.send('/v1/people/q1')).status).toBe(404);
  });
  it('of people puts names into the directory and none into the log', async () => {
    const job = await running.import('people', 'key,name,roles\nr1,Zoë Quux,member;executive\nr2,"Ben\nLine",member\n');
    expect(job.outcome).toMatchObject({ state: 'recorded', recorded: 2 });
    expect((await running.send('/v1/people/r1')).json).toMatchObject({ name: 'Zoë Quux' });
    expect((await running.send('/v1/events?limit=500')).text).not.toContain('Quux');
  });

  describe('of the organisation again', () => {
    const head = 'code,name,parent,validFrom,leader,leaderRole\n';
    const row = (...cells: string[]) => `${cells.join(',')}\n`;
    const units = (...rows: string[]) => head + rows.join('');
    const before = units(
      row('ROOT', 'The whole', '', '2020-01-01', '', ''),
      ...['A', 'B', 'C', 'D'].map((code) => row(code, `Unit ${code}`, 'ROOT', '2020-01-01', '', '')),
      row('E', 'Unit E', 'ROOT', '2020-01-01', 'p-1', 'Head'),
      row('E1', 'Unit E one', 'E', '2020-01-01', '', ''),
    );
    const after = units(
      row('ROOT', 'The whole', '', '2020-01-01', '', ''),
      ...['A', 'B', 'C'].map((code) => row(code, `Unit ${code}`, 'ROOT', '2020-01-01', '', '')),
      row('D', 'Unit D and E', 'ROOT', '2020-01-01', 'p-2', 'Head'),
      row('E1', 'Unit E one', 'D', '2020-01-01', '', ''),
    );
    const effective = '2026-11-30';
    beforeAll(async () => {
      const made = await running.import('organization', before);
      expect(made).toMatchObject({ refusal: null, outcome: { state: 'recorded', recorded: 2, unchanged: 5 } });
    });

    it('says in words, as a dry run, what would change, and records nothing', async () => {
      const head = await running.head();
      const { outcome } = await running.import('organization', after, { dryRun: true, complete: true, effective });
      expect(outcome).toMatchObject({
        state: 'dry-run',
        plans: [
          'D is called "Unit D and E" from 2026-11-30 on',
          'D has a new Head from 2020-01-01 on',
          'E1 stands under D from 2026-11-30 on',
          'E: whoever was Head is so until 2026-11-29',
          'E is closed from 2026-11-30 on',
        ],
      });
      expect(await running.head()).toBe(head);
    });
    it('records that, closing a unit whose last one moves away in the same file, and a second time nothing', async () => {
      const { outcome } = await running.import('organization', after, { complete: true, effective });
      expect(outcome).toMatchObject({
        ...{ state: 'recorded', recorded: 2, unchanged: 4, refused: 0, followed: 2, problems: [] },
      });
      const head = await running.head();
      const again = await running.import('organization', after, { complete: true, effective });
      expect(again.outcome).toMatchObject({ state: 'unchanged', recorded: 0, unchanged: 6 });
      expect(await running.head()).toBe(head);
    });
    it('is refused by line for what no file changes', async () => {
      const wrong = units(row('B', 'Unit B', 'ROOT', '2021-01-01', '', ''));
      const { outcome } = await running.import('organization', wrong);
      expect(outcome).toMatchObject({
        state: 'refused',
        problems: [{ line: 2, column: 'validFrom', value: '2021-01-01', rule: 'a-unit-keeps-its-first-day' }],
      });
    });
  });

  describe('over HTTP', () => {
    it('begins with an upload: its answer names it by what it holds', async () => {
      const { status, json } = await running.upload('abc');
      expect([status, json]).toEqual([
        201,
        { upload: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', bytes: 3 },
      ]);
      expect((await running.upload('abc')).json).toEqual(json);
      expect(readdirSync(join(running.dataDir, 'uploads'))).toEqual([json['upload']]);
      await running.deployment.store.head();
    });
    it.each(['counted', 'in chunks'])(
      'refuses a file over the limit, %s, with 413, and keeps nothing of it',
      async (how) => {
        const kept = readdirSync(join(running.dataDir, 'uploads'));
        const bytes = new Uint8Array(3_000_000).fill(65);
        const { status, json } = await running.upload(how === 'counted' ? bytes : new Blob([bytes]).stream());
        expect([status, json.rule]).toEqual([413, 'a-file-is-at-most-128-mib']);
        expect(readdirSync(join(running.dataDir, 'uploads'))).toEqual(kept);
      },
    );
    it('takes bytes only', async () => {
      const { status, json } = await running.send('/v1/uploads', { body: { file: 'x' } });
      expect([status, json.rule]).toEqual([415, 'a-file-is-sent-as-bytes']);
    });
    it('imports an upload once: claimed, it is gone', async () => {
      const { upload } = (await running.upload(file('A,WAIT,2013,1,50'))).json;
      const body = { kind: 'observations', upload };
      const both = await Promise.all([running.send('/v1/imports', { body }), running.send('/v1/imports', { body })]);
      expect(both.map(({ status }) => status).sort()).toEqual([202, 404]);
      const { json, headers } = both.find(({ status }) => status === 202)!;
      expect(headers.get('location')).toBe(`/v1/imports/${json['job'] as string}`);
      expect((await running.ended(json['job'] as string)).outcome).toMatchObject({ state: 'recorded' });
      expect(both.find(({ status }) => status === 404)!.json.rule).toBe('an-upload-is-imported-once');
    });
    it('refuses a kind there is not, and the upload can still be imported', async () => {
      const { upload } = (await running.upload(file('B,WAIT,2013,1,50'))).json;
      const wrong = await running.send('/v1/imports', { body: { kind: 'observation', upload } });
      expect([wrong.status, wrong.json.rule]).toEqual([422, 'an-import-is-of-a-known-kind']);
      const right = await running.send('/v1/imports', { body: { kind: 'observations', upload } });
      expect((await running.ended(right.json['job'] as string)).outcome).toMatchObject({ state: 'recorded' });
    });
    it.each([
      [{ kind: 'observations' }, 'upload'],
      [{ kind: 'observations', upload: 'x', colour: 'red' }, ''],
      [{ kind: 'observations', upload: 'x', corrections: '' }, 'corrections'],
      [{ kind: 'observations', upload: 'x', fileName: 'a\u0000.csv' }, 'fileName'],
    ])('refuses %j with 400', async (body, path) => {
      const { status, json } = await running.send('/v1/imports', { body });
      expect([status, json.errors?.[0]?.path]).toEqual([400, path]);
    });
    it('says by its line what is wrong with a map', async () => {
      const job = await running.import('observations', file('A,WAIT,2012,1,50'), { map: 'map: x\nkind: [' });
      expect(job.refusal).toMatchObject({ rule: 'a-map-is-yaml' });
    });
    it('leaves nothing of what it imported or refused, and of a file that nobody imported only the file', async () => {
      const before = await running.head();
      const { upload } = (await running.upload(file('D,WAIT,2012,1,50'))).json;
      expect(await running.head()).toBe(before);
      const left = readdirSync(join(running.dataDir, 'uploads')).filter((name) => !/^[0-9a-f]{64}$/.test(name));
      expect(left).toEqual([]);
      expect(readdirSync(join(running.dataDir, 'uploads'))).toContain(upload);
    });
  });
});
