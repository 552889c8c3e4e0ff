import { metricCommands, targetCommands } from '@plumbline/metrics/domain';
import type { EventStore, StreamWrite, Unchanged } from '@plumbline/platform/event-store';
import { as, MetricsDeployment } from './metrics-deployment.testing';

const define = metricCommands['metrics.DefineMetric'].example;
const about = { unit: 'GPA', metric: 'LC_TS', period: '2026' };
const propose = { ...targetCommands['metrics.ProposeTarget'].example, ...about };
const lock = { ...about, cycle: '2026' };
const revise = metricCommands['metrics.ReviseMetricDefinition'].example;

/** A store on which something happens just before the first append through it. */
const withMeanwhile = (store: EventStore, meanwhile: () => Promise<unknown>): EventStore => {
  let happened = false;
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== 'append') {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return async (writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[]) => {
        if (!happened) {
          happened = true;
          await meanwhile();
        }
        return target.append(writes, unchanged);
      };
    },
  });
};

describe('what rests on a metric’s class', () => {
  let metrics: MetricsDeployment;
  beforeEach(async () => {
    metrics = new MetricsDeployment();
    await metrics.registerUnit('GPA');
    await metrics.done(as(1, 'hr'), 'metrics.DefineMetric', define);
    await metrics.done(as(1, 'hr'), 'metrics.ProposeTarget', propose);
    await metrics.done(as(2, 'hr'), 'metrics.ApproveTarget', about);
  });
  const while_ = (type: string, data: object, role: 'hr' | 'legal') =>
    withMeanwhile(metrics.store, () => metrics.done(as(3, role), type, data));

  it('a target is not locked on a metric whose definition is revised at the same time', async () => {
    const store = while_('metrics.ReviseMetricDefinition', revise, 'hr');
    expect(await metrics.send(as(2, 'hr'), 'metrics.LockTarget', lock, store)).toMatchObject({
      accepted: false,
      refused: 'a-metric-whose-class-is-void-cannot-count-in-an-evaluation',
    });
    expect((await metrics.types()).at(-1)).toBe('metrics.MetricDefinitionRevised.v1');
  });

  it('a target is not locked on a metric that is called monitoring-only at the same time', async () => {
    const assigned = { metric: 'LC_TS', class: 'MONITORING_ONLY', jurisdiction: 'GB' };
    const store = while_('metrics.AssignMetricLegalClass', assigned, 'legal');
    expect(await metrics.send(as(2, 'hr'), 'metrics.LockTarget', lock, store)).toMatchObject({
      refused: 'a-monitoring-only-metric-cannot-count-in-an-evaluation',
    });
    expect(await metrics.types()).not.toContain('metrics.TargetLocked.v1');
  });

  it('a target is locked all the same when something else happened meanwhile', async () => {
    const other = { ...define, code: 'EES' };
    const store = while_('metrics.DefineMetric', other, 'hr');
    expect(await metrics.send(as(2, 'hr'), 'metrics.LockTarget', lock, store)).toMatchObject({ accepted: true });
  });

  it('a figure is not recorded on a metric whose definition is revised at the same time', async () => {
    const figure = {
      unit: 'GPA',
      metric: 'LC_TS',
      period: '2020',
      value: '58',
      source: 'survey',
      release: 'CSPS-2020',
    };
    const release = {
      code: 'CSPS-2020',
      source: 'survey',
      instrument: 'survey',
      fileHash: 'ab'.repeat(32),
    };
    await metrics.done(as(1, 'hr'), 'metrics.RecordExternalRelease', release);
    const store = while_('metrics.ReviseMetricDefinition', revise, 'hr');
    expect(await metrics.send(as(1, 'hr'), 'metrics.RecordObservation', figure, store)).toMatchObject({
      refused: 'a-metric-has-its-legal-class-before-its-figures',
    });
  });

  it('a hypothesis is not registered on a metric that is retired at the same time', async () => {
    await metrics.done(as(1, 'hr'), 'metrics.DefineMetric', {
      ...define,
      code: 'EES',
      kind: 'LAGGING',
      formulaRef: 'engagement-index',
    });
    const hypothesis = {
      code: 'LC-EES',
      leadingMetric: 'LC_TS',
      laggingMetric: 'EES',
      lagPeriods: 1,
      expectedSign: 'POSITIVE',
      reviewDate: '2026-12-31',
      rationale: 'Felt a year later.',
    };
    const store = while_('metrics.RetireMetric', { metric: 'EES', reason: 'ended' }, 'hr');
    expect(await metrics.send(as(1, 'hr'), 'metrics.RegisterHypothesis', hypothesis, store)).toMatchObject({
      refused: 'a-retired-metric-takes-no-hypothesis',
    });
  });

  it('an adjustment asked for after the period has ended is refused on record', async () => {
    await metrics.done(as(2, 'hr'), 'metrics.LockTarget', lock);
    metrics.now = '2027-01-01T09:00:00.000Z';
    const asked = {
      ...about,
      changes: { curve: 'LINEAR', threshold: '62', target: '68', stretch: '74' },
      reason: 'Two wards were merged.',
    };
    expect(await metrics.send(as(1, 'executive'), 'metrics.RequestTargetAdjustment', asked)).toMatchObject({
      accepted: false,
      refused: 'a-target-is-not-adjusted-after-its-period-has-ended',
      recordedEvents: [expect.any(String)],
    });
    expect((await metrics.types()).at(-1)).toBe('metrics.TargetAdjustmentRefused.v1');
  });
});

it('two figures for one period at the same time: the second is refused, and the first stands', async () => {
  const metrics = new MetricsDeployment();
  await metrics.registerUnit('GPA');
  await metrics.done(as(1, 'hr'), 'metrics.DefineMetric', { ...define, sourceType: 'RECORDS' });
  const figure = (value: string) => ({ unit: 'GPA', metric: 'LC_TS', period: '2020', value, source: 'records' });
  const store = withMeanwhile(metrics.store, () =>
    metrics.done(as(3, 'hr'), 'metrics.RecordObservation', figure('58')),
  );
  expect(await metrics.send(as(1, 'hr'), 'metrics.RecordObservation', figure('57'), store)).toMatchObject({
    refused: 'already-observed',
  });
  expect((await metrics.types()).filter((type) => type === 'metrics.ObservationRecorded.v1')).toHaveLength(1);
});
