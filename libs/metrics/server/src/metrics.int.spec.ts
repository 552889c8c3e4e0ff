import { metricsReadModels, metricCommands, targetCommands } from '@plumbline/metrics/domain';
import { AskHandler } from '@plumbline/platform/commands';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { AsOfReader, CheckpointWatch, ProjectionRunner, readDataSource } from '@plumbline/platform/projections';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { as, MetricsDeployment } from './metrics-deployment.testing';
import { metricsAsks } from './metrics.queries';

const define = metricCommands['metrics.DefineMetric'].example;
const engagement = { ...define, code: 'EES', name: 'Engagement', kind: 'LAGGING', formulaRef: 'engagement-index' };
const monitored = { ...define, code: 'WATCHED', legalClass: 'MONITORING_ONLY' };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('what may be asked about metrics', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let source: DataSource;
  let watch: CheckpointWatch;
  let metrics: MetricsDeployment;
  let reader: AsOfReader;
  let running: Promise<void>;
  const stop = new AbortController();

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
    source = await readDataSource({ url: database.url, models: metricsReadModels }).initialize();
    watch = new CheckpointWatch({ url: database.url, pollMs: 100 });
    await watch.start();
    metrics = new MetricsDeployment((deployment) => {
      reader = new AsOfReader({ dataSource: source, store: deployment.store, watch });
      return { asks: metricsAsks(deployment.names, reader) };
    });
    running = new ProjectionRunner({ store: metrics.store, pool, models: metricsReadModels, log: quiet }).run(
      stop.signal,
    );
    await metrics.registerUnit('GPA');
    for (const data of [define, engagement, monitored]) await metrics.done(as(1, 'hr'), 'metrics.DefineMetric', data);
    await metrics.done(as(1, 'hr'), 'metrics.RecordExternalRelease', {
      code: 'CSPS-2020',
      source: 'People Survey 2020',
      instrument: 'People Survey',
      sourceMinN: 10,
      eligibleByUnit: { GPA: 7 },
      fileHash: 'ab'.repeat(32),
    });
    await metrics.done(as(1, 'hr'), 'metrics.RecordObservation', {
      ...{ unit: 'GPA', metric: 'LC_TS', period: '2020', value: '58.4', n: 4, eligible: 7 },
      ...{ source: 'People Survey 2020', release: 'CSPS-2020' },
    });
  });
  afterAll(async () => {
    stop.abort();
    await running;
    await watch.stop();
    await source.destroy();
    await pool.end();
    await database.drop();
  });

  const ask = async (question: string, about: object = {}, role: 'hr' | 'member' = 'hr', asOf?: bigint) => {
    const { position } = await metrics.store.head();
    await reader.at({ after: position }, metricsReadModels, async () => undefined);
    const reply = await new AskHandler(metrics.parts()).handle(question, { ...about }, as(1, role), asOf);
    if (!reply.accepted) throw new Error(`${question}: ${reply.refused}`);
    return reply.answer;
  };

  it('the catalogue lists the metrics by code', async () => {
    expect(await ask('metrics.catalogue')).toMatchObject([{ code: 'EES' }, { code: 'LC_TS' }, { code: 'WATCHED' }]);
    expect(await ask('metrics.catalogue', { metric: 'lc_ts' })).toMatchObject([{ code: 'LC_TS', minN: 10 }]);
  });

  it('who may not know of monitored metrics is not told of them, nor of their series', async () => {
    expect(await ask('metrics.catalogue', {}, 'member')).toMatchObject([{ code: 'EES' }, { code: 'LC_TS' }]);
    expect(await ask('metrics.series', { metric: 'WATCHED' }, 'member')).toEqual([]);
  });

  it('the series says what stands and whence, and never the figure, its base or its n', async () => {
    const answer = await ask('metrics.series', { metric: 'LC_TS', unit: 'gpa' }, 'member');
    expect(answer).toMatchObject([
      { unitId: metrics.idOf('unit', 'GPA'), period: '2020', verifiedBy: null, retracted: false, corrections: 0 },
    ]);
    const [row] = answer as readonly Record<string, unknown>[];
    for (const figure of ['value', 'num', 'den', 'n', 'base', 'eligible', 's']) expect(row).not.toHaveProperty(figure);
    expect(JSON.stringify(answer)).not.toContain('58.4');
  });

  it('a target is answered without the observed figure it starts from', async () => {
    const { position } = await metrics.store.head();
    const [row] = (await ask('metrics.series', { metric: 'LC_TS' })) as readonly { obsId: string }[];
    const target = { ...targetCommands['metrics.ProposeTarget'].example, unit: 'GPA', metric: 'LC_TS' };
    await metrics.done(as(1, 'hr'), 'metrics.ProposeTarget', { ...target, baseline: { observation: row?.obsId } });
    const answer = await ask('metrics.targets', { metric: 'lc_ts', unit: 'GPA', period: '2026' });
    expect(answer).toMatchObject([
      { state: 'PROPOSED', baseline: null, baselineBasis: 'OBSERVED', baselinePeriod: '2020', target: '70' },
    ]);
    expect(JSON.stringify(answer)).not.toContain('58.4');
    expect(await ask('metrics.targets', {}, 'hr', position)).toEqual([]);
  });

  it('an asserted baseline is answered', async () => {
    const target = { ...targetCommands['metrics.ProposeTarget'].example, unit: 'GPA', metric: 'EES' };
    await metrics.done(as(1, 'hr'), 'metrics.ProposeTarget', target);
    expect(await ask('metrics.targets', { metric: 'EES' })).toMatchObject([
      { baseline: '61', baselineBasis: 'ASSERTED' },
    ]);
  });

  it('hypotheses and releases are listed, a release without what it says of single units', async () => {
    await metrics.done(as(1, 'hr'), 'metrics.RegisterHypothesis', {
      ...{ code: 'LC-EES', leadingMetric: 'LC_TS', laggingMetric: 'EES', lagPeriods: 1, expectedSign: 'POSITIVE' },
      ...{ reviewDate: '2026-12-31', rationale: 'Felt a year later.' },
    });
    expect(await ask('metrics.hypotheses', {}, 'member')).toMatchObject([{ code: 'LC-EES', method: 'spearman' }]);
    const releases = await ask('metrics.releases', {}, 'member');
    expect(releases).toMatchObject([{ code: 'CSPS-2020', sourceMinN: 10, declaredRole: 'hr' }]);
    expect(JSON.stringify(releases)).not.toContain('eligible');
  });

  it('as of an earlier position the catalogue is what it was then', async () => {
    const { position } = await metrics.store.head();
    await metrics.done(as(1, 'hr'), 'metrics.ReviseMetricDefinition', {
      ...{ metric: 'EES', changes: { minN: 20 }, comparability: 'COMPARABLE' },
      ...{ change: 'Larger groups only.', reason: 'Agreed with the council.' },
    });
    expect(await ask('metrics.catalogue', { metric: 'EES' })).toMatchObject([
      { minN: 20, legalClass: null, version: 2 },
    ]);
    expect(await ask('metrics.catalogue', { metric: 'EES' }, 'hr', position)).toMatchObject([{ minN: 10, version: 1 }]);
    expect(await ask('metrics.catalogue', { metric: 'EES', versions: true })).toHaveLength(2);
  });

  it('a metric whose class is void is kept back like a monitored one, and its hypotheses with it', async () => {
    expect(await ask('metrics.catalogue', {}, 'member')).toMatchObject([{ code: 'LC_TS' }]);
    expect(await ask('metrics.hypotheses', {}, 'member')).toEqual([]);
  });
});
