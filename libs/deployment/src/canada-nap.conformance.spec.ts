import { join } from 'node:path';
import { addDays, naturalKey } from '@plumbline/kernel';
import { calendarFacts } from '@plumbline/organization/facts';
import type { Disclosed } from '@plumbline/privacy';
import type { Report } from '@plumbline/reporting/server';
import { factsIn } from './facts-in';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const folder = process.env['DATA_DIR'];
if (!folder) throw new Error('set DATA_DIR to the folder that holds canada_nap5_tracker.yaml');
const TRACKER = join(folder, 'canada_nap5_tracker.yaml');
const MAP = 'examples/maps/canada-nap.yaml';

interface Commitment {
  readonly title: string;
  readonly firstDue: string | null;
  readonly milestones: readonly { readonly milestoneId: string; readonly baselineDue: string | null }[];
  readonly indicators: readonly {
    readonly indicatorId: string;
    readonly milestoneId: string | null;
    readonly text: string;
    readonly office: string | null;
    readonly baselineDue: string | null;
  }[];
  readonly periods: readonly { readonly period: string; readonly outcome: string; readonly nil: boolean | null }[];
}
const CODES = ['C01', 'C02', 'C03', 'C04', 'C05'];

describe('Canada’s open government tracker, from its file to a quarter of its promises', () => {
  let service: ScratchDeployment;
  const commitment = async (code: string): Promise<Commitment> => {
    const about = { commitment: code };
    const reply = await service.deployment.asks.handle('charter.commitment', about, service.as('owner', 'executive'));
    if (!reply.accepted) throw new Error(reply.refused);
    return reply.answer as Commitment;
  };
  const all = () => Promise.all(CODES.map(commitment));
  /** Days begin one by one, and what is to follow from each follows. */
  const passTo = async (day: string): Promise<void> => {
    const { store, names, processes } = service.deployment;
    const { lastDay } = await factsIn(store, names, calendarFacts, naturalKey('calendar', 'calendar'));
    for (let next = addDays(lastDay ?? day, 1); next <= day; next = addDays(next, 1)) {
      await service.setClock(`${next}T09:00:00.000Z`);
      await processes.catchUp();
    }
    await service.deployment.projections.catchUp();
  };
  const asOwner = (type: string, code: string, more: object = {}) =>
    service.send(`charter.${type}`, { commitment: code, ...more }, service.as('owner', 'executive'));

  beforeAll(async () => {
    service = await ScratchDeployment.open('2022-06-15T09:00:00.000Z');
    expect(await service.import('commitments', TRACKER, { map: MAP })).toMatchObject({
      ...{ state: 'recorded', rows: 130, recorded: 130, unchanged: 0, refused: 0, repeated: 0, problems: [] },
    });
    const grants = { owner: 'executive', assessor: 'assessor' } as const;
    for (const [key, role] of Object.entries(grants))
      await service.send(
        'organization.GrantRole',
        { person: service.as(key, role).id, role },
        service.as('operator', 'admin'),
      );
    const calendar = { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 };
    await service.send('organization.SetReportingCalendar', calendar, service.operator);
  }, 300_000);
  afterAll(() => service.close());

  it('gives 5 commitments, 19 milestones and 106 indicators, 105 of them with a due date', async () => {
    const commitments = await all();
    expect(commitments.map(({ title }) => title)).toEqual([
      'Climate Change and Sustainable Growth',
      'Democracy and Civic Space',
      'Fiscal, Financial and Corporate Transparency',
      'Justice',
      'Open Data for Results',
    ]);
    expect(commitments.flatMap(({ milestones }) => milestones)).toHaveLength(19);
    const indicators = commitments.flatMap((each) => each.indicators);
    expect(indicators).toHaveLength(106);
    expect(indicators.filter(({ baselineDue }) => baselineDue !== null)).toHaveLength(105);
    expect(indicators.filter(({ baselineDue }) => baselineDue === null).map((each) => each.indicatorId)).toEqual([
      'C03.1.2',
    ]);
  });
  it('takes a month for its last day, and lead departments for the offices of the indicators', async () => {
    const { indicators } = await commitment('C01');
    const found = (id: string) => indicators.find(({ indicatorId }) => indicatorId === id);
    expect(found('C01.1.1')).toMatchObject({ milestoneId: 'C01.1', office: 'nrcan-rncan', baselineDue: '2023-12-31' });
    expect(found('C01.2.1')).toMatchObject({ milestoneId: 'C01.2', office: 'statcan', baselineDue: '2024-06-30' });
    expect((await all()).flatMap((each) => each.indicators).filter(({ office }) => office !== null)).toHaveLength(106);
  });
  it('records nothing when it is imported again', async () => {
    const before = await service.head();
    expect(await service.import('commitments', TRACKER, { map: MAP })).toMatchObject({
      state: 'unchanged',
      unchanged: 130,
      refused: 0,
    });
    expect(await service.head()).toBe(before);
  });

  describe('with the third quarter of 2022 played, on 2022-12-31', () => {
    let register: Disclosed<Report>;
    let ledger: Disclosed<Report>;
    beforeAll(async () => {
      for (const code of CODES) await asOwner('AcceptCommitment', code);
      await passTo('2022-10-03');
      const resources = { stage: 'RELEASED', fte: '4', source: 'Treasury Board' };
      await asOwner('ResourceCommitment', 'C03', resources);
      const period = '2022-Q3';
      const report = (code: string, selfStatus: string) =>
        asOwner('ReportProgress', code, { period, selfStatus, narrative: 'As published in the tracker.' });
      await report('C01', 'LIMITED');
      await report('C03', 'SUBSTANTIAL');
      await report('C04', 'LIMITED');
      await asOwner('ReportProgress', 'C02', { period, selfStatus: 'NOT_STARTED', nil: true });
      await passTo('2022-11-15');
      const assess = (code: string, completion: string) =>
        service.send(
          'charter.AssessCommitment',
          { commitment: code, completion, rationale: 'From what the departments publish.' },
          service.as('assessor', 'assessor'),
        );
      await assess('C01', 'LIMITED');
      await assess('C03', 'LIMITED');
      await assess('C04', 'NO_EVIDENCE');
      await passTo('2022-12-31');
      const printed = (id: string) => service.reports.report(id, {}, undefined, service.operator, 'head');
      register = await printed('R1');
      ledger = await printed('R9');
    }, 600_000);
    const word = (key: string) => cellIn(register, key).word;
    const value = (key: string) => cellIn(register, key).value;

    it('misses what nobody reported on, in every other case says what was reported', async () => {
      const periods = Object.fromEntries(
        await Promise.all(CODES.map(async (code) => [code, (await commitment(code)).periods] as const)),
      );
      const third = (code: string) => periods[code]?.find(({ period }) => period === '2022-Q3');
      expect(CODES.map((code) => third(code)?.outcome)).toEqual([
        'REPORTED',
        'REPORTED',
        'REPORTED',
        'REPORTED',
        'MISSED',
      ]);
      expect(third('C02')).toMatchObject({ nil: true });
    });
    it('dates each promise by its latest indicator', async () => {
      expect((await all()).map(({ firstDue }) => firstDue)).toEqual(CODES.map((code) => word(`${code}/first-due`)));
      expect(word('C01/first-due')).toBe('2024-12-31');
    });
    it('sets the self status beside the assessment, with the gap between them', () => {
      expect(CODES.map((code) => [word(`${code}/self`), word(`${code}/assessor`), value(`${code}/gap`)])).toEqual([
        ['LIMITED', 'LIMITED', '0'],
        ['NOT_STARTED', null, null],
        ['SUBSTANTIAL', 'LIMITED', '1'],
        ['LIMITED', 'NO_EVIDENCE', '1'],
        [null, null, null],
      ]);
    });
    it('counts what was promised, what was reported and what was missed', () => {
      expect(value('TOTAL/promises')).toBe('5');
      expect(value('TOTAL/not-due')).toBe('5');
      expect([value('TOTAL/milestones'), value('TOTAL/indicators'), value('TOTAL/indicators-dated')]).toEqual([
        ...['19', '106', '105'],
      ]);
      const reports = ['reports', 'reports-late', 'reports-missed'].map((column) =>
        cellIn(register, `TOTAL/${column}`),
      );
      expect(reports.map((cell) => [cell.value, cell.base])).toEqual([
        ['4', 10],
        ['0', 10],
        ['6', 10],
      ]);
      expect(word('C05/last-report')).toBe('2022-Q3 MISSED');
    });
    it('says the same in the ledger of promises, which leaves none out', () => {
      expect(CODES.map((code) => cellIn(ledger, `${code}/outcome`).word)).toEqual(CODES.map(() => 'NOT_DUE'));
      const totals = ['promises', 'not-due', 'reports', 'reports-missed', 'milestones', 'milestones-overdue'];
      for (const column of totals) {
        const { value: counted, base } = cellIn(ledger, `TOTAL/${column}`);
        expect([column, counted, base]).toEqual([
          column,
          value(`TOTAL/${column}`),
          cellIn(register, `TOTAL/${column}`).base,
        ]);
      }
    });
    it('finds the milestones that were due by then overdue', async () => {
      const due = (await all()).flatMap(({ milestones, indicators }) =>
        milestones.map(({ milestoneId, baselineDue }) => {
          const own = indicators.filter((each) => each.milestoneId === milestoneId);
          const last = own
            .map((each) => each.baselineDue ?? '')
            .sort()
            .at(-1);
          return [milestoneId, baselineDue ?? last ?? ''] as const;
        }),
      );
      for (const [milestone, day] of due)
        expect([milestone, word(`${milestone.slice(0, 3)}:${milestone}/state`)]).toEqual([
          milestone,
          day < '2022-12-31' ? 'OVERDUE' : 'OPEN',
        ]);
    });
  });
});
