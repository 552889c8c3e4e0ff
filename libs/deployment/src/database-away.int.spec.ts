import { type TcpProxy, tcpProxy } from '@plumbline/platform/event-store/testing';
import { RunningDeployment } from './running-deployment.testing';
import {
  expectAway,
  expectGoesOn,
  health,
  readyAgain,
  register,
  REGISTER_UNIT,
  registerRoot,
  unitOf,
} from './while-away.testing';

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
    await registerRoot(running);
  }, 60_000);
  afterAll(async () => {
    proxy.mend();
    await running.close();
    await proxy.close();
  }, 60_000);
  const ready = async () => (await health(running)).status;

  it('every door answers 503 with the seconds to wait, tells nothing of addresses, and all is well when it is back', async () => {
    expect(await ready()).toBe(200);
    const before = await register(running, 'BEFORE');
    expect(before.status).toBe(201);

    proxy.cut();
    const sent = await Promise.all([
      register(running, 'MEANWHILE'),
      running.send('/v1/reports/R2'),
      running.send('/v1/events'),
      running.send('/v1/questions/organization.profile'),
      running.send('/v1/people/operator'),
      running.send('/v1/people/someone', { method: 'PUT', body: { name: 'Someone' } }),
      health(running),
    ]);
    expect(sent.at(-1)!.json['parts']).toMatchObject({
      log: 'cannot be reached',
      directory: 'cannot be reached',
      readModels: 'cannot be reached',
    });
    await expectAway(running, sent, /127\.0\.0\.1|ECONN|postgres/);

    proxy.mend();
    await readyAgain(running);
    expect(await ready()).toBe(200);
    await expectGoesOn(running, before);
  }, 60_000);

  it('an append whose answer was lost is recorded once, whatever was answered', async () => {
    await readyAgain(running);
    const send = () => running.command(REGISTER_UNIT, unitOf('LOST'), { 'Idempotency-Key': 'lost' });
    const sending = send();
    await new Promise((resolve) => setTimeout(resolve, 3));
    proxy.loseAnswers(50);
    const first = await sending;
    expect([201, 503]).toContain(first.status);
    await readyAgain(running);
    const second = await send();
    expect(second.status).toBe(201);
    const { events } = await running.deployment.store.read(second.json['stream'] as string);
    expect(events).toHaveLength(1);
  }, 60_000);

  it('an import that is cut off records all or nothing, says that it failed, and the same again records the rest once', async () => {
    await readyAgain(running);
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
    await readyAgain(running);
    const first = await running.ended(started.json['job'] as string);
    expect(['failed', 'done']).toContain(first.state);
    if (first.state === 'failed') expect(await running.head()).toBe(before);
    const again = await running.import('organization', file);
    expect(again.outcome).toMatchObject({ refused: 0, problems: [] });
    expect((await running.head()) - before).toBe(3_002n);
  }, 120_000);
});
