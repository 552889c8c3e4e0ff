import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { RunningDeployment } from './running-deployment.testing';
import { expectAway, expectGoesOn, health, readyAgain, register, registerRoot } from './while-away.testing';

describe('while KurrentDB is away', () => {
  let double: KurrentProtocolDouble;
  let running: RunningDeployment;
  beforeAll(async () => {
    double = await startKurrentDouble();
    running = await RunningDeployment.start({ log: { eventStoreUrl: double.url } });
    await registerRoot(running);
  }, 60_000);
  afterAll(async () => {
    await running.close();
    await double.stop();
  }, 60_000);

  it('commands and questions answer 503 with the seconds to wait, and nothing is started by hand when it is back', async () => {
    const before = await register(running, 'BEFORE');
    expect(before.status).toBe(201);
    await double.away();
    const sent = await Promise.all([
      register(running, 'MEANWHILE'),
      running.send('/v1/reports/R2'),
      running.send('/v1/events'),
      health(running),
    ]);
    expect(sent.at(-1)!.json['parts']).toMatchObject({ log: 'cannot be reached', directory: 'can be read' });
    await expectAway(running, sent, /127\.0\.0\.1|kurrentdb:|ECONN/);

    await double.back();
    await readyAgain(running);
    await expectGoesOn(running, before);
  }, 120_000);

  it('an import that has begun waits, and goes on by itself', async () => {
    await readyAgain(running);
    const rows = Array.from({ length: 60 }, (_, n) => `I${n},Unit ${n},ROOT,2024-01-01`);
    const file = `code,name,parent,validFrom\n${rows.join('\n')}\n`;
    const { upload } = (await running.upload(file)).json;
    const started = await running.send('/v1/imports', { body: { kind: 'organization', upload } });
    const job = started.json['job'] as string;
    const { store } = running.deployment;
    const registered = { types: ['organization.OrgUnitRegistered.v1'] };
    const begun = async () => (await store.readPage(0n, 1_000, registered)).events.length > 20;
    while (!(await begun())) await new Promise((resolve) => setTimeout(resolve, 5));
    await double.away();
    await new Promise((resolve) => setTimeout(resolve, 4_000)); // longer than one append tries to get through
    expect(await running.deployment.parted.unfinished().catch((error) => error.failure)).toBe('unavailable');
    await double.back();
    const { state, outcome, refusal } = await running.ended(job);
    expect([state, refusal]).toEqual(['done', null]);
    expect(outcome).toMatchObject({ state: 'recorded', rows: 60, recorded: 60, unchanged: 0, refused: 0 });
    const events = (await store.readPage(0n, 1_000)).events.map(({ event }) => event);
    expect(events.filter(({ act }) => act === outcome?.importId)).toHaveLength(62);
    expect(await running.deployment.parted.unfinished()).toEqual([]);
  }, 120_000);
});
