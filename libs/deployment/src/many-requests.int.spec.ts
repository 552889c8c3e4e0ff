import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { longRun } from '@plumbline/platform/postgres/testing';
import { RunningDeployment } from './running-deployment.testing';

const SOCKETS = 200;
const UNIT = 'organization.RegisterUnit';

/** What one of many requests asks for. `fresh`: a command of its own; `same`: one command under one key; `contested`: one unit renamed by many. */
type Wish =
  'fresh' | 'same' | 'contested' | 'guarded' | 'report' | 'question' | 'log' | 'health' | 'nobody' | 'nonsense';

interface Heard {
  readonly wish: Wish;
  readonly status: number;
  readonly body: string;
}

describe('many requests at once', () => {
  const run = longRun('parallel requests to the API', { usual: 100, full: 1_000 });
  const requests = run.runs * 10;
  let running: RunningDeployment;
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  beforeAll(async () => {
    running = await RunningDeployment.start();
    await running.command('organization.NameRootUnit', { unit: 'ROOT' });
    await running.command(UNIT, { code: 'ROOT', name: 'The organisation', validFrom: '2024-01-01' });
    await running.command(UNIT, { code: 'BUSY', name: 'Busy', parent: 'ROOT', validFrom: '2024-01-01' });
    // a report is asked for as of what the read models know: let them know the units
    await running.send(`/v1/reports/R2?after=${await running.head()}`);
  }, 60_000);
  afterAll(async () => {
    agent.destroy();
    await running.close();
  });

  /** `fetch` keeps no count of its sockets. */
  const send = (
    wish: Wish,
    path: string,
    token: string | null,
    command?: { data: unknown; key: string; etag?: string },
  ) =>
    new Promise<Heard>((resolve, reject) => {
      const outgoing = request(`${running.address}${path}`, {
        agent,
        method: command ? 'POST' : 'GET',
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(command ? { 'Content-Type': 'application/json', 'Idempotency-Key': command.key } : {}),
          ...(command?.etag === undefined ? {} : { 'If-Match': command.etag }),
        },
      });
      outgoing.on('error', reject).on('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response
          .on('data', (text: string) => (body += text))
          .on('end', () => resolve({ wish, status: response.statusCode ?? 0, body }))
          .on('error', reject);
      });
      outgoing.end(command ? JSON.stringify({ data: command.data }) : undefined);
    });

  const fulfil = (wish: Wish, n: number, token: string): Promise<Heard> => {
    const unit = (code: string) => ({ code, name: `Unit ${code}`, outsideTree: true, validFrom: '2024-01-01' });
    const rename = { unit: 'BUSY', name: `Busy ${n}`, validFrom: '2025-01-01' };
    switch (wish) {
      case 'fresh':
        return send(wish, `/v1/commands/${UNIT}`, token, { data: unit(`N${n}`), key: `fresh-${n}` });
      case 'same':
        return send(wish, `/v1/commands/${UNIT}`, token, { data: unit('SAME'), key: 'same' });
      case 'contested':
        return send(wish, '/v1/commands/organization.RenameUnit', token, { data: rename, key: `contested-${n}` });
      case 'guarded':
        return send(wish, '/v1/commands/organization.RenameUnit', token, {
          data: rename,
          key: `guarded-${n}`,
          etag: '"1"',
        });
      case 'report':
        return send(wish, '/v1/reports/R2', token);
      case 'question':
        return send(wish, '/v1/questions/organization.profile', token);
      case 'log':
        return send(wish, '/v1/events?limit=20', token);
      case 'health':
        return send(wish, '/health/ready', null);
      case 'nobody':
        return send(wish, '/v1/reports/R2', null);
      case 'nonsense':
        return send(wish, `/v1/commands/${UNIT}`, token, { data: { code: n }, key: `nonsense-${n}` });
    }
  };

  it(
    'get an answer each: never a 500, and every 201 is in the log exactly once',
    async () => {
      const wishes = fc.sample(
        fc.oneof(
          ...(
            [
              [40, 'fresh'],
              [10, 'same'],
              [8, 'contested'],
              [4, 'guarded'],
              [6, 'report'],
              [8, 'question'],
              [8, 'log'],
              [4, 'health'],
              [6, 'nobody'],
              [6, 'nonsense'],
            ] as const
          ).map(([weight, wish]) => ({ weight, arbitrary: fc.constant<Wish>(wish) })),
        ),
        { numRuns: requests, seed: run.seed },
      );
      const token = await running.token();
      const heard = await Promise.all(wishes.map((wish, n) => fulfil(wish, n, token)));

      const seen = new Map<string, number>();
      for (const { wish, status } of heard) seen.set(`${wish} ${status}`, (seen.get(`${wish} ${status}`) ?? 0) + 1);
      const expected: Readonly<Record<Wish, readonly number[]>> = {
        fresh: [201],
        same: [201],
        contested: [201, 409],
        guarded: [201, 412],
        report: [200],
        question: [200],
        log: [200],
        health: [200],
        nobody: [401],
        nonsense: [400],
      };
      const unexpected = heard.filter(({ wish, status }) => !expected[wish].includes(status) && status !== 503);
      expect(unexpected.map(({ wish, status, body }) => [wish, status, body.slice(0, 200)])).toEqual([]);
      expect(running.logged).not.toContain('a request failed');

      const recorded = new Map<string, number>();
      for await (const { event } of running.deployment.store.readAll(0n))
        recorded.set(event.id, (recorded.get(event.id) ?? 0) + 1);
      const done = heard
        .filter(({ status }) => status === 201)
        .map(({ body }) => JSON.parse(body) as { events: string[] });
      expect(done.flatMap(({ events }) => events).filter((id) => recorded.get(id) !== 1)).toEqual([]);
      const own = heard.filter(({ wish, status }) => wish !== 'same' && status === 201).length;
      expect(new Set(done.flatMap(({ events }) => events)).size).toBe(own + 1);
      const guarded = heard.filter(({ wish, status }) => wish === 'guarded' && status === 201);
      expect(guarded.length).toBeLessThanOrEqual(1);
      run.record({
        requests,
        recorded: own + 1,
        'answered 5xx': heard.filter(({ status }) => status >= 500).length,
        lost: 0,
      });
    },
    run.timeout + 120_000,
  );

  it('over the rate are answered 429, and none of those that were let through is lost', async () => {
    const narrow = await RunningDeployment.start({ requestsPerTenSeconds: 50 });
    try {
      const token = await narrow.token();
      const codes = Array.from({ length: 120 }, (_, n) => `R${n}`);
      const answers = await Promise.all(
        codes.map((code) =>
          narrow.command(UNIT, { code, name: code, outsideTree: true, validFrom: '2024-01-01' }, {}, token),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([201, 429]));
      expect(statuses.filter((status) => status === 201)).toHaveLength(50);
      const types: string[] = [];
      for await (const { event } of narrow.deployment.store.readAll(0n)) types.push(event.type);
      expect(types.filter((type) => type === 'organization.OrgUnitRegistered.v1')).toHaveLength(50);
    } finally {
      await narrow.close();
    }
  }, 60_000);
});
