import { RunningDeployment } from './running-deployment.testing';

describe('notices over HTTP', () => {
  let running: RunningDeployment;
  beforeAll(async () => {
    running = await RunningDeployment.start();
    await running.grant('analyst', 'hr');
    const { commands } = running.deployment;
    const data = {
      person: running.personId('analyst'),
      date: '2026-11-23',
      reason: 'DUE',
      items: [{ kind: 'CYCLE_FREEZE', about: 'C2026', due: '2026-11-26' }],
    };
    const actor = { id: 'process:notices', role: 'process' } as const;
    await commands.handle({ type: 'organization.RecordNotice', data }, { commandId: 'spec/notice', actor });
    await running.deployment.projections.catchUp();
  }, 60_000);
  afterAll(() => running.close());

  it('are answered to the one they were given to', async () => {
    const { json } = await running.send('/v1/notices', { token: await running.token('analyst') });
    expect(json['notices']).toMatchObject([
      { kind: 'CYCLE_FREEZE', about: 'C2026', due: '2026-11-26', firstGivenOn: '2026-11-23', times: 1 },
    ]);
  });
  it('are not answered to anybody else', async () => {
    const { json } = await running.send('/v1/notices');
    expect(json['notices']).toEqual([]);
  });
  it('are recorded by processes only', async () => {
    const answer = await running.command('organization.RecordNotice', {
      ...{ person: running.personId('analyst'), date: '2026-11-23', reason: 'DUE' },
      items: [{ kind: 'CYCLE_FREEZE', about: 'C2026', due: null }],
    });
    expect(answer.status).toBe(403);
  });
  it('come with a clock that nobody moves', async () => {
    expect((await running.send('/v1/clock')).json).toMatchObject({ simulated: false, now: '2026-11-23T09:00:00.000Z' });
    expect(await running.send('/v1/clock', { body: { to: '2030-01-01' } })).toMatchObject({
      status: 422,
      json: { rule: 'only-a-demonstration-lets-days-pass' },
    });
  });
  it('are counted by health, beside processes', async () => {
    const { parts } = (await running.send('/health/ready')).json as unknown as { parts: Record<string, string> };
    expect(parts['processes']).toMatch(/^at position \d+$/);
    expect(parts['notices']).toMatch(/sent/);
  });
});
