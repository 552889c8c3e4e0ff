import { recompute } from '@plumbline/reporting/server';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const PULSE = 'examples/data/eastmere-pulse.csv';
const MAP = 'examples/maps/eastmere-pulse.yaml';
const TARGETS = [
  ['EASTMERE', 'CHALLENGE', '2026'],
  ['EASTMERE', 'BELONG', '2026'],
  ['EASTMERE', 'RECOMMEND', '2026'],
  ['EASTMERE', 'AGREED', '2026'],
  ['EASTMERE', 'LEAVERS', '2026'],
  ['EASTMERE', 'PROTECTED', '2026-Q1'],
  ['CHILDREN', 'BELONG', '2026'],
  ['SURGERY', 'RECOMMEND', '2026'],
] as const;

describe('the example survey, from its file to its report', () => {
  let eastmere: ScratchDeployment;
  let importId: string;
  let imported: bigint;

  const figure = async (key: string, unit?: string) => cellIn(await eastmere.report(unit), key);

  beforeAll(async () => {
    eastmere = await ScratchDeployment.open('2026-11-23T09:00:00.000Z');
    const outcome = await eastmere.import('observations', PULSE, { map: MAP });
    ({ importId } = outcome);
    expect(outcome).toMatchObject({ state: 'recorded', rows: 81, recorded: 81, refused: 0, problems: [] });
    imported = await eastmere.head();
    const admin = eastmere.as('operator', 'admin');
    expect(await eastmere.import('people', 'examples/data/eastmere-people.csv', { by: admin })).toMatchObject({
      state: 'recorded',
      rows: 10,
    });
    expect(await eastmere.import('organization', 'examples/data/eastmere-units.csv')).toMatchObject({
      state: 'recorded',
      rows: 13,
      refused: 0,
    });
  }, 120_000);
  afterAll(async () => {
    await eastmere.close();
  });

  describe('asked as of a position inside the import', () => {
    const textAt = async (position: bigint, unit?: string) => await eastmere.text(unit, { position });
    const firstOf = async (): Promise<bigint> => {
      const { events } = await eastmere.deployment.store.readPage(0n, 10, {
        types: ['organization.ImportRecorded.v1'],
      });
      return events[0]!.position;
    };

    it('is the report as of its end: no two positions differ by the figure of a hidden unit', async () => {
      const [first, whole] = [await firstOf(), await textAt(imported)];
      expect(Number(imported - first)).toBeGreaterThan(100);
      for (let position = first; position < imported; position += 9n) expect(await textAt(position)).toBe(whole);
      expect((await eastmere.report(undefined, { position: first })).asOf.position).toBe(imported.toString());
      await expect(textAt(first - 1n)).rejects.toThrow('A report needs a unit.');
    }, 30_000);

    it('is compared as of its end too: nothing changes between two of them', async () => {
      const first = await firstOf();
      const { difference } = await eastmere.reports.diff(
        'R2',
        {},
        { position: first + 40n },
        { position: first + 41n },
        eastmere.operator,
      );
      expect(difference.changes).toEqual([]);
    });

    it('is recomputed from the log as of its end', async () => {
      const position = (await firstOf()) + 50n;
      const viewer = { id: 'process:check', role: 'auditor' } as const;
      const [inside, end] = [position, imported].map((at) => recompute(eastmere.deployment.store, 'R2', at, viewer));
      expect(await inside).toEqual(await end);
    });
  });

  describe('before anyone approved a target', () => {
    it('has figures and nothing to hold them against', async () => {
      expect(await figure('CHALLENGE-BELONG/lagging')).toMatchObject({
        value: '65.884194',
        state: 'NO_TARGET',
        status: null,
        target: null,
        remarks: ['Nothing to hold it against.'],
      });
    });

    it('has its targets proposed by whoever imported, who may not approve them', async () => {
      const [unit, metric, period] = TARGETS[0];
      await expect(eastmere.send('metrics.ApproveTarget', { unit, metric, period }, eastmere.operator)).rejects.toThrow(
        'a-target-is-approved-by-another-than-its-proposer',
      );
    });

    it('has its target for a unit approved by nobody who leads it', async () => {
      await expect(
        eastmere.send(
          'metrics.ApproveTarget',
          { unit: 'CHILDREN', metric: 'BELONG', period: '2026' },
          eastmere.as('director-nursing', 'executive'),
        ),
      ).rejects.toThrow('nobody-approves-a-target-they-benefit-from');
    });
  });

  describe('once another person approved the targets', () => {
    beforeAll(async () => {
      const board = eastmere.as('board-secretary', 'board');
      for (const [unit, metric, period] of TARGETS)
        await eastmere.send('metrics.ApproveTarget', { unit, metric, period }, board);
    }, 120_000);

    it('is held at amber while nobody else verified the import', async () => {
      expect(await figure('AGREED-RECOMMEND/leading')).toMatchObject({
        value: '72',
        state: 'OK',
        status: 'AT_RISK',
        reasonCode: 'UNVERIFIED',
        remarks: ['Evidence unverified.'],
      });
    });

    describe('and another one verified the import', () => {
      beforeAll(async () => {
        await eastmere.send(
          'metrics.VerifyImport',
          { importId, sampleSeed: '2026-11-23/7', sampleSize: 20, method: 'compared with the survey system' },
          eastmere.as('hr-analyst', 'hr'),
        );
      }, 120_000);

      // 400 of 626 who answered, of 1,054 asked: n' = 626·1053/428; Wilson with z = 1.96 about 63.897764
      it('evaluates a survey figure whose margin keeps clear of its target', async () => {
        expect(await figure('AGREED-RECOMMEND/lagging')).toMatchObject({
          value: '63.897764',
          state: 'OK',
          status: 'OFF_TRACK',
          n: 626,
          eligible: 1054,
          numerator: 400,
          margin: '2.396022',
          interval: { low: '61.467163', high: '66.259206' },
          target: '70',
          remarks: [],
        });
      });

      // 35 of 49, of 74 asked: n' = 49·73/25
      it('evaluates a figure of a unit against the target of that unit', async () => {
        expect(await figure('CHALLENGE-BELONG/lagging', 'CHILDREN')).toMatchObject({
          value: '71.428571',
          state: 'OK',
          status: 'ON_TRACK',
          n: 49,
          base: 49,
          eligible: 74,
          margin: '7.326372',
          interval: { low: '63.541901', high: '78.194645' },
          target: '62',
        });
      });

      // 421 of 639, of 1,054 asked: n' = 639·1053/415
      it('is INCONCLUSIVE where the target lies inside the margin', async () => {
        expect(await figure('CHALLENGE-BELONG/lagging')).toMatchObject({
          value: '65.884194',
          state: 'INCONCLUSIVE',
          status: null,
          n: 639,
          base: 639,
          eligible: 1054,
          margin: '2.305301',
          interval: { low: '63.541347', high: '68.151949' },
          target: '66',
          remarks: ['The target lies inside the margin: neither met nor missed.'],
        });
      });

      it('counts records in full: no margin, and a status', async () => {
        expect(await figure('AGREED-RECOMMEND/leading')).toMatchObject({
          value: '72',
          state: 'OK',
          status: 'ON_TRACK',
          reasonCode: null,
          base: 25,
          numerator: 18,
          margin: null,
          target: '70',
        });
      });

      // 101 of 1,054. The path from 10.9 to 9 stands at 9.197808 on day 327 of 365: r = 1.317457/1.702192 = 0.77
      it('judges a figure of which less is better on its way from the baseline', async () => {
        expect(await figure('LEAVERS/value')).toMatchObject({
          value: '9.582543',
          state: 'OK',
          status: 'AT_RISK',
          base: 1054,
          numerator: 101,
          target: '9',
        });
      });

      it.each(['MEDPHYS', 'PHARMACY'])(
        'hides %s: four answered in one, and without the other they could be found',
        async (unit) => {
          const report = await eastmere.report(unit);
          for (const key of ['CHALLENGE-BELONG/leading', 'CHALLENGE-BELONG/lagging', 'AGREED-RECOMMEND/lagging'])
            expect(cellIn(report, key)).toMatchObject({
              ...{
                value: null,
                state: 'SUPPRESSED',
                status: null,
                n: null,
                base: null,
                eligible: null,
                numerator: null,
              },
              ...{ margin: null, interval: null, target: null, remarks: ['Hidden to protect small groups.'] },
            });
        },
      );

      it('hides no other unit', async () => {
        for (const unit of [
          'EMERGENCY',
          'ACUTE',
          'SURGERY',
          'THEATRES',
          'CRITICAL',
          'MATERNITY',
          'CHILDREN',
          'ONCOLOGY',
          'IMAGING',
          'PATHOLOGY',
        ])
          expect((await eastmere.report(unit)).cells.filter(({ state }) => state === 'SUPPRESSED')).toEqual([]);
      });

      it('is NOT_EVALUABLE where fewer than half of those asked answered the question, whatever its target', async () => {
        expect(await figure('AGREED-RECOMMEND/lagging', 'SURGERY')).toMatchObject({
          value: '56.338028',
          state: 'NOT_EVALUABLE',
          reasonCode: 'LOW_RESPONSE',
          status: null,
          n: 71,
          base: 84,
          eligible: 151,
          target: '66',
          remarks: ['Response 47.0 %, below the gate of 50 %. Shown, not evaluated.'],
        });
      });

      it('is STALE where the last quarter known is three quarters old', async () => {
        expect(await figure('PROTECTED/value')).toMatchObject({
          value: '62',
          period: '2026-Q1',
          state: 'STALE',
          status: null,
          target: '75',
          remarks: ['237 days old; due every 91.'],
        });
      });

      it('has NO_TARGET where none was proposed', async () => {
        expect(await figure('STAYED/value')).toMatchObject({ value: '86.986301', state: 'NO_TARGET', status: null });
      });

      it('tells too short a series, and gives no verdict before its review', async () => {
        const report = await eastmere.report();
        expect(cellIn(report, 'CHALLENGE-BELONG/verdict')).toMatchObject({ word: 'TOO_SHORT', state: 'OK' });
        expect(cellIn(report, 'AGREED-RECOMMEND/verdict')).toMatchObject({
          word: null,
          state: 'NOT_DUE',
          remarks: ['Review on 2027-11-20.', 'Interim: no verdict before the review date.'],
        });
      });

      it('still says what it said right after the import, asked as of then', async () => {
        const report = await eastmere.report(undefined, { position: imported });
        expect(cellIn(report, 'CHALLENGE-BELONG/lagging').state).toBe('NO_TARGET');
        expect(cellIn(report, 'PROTECTED/value').state).toBe('NO_TARGET');
      });

      it('imports the same files again without recording anything', async () => {
        const head = await eastmere.head();
        expect(await eastmere.import('observations', PULSE, { map: MAP })).toMatchObject({ state: 'unchanged' });
        expect(await eastmere.import('organization', 'examples/data/eastmere-units.csv')).toMatchObject({
          state: 'unchanged',
        });
        expect(await eastmere.head()).toBe(head);
      });
    });
  });
});
