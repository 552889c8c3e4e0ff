import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildCheck } from '@plumbline/platform/projections';
import { renderCsv, renderTable } from '@plumbline/reporting/server';
import { recompute, reportHash } from '@plumbline/reporting/server';
import { readModels } from './contexts';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const folder = process.env['DATA_DIR'];
if (!folder)
  throw new Error('set DATA_DIR to the folder that holds csps2020_orgscores_long.csv and csps2020_mean_timeseries.csv');
const ORGANISATIONS = join(folder, 'csps2020_orgscores_long.csv');
const SERIES = join(folder, 'csps2020_mean_timeseries.csv');
const map = (name: string): string => `examples/maps/${name}.yaml`;

/** Measures of one organisation as its file prints them, in per cent. */
function published(organisation: string): ReadonlyMap<string, string> {
  const rows = readFileSync(ORGANISATIONS, 'utf8').split(/\r?\n/);
  return new Map(
    rows
      .map((row) => row.split(','))
      .filter(([unit]) => unit === organisation)
      .map(([, measure = '', value = '']) => [measure.toUpperCase(), String(Math.round(Number(value) * 1e4) / 100)]),
  );
}

/** The two metrics of the hypothesis stand in its row, the others in rows of their own. */
const keyOf = (metric: string): string =>
  ({ LC_TS: 'LC_TS-EES/leading', EES: 'LC_TS-EES/lagging' })[metric] ?? `${metric}/value`;

describe('the Civil Service People Survey, from its files to its report', () => {
  let service: ScratchDeployment;
  let afterOrganisations: bigint;
  let afterSeries: bigint;
  const UNITS = [undefined, 'GPA', 'HMPS', 'CS_MEDIAN'];
  const textsOn20 = new Map<string | undefined, string>();
  let rootAfterOrganisations: string;

  beforeAll(async () => {
    service = await ScratchDeployment.open('2026-11-20T09:00:00.000Z');
    expect(await service.import('observations', ORGANISATIONS, { map: map('csps-organisations') })).toMatchObject({
      ...{ state: 'recorded', rows: 10450, recorded: 10450, unchanged: 0, refused: 0, problems: [] },
    });
    afterOrganisations = await service.head();
    rootAfterOrganisations = await service.text();
    expect(await service.import('observations', SERIES, { map: map('csps-timeseries') })).toMatchObject({
      ...{ state: 'recorded', unchanged: 0, refused: 0, problems: [] },
    });
    afterSeries = await service.head();
    for (const unit of UNITS) textsOn20.set(unit, await service.text(unit));
  }, 600_000);
  afterAll(async () => {
    await service.close();
  });

  it('records nothing when either file is imported again', async () => {
    for (const [file, name] of [
      [ORGANISATIONS, 'csps-organisations'],
      [SERIES, 'csps-timeseries'],
    ] as const)
      expect(await service.import('observations', file, { map: map(name) })).toMatchObject({
        state: 'unchanged',
        recorded: 0,
        refused: 0,
      });
    expect(await service.head()).toBe(afterSeries);
  }, 300_000);

  it.each([
    ['GPA', { EES: '62', IF_TS: '77', LC_TS: '57', E03_YES: '14' }, 'NO_BASE'],
    ['HMPS', { RR: '23', EES: '59', IF_TS: '66', LC_TS: '42' }, 'NOT_EVALUABLE'],
    ['SPS', { RR: '29', EES: '59', IF_TS: '63', LC_TS: '37' }, 'NOT_EVALUABLE'],
    ['MOJ_GROUP', { RR: '45', EES: '61', IF_TS: '74', LC_TS: '49' }, 'NOT_EVALUABLE'],
    [
      'CS_MEDIAN',
      { RR: '80', EES: '66', IF_TS: '82', LC_TS: '58', E01_YES: '8', E03_YES: '8', C01_1: '6', W07: '5' },
      'NO_BASE',
    ],
  ])('shows every score of %s as published, and evaluates none', async (unit, known, state) => {
    const report = await service.report(unit);
    for (const [metric, value] of Object.entries(known)) expect(published(unit).get(metric)).toBe(value);
    expect(published(unit).size).toBe(95);
    for (const [metric, value] of published(unit)) {
      if (unit === 'GPA' && metric === 'RR') continue;
      expect(cellIn(report, keyOf(metric))).toMatchObject({
        ...{ value, period: '2020', state, status: null },
        reasonCode: state === 'NOT_EVALUABLE' ? 'LOW_RESPONSE' : null,
      });
    }
  });

  it('says why: few answered, or the source gives no count', async () => {
    expect(cellIn(await service.report('HMPS'), 'IF_TS/value').remarks).toEqual([
      'Response 23.0 %, below the gate of 50 %. Shown, not evaluated.',
    ]);
    expect(cellIn(await service.report('CS_MEDIAN'), 'IF_TS/value').remarks).toEqual([
      'The source gives no count; it publishes no group below 10, as declared by hr. Shown, never evaluated.',
    ]);
  });

  it('mistrusts a response of 1.02, and prints no 102 in any format', async () => {
    const gpa = await service.report('GPA');
    expect(cellIn(gpa, 'RR/value')).toMatchObject({
      value: null,
      state: 'POPULATION_MISMATCH',
      remarks: ['More answers than people asked.'],
    });
    expect(gpa.cells.filter(({ state }) => state === 'POPULATION_MISMATCH').map(({ key }) => key)).toEqual([
      'RR/value',
      'RR/value/2020',
    ]);
    const cells = JSON.stringify(gpa.cells);
    for (const text of [renderTable(gpa, 'R2').split('\n').slice(4).join('\n'), renderCsv(gpa), cells])
      expect(text).not.toMatch(/\b(102|1\.02)\b/);
  });

  it.each(UNITS)('says SHARED_SOURCE with its figures, whatever unit is asked for: %s', async (unit) => {
    const report = await service.report(unit);
    const cell = (column: string) => cellIn(report, `LC_TS-EES/${column}`);
    expect(cell('verdict')).toMatchObject({ word: 'SHARED_SOURCE', state: 'OK' });
    expect(cell('verdict').remarks).toEqual(
      expect.arrayContaining(['One series.', 'RETROSPECTIVE: registered after its last observation.']),
    );
    expect(cell('lag')).toMatchObject({ word: '1' });
    expect(cell('method')).toMatchObject({ word: 'pearson' });
    expect(cell('r')).toMatchObject({ value: '-0.027', n: 10, remarks: ['Untested.'] });
    expect(cell('smallest-visible-r').value).toMatch(/^0\.63/);
    expect(cell('r-lag-0')).toMatchObject({ value: '0.903', n: 11, remarks: ['Untested.'] });
    expect(cell('level-r-lag-0')).toMatchObject({ value: '0.993', n: 12 });
    expect(cell('level-r-lag-1')).toMatchObject({ value: '0.956', n: 11 });
  });

  it('lets bullying and harassment stand in a row of its own beside it', async () => {
    const report = await service.report();
    const course = report.cells.filter(({ key }) => key.startsWith('E03_YES/value/'));
    expect(course.map(({ period, value }) => [period, value])).toEqual([
      ...[2013, 2014].map((year) => [String(year), '11']),
      ...[2015, 2016, 2017, 2018, 2019].map((year) => [String(year), '12']),
      ['2020', '9'],
    ]);
    expect(cellIn(report, 'LC_TS-EES/leading')).toMatchObject({ value: '53', period: '2020' });
    expect(cellIn(report, 'LC_TS-EES/lagging')).toMatchObject({ value: '64', period: '2020' });
  });

  it('says as of an earlier position what it said then', async () => {
    expect(await service.text(undefined, { position: afterOrganisations })).toBe(rootAfterOrganisations);
    expect(rootAfterOrganisations).not.toBe(textsOn20.get(undefined));
  });

  describe('after a correction on a later day', () => {
    let corrected: bigint;

    beforeAll(async () => {
      await service.setClock('2026-11-21T09:00:00.000Z');
      await service.send(
        'metrics.RecordObservation',
        {
          ...{ unit: 'GPA', metric: 'LC_TS', period: '2020', value: '57.5', release: 'CSPS-2020' },
          source: 'Civil Service People Survey 2020, second edition',
          correctBecause: 'The publisher reissued the figure.',
        },
        service.operator,
      );
      corrected = await service.head();
    });

    it('shows the new figure today', async () => {
      expect(cellIn(await service.report('GPA'), 'LC_TS-EES/leading')).toMatchObject({ value: '57.5' });
    });

    it('says byte for byte what it said, as of the day before', async () => {
      for (const unit of UNITS) {
        expect(await service.text(unit, { day: '2026-11-20' })).toBe(textsOn20.get(unit));
        expect(await service.text(unit, { position: afterSeries })).toBe(textsOn20.get(unit));
      }
      expect(await service.text('GPA')).not.toBe(textsOn20.get('GPA'));
    });

    it('explains the figure by the events it came from', async () => {
      const { explanation, events } = await service.reports.explain(
        ...(['R2', 'LC_TS-EES/leading', { unit: 'GPA' }, undefined, service.operator, 'head'] as const),
      );
      expect(explanation.cell).toMatchObject({ value: '57.5' });
      expect(events.map(({ event }) => event.type).sort()).toEqual([
        'metrics.ExternalReleaseRecorded.v1',
        'metrics.MetricDefined.v1',
        'metrics.ObservationCorrected.v1',
        'metrics.ObservationRecorded.v1',
      ]);
    });

    it('names what changed since and which event changed it', async () => {
      const { difference, events } = await service.reports.diff(
        ...(['R2', { unit: 'GPA' }, { day: '2026-11-20' }, { position: corrected }, service.operator] as const),
      );
      expect(difference.changes.map(({ key, kind, then, now }) => [key, kind, then?.value, now?.value])).toEqual([
        ['LC_TS-EES/leading', 'CORRECTED', '57', '57.5'],
        ['LC_TS-EES/leading/2020', 'CORRECTED', '57', '57.5'],
      ]);
      expect(events.map(({ event }) => event.type)).toContain('metrics.ObservationCorrected.v1');
    });

    it('finds in its read models what a replay of the log gives', async () => {
      const { store, ownerPool, log } = service.deployment;
      expect(await rebuildCheck(store, ownerPool, readModels, { log })).toMatchObject({
        agrees: true,
        upTo: corrected,
      });
    }, 300_000);

    it('computes the same bytes from the log alone, at any position', async () => {
      const viewer = service.operator;
      for (const position of [afterOrganisations, afterOrganisations + 100n, afterSeries, corrected])
        for (const unit of ['CS', 'GPA']) {
          const live = await service.report(unit, { position });
          const { result } = await recompute(service.deployment.store, 'R2', position, viewer, { unit });
          expect(result).toBe(reportHash(live));
        }
    }, 300_000);
  });
});
