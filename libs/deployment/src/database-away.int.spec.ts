import { type TcpProxy, tcpProxy } from '@plumbline/platform/event-store/testing';
import { RunningDeployment } from './running-deployment.testing';

const UNIT = 'organization.RegisterUnit';
const unit = (code: string) => ({ code, name: `Unit ${code}`, outsideTree: true, validFrom: '2024-01-01' });

describe('while the database is away', () => {
  let proxy: TcpProxy;
  let running: RunningDeployment;
  beforeAll(async () => {
    running = await RunningDeployment.start({
      through: async (url) => {
        proxy = await tcpProxy(url);
        return proxy.url;
      },
    });
    await running.command('organization.NameRootUnit', { unit: 'ROOT' });
    await running.command(UNIT, { code: 'ROOT', name: 'The organisation', validFrom: '2024-01-01' });
  }, 60_000);
  afterAll(async () => {
    proxy.mend();
    await running.close();
    await proxy.close();
  }, 60_000);
  const ready = async () => (await running.send('/health/ready', { token: null })).status;
  const readyAgain = async () => {
    for (let tries = 0; tries < 200 && (await ready()) !== 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('every door answers 503 with the seconds to wait, tells nothing of addresses, and all is well when it is back', async () => {
    expect(await ready()).toBe(200);
    const before = await running.command(UNIT, unit('BEFORE'), { 'Idempotency-Key': 'before' });
    expect(before.status).toBe(201);

    proxy.cut();
    const sent = await Promise.all([
      running.command(UNIT, unit('MEANWHILE'), { 'Idempotency-Key': 'meanwhile' }),
      running.send('/v1/reports/R2'),
      running.send('/v1/events'),
      running.send('/v1/questions/organization.profile'),
      running.send('/v1/people/operator'),
      running.send('/v1/people/someone', { method: 'PUT', body: { name: 'Someone' } }),
      running.send('/health/ready', { token: null }),
    ]);
    for (const { status, json, headers, text } of sent) {
      expect([json.instance, status, json.status]).toEqual([json.instance, 503, 503]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(text).not.toMatch(/127\.0\.0\.1|ECONN|postgres/);
    }
    const health = sent.at(-1)!.json;
    expect(health['parts']).toMatchObject({
      log: 'cannot be reached',
      directory: 'cannot be reached',
      readModels: 'cannot be reached',
    });
    expect((await running.send('/health/live', { token: null })).status).toBe(200);
    expect(running.logged).not.toContain('a request failed');

    proxy.mend();
    await readyAgain();
    expect(await ready()).toBe(200);
    const again = await running.command(UNIT, unit('MEANWHILE'), { 'Idempotency-Key': 'meanwhile' });
    expect([again.status, again.json['repeated']]).toEqual([201, false]);
    const old = await running.command(UNIT, unit('BEFORE'), { 'Idempotency-Key': 'before' });
    expect(old.json).toEqual({ ...before.json, repeated: true });
    const report = await running.send(`/v1/reports/R2?after=${again.headers.get('position')}`);
    expect([report.status, report.json.rule]).toEqual([200, undefined]);
  }, 60_000);

  it('an append whose answer was lost is recorded once, whatever was answered', async () => {
    await readyAgain();
    const send = () => running.command(UNIT, unit('LOST'), { 'Idempotency-Key': 'lost' });
    const sending = send();
    await new Promise((resolve) => setTimeout(resolve, 3));
    proxy.loseAnswers(50);
    const first = await sending;
    expect([201, 503]).toContain(first.status);
    await readyAgain();
    const second = await send();
    expect(second.status).toBe(201);
    const { events } = await running.deployment.store.read(second.json['stream'] as string);
    expect(events).toHaveLength(1);
  }, 60_000);

  it('an import that is cut off records all or nothing, says that it failed, and the same again records the rest once', async () => {
    await readyAgain();
    const units = Array.from({ length: 3_000 }, (_, n) => `I${n},Unit ${n},ROOT,2024-01-01`);
    const file = `code,name,parent,validFrom\n${units.join('\n')}\n`;
    const before = await running.head();
    const { upload } = (await running.upload(file)).json;
    const started = await running.send('/v1/imports', { body: { kind: 'organization', upload } });
    expect(started.status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 200));
    proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 300));
    proxy.mend();
    await readyAgain();
    const first = await running.ended(started.json['job'] as string);
    expect(['failed', 'done']).toContain(first.state);
    if (first.state === 'failed') expect(await running.head()).toBe(before);
    const again = await running.import('organization', file);
    expect(again.outcome).toMatchObject({ refused: 0, problems: [] });
    expect((await running.head()) - before).toBe(3_002n);
  }, 120_000);
});
