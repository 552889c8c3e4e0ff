import type { Instant, Role } from '@plumbline/kernel';
import { DayKeeper } from './day-keeper';
import { type Answer, RunningDeployment } from './running-deployment.testing';

const PEOPLE: Readonly<Record<string, Role>> = {
  'hr-analyst': 'hr',
  'hr-partner': 'hr',
  'board-secretary': 'board',
  'chief-executive': 'executive',
  'head-of-nursing': 'executive',
  'staff-nurse': 'member',
  'quality-assessor': 'assessor',
};
const evidence = {
  ...{ evidenceId: '0e9d5a1c-3b7f-4d26-8c41-9a6b5f2e7d10', sha256: 'ab'.repeat(32), custodian: 'Board secretary' },
  ...{ attestor: null, uri: 'https://intranet.example/council/minutes-1', fileId: null },
  ...{ periodFrom: null, periodTo: null, expiresAt: null },
};

interface Cell {
  readonly key: string;
  readonly word: string | null;
  readonly value: string | null;
  readonly state: string;
  readonly status: string | null;
}

describe('a charter and its commitments over HTTP, each person in their own name', () => {
  let house: RunningDeployment;
  const send = async (who: string, type: string, data: object): Promise<Answer> =>
    await house.command(`charter.${type}`, data, {}, await house.token(who, PEOPLE[who]));
  const done = async (who: string, type: string, data: object): Promise<void> => {
    const { status, json } = await send(who, type, data);
    if (status !== 201 && status !== 200) throw new Error(`${type} by ${who}: ${status} ${json.rule} ${json.detail}`);
  };
  const refused = async (who: string, type: string, data: object): Promise<string | undefined> => {
    const { status, json } = await send(who, type, data);
    expect([403, 422]).toContain(status);
    return json.rule;
  };
  const setClock = async (now: Instant): Promise<void> => {
    house.clock.now = now;
    await new DayKeeper(house.deployment).keep();
    await house.deployment.processes.catchUp();
    await house.deployment.projections.catchUp();
  };
  const get = async (who: string, path: string): Promise<Answer> => {
    const after = (await house.head()).toString();
    return await house.send(`${path}${path.includes('?') ? '&' : '?'}after=${after}`, {
      token: await house.token(who, PEOPLE[who]),
    });
  };
  const cell = async (who: string, report: string, key: string): Promise<Cell | undefined> =>
    ((await get(who, `/v1/reports/${report}?format=json`)).json['cells'] as readonly Cell[]).find(
      (each) => each.key === key,
    );
  const ask = async (who: string, question: string, about: Readonly<Record<string, string>>): Promise<unknown> => {
    const query = new URLSearchParams(about);
    await house.deployment.projections.catchUp();
    const path = `/v1/questions/${question}?${query}`;
    return (await house.send(path, { token: await house.token(who, PEOPLE[who]) })).json['answer'];
  };

  beforeAll(async () => {
    house = await RunningDeployment.start({ now: '2025-02-03T09:00:00.000Z' });
    await setClock('2025-02-03T09:00:00.000Z');
    const operator = async (type: string, data: object) => {
      const { status, json } = await house.command(
        `organization.${type}`,
        data,
        {},
        await house.token('operator', 'admin'),
      );
      if (status >= 300) throw new Error(`${type}: ${status} ${json.rule} ${json.detail}`);
    };
    for (const [who, role] of Object.entries(PEOPLE))
      await operator('GrantRole', { person: house.personId(who), role });
    await operator('NameRootUnit', { unit: 'HOSPITAL' });
    await operator('RegisterUnit', { code: 'HOSPITAL', name: 'Hospital', validFrom: '2020-01-01' });
    await operator('SetReportingCalendar', { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 });
  }, 120_000);
  afterAll(async () => {
    await house.close();
  });

  it('a charter is drafted, consulted on for as long as policy says, and adopted', async () => {
    await done('hr-analyst', 'DraftCharter', {
      ...{ charter: 'BELONGING', title: 'Belonging here', unit: 'HOSPITAL' },
      ...{ definitionOfBelonging: 'To be expected, needed and free to differ.', belongingContexts: ['GROUP'] },
    });
    const principle = { charter: 'BELONGING', principleId: 'HEARD', text: 'Whoever speaks up is answered.' };
    expect(await refused('hr-analyst', 'AddPrinciple', { ...principle, signals: [] })).toBe(
      'a-principle-has-an-observable-signal',
    );
    await done('hr-analyst', 'AddPrinciple', { ...principle, signals: ['Concerns are answered within 14 days'] });
    const adoption = {
      ...{ charter: 'BELONGING', effectiveFrom: '2025-02-21', consultationSummaryHash: 'cd'.repeat(32) },
    };
    expect(await refused('board-secretary', 'AdoptCharter', adoption)).toBe(
      'a-charter-is-adopted-after-a-consultation',
    );
    await done('hr-analyst', 'OpenConsultation', {
      charter: 'BELONGING',
      audience: [
        { group: 'NURSES', leadership: false, people: 40 },
        { group: 'HEADS', leadership: true, people: 8 },
      ],
      closesAt: '2025-02-20',
    });
    await setClock('2025-02-10T09:00:00.000Z');
    await done('hr-analyst', 'TallyConsultation', {
      ...{ charter: 'BELONGING', group: 'NURSES', day: '2025-02-10' },
      stances: { SUPPORT: 20, SUPPORT_WITH_CHANGES: 5, OPPOSE: 3, UNDECIDED: 2 },
    });
    expect(await refused('hr-analyst', 'CloseConsultation', { charter: 'BELONGING' })).toBe(
      'a-consultation-closes-on-its-last-day',
    );
    await setClock('2025-02-20T09:00:00.000Z');
    await done('hr-analyst', 'CloseConsultation', { charter: 'BELONGING' });
    await done('board-secretary', 'AdoptCharter', adoption);
    await setClock('2025-02-21T09:00:00.000Z');
    expect(await ask('staff-nurse', 'charter.charters', { charter: 'belonging' })).toMatchObject([
      { version: 0, state: 'DRAFT' },
      { version: 1, state: 'IN_FORCE', principleIds: ['HEARD'] },
    ]);
  }, 60_000);

  it('staff propose a commitment; only who is asked accepts it', async () => {
    await done('staff-nurse', 'ProposeCommitment', {
      ...{ commitment: 'C07', title: 'Ward council', statement: 'Every ward elects a seat.', unit: 'HOSPITAL' },
      ...{ level: 'INSTITUTION', evidenceRule: 'Minutes.', owner: house.personId('chief-executive') },
      ...{ office: 'Chief executive', charter: 'BELONGING', principles: ['HEARD'] },
    });
    await done('staff-nurse', 'AddMilestone', {
      commitment: 'C07',
      milestone: 'C07.1',
      title: 'First meeting',
      due: '2025-06',
    });
    expect(await refused('head-of-nursing', 'AcceptCommitment', { commitment: 'C07' })).toBe(
      'only-the-owner-accepts-a-commitment',
    );
    expect(await refused('chief-executive', 'FulfilCommitment', { commitment: 'C07' })).toBe(
      'a-commitment-is-not-active-until-it-is-accepted',
    );
    await done('chief-executive', 'AcceptCommitment', { commitment: 'C07' });
    expect(await ask('staff-nurse', 'charter.commitments', { owner: house.personId('chief-executive') })).toMatchObject(
      [{ code: 'C07', status: 'ACTIVE', firstDue: '2025-06-30' }],
    );
  }, 60_000);

  it('a report that does not come is missed by the product itself, and a late one leaves the miss', async () => {
    expect(await refused('hr-analyst', 'MissProgress', { commitment: 'C07', period: '2025-Q1' })).toBe(
      'a-person-acts-in-a-role-they-hold',
    );
    await setClock('2025-04-26T09:00:00.000Z');
    expect(await cell('hr-analyst', 'R1', 'C07/last-report')).toMatchObject({ word: '2025-Q1 MISSED' });
    await done('chief-executive', 'ReportProgress', {
      ...{
        commitment: 'C07',
        period: '2025-Q1',
        selfStatus: 'LIMITED',
        narrative: 'Nine of twelve wards have elected.',
      },
    });
    expect(await cell('hr-analyst', 'R1', 'C07/last-report')).toMatchObject({ word: '2025-Q1 LATE after a miss' });
    expect(
      await refused('chief-executive', 'ReportProgress', {
        ...{ commitment: 'C07', period: '2025-Q1', selfStatus: 'LIMITED', narrative: 'Again.' },
      }),
    ).toBe('a-period-is-reported-on-once');
  }, 60_000);

  it('its words open to the owner and to HR, to nobody else', async () => {
    const explained = async (who: string) => (await get(who, '/v1/reports/R1/explain?cell=C07/narrative')).text;
    expect(await cell('staff-nurse', 'R1', 'C07/narrative')).toMatchObject({ word: null, state: 'WITHHELD' });
    for (const who of ['chief-executive', 'hr-analyst'])
      expect(await cell(who, 'R1', 'C07/narrative')).toMatchObject({ word: 'Nine of twelve wards have elected.' });
    for (const who of ['hr-analyst', 'chief-executive'])
      expect(await explained(who)).toContain('Nine of twelve wards have elected.');
    for (const who of ['staff-nurse', 'head-of-nursing'])
      expect(await explained(who)).not.toContain('Nine of twelve wards');
    const asked = JSON.stringify(await ask('staff-nurse', 'charter.commitment', { commitment: 'C07' }));
    expect(asked).not.toContain('sealed:');
    expect(JSON.stringify(await ask('chief-executive', 'charter.commitment', { commitment: 'C07' }))).toContain(
      'sealed:',
    );
  }, 60_000);

  it('is kept with evidence that another attests, and every report says so', async () => {
    await setClock('2025-06-13T09:00:00.000Z');
    await done('chief-executive', 'ResourceCommitment', {
      ...{
        commitment: 'C07',
        stage: 'RELEASED',
        budget: { amount: '12000', currency: 'GBP' },
        source: 'Transformation',
      },
    });
    await done('chief-executive', 'ReachMilestone', { commitment: 'C07', milestone: 'C07.1', evidence: [evidence] });
    expect(await refused('chief-executive', 'AttestDoneDate', { commitment: 'C07', milestone: 'C07.1' })).toBe(
      'a-done-date-is-attested-by-another-than-the-owner',
    );
    await done('quality-assessor', 'AttestDoneDate', { commitment: 'C07', milestone: 'C07.1', doneOn: '2025-06-11' });
    await done('chief-executive', 'FulfilCommitment', { commitment: 'C07' });
    await done('quality-assessor', 'AttestDoneDate', { commitment: 'C07' });
    expect(await cell('staff-nurse', 'R1', 'C07/state')).toMatchObject({ word: 'KEPT', status: null });
    expect(await cell('staff-nurse', 'R1', 'C07:C07.1/done')).toMatchObject({ word: '2025-06-11' });
    expect(await cell('staff-nurse', 'R9', 'C07/outcome')).toMatchObject({ word: 'KEPT' });
    expect(await cell('staff-nurse', 'R9', 'TOTAL/on-time')).toMatchObject({ value: null, state: 'NOT_DUE' });
  }, 60_000);

  it('another one is missed when the period closes that it was due in', async () => {
    await done('hr-analyst', 'ProposeCommitment', {
      ...{ commitment: 'C08', title: 'Quiet rooms', statement: 'A quiet room on every level.', unit: 'HOSPITAL' },
      ...{ level: 'INSTITUTION', evidenceRule: 'A plan with rooms.', owner: house.personId('head-of-nursing') },
    });
    await done('hr-analyst', 'AddMilestone', {
      commitment: 'C08',
      milestone: 'C08.1',
      title: 'Rooms',
      due: '2025-06-30',
    });
    await done('head-of-nursing', 'AcceptCommitment', { commitment: 'C08' });
    await setClock('2025-07-10T09:00:00.000Z');
    await done('head-of-nursing', 'ReportProgress', {
      ...{
        commitment: 'C08',
        period: '2025-Q2',
        selfStatus: 'LIMITED',
        narrative: 'Five of eight.',
        causes: ['DEPENDENCY'],
      },
    });
    expect(await cell('staff-nurse', 'R9', 'C08/outcome')).toMatchObject({ word: 'OVERDUE' });
    await setClock('2025-07-26T09:00:00.000Z');
    expect(await cell('staff-nurse', 'R9', 'C08/outcome')).toMatchObject({ word: 'MISSED', status: null });
    expect(await cell('staff-nurse', 'R9', 'C08/cause')).toMatchObject({ word: 'Waiting for others' });
    expect(await cell('staff-nurse', 'R9', 'TOTAL/on-time')).toMatchObject({ value: '50' });
    await done('head-of-nursing', 'WritePublicNote', { commitment: 'C08', text: 'Permits came late.' });
    const notes = (await ask('head-of-nursing', 'charter.commitment', { commitment: 'C08' })) as {
      notes: readonly { noteId: string }[];
    };
    expect(await cell('staff-nurse', 'R9', 'C08/note')).toMatchObject({ word: null });
    await done('hr-partner', 'PassPublicNote', { commitment: 'C08', note: notes.notes[0]?.noteId });
    expect(await cell('staff-nurse', 'R9', 'C08/note')).toMatchObject({ word: 'Permits came late.' });
  }, 60_000);
});
