import { connect } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { HR, LEGAL } from '@plumbline/platform/commands/testing';
import { StoreError, type StoreFailure } from '@plumbline/platform/event-store';
import { routeTable } from './http.module';
import { routeKey, RouteTable } from './route-table';
import { ToyApi } from './toy-api.testing';

let failure: unknown;
@Controller('v1/failing')
class FailingController {
  @Get()
  fail() {
    throw failure;
  }
}
@Controller('v1/planted')
class UndeclaredController {
  @Get()
  open() {
    return { secret: true };
  }
}
const DECLARED = [{ method: 'GET', path: '/v1/failing', access: 'signed-in', summary: 'Fails' }] as const;

/** What the documentation's pages are made of: served without a token, and declared nowhere. */
const DOCUMENTATION = /^GET \/openapi(\.json|-yaml|\/.*)?$/;

describe('the HTTP service', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await ToyApi.start({ controllers: [FailingController, UndeclaredController], routes: DECLARED });
  });
  afterAll(() => api.close());
  const failWith = async (error: unknown) => {
    failure = error;
    return await api.send('/v1/failing');
  };

  it('declares every route that it serves, and a planted one is found', () => {
    const table = routeTable(DECLARED);
    const declared = table.all().map(({ method, path }) => routeKey(method, path));
    const undeclared = api.app.served.filter((key) => !declared.includes(key) && !DOCUMENTATION.test(key));
    expect(undeclared).toEqual(['GET /v1/planted']);
    expect(declared.filter((key) => !api.app.served.includes(key))).toEqual([]);
  });
  it('lets nobody through a route without a policy', async () => {
    const { status, json, text } = await api.send('/v1/planted');
    expect([status, json.rule]).toEqual([403, 'a-route-has-a-policy']);
    expect(text).not.toContain('secret');
  });
  it('refuses a table that declares a route twice', () => {
    expect(() => new RouteTable(DECLARED, DECLARED)).toThrow('the route GET /v1/failing is declared twice');
  });

  it('sends the headers that browsers guard by, and lets nothing be kept by caches', async () => {
    for (const path of ['/v1/commands', '/health/live', '/v1/nothing']) {
      const { headers } = await api.send(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
  it('serves its documentation without a token, and a document that names every command', async () => {
    const page = await api.send('/openapi', { token: null });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const { json } = await api.send('/openapi.json', { token: null });
    expect(Object.keys(json['paths'] as object)).toContain('/v1/commands/toy.DefineMetric');
  });

  describe('answers what it cannot read with a problem', () => {
    it.each([
      ['/v1/nothing', 404, 'there-is-nothing-at-this-path'],
      ['/v1/commands/%E0%A4%A', 400, 'a-request-is-well-formed'],
      ['/v1/commands/a%00b', 400, 'a-request-is-well-formed'],
      ['/v1/commands?x=%00', 400, 'a-request-is-well-formed'],
      [`/v1/commands/${'x'.repeat(600)}`, 414, 'a-request-is-well-formed'],
    ])('%.30s', async (path, expected, rule) => {
      const { status, json, headers } = await api.send(path);
      expect([status, json.rule, headers.get('content-type')]).toEqual([expected, rule, 'application/problem+json']);
    });
    const spoken = async (bytes: string): Promise<string> => {
      const { hostname, port } = new URL(api.url);
      const socket = connect(Number(port), hostname);
      socket.end(bytes);
      let said = '';
      for await (const chunk of socket) said += String(chunk);
      return said;
    };
    it.each([
      ['bytes that are no request', 'HELLO\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
      ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431'],
    ])('%s', async (_, bytes, line) => {
      const said = await spoken(bytes);
      expect(said).toContain(line);
      expect(said).toContain('Content-Type: application/problem+json');
      expect(JSON.parse(said.slice(said.indexOf('\r\n\r\n')))).toMatchObject({ rule: 'a-request-is-well-formed' });
    });
  });

  describe('answers an error', () => {
    it.each([
      ['that nobody expected', new Error('the password is hunter2')],
      ['that is no Error', { hunter2: true }],
      ['that is nothing', undefined],
    ])('%s with a 500 that hides its cause, which is in the log', async (_, error) => {
      api.logged.length = 0;
      const { status, json, text } = await failWith(error);
      expect([status, json.rule]).toEqual([500, 'this-should-not-have-happened']);
      expect(text).not.toContain('hunter2');
      expect(api.logged).toEqual([
        { fields: { err: error, method: 'GET', url: '/v1/failing' }, message: 'a request failed' },
      ]);
    });
    it.each<[StoreFailure, number, string, string | null]>([
      ['stale-revision', 409, 'someone-else-wrote-first', '1'],
      ['duplicate-event', 409, 'an-event-is-recorded-once', null],
      ['too-large', 413, 'one-append-has-its-limits', null],
      ['outcome-unknown', 503, 'the-outcome-is-not-known-yet', '2'],
      ['unavailable', 503, 'the-log-cannot-be-reached', '2'],
      ['unknown-position', 422, 'a-position-is-one-of-the-log', null],
      ['stream-deleted', 500, 'a-stream-of-the-log-is-never-deleted', null],
      ['unfinished-act', 503, 'what-is-recorded-in-parts-is-read-whole', '5'],
    ])('of the log, %s, by its rule', async (of, expected, rule, retryAfter) => {
      const { status, json, headers } = await failWith(new StoreError(of, 'in words'));
      expect([status, json.rule, headers.get('retry-after')]).toEqual([expected, rule, retryAfter]);
    });
    it.each([
      [{ code: 'ECONNREFUSED' }],
      [{ code: '57P01' }],
      [{ code: '53300' }],
      [{ code: '57014' }],
      [{ code: '08006' }],
      [{ code: 'ETIMEDOUT' }],
      [{ message: 'Connection terminated unexpectedly' }],
      [{ message: 'timeout exceeded when trying to connect' }],
    ])('of a database that is away with 503: %j', async (members) => {
      const { status, json, headers } = await failWith(Object.assign(new Error('x'), members));
      expect([status, json.rule, headers.get('retry-after')]).toEqual([503, 'the-database-cannot-be-reached', '2']);
    });
  });

  it('says that it runs, and whether it is ready and what keeps it', async () => {
    expect((await api.send('/health/live', { token: null })).json).toEqual({ live: true });
    expect((await api.send('/health/ready', { token: null })).status).toBe(200);
    api.ready = false;
    const { status, json, headers } = await api.send('/health/ready', { token: null });
    expect([status, json.rule, json['parts'], headers.get('retry-after')]).toEqual([
      503,
      'every-part-is-ready',
      { log: 'is away' },
      '2',
    ]);
    api.ready = true;
  });
});

describe('a service that closes', () => {
  const SLOW = [{ method: 'GET', path: '/v1/slow', access: 'public', summary: 'Slow' }] as const;
  let went: Promise<void>;
  @Controller('v1/slow')
  class SlowController {
    @Get()
    async slow() {
      await went;
      return { done: true };
    }
  }
  const asked = async (api: ToyApi) => {
    const answer = api.send('/v1/slow', { token: null }).then(
      ({ status }) => status,
      () => 'cut off',
    );
    await api.send('/health/live');
    return answer;
  };

  it('lets the requests in hand finish, and does not wait for connections that are kept open', async () => {
    const api = await ToyApi.start({ controllers: [SlowController], routes: SLOW });
    went = new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    const answer = asked(api);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await api.close();
    expect(await answer).toBe(200);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
  it('cuts off those that take longer than it may', async () => {
    const api = await ToyApi.start({ controllers: [SlowController], routes: SLOW, closeWithinMs: 50 });
    went = new Promise((resolve) => setTimeout(resolve, 30_000).unref());
    const answer = asked(api);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await api.close();
    expect(await answer).toBe('cut off');
  });
});

describe('requests', () => {
  let api: ToyApi;
  beforeEach(async () => {
    api = await ToyApi.start({ requestsPerTenSeconds: 5 });
  });
  afterEach(() => api.close());
  const statuses = async (count: number, token?: string | null) => {
    const seen: number[] = [];
    for (let n = 0; n < count; n++)
      seen.push((await api.send('/v1/commands', token === undefined ? {} : { token })).status);
    return seen;
  };

  it('come at a bounded rate: more answer 429 as a problem, with the seconds to wait', async () => {
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 200]);
    const { status, json, headers } = await api.send('/v1/commands');
    expect([status, json.rule, headers.get('content-type')]).toEqual([
      429,
      'requests-come-at-a-bounded-rate',
      'application/problem+json',
    ]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(10);
  });
  it('count against the person, by however many tokens, and not against others', async () => {
    await statuses(5);
    expect(await statuses(1, await api.token(HR.id, 'hr', 500))).toEqual([429]);
    expect(await statuses(1, await api.token(LEGAL.id))).toEqual([200]);
  });
  it('count against the address when no token is accepted, whatever it says', async () => {
    for (let n = 0; n < 5; n++) expect(await statuses(1, `a.b.${n}`)).toEqual([401]);
    expect(await statuses(1, 'a.b.c')).toEqual([429]);
    expect(await statuses(1, null)).toEqual([429]);
    expect(await statuses(1)).toEqual([200]);
  });
  it('for health are never bounded', async () => {
    for (let n = 0; n < 12; n++) expect((await api.send('/health/live', { token: null })).status).toBe(200);
  });
});
