import { accept, specify, stateOf, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import { defined, metricState, retired, revised } from './given.testing';
import { hypothesisCommands, type HypothesisCommand } from './hypothesis.commands';
import { hypothesisDecider } from './hypothesis.decider';
import type { HypothesisEvent } from './hypothesis.events';
import { hypothesisFacts } from './hypothesis.facts';
import { HYPOTHESIS_VERDICT, type ReportedVerdict } from './reported-facts';

const { given } = specify(hypothesisDecider);
type Register = Extract<HypothesisCommand, { type: 'metrics.RegisterHypothesis' }>['data'];
const register = (more: Partial<Register> = {}): HypothesisCommand => ({
  type: 'metrics.RegisterHypothesis',
  data: { ...hypothesisCommands['metrics.RegisterHypothesis'].example, ...more },
});
const engagement = { kind: 'LAGGING', kindRationale: null, formulaRef: 'engagement-index' } as const;
const metrics = {
  'metric:LC_TS': metricState(defined()),
  'metric:EES': metricState(defined('EES', engagement)),
};
const registered: GivenEvent<HypothesisEvent> = {
  type: 'metrics.HypothesisRegistered.v1',
  data: {
    hypothesisId: 'hypothesis:LC-LEADS-EES',
    code: 'LC-LEADS-EES',
    leadingMetricId: 'metric:LC_TS',
    laggingMetricId: 'metric:EES',
    leadingDefinitionVersion: 1,
    laggingDefinitionVersion: 1,
    lagPeriods: 1,
    expectedSign: 'POSITIVE',
    method: 'pearson',
    reviewDate: '2026-11-30',
    rationale: 'How change is led is felt in engagement a year later.',
    replaces: null,
    registeredBy: 'person-hr',
  },
};

describe('registering a hypothesis', () => {
  it('says beforehand what leads to what, at which lag, with which sign and test', () => {
    expect(given().when(register(), { streams: metrics })).toEqual(accept(registered));
  });

  it('is tested by Spearman unless said', () => {
    const [event] = given().when(register({ method: undefined }), { streams: metrics }).events ?? [];
    expect(event?.data).toMatchObject({ method: 'spearman' });
  });

  it('may look back: a review date that has passed is taken', () => {
    expect(given().when(register({ reviewDate: '2020-12-31' }), { streams: metrics }).events).toHaveLength(1);
  });

  it('holds the definitions it was said about', () => {
    const [event] =
      given().when(register(), {
        streams: { ...metrics, 'metric:EES': { ...metricState(defined('EES', engagement)), definitionVersion: 3 } },
      }).events ?? [];
    expect(event?.data).toMatchObject({ leadingDefinitionVersion: 1, laggingDefinitionVersion: 3 });
  });

  it('records nothing when the same is registered again', () => {
    expect(given(registered).when(register({ code: 'lc-leads-ees' }), { streams: metrics })).toEqual(accept());
  });

  it.each([
    { lagPeriods: 2 },
    { expectedSign: 'NEGATIVE' },
    { method: 'spearman' },
    { reviewDate: '2027-01-01' },
  ] as const)('is refused with %j under the same code', (more) => {
    expect(given(registered).when(register(more), { streams: metrics }).refused).toBe('a-hypothesis-is-never-edited');
  });

  it('is refused for metrics that nobody defined', () => {
    const rule = 'a-hypothesis-joins-defined-metrics';
    expect(given().when(register()).refused).toBe(rule);
    expect(given().when(register(), { streams: { 'metric:LC_TS': metrics['metric:LC_TS'] } }).refused).toBe(rule);
  });

  it('is refused for one metric twice', () => {
    expect(given().when(register({ laggingMetric: 'lc_ts' }), { streams: metrics }).refused).toBe(
      'a-hypothesis-joins-two-metrics',
    );
  });

  it('is refused for a retired metric', () => {
    const streams = { ...metrics, 'metric:LC_TS': metricState(defined(), retired()) };
    expect(given().when(register(), { streams }).refused).toBe('a-retired-metric-takes-no-hypothesis');
  });

  it('is refused while a metric’s class is void', () => {
    const streams = { ...metrics, 'metric:LC_TS': metricState(defined(), revised('COMPARABLE')) };
    expect(given().when(register(), { streams }).refused).toBe('a-hypothesis-joins-metrics-whose-class-stands');
  });

  it('runs from a leading to a lagging metric', () => {
    expect(given().when(register({ leadingMetric: 'EES', laggingMetric: 'LC_TS' }), { streams: metrics }).refused).toBe(
      'a-hypothesis-runs-from-a-leading-to-a-lagging-metric',
    );
  });

  it('is refused for metrics of different cadence', () => {
    const streams = { ...metrics, 'metric:EES': metricState(defined('EES', { ...engagement, cadence: 'QUARTERLY' })) };
    expect(given().when(register(), { streams }).refused).toBe('metrics-of-a-hypothesis-have-one-cadence');
  });

  it('may replace a registered one', () => {
    const streams = { ...metrics, 'hypothesis:LC-LEADS-EES': stateOf(hypothesisFacts, registered) };
    const next = register({ code: 'LC-LEADS-EES-2', lagPeriods: 2, replaces: 'LC-LEADS-EES' });
    expect(given().when(next, { streams }).events?.[0]?.data).toMatchObject({ replaces: 'hypothesis:LC-LEADS-EES' });
    expect(given().when(next, { streams: metrics }).refused).toBe('only-a-registered-hypothesis-is-replaced');
    expect(given().when(register({ replaces: 'LC-LEADS-EES' }), { streams: metrics }).refused).toBe(
      'only-a-registered-hypothesis-is-replaced',
    );
  });
});

describe('reviewing a hypothesis', () => {
  const note = 'Both figures come from one wave.';
  const reported = (more: Partial<ReportedVerdict> = {}, today = '2026-12-01'): SpecContext => ({
    today,
    answers: {
      [HYPOTHESIS_VERDICT]: {
        verdict: 'SHARED_SOURCE',
        cannotTell: false,
        asOf: 'event-9',
        report: 'R2@1',
        ...more,
      } satisfies ReportedVerdict,
    },
  });
  const review = (verdict: 'SHARED_SOURCE' | 'LEADS' = 'SHARED_SOURCE'): HypothesisCommand => ({
    type: 'metrics.ReviewHypothesis',
    data: { hypothesis: 'LC-LEADS-EES', verdict, note },
  });

  it('gives the verdict on the review date, with what it rests on', () => {
    expect(given(registered).when(review(), reported({}, '2026-11-30'))).toEqual(
      accept({
        type: 'metrics.HypothesisReviewed.v1',
        data: {
          hypothesisId: 'hypothesis:LC-LEADS-EES',
          code: 'LC-LEADS-EES',
          leadingMetricId: 'metric:LC_TS',
          laggingMetricId: 'metric:EES',
          verdict: 'SHARED_SOURCE',
          cannotTell: false,
          basis: { asOf: 'event-9', report: 'R2@1', note },
          reviewedBy: 'person-hr',
        },
      }),
    );
  });

  it('is refused before it', () => {
    expect(given(registered).when(review(), reported({}, '2026-11-29')).refused).toBe(
      'a-verdict-is-given-at-the-review-date',
    );
  });

  it('is refused while the day of review has not begun in the log', () => {
    expect(given(registered).when(review(), reported({ verdict: null })).refused).toBe(
      'a-verdict-is-given-at-the-review-date',
    );
  });

  it('is refused for another verdict than the figures give, whoever wishes for it', () => {
    const refusal = given(registered).when(review('LEADS'), reported());
    expect(refusal.refused).toBe('a-verdict-is-the-one-that-the-figures-give');
    expect('detail' in refusal ? refusal.detail : '').not.toContain('SHARED_SOURCE');
  });

  it('says whether the test could have seen what matters', () => {
    const [event] = given(registered).when(review(), reported({ cannotTell: true })).events ?? [];
    expect(event?.data).toMatchObject({ verdict: 'SHARED_SOURCE', cannotTell: true });
  });

  it('is refused for a hypothesis that nobody registered', () => {
    expect(given().when(review(), reported()).refused).toBe('only-a-registered-hypothesis-is-reviewed');
  });

  it('records the same verdict once, another anew', () => {
    const given_ = given(registered, {
      type: 'metrics.HypothesisReviewed.v1',
      data: {
        hypothesisId: 'hypothesis:LC-LEADS-EES',
        code: 'LC-LEADS-EES',
        leadingMetricId: 'metric:LC_TS',
        laggingMetricId: 'metric:EES',
        verdict: 'SHARED_SOURCE',
        cannotTell: false,
        basis: { asOf: 'event-8', report: 'R2@1', note },
        reviewedBy: 'person-b',
      },
    });
    expect(given_.when(review(), reported())).toEqual(accept());
    expect(given_.when(review(), reported({ cannotTell: true })).events).toHaveLength(1);
    expect(given_.when(review('LEADS'), reported({ verdict: 'LEADS' })).events).toHaveLength(1);
  });
});
