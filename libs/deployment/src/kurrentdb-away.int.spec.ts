import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { RunningDeployment } from './running-deployment.testing';
import { expectAway, expectGoesOn, health, readyAgain, register, registerRoot } from './while-away.testing';

describe('while KurrentDB is away', () => {
  let double: KurrentProtocolDouble;
  let running: RunningDeployment;
  let closed: Promise<void> | undefined;
  beforeAll(async () => {
    double = await startKurrentDouble();
    running = await RunningDeployment.start({ log: { eventStoreUrl: double.url } });
    await registerRoot(running);
  }, 60_000);
  const close = (): Promise<void> => (closed ??= running.close());
  afterAll(async () => {
    await close();
    await double.stop();
  }, 90_000);

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

  /** Sends an import of so many units, one after the other, and waits until some of them are recorded. */
  async function importing(units: number) {
    await readyAgain(running);
    const count = (type: string) => double.log.records.filter((record) => record.type === type).length;
    const registered = () => count('organization.OrgUnitRegistered.v1');
    const before = registered();
    const rows = Array.from({ length: units }, (_, n) => `I${units}${n},Unit ${n},ROOT,2024-01-01`);
    const { upload } = (await running.upload(`code,name,parent,validFrom\n${rows.join('\n')}\n`)).json;
    const started = await running.send('/v1/imports', { body: { kind: 'organization', upload } });
    const recorded = () => registered() - before;
    while (recorded() < 20) await new Promise((resolve) => setImmediate(resolve));
    return { job: started.json['job'] as string, recorded, completed: () => count('organization.ImportCompleted.v1') };
  }

  it('an import that has begun waits, and goes on by itself', async () => {
    const { job, recorded } = await importing(60);
    await double.away();
    expect(recorded()).toBeLessThan(60);
    await new Promise((resolve) => setTimeout(resolve, 4_000)); // longer than one append tries to get through
    expect(await running.deployment.parted.unfinished().catch((error) => error.failure)).toBe('unavailable');
    await double.back();
    const { state, outcome, refusal } = await running.ended(job);
    expect([state, refusal]).toEqual(['done', null]);
    expect(outcome).toMatchObject({ state: 'recorded', rows: 60, recorded: 60, unchanged: 0, refused: 0 });
    const events = (await running.deployment.store.readPage(0n, 1_000)).events.map(({ event }) => event);
    expect(events.filter(({ act }) => act === outcome?.importId)).toHaveLength(62);
    expect(await running.deployment.parted.unfinished()).toEqual([]);
  }, 120_000);

  it('an import that is being recorded comes to its end before the process does', async () => {
    const { recorded, completed } = await importing(120);
    const before = completed();
    const closing = close();
    expect(recorded()).toBeLessThan(120);
    await closing;
    expect([recorded(), completed() - before]).toEqual([120, 1]);
  }, 120_000);
});
