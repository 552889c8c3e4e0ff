import { RunningDeployment } from './running-deployment.testing';

const UNIT = 'organization.RegisterUnit';
const RENAME = 'organization.RenameUnit';
const benchmark = (code: string) => ({ code, name: `Unit ${code}`, outsideTree: true, validFrom: '2024-01-01' });

describe('the API of a running deployment', () => {
  let running: RunningDeployment;
  beforeAll(async () => {
    running = await RunningDeployment.start();
    await running.command('organization.NameRootUnit', { unit: 'ROOT' });
    await running.command(UNIT, { code: 'ROOT', name: 'The organisation', validFrom: '2024-01-01' });
  }, 60_000);
  afterAll(() => running.close());

  describe('a command', () => {
    it('is recorded once under its key, and read back at its position', async () => {
      const first = await running.command(UNIT, benchmark('ONCE'), { 'Idempotency-Key': 'once' });
      const again = await running.command(UNIT, benchmark('ONCE'), { 'Idempotency-Key': 'once' });
      const other = await running.command(UNIT, benchmark('TWICE'), { 'Idempotency-Key': 'once' });
      expect([first.status, again.status, again.json['repeated']]).toEqual([201, 201, true]);
      expect([other.status, other.json.rule]).toEqual([422, 'command-id-used-again']);
      const stream = await running.send(first.headers.get('location')!);
      expect(stream.json).toMatchObject({ revision: 0, events: [{ type: 'organization.OrgUnitRegistered.v1' }] });
      const units = await running.send('/v1/questions/organization.units');
      expect(units.status).toBe(200);
    });
    it('with If-Match lets one of two writers win, and its ETag is the next If-Match', async () => {
      const { headers } = await running.command(UNIT, benchmark('RACE'));
      const etag = headers.get('etag')!;
      const rename = (name: string, match: string) =>
        running.command(RENAME, { unit: 'RACE', name, validFrom: '2025-01-01' }, { 'If-Match': match });
      const both = await Promise.all([rename('One', etag), rename('Two', etag)]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
      const next = both.find(({ status }) => status === 201)!.headers.get('etag')!;
      expect((await rename('Three', next)).status).toBe(201);
      expect((await rename('Four', etag)).json.rule).toBe('stale-revision');
    });
    it('holding U+0000 or half a character anywhere is refused with 400, by its path, and nothing is recorded', async () => {
      const before = await running.head();
      const sent = await Promise.all([
        running.command(UNIT, { ...benchmark('NUL'), name: 'a\u0000b' }),
        running.send(`/v1/commands/${UNIT}`, { body: { data: benchmark('NUL'), reason: 'x\u0000' } }),
        running.send(`/v1/commands/${UNIT}`, { body: { data: benchmark('NUL'), evidence: ['\udc00'] } }),
        running.send('/v1/people/someone', { method: 'PUT', body: { name: 'A\u0000' } }),
      ]);
      expect(sent.map(({ status, json }) => [status, json.errors?.[0]?.path])).toEqual([
        [400, 'data.name'],
        [400, 'reason'],
        [400, 'evidence[0]'],
        [400, 'name'],
      ]);
      expect(await running.head()).toBe(before);
    });
    it('is refused when it names somebody whom neither directory nor log knows, and taken once one of them does', async () => {
      const stranger = running.deployment.directory.personIdOf('stranger');
      const grant = { person: stranger, role: 'member' };
      const refused = await running.command('organization.GrantRole', grant);
      expect([refused.status, refused.json.rule]).toEqual([422, 'a-person-is-known-before-they-are-named']);
      expect(refused.json.detail).toMatch(/^person: nobody is known by the id /);
      await running.send('/v1/people/stranger', { method: 'PUT', body: { name: 'No longer a stranger' } });
      expect((await running.command('organization.GrantRole', grant)).status).toBe(201);
      const { commands, directory } = running.deployment;
      const byRole = { person: directory.personIdOf('known-by-role'), role: 'data-steward' };
      const actor = { id: 'process:spec', role: 'process' } as const;
      await commands.handle({ type: 'organization.GrantRole', data: byRole }, { commandId: 'spec/by-role', actor });
      const revoked = await running.command('organization.RevokeRole', byRole);
      expect([revoked.status, revoked.json.rule]).toEqual([201, undefined]);
    });
    it('that sets a role takes effect at once, for the next request', async () => {
      const token = await running.token('newcomer');
      expect((await running.command(UNIT, benchmark('MINE'), {}, token)).status).toBe(403);
      const person = running.personId('newcomer');
      await running.command('organization.GrantRole', { person, role: 'data-steward' });
      expect((await running.command(UNIT, benchmark('MINE'), {}, token)).status).toBe(201);
      await running.command('organization.RevokeRole', { person, role: 'data-steward' });
      expect((await running.command(UNIT, benchmark('MINE-TOO'), {}, token)).status).toBe(403);
    });
  });

  describe('a report', () => {
    it('is given as of a position, and the same bytes again when the log has gone on', async () => {
      const position = (await running.head()).toString();
      const then = await running.send(`/v1/reports/R2?asOf=${position}`);
      await running.command(UNIT, benchmark('LATER'));
      const again = await running.send(`/v1/reports/R2?asOf=${position}`);
      expect([then.status, then.headers.get('position')]).toEqual([200, position]);
      expect(again.text).toBe(then.text);
    });
    it('is given as of head, and compared with it: all that is recorded by then', async () => {
      const from = (await running.head()).toString();
      const position = (await running.command(UNIT, benchmark('AT-HEAD'))).headers.get('position');
      const now = await running.send('/v1/reports/R2?asOf=head');
      expect([now.status, now.headers.get('position')]).toEqual([200, position]);
      const { status, json } = await running.send(`/v1/reports/R2/diff?from=${from}&to=head`);
      expect([status, (json['to'] as { position: string }).position]).toEqual([200, position]);
    });
    it('refuses a filter that it does not know, rather than leave it out', async () => {
      for (const filter of ['cycle=2026', 'leader=someone', 'filter=office%3DICU']) {
        const { status, json } = await running.send(`/v1/reports/R2?${filter}`);
        expect([status, json.rule]).toEqual([400, 'a-report-knows-its-filters']);
      }
    });
    it('asked for after a command sees it', async () => {
      const { headers } = await running.command(UNIT, benchmark('AFTER'));
      const position = headers.get('position')!;
      const report = await running.send(`/v1/reports/r2?after=${position}`);
      expect(report.status).toBe(200);
      expect(BigInt(report.headers.get('position')!)).toBeGreaterThanOrEqual(BigInt(position));
    });
    it.each([
      ['asOf=999999', 422, 'a-position-is-one-of-the-log'],
      ['after=999999', 422, 'a-position-is-one-of-the-log'],
      ['asOf=999999999999999999', 422, 'a-position-is-one-of-the-log'],
      ['asOf=1999-01-01', 422, 'a-position-is-one-of-the-log'],
      ['asOf=2026-02-30', 400, 'a-request-is-well-formed'],
      ['asOf=yesterday', 400, 'a-request-is-well-formed'],
      ['asOf=-1', 400, 'a-request-is-well-formed'],
      ['asOf=9999999999999999999', 400, 'a-request-is-well-formed'],
      ['after=soon', 400, 'a-request-is-well-formed'],
      ['asOf=1&asOf=2', 400, 'a-request-is-well-formed'],
      ['format=pdf', 400, 'a-request-is-well-formed'],
      ['colour=red', 400, 'a-request-is-well-formed'],
      ['unit=NOWHERE', 422, undefined],
      ['unit=%00', 400, 'a-request-is-well-formed'],
      ['period=2026-13', 422, undefined],
    ])('with %s is refused with a clear problem', async (query, expected, rule) => {
      const { status, json, headers } = await running.send(`/v1/reports/R2?${query}`);
      expect([query, status, headers.get('content-type')]).toEqual([query, expected, 'application/problem+json']);
      expect(json.title.length).toBeGreaterThan(10);
      if (rule !== undefined) expect(json.rule).toBe(rule);
    });
    it('that there is not, is 404 with those there are; an unknown cell is refused by a rule', async () => {
      const unknown = await running.send('/v1/reports/R99');
      expect([unknown.status, unknown.json.rule]).toEqual([404, 'a-report-is-one-of-the-list']);
      const cell = await running.send('/v1/reports/R2/explain?cell=nothing/here');
      expect([cell.status, cell.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    });
  });

  describe('the log', () => {
    it('is read page by page up to its head, without gap or repetition', async () => {
      const seen: string[] = [];
      for (let after: string | null = '0'; after !== null;) {
        const { json } = await running.send(`/v1/events?limit=3&after=${after}`);
        seen.push(...(json['events'] as { position: string }[]).map(({ position }) => position));
        after = json['next'] as string | null;
      }
      const head = await running.head();
      expect(seen).toEqual(Array.from({ length: Number(head) }, (_, index) => String(index + 1)));
    });
    it.each(['limit=0', 'limit=501', 'limit=x', 'after=-1', 'after=x', 'after=9999999999999999999'])(
      'is not read with %s',
      async (query) => {
        expect((await running.send(`/v1/events?${query}`)).status).toBe(400);
      },
    );
    it('has no event beyond its head, and no stream that nobody wrote', async () => {
      expect((await running.send('/v1/events?after=999999')).json).toMatchObject({ events: [], next: null });
      for (const name of ['unit-x', '%27%3B--', 'unit-00000000-0000-8000-8000-000000000000', 'x'.repeat(500)])
        expect((await running.send(`/v1/streams/${name}`)).status).toBe(404);
    });
  });

  describe('the directory', () => {
    it('keeps a person by key, finds them by key or id, and no event holds the name', async () => {
      const put = await running.send('/v1/people/anna', { method: 'PUT', body: { name: 'Anna Müller' } });
      const personId = put.json['personId'] as string;
      expect(personId).toBe(running.personId('anna'));
      for (const by of ['anna', personId])
        expect((await running.send(`/v1/people/${by}`)).json).toMatchObject({ personId, name: 'Anna Müller' });
      expect((await running.send('/v1/people/nobody')).status).toBe(404);
      const events = await running.send('/v1/events?limit=500');
      expect(events.text).not.toContain('Müller');
    });
    it.each([['-x'], ['a b'], ['x'.repeat(129)]])('takes no key like %s', async (key) => {
      const { status } = await running.send(`/v1/people/${encodeURIComponent(key)}`, {
        method: 'PUT',
        body: { name: 'A' },
      });
      expect(status).toBe(400);
    });
    it('takes no person whose key is the id of another', async () => {
      const key = running.personId('anna');
      const put = await running.send(`/v1/people/${key}`, { method: 'PUT', body: { name: 'Mallory' } });
      expect([put.status, put.json.rule]).toEqual([400, 'a-request-is-well-formed']);
    });
    it('takes no name that reads like the place of a sealed text', async () => {
      const { status } = await running.send('/v1/people/b', {
        method: 'PUT',
        body: { name: 'sealed:00000000-0000-8000-8000-000000000000/note' },
      });
      expect(status).toBe(400);
    });
  });

  it('tells nobody without a role in the log of the process who asked what', async () => {
    await running.command(UNIT, { ...benchmark('SECRET-NAME'), parent: 'ROOT', name: 'Confidential restructuring' });
    const token = await running.token();
    expect(running.logged).not.toContain('Confidential restructuring');
    expect(running.logged).not.toContain(token);
  });
});
