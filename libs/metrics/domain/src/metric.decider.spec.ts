import { accept, specify, type SpecContext } from '@plumbline/kernel';
import { classAssigned, defined, lcTheme, legalReview, metricState, retired, revised } from './given.testing';
import { metricCommands, type MetricCommand } from './metric.commands';
import { metricDecider } from './metric.decider';
import type { MetricEvent } from './metric.events';

type Define = Extract<MetricCommand, { type: 'metrics.DefineMetric' }>['data'];

const define = (more: Partial<Define> = {}): MetricCommand => ({
  type: 'metrics.DefineMetric',
  data: { ...metricCommands['metrics.DefineMetric'].example, ...more } as Define,
});
const { given } = specify(metricDecider);
const definitionIn = (decision: ReturnType<ReturnType<typeof given>['when']>) => {
  const event = decision.events?.[0];
  if (event?.type !== 'metrics.MetricDefined.v1') throw new Error(`no metric was defined: ${decision.refused}`);
  return event.data;
};
const climate = { 'metric:BELONGING': metricState(defined('BELONGING')) };
const headcount: Partial<Define> = {
  code: 'LEAVERS',
  name: 'Leavers',
  kind: 'LAGGING',
  level: 'OUTCOME',
  unit: 'COUNT',
  direction: 'LOWER',
  formulaRef: 'count',
  sourceType: 'RECORDS',
  topic: 'EXITS',
  subject: 'SENSITIVE',
};

describe('defining a metric', () => {
  it('records the definition with the class its definer declares', () => {
    expect(given().when(define())).toEqual(
      accept({
        type: 'metrics.MetricDefined.v1',
        data: {
          metricId: 'metric:LC_TS',
          code: 'LC_TS',
          version: 1,
          definitionVersion: 1,
          definition: lcTheme,
          legalClass: 'CLIMATE_ALL',
          legalReviewId: null,
          definedBy: 'person-hr',
        },
      }),
    );
  });

  it('names one stream however the code is written', () => {
    expect(metricDecider.stream(define({ code: 'lc_ts' }))).toEqual(metricDecider.stream(define({ code: 'LC_TS' })));
  });

  it('records nothing when the same is defined again, whatever the order of fields in the log', () => {
    const stored = { ...defined() } as Extract<MetricEvent, { type: 'metrics.MetricDefined.v1' }>;
    const definition = Object.fromEntries(Object.entries(lcTheme).reverse()) as typeof lcTheme;
    expect(given({ ...stored, data: { ...stored.data, definition } }).when(define())).toEqual(accept());
  });

  it('is refused when the code is defined otherwise', () => {
    expect(given(defined()).when(define({ minN: 5 })).refused).toBe('a-defined-metric-is-revised-not-defined-again');
    expect(given(defined()).when(define({ legalClass: 'NEUTRAL' })).refused).toBe(
      'a-defined-metric-is-revised-not-defined-again',
    );
  });

  it('records nothing when the same is defined again while its class is void, whatever class is said', () => {
    const sameAgain = revised('COMPARABLE', { rationale: lcTheme.rationale });
    expect(given(defined(), sameAgain).when(define({ legalClass: 'NEUTRAL' }))).toEqual(accept());
    expect(given(defined(), sameAgain).when(define({ minN: 5 })).refused).toBe(
      'a-defined-metric-is-revised-not-defined-again',
    );
  });

  it('takes tags of no framework where none are said', () => {
    expect(definitionIn(given().when(define({ frameworkTags: undefined }))).definition.frameworkTags).toEqual([]);
  });

  it('rests on the companion and the review it names', () => {
    const named = define({ companionMetric: 'Belonging', legalReview: 'review-1' });
    expect(metricDecider.facts?.(named, metricDecider.initial)).toMatchObject([
      { fold: { concept: 'metric' }, key: { concept: 'metric', natural: 'BELONGING' } },
      { fold: { concept: 'legal-review' }, key: { concept: 'legal-review', id: 'review-1' } },
    ]);
    expect(metricDecider.facts?.(define(), metricDecider.initial)).toEqual([]);
  });

  it.each([
    ['PROCESS', 'LAGGING'],
    ['BEHAVIOUR', 'LAGGING'],
    ['CLIMATE', 'LEADING'],
    ['OUTCOME', 'LEADING'],
  ] as const)('is refused for a %s metric that is %s without a rationale', (level, kind) => {
    expect(given().when(define({ level, kind, kindRationale: undefined })).refused).toBe(
      'process-and-behaviour-lead-climate-and-outcome-lag-unless-a-rationale-says-otherwise',
    );
  });

  it.each([
    ['PROCESS', 'LEADING'],
    ['BEHAVIOUR', 'LEADING'],
    ['CLIMATE', 'LAGGING'],
    ['OUTCOME', 'LAGGING'],
  ] as const)('needs no rationale for a %s metric that is %s', (level, kind) => {
    expect(definitionIn(given().when(define({ level, kind, kindRationale: undefined }))).definition.kind).toBe(kind);
  });

  it('is refused when the unit does not fit the formula', () => {
    expect(given().when(define({ unit: 'COUNT' })).refused).toBe('a-unit-fits-its-formula');
    expect(given().when(define({ unit: 'DAYS', formulaRef: 'favourable-share' })).refused).toBe(
      'a-unit-fits-its-formula',
    );
  });

  it('is refused for a count of people without a companion climate metric', () => {
    const rule = 'a-count-of-people-has-a-companion-climate-metric';
    expect(given().when(define(headcount)).refused).toBe(rule);
    expect(given().when(define({ ...headcount, companionMetric: 'NOBODY' })).refused).toBe(rule);
    expect(given().when(define({ ...headcount, companionMetric: 'leavers' })).refused).toBe(rule);
    const records = { 'metric:CHECKINS': metricState(defined('CHECKINS', { level: 'PROCESS' })) };
    expect(given().when(define({ ...headcount, companionMetric: 'CHECKINS' }), { streams: records }).refused).toBe(
      rule,
    );
  });

  it('shows a count of people beside its companion', () => {
    const decision = given().when(define({ ...headcount, companionMetric: 'Belonging' }), { streams: climate });
    expect(definitionIn(decision).definition.companionMetricId).toBe('metric:BELONGING');
  });

  it('needs no companion for a count that is not about people', () => {
    expect(definitionIn(given().when(define({ ...headcount, subject: 'NONE' }))).definition.unit).toBe('COUNT');
  });

  it('is refused for regretted exits that HR has not coded beforehand', () => {
    const exits = { ...headcount, topic: 'REGRETTED_EXITS', companionMetric: 'BELONGING' } as const;
    expect(given().when(define(exits), { streams: climate }).refused).toBe(
      'regretted-exits-are-coded-by-hr-before-the-leader-sees-them',
    );
    const coded = given().when(define({ ...exits, codedBeforehandBy: 'hr' }), { streams: climate });
    expect(definitionIn(coded).definition.topic).toBe('REGRETTED_EXITS');
  });

  it('is refused when handling is said of a count', () => {
    const concerns = { topic: 'CONCERNS', handling: true } as const;
    expect(
      given().when(define({ ...headcount, companionMetric: 'BELONGING', ...concerns }), { streams: climate }).refused,
    ).toBe('handling-is-measured-as-a-time-or-a-share');
    const days = { unit: 'DAYS', formulaRef: 'median', sourceType: 'RECORDS' } as const;
    expect(given().when(define({ ...concerns, ...days })).events).toHaveLength(1);
  });

  it('is refused when the timeliness of an open process, counted in requests, is called anything but neutral', () => {
    const handled: Partial<Define> = {
      code: 'ADJUSTED_IN_TIME',
      kind: 'LEADING',
      level: 'PROCESS',
      formulaRef: 'record-share',
      sourceType: 'RECORDS',
      process: { openToAnyone: true, countedIn: 'REQUESTS' },
    };
    expect(given().when(define({ ...handled, legalClass: 'MONITORING_ONLY' })).refused).toBe(
      'timeliness-of-a-process-open-to-anyone-counted-in-requests-is-neutral',
    );
    expect(definitionIn(given().when(define({ ...handled, legalClass: 'NEUTRAL' }))).legalClass).toBe('NEUTRAL');
  });

  it('is refused when a review is named that does not clear it, whatever its class', () => {
    const rule = 'a-review-that-is-named-clears-what-it-is-named-for';
    const named = define({ legalReview: 'review-1' });
    expect(given().when(named).refused).toBe(rule);
    const review = legalReview({ kind: 'metric', id: 'metric:LC_TS', version: 1 }, '2026-12-31');
    expect(definitionIn(given().when(named, { streams: { 'review-1': review } })).legalReviewId).toBe('review-1');
  });

  it('is refused for a monitoring-only metric meant for fewer than ten', () => {
    expect(given().when(define({ legalClass: 'MONITORING_ONLY', minN: 9 })).refused).toBe(
      'a-monitoring-only-metric-is-for-ten-or-more',
    );
    expect(definitionIn(given().when(define({ legalClass: 'MONITORING_ONLY', minN: 10 }))).definition.minN).toBe(10);
  });

  it('is refused for a class-based metric without a live legal review of it', () => {
    const rule = 'a-class-based-metric-needs-a-live-legal-review';
    const classBased = define({ legalClass: 'CLASS_BASED', legalReview: 'review-1' });
    const by = (review: ReturnType<typeof legalReview>): SpecContext => ({ streams: { 'review-1': review } });
    const metric = { kind: 'metric', id: 'metric:LC_TS', version: null } as const;
    expect(given().when(define({ legalClass: 'CLASS_BASED' })).refused).toBe(rule);
    expect(given().when(classBased).refused).toBe(rule);
    expect(given().when(classBased, by(legalReview(metric, '2026-06-14'))).refused).toBe(rule);
    expect(given().when(classBased, by(legalReview({ ...metric, id: 'metric:EES' }, '2026-12-31'))).refused).toBe(rule);
    expect(definitionIn(given().when(classBased, by(legalReview(metric, '2026-06-15')))).legalReviewId).toBe(
      'review-1',
    );
  });
});

describe('revising a definition', () => {
  const revise = (
    changes: Extract<MetricCommand, { type: 'metrics.ReviseMetricDefinition' }>['data']['changes'],
    comparability: 'COMPARABLE' | 'BREAK' = 'COMPARABLE',
  ): MetricCommand => ({
    type: 'metrics.ReviseMetricDefinition',
    data: { metric: 'LC_TS', changes, comparability, change: 'as said', reason: 'as said' },
  });

  it('counts a new version of the same series when comparable', () => {
    const [event] = given(defined()).when(revise({ minN: 15 })).events ?? [];
    expect(event).toMatchObject({
      type: 'metrics.MetricDefinitionRevised.v1',
      data: { version: 2, definitionVersion: 1, definition: { ...lcTheme, minN: 15 }, revisedBy: 'person-hr' },
    });
  });

  it('begins a new series when it breaks', () => {
    const [event] = given(defined()).when(revise({ name: 'Leading change' }, 'BREAK')).events ?? [];
    expect(event?.data).toMatchObject({ version: 2, definitionVersion: 2 });
  });

  it('voids the legal class until it is reviewed', () => {
    expect(metricState(defined(), revised('COMPARABLE'))).toMatchObject({ legalClass: null, review: null });
    expect(metricState(defined(), revised('COMPARABLE'), classAssigned('NEUTRAL', { version: 2 }))).toMatchObject({
      legalClass: 'NEUTRAL',
      review: { reviewer: 'person-legal' },
    });
  });

  it('is refused when it changes nothing', () => {
    expect(given(defined()).when(revise({ minN: 10 })).refused).toBe('a-revision-changes-the-definition');
  });

  it.each([{ unit: 'INDEX' }, { formulaRef: 'engagement-index' }, { cadence: 'QUARTERLY' }] as const)(
    'is refused as comparable when it changes %j',
    (changes) => {
      expect(given(defined()).when(revise(changes)).refused).toBe('another-unit-formula-or-cadence-is-a-break');
      expect(given(defined()).when(revise(changes, 'BREAK')).refused).toBeUndefined();
    },
  );

  it.each([{ minN: 9 }, { subject: 'NONE' }] as const)(
    'is refused as comparable when figures recorded before would lose protection: %j',
    (changes) => {
      expect(given(defined()).when(revise(changes)).refused).toBe('a-definition-that-protects-less-is-a-break');
      expect(given(defined()).when(revise(changes, 'BREAK')).events).toHaveLength(1);
      expect(given(defined()).when(revise({ subject: 'SENSITIVE' })).events).toHaveLength(1);
    },
  );

  it('keeps to what a definition must satisfy', () => {
    expect(given(defined()).when(revise({ level: 'PROCESS', kind: 'LAGGING' })).events).toHaveLength(1);
    const plain = defined('LC_TS', { kind: 'LAGGING', kindRationale: null });
    expect(given(plain).when(revise({ kind: 'LEADING' })).refused).toBe(
      'process-and-behaviour-lead-climate-and-outcome-lag-unless-a-rationale-says-otherwise',
    );
  });

  it('looks again at the companion that the definition has', () => {
    const counted = defined('LEAVERS', { unit: 'COUNT', formulaRef: 'count', companionMetricId: 'metric:BELONGING' });
    const command: MetricCommand = { ...revise({ minN: 15 }) } as MetricCommand;
    const leavers = { ...command, data: { ...command.data, metric: 'LEAVERS' } } as MetricCommand;
    expect(given(counted).when(leavers, { streams: climate }).events).toHaveLength(1);
    expect(given(counted).when(leavers).refused).toBe('a-count-of-people-has-a-companion-climate-metric');
  });

  it('takes another companion, and says which fields break a series', () => {
    const counted = defined('LC_TS', { unit: 'COUNT', formulaRef: 'count', companionMetricId: 'metric:BELONGING' });
    const [event] =
      given(counted).when(revise({ companionMetric: 'PRIDE' }), {
        streams: { 'metric:PRIDE': metricState(defined('PRIDE')) },
      }).events ?? [];
    expect(event?.data).toMatchObject({ definition: { companionMetricId: 'metric:PRIDE' } });
    const broken = given(defined()).when(revise({ unit: 'INDEX', cadence: 'QUARTERLY' }));
    expect('detail' in broken ? broken.detail : '').toContain('unit, cadence changes:');
    expect(metricDecider.facts?.(revise({ minN: 15 }), metricState(counted))).toMatchObject([
      { key: { concept: 'metric', id: 'metric:BELONGING' } },
    ]);
  });

  it('is refused for a metric that is not defined', () => {
    expect(given().when(revise({ minN: 5 })).refused).toBe('a-metric-is-defined-first');
  });

  it('is refused for a retired metric', () => {
    expect(given(defined(), retired()).when(revise({ minN: 5 })).refused).toBe('a-retired-metric-stays-as-it-was');
  });
});

describe('assigning the legal class', () => {
  const legal: SpecContext = { actor: { id: 'person-legal', role: 'legal' } };
  const assign = (
    more: Partial<Extract<MetricCommand, { type: 'metrics.AssignMetricLegalClass' }>['data']> = {},
  ): MetricCommand => ({
    type: 'metrics.AssignMetricLegalClass',
    data: { metric: 'LC_TS', class: 'CLIMATE_ALL', jurisdiction: 'GB', expiresAt: '2027-11-30', ...more },
  });

  it('records class, reviewer, jurisdiction and expiry for the current version', () => {
    expect(given(defined(), revised('BREAK')).when(assign(), legal)).toEqual(
      accept({
        type: 'metrics.MetricLegalClassAssigned.v1',
        data: {
          metricId: 'metric:LC_TS',
          code: 'LC_TS',
          version: 2,
          class: 'CLIMATE_ALL',
          reviewer: 'person-legal',
          jurisdiction: 'GB',
          expiresAt: '2027-11-30',
          legalReviewId: null,
        },
      }),
    );
  });

  it('records nothing when the same reviewer says the same again', () => {
    const events = [defined(), classAssigned('CLIMATE_ALL', { expiresAt: '2027-11-30' })];
    expect(given(...events).when(assign(), legal)).toEqual(accept());
  });

  it('is recorded anew when the same reviewer says another class, or the same in other words', () => {
    const events = [defined(), classAssigned('CLIMATE_ALL', { expiresAt: '2027-11-30' })];
    expect(given(...events).when(assign({ class: 'NEUTRAL' }), legal).events).toHaveLength(1);
    expect(given(...events).when(assign({ expiresAt: '2028-11-30' }), legal).events).toHaveLength(1);
  });

  it('is refused to whoever worded the definition', () => {
    const self: SpecContext = { actor: { id: 'person-definer', role: 'legal' } };
    expect(given(defined()).when(assign(), self).refused).toBe('whoever-words-a-definition-does-not-review-its-class');
  });

  it('is refused when it has expired already', () => {
    expect(given(defined()).when(assign({ expiresAt: '2026-06-14' }), legal).refused).toBe(
      'a-class-review-has-not-expired-when-it-is-given',
    );
    expect(given(defined()).when(assign({ expiresAt: '2026-06-15' }), legal).events).toHaveLength(1);
  });

  it('is refused as class-based without a live legal review of this version', () => {
    const review = legalReview({ kind: 'metric', id: 'metric:LC_TS', version: 1 }, '2027-01-01');
    const classBased = assign({ class: 'CLASS_BASED', legalReview: 'review-1' });
    const context = { ...legal, streams: { 'review-1': review } };
    expect(given(defined()).when(classBased, context).events).toHaveLength(1);
    expect(given(defined(), revised('BREAK')).when(classBased, context).refused).toBe(
      'a-class-based-metric-needs-a-live-legal-review',
    );
  });
});

describe('retiring a metric', () => {
  const retire: MetricCommand = {
    type: 'metrics.RetireMetric',
    data: { metric: 'LC_TS', reason: 'The survey ended.' },
  };

  it('records it once', () => {
    const its = { metricId: 'metric:LC_TS', code: 'LC_TS', version: 1 };
    expect(given(defined()).when(retire)).toEqual(
      accept({ type: 'metrics.MetricRetired.v1', data: { ...its, reason: 'The survey ended.' } }),
    );
    expect(given(defined(), retired()).when(retire)).toEqual(accept());
    expect(metricDecider.facts?.(retire, metricState(defined()))).toEqual([]);
  });
});
