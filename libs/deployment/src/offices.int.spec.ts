import { RunningDeployment } from './running-deployment.testing';

describe('people over HTTP', () => {
  let running: RunningDeployment;
  let sent = 0;
  let head: string;
  let analyst: string;

  const put = (key: string, body: object) => running.send(`/v1/people/${key}`, { method: 'PUT', body });
  const named = async (text: string, token?: string) =>
    (await running.send(`/v1/people?named=${encodeURIComponent(text)}`, token === undefined ? {} : { token })).json;
  const done = async (type: string, data: object) => {
    const { status, json } = await running.command(type, data, { 'Idempotency-Key': `spec-${(sent += 1)}` });
    if (status !== 201) throw new Error(`${type}: ${json.rule} ${json.detail ?? ''}`);
  };

  beforeAll(async () => {
    running = await RunningDeployment.start();
    await put('P-17', { name: 'Anna Müller' });
    await put('P-18', { name: 'Bo Lind', office: 'Analyst' });
    [head, analyst] = [running.personId('P-17'), running.personId('P-18')];
    await done('organization.NameRootUnit', { unit: 'ORG' });
    await done('organization.RegisterUnit', { code: 'ORG', name: 'Hospital', validFrom: '2023-01-01' });
    await done('organization.AssignLeader', { unit: 'ORG', leader: head, role: 'Chief executive', from: '2026-01-01' });
    await done('organization.GrantRole', { person: running.personId('P-17'), role: 'executive' });
    await done('organization.GrantRole', { person: running.personId('P-18'), role: 'hr' });
    await done('organization.GrantRole', { person: running.personId('P-19'), role: 'auditor' });
    await running.send('/v1/reports/R1?after=head');
  }, 120_000);
  afterAll(() => running.close());

  it('are found by key, by office and by id, and called by their office', async () => {
    const found = { persons: [{ personId: head, office: 'Chief executive' }], alike: [] };
    for (const text of ['P-17', 'p-17 ', 'Chief executive', 'chief-executive', head])
      expect(await named(text)).toEqual(found);
    const auditor = running.personId('P-19');
    expect(await named('P-19')).toEqual({
      persons: [{ personId: auditor, office: `auditor ${auditor.slice(0, 8)}` }],
      alike: [],
    });
    await put('P-20', { name: 'Cy Roe' });
    expect(await named('P-20')).toEqual({ persons: [{ personId: running.personId('P-20'), office: null }], alike: [] });
    expect(await named('Analyst')).toEqual({ persons: [{ personId: analyst, office: 'Analyst' }], alike: [] });
  });

  it('are suggested where nobody is meant', async () => {
    expect(await named('cheif-executive')).toEqual({
      persons: [],
      alike: [{ personId: head, office: 'Chief executive' }],
    });
    expect(await named('P-99')).toEqual({ persons: [], alike: [] });
  });

  it('are never named to anyone who does not keep the directory', async () => {
    const auditor = await running.token('P-19', 'auditor');
    for (const text of ['P-17', 'Chief executive', 'cheif executive', 'Anna']) {
      const answer = JSON.stringify(await named(text, auditor));
      expect(answer).not.toContain('Anna');
      if (text !== 'P-17') expect(answer).not.toContain('P-17');
    }
    expect((await running.send('/v1/people/P-17', { token: auditor })).status).toBe(403);
  });

  it('stand beside the events that hold their ids, and every unit by its code', async () => {
    const { json } = await running.send('/v1/events?type=organization.LeaderAssigned', {
      token: await running.token('P-19', 'auditor'),
    });
    const { unitId } = (json['events'] as readonly { data: { unitId: string } }[])[0]!.data;
    expect(json['names']).toMatchObject({ [unitId]: 'ORG', [head]: 'Chief executive' });
    expect(JSON.stringify(json)).not.toContain('Anna');
  });

  it('are offices in what is printed, and ids in JSON', async () => {
    const asked = `/v1/documents/handover-sheet?leader=P-17&after=head&format=`;
    const token = await running.token('P-17', 'executive');
    const text = await running.send(`${asked}text`, { token });
    expect(text.text).toContain('Only leader Chief executive');
    expect(text.text).not.toContain(head);
    expect((await running.send(`${asked}html`, { token })).text).not.toContain(head);
    expect((await running.send(`${asked}json`, { token })).text).toContain(head);
  });
});
