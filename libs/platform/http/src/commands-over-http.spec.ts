import { HR, LEGAL, STEWARD } from '@plumbline/platform/commands/testing';
import { ToyApi } from './toy-api.testing';

const DEFINE = '/v1/commands/toy.DefineMetric';
const CLASSIFY = '/v1/commands/toy.ClassifyMetric';
const define = (code: string, headers: Record<string, string> = {}) => ({ body: { data: { code } }, headers });

describe('a command over HTTP', () => {
  let api: ToyApi;
  beforeEach(async () => {
    api = await ToyApi.start();
  });
  afterEach(() => api.close());
  const classify = async (legalClass: string, headers: Record<string, string> = {}) =>
    api.send(CLASSIFY, {
      body: { data: { code: 'LC', legalClass } },
      headers,
      token: await api.token(LEGAL.id),
    });

  it('that records something answers 201 with stream, revision and position', async () => {
    const { status, headers, json } = await api.send(DEFINE, define('LC'));
    expect(status).toBe(201);
    expect(json).toMatchObject({ revision: 0, position: '1', repeated: false, events: [expect.any(String)] });
    expect(headers.get('location')).toBe(`/v1/streams/${json['stream'] as string}`);
    expect(headers.get('etag')).toBe('"0"');
    expect(headers.get('position')).toBe('1');
    expect(await api.toy.everything()).toEqual(['toy.MetricDefined.v1']);
  });
  it('that has nothing to say answers 200 with the revision as it stands', async () => {
    await api.send(DEFINE, define('LC'));
    await classify('NEUTRAL');
    const { status, headers, json } = await classify('NEUTRAL');
    expect([status, headers.get('etag'), json['events']]).toEqual([200, '"1"', []]);
  });

  describe('under an Idempotency-Key', () => {
    it('is done once and answered the same, quoted or bare', async () => {
      const first = await api.send(DEFINE, define('LC', { 'Idempotency-Key': 'k-1' }));
      const again = await api.send(DEFINE, define('LC', { 'Idempotency-Key': '"k-1"' }));
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.json).toEqual({ ...first.json, repeated: true });
      expect(await api.toy.everything()).toHaveLength(1);
    });
    it('is refused with 422 when the key was used for another command', async () => {
      await api.send(DEFINE, define('LC', { 'Idempotency-Key': 'k-1' }));
      const other = await classify('NEUTRAL', { 'Idempotency-Key': 'k-1' });
      expect(other.status).toBe(201); // another person's key
      const same = await classify('CLASS_BASED', { 'Idempotency-Key': 'k-1' });
      expect([same.status, same.json.rule]).toEqual([422, 'command-id-used-again']);
      expect(await api.toy.everything()).toHaveLength(2);
    });
    it('cannot use up a key that another person, or the product itself, will send under', async () => {
      await api.toy.store.head();
      await api.send(DEFINE, define('LC', { 'Idempotency-Key': 'day-keeper/2026-11-24' }));
      const { events } = await api.toy.store.readPage(0n, 1);
      expect(events[0]?.event.commandId).toBe(`${HR.id}/day-keeper/2026-11-24`);
    });
    it.each(['', 'has space', 'ä', 'x'.repeat(201)])('that reads "%s" is refused with 400', async (key) => {
      const { status, json } = await api.send(DEFINE, define('LC', { 'Idempotency-Key': key }));
      expect([status, json.rule]).toEqual([400, 'a-request-is-well-formed']);
    });
    it('of 200 characters is taken', async () => {
      expect((await api.send(DEFINE, define('LC', { 'Idempotency-Key': 'x'.repeat(200) }))).status).toBe(201);
    });
    it('sent many times at once is recorded once, and every answer names the same event', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => api.send(DEFINE, define('LC', { 'Idempotency-Key': 'at-once' }))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ json }) => JSON.stringify(json['events']))).size).toBe(1);
      expect(await api.toy.everything()).toHaveLength(1);
    });
  });

  describe('with If-Match', () => {
    it('is refused with 412 when the stream moved on', async () => {
      await api.send(DEFINE, define('LC'));
      expect((await classify('NEUTRAL', { 'If-Match': '"0"' })).status).toBe(201);
      const late = await classify('CLASS_BASED', { 'If-Match': '"0"' });
      expect([late.status, late.json.rule]).toEqual([412, 'stale-revision']);
    });
    it('none means a stream that has no event', async () => {
      expect((await api.send(DEFINE, define('LC', { 'If-Match': 'none' }))).status).toBe(201);
      expect((await api.send(DEFINE, define('LC', { 'If-Match': '"none"' }))).status).toBe(412);
    });
    it('lets one of two concurrent writers win', async () => {
      await api.send(DEFINE, define('LC'));
      const answers = await Promise.all([
        classify('NEUTRAL', { 'If-Match': '"0"' }),
        classify('CLASS_BASED', { 'If-Match': '"0"' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
      expect(await api.toy.everything()).toHaveLength(2);
    });
    it.each(['*', 'W/"1"', '-1', '"9999999999"', 'one'])('%s is refused with 400', async (etag) => {
      const { status, json } = await api.send(DEFINE, define('LC', { 'If-Match': etag }));
      expect([status, json.rule]).toEqual([400, 'a-request-is-well-formed']);
    });
  });

  it('that a rule refuses answers 422 with the rule, its sentence and the cure', async () => {
    await api.send(DEFINE, define('LC'));
    const { status, json, headers } = await api.send(DEFINE, define('lc'));
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(json).toMatchObject({
      type: 'urn:plumbline:rule:a-metric-is-defined-once',
      title: 'A metric is defined once.',
      status: 422,
      rule: 'a-metric-is-defined-once',
      instance: DEFINE,
    });
  });
  it('whose refusal is recorded says by which events', async () => {
    await api.send(DEFINE, define('LC'));
    await classify('CLASS_BASED');
    const { status, json } = await api.send('/v1/commands/toy.RequestLink', {
      body: { data: { metric: 'LC', note: 'why' } },
    });
    expect([status, json.rule, json.detail]).toEqual([
      422,
      'only-neutral-metrics-are-linked',
      'have the metric reviewed',
    ]);
    expect(json['recordedEvents']).toHaveLength(1);
  });
  it('of an unknown type answers 404 and names what may have been meant', async () => {
    const near = await api.send('/v1/commands/toy.DefineMetrics', define('LC'));
    expect([near.status, near.json.rule, near.json.detail]).toEqual([
      404,
      'a-command-is-one-of-the-list',
      'Did you mean toy.DefineMetric?',
    ]);
    const far = await api.send('/v1/commands/nonsense', define('LC'));
    expect(far.json.detail).toBe('GET /v1/commands lists them.');
  });
  it('is listed with its schema, roles and example', async () => {
    const { json } = await api.send('/v1/commands');
    expect((json['commands'] as { type: string }[]).map(({ type }) => type)).toContain('toy.DefineMetric');
    expect((await api.send(DEFINE)).json).toMatchObject({
      type: 'toy.DefineMetric',
      roles: ['hr', 'process'],
      example: { code: 'LC' },
      schema: { type: 'object', required: ['code'], additionalProperties: false },
    });
  });

  describe('is refused with 400, and nothing recorded', () => {
    it.each([
      ['a field is missing', { data: {} }, 'code'],
      ['a field is wrong', { data: { code: 7 } }, 'code'],
      ['a field is unknown', { data: { code: 'LC', colour: 'red' } }, ''],
      ['the data are missing', {}, 'data'],
      ['the envelope says more', { data: { code: 'LC' }, recordedAt: '2026-11-23T09:00:00.000Z' }, ''],
      ['the valid time is none', { data: { code: 'LC' }, occurredAt: 'yesterday' }, 'occurredAt'],
      ['the body is a list', [], ''],
      ['a text holds U+0000', { data: { code: 'L\u0000C' } }, 'data.code'],
      ['a text holds half a character', { data: { code: 'LC' }, reason: '\ud800' }, 'reason'],
    ])('when %s', async (_, body, path) => {
      const { status, json } = await api.send(DEFINE, { body });
      expect([status, json.errors?.[0]?.path]).toEqual([400, path]);
      expect(await api.toy.everything()).toEqual([]);
    });
    it('and its problem names the field, and how to write it', async () => {
      const { json } = await api.send(DEFINE, { body: { data: { code: 'LC' }, evidence: 'report.pdf' } });
      expect(json.detail).toBe('The body is not as documented: evidence.');
      expect(json.errors).toEqual([
        { path: 'evidence', message: 'is no list; write one in square brackets, as ["…", "…"]' },
      ]);
    });
    it.each([
      ['not JSON', '{"data": ', 'application/json', 400],
      ['empty', '', 'application/json', 400],
      ['of another type', 'data: {}', 'application/yaml', 415],
      ['plain text', 'data', 'text/plain', 400],
      ['a form', 'data=1', 'application/x-www-form-urlencoded', 400],
      ['bytes', 'data', 'application/octet-stream', 415],
      ['made to change prototypes', '{"data":{"__proto__":{"code":"LC"}}}', 'application/json', 400],
    ])('when the body is %s', async (_, body, type, expected) => {
      const { status, json, headers } = await api.send(DEFINE, {
        method: 'POST',
        body,
        headers: { 'Content-Type': type },
      });
      expect([status, json.status, headers.get('content-type')]).toEqual([
        expected,
        expected,
        'application/problem+json',
      ]);
      expect(await api.toy.everything()).toEqual([]);
    });
    it('when it is nested a hundred thousand levels deep', async () => {
      const body = `{"data":{"code":"LC","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
      const { status } = await api.send(DEFINE, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
      expect(status).toBe(400);
    });
  });
  it.each(['counted', 'in chunks'])('of more than 1 MiB, %s, answers 413', async (how) => {
    const text = JSON.stringify({ data: { code: 'x'.repeat(1024 * 1024) } });
    const body = how === 'counted' ? text : new Blob([text]).stream();
    const response = await fetch(`${api.url}${DEFINE}`, {
      method: 'POST',
      body,
      headers: { Authorization: `Bearer ${await api.token()}`, 'Content-Type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    expect([response.status, ((await response.json()) as { rule: string }).rule]).toEqual([
      413,
      'a-request-body-has-a-limit',
    ]);
  });

  describe('by someone', () => {
    it('without a token, or with one that is not accepted, answers 401 and how to sign in', async () => {
      const expired = await api.token(HR.id, undefined, -60);
      for (const [token, rule] of [
        [null, 'a-request-bears-a-token'],
        ['nonsense', 'a-request-bears-a-token'],
        [expired, 'a-token-is-used-before-it-expires'],
        [await api.token(HR.id, 'emperor'), 'a-token-asks-for-a-role-there-is'],
      ] as const) {
        const { status, json, headers } = await api.send(DEFINE, { ...define('LC'), token });
        expect([status, json.rule, headers.get('www-authenticate')]).toEqual([401, rule, 'Bearer realm="plumbline"']);
        expect(headers.get('content-type')).toBe('application/problem+json');
      }
      expect(await api.toy.everything()).toEqual([]);
    });
    it('in no role that may send it answers 403 and names the roles', async () => {
      const { status, json } = await api.send(DEFINE, { ...define('LC'), token: await api.token(STEWARD.id) });
      expect([status, json.rule, json.detail]).toEqual([
        403,
        'a-person-acts-in-a-role-they-hold',
        'toy.DefineMetric needs one of the roles: hr. An admin grants roles (organization.GrantRole).',
      ]);
    });
    it('who asks for a role they do not hold, or not this command’s, answers 403', async () => {
      for (const role of ['legal', 'auditor'])
        expect((await api.send(DEFINE, { ...define('LC'), token: await api.token(HR.id, role) })).status).toBe(403);
      const asked = await api.send(DEFINE, { ...define('LC'), token: await api.token(STEWARD.id, 'hr') });
      expect(asked.json.detail).toBe(
        'toy.DefineMetric needs one of the roles: hr; you ask to act as hr, which you do not hold. An admin grants roles (organization.GrantRole).',
      );
      api.toy.roles.delete(`${HR.id} hr`);
      expect((await api.send(DEFINE, define('LC'))).status).toBe(403);
    });
    it('who acts for another under a delegation acts in that other’s role, and the event says both', async () => {
      const body = { data: { code: 'LC' }, onBehalfOf: HR.id };
      const token = await api.token(STEWARD.id);
      const uncovered = await api.send(DEFINE, { body, token });
      expect([uncovered.status, uncovered.json.rule]).toEqual([403, 'a-delegation-covers-what-is-done-for-another']);
      api.toy.delegations.add(`${STEWARD.id} ${HR.id} toy.DefineMetric`);
      expect((await api.send(DEFINE, { body, token })).status).toBe(201);
      const [recorded] = (await api.toy.store.readPage(0n, 1)).events;
      expect(recorded?.event).toMatchObject({
        actor: { id: STEWARD.id, role: 'hr', via: 'local-key' },
        onBehalfOf: HR.id,
      });
    });
  });
});

describe('a question over HTTP', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await ToyApi.start();
  });
  afterAll(() => api.close());

  it('is answered with the position it was answered at', async () => {
    const { status, json } = await api.send('/v1/questions/toy.holder?role=legal');
    expect([status, json]).toEqual([200, { question: 'toy.holder', position: '0', event: null, answer: LEGAL.id }]);
  });
  it('that nobody answers is 404, and one of the wrong form 400 by its fields', async () => {
    expect((await api.send('/v1/questions/toy.nobody')).status).toBe(404);
    const { status, json } = await api.send('/v1/questions/toy.holder');
    expect([status, json.errors?.[0]?.path]).toEqual([400, 'role']);
  });
  it.each(['x', '-1', '9999999999999999999', '1&asOf=2'])('as of %s is refused with 400', async (asOf) => {
    expect((await api.send(`/v1/questions/toy.holder?role=legal&asOf=${asOf}`)).status).toBe(400);
  });
});
