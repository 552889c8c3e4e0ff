import { accept, specify, stateOf, type SpecContext } from '@plumbline/kernel';
import {
  classAssigned,
  defined,
  importOf,
  locked,
  metricState,
  observed,
  organization,
  ORGANIZATION,
  proposed,
  approved,
  releaseState,
  retired,
  seriesState,
  revised,
  targetState,
  unit,
} from './given.testing';
import { importVerificationFacts } from './import-verification.facts';
import { LINE_OF_UNIT } from './organization-facts';
import type { SeriesCommand } from './series.commands';
import { seriesDecider } from './series.decider';
import { seriesFacts } from './series.facts';

type RecordIt = Extract<SeriesCommand, { type: 'metrics.RecordObservation' }>['data'];

const { given } = specify(seriesDecider);
const record = (more: Partial<RecordIt> = {}): SeriesCommand => ({
  type: 'metrics.RecordObservation',
  data: {
    unit: 'GPA',
    metric: 'LC_TS',
    period: '2020',
    value: '58',
    source: 'Civil Service People Survey 2020',
    release: 'CSPS-2020',
    ...more,
  },
});
const around = (more: SpecContext & { readonly metric?: ReturnType<typeof metricState> } = {}): SpecContext => {
  const { metric, ...context } = more;
  return {
    ...context,
    streams: {
      'metric:LC_TS': metric ?? metricState(defined()),
      'unit:GPA': unit(),
      [ORGANIZATION]: organization(),
      'release:CSPS-2020': releaseState(),
      ...context.streams,
    },
    answers: { [LINE_OF_UNIT]: [], ...context.answers },
  };
};
const records = (definition: Parameters<typeof defined>[1], legalClass?: Parameters<typeof defined>[2]): SpecContext =>
  around({ metric: metricState(defined('LC_TS', { sourceType: 'RECORDS', ...definition }, legalClass)) });

describe('recording a figure', () => {
  it('records it under the current definition, with what is known and what is not', () => {
    expect(given().when(record(), around())).toEqual(
      accept({
        type: 'metrics.ObservationRecorded.v1',
        data: {
          metricId: 'metric:LC_TS',
          unitId: 'unit:GPA',
          period: '2020',
          definitionVersion: 1,
          obsId: 'observation:created',
          value: '58',
          num: null,
          den: null,
          n: null,
          base: null,
          eligible: null,
          s: null,
          source: 'Civil Service People Survey 2020',
          method: 'not stated',
          releaseId: 'release:CSPS-2020',
          importId: null,
          evidenceRefs: [],
          recordedBy: 'person-hr',
        },
      }),
    );
  });

  it('names one series however the codes are written', () => {
    expect(seriesDecider.stream(record({ metric: 'lc_ts', unit: 'gpa' }))).toEqual(seriesDecider.stream(record()));
  });

  it('is refused for a metric or a unit that nobody has registered', () => {
    expect(given().when(record(), { streams: {} }).refused).toBe('a-figure-belongs-to-a-defined-metric');
    const unitless = { streams: { 'metric:LC_TS': metricState(defined()) } };
    expect(given().when(record(), unitless).refused).toBe('a-figure-belongs-to-a-registered-unit');
  });

  it('is refused while the legal class is void, and taken once it is reviewed', () => {
    const void_ = around({ metric: metricState(defined(), revised('COMPARABLE')) });
    expect(given().when(record(), void_).refused).toBe('a-metric-has-its-legal-class-before-its-figures');
    const reviewed = around({
      metric: metricState(defined(), revised('COMPARABLE'), classAssigned('CLIMATE_ALL', { version: 2 })),
    });
    expect(given().when(record(), reviewed).events).toHaveLength(1);
  });

  it('is refused for a retired metric', () => {
    const context = around({ metric: metricState(defined(), retired()) });
    expect(given().when(record(), context).refused).toBe('a-retired-metric-takes-no-figures');
  });

  it('is refused for a unit closed before the period began', () => {
    const closed = (closedFrom: string) => around({ streams: { 'unit:GPA': unit('GPA', { closedFrom }) } });
    expect(given().when(record(), closed('2020-01-01')).refused).toBe('a-closed-unit-has-no-later-figures');
    expect(given().when(record(), closed('2020-01-02')).events).toHaveLength(1);
  });

  it.each(['2020-Q1', '2020-11', '2020-W10', '2020-H1'])('is refused for %s when the metric is yearly', (period) => {
    expect(given().when(record({ period }), around()).refused).toBe('a-period-is-as-long-as-the-cadence-of-its-metric');
  });

  it('takes fiscal years of a yearly metric', () => {
    expect(given().when(record({ period: 'FY2026' }), around()).events).toHaveLength(1);
    const calendar = around({ streams: { [ORGANIZATION]: organization({ fiscalYear: '01-01' }) } });
    expect(given().when(record({ period: 'FY2026' }), calendar).refused).toBe(
      'a-fiscal-year-that-is-the-calendar-year-is-written-as-one',
    );
  });

  it('is refused for a period that has not begun', () => {
    const rule = 'a-period-that-has-not-begun-has-no-figures';
    expect(given().when(record({ period: '2027' }), around()).refused).toBe(rule);
    expect(given().when(record({ period: '2026' }), around()).events).toHaveLength(1);
    expect(given().when(record({ period: 'FY2027' }), around({ today: '2026-03-31' })).refused).toBe(rule);
    expect(given().when(record({ period: 'FY2027' }), around({ today: '2026-04-01' })).events).toHaveLength(1);
  });
});

describe('what a figure is', () => {
  const share = { formulaRef: 'record-share' } as const;

  it('is a value, or numerator and denominator, never both and never half', () => {
    const rule = 'a-figure-is-a-value-or-numerator-and-denominator';
    const pair = { value: undefined, num: '762', den: '1146', release: undefined };
    expect(given().when(record(pair), records(share)).events?.[0]?.data).toMatchObject({
      value: null,
      num: '762',
      den: '1146',
    });
    expect(given().when(record({ ...pair, value: '66.49' }), records(share)).refused).toBe(rule);
    expect(given().when(record({ ...pair, den: undefined }), records(share)).refused).toBe(rule);
    expect(given().when(record({ ...pair, num: undefined }), records(share)).refused).toBe(rule);
    expect(given().when(record({ value: undefined }), around()).refused).toBe(rule);
  });

  it('has numerator and denominator only as a share', () => {
    const command = record({ value: undefined, num: '1', den: '2' });
    expect(given().when(command, around()).refused).toBe('only-a-share-has-numerator-and-denominator');
  });

  it('has a denominator above zero', () => {
    const command = record({ value: undefined, num: '0', den: '0', release: undefined });
    expect(given().when(command, records(share)).refused).toBe('a-denominator-is-above-zero');
  });

  it.each([
    ['PERCENT', 'favourable-share', '100', '100.01'],
    ['PROPORTION', 'favourable-share', '1', '1.01'],
    ['INDEX', 'engagement-index', '100', '101'],
  ] as const)('lies in the range of %s', (unitOf, formulaRef, highest, above) => {
    const context = around({ metric: metricState(defined('LC_TS', { unit: unitOf, formulaRef })) });
    const rule = 'a-figure-lies-in-the-range-of-its-unit';
    expect(given().when(record({ value: highest }), context).events).toHaveLength(1);
    expect(given().when(record({ value: '0' }), context).events).toHaveLength(1);
    expect(given().when(record({ value: above }), context).refused).toBe(rule);
    expect(given().when(record({ value: '-0.1' }), context).refused).toBe(rule);
  });

  it('is a share of at most all, when numerator and denominator are given', () => {
    const command = record({ value: undefined, num: '3', den: '2', release: undefined });
    expect(given().when(command, records(share)).refused).toBe('a-figure-lies-in-the-range-of-its-unit');
  });

  it('is a whole number when the metric counts', () => {
    const context = records({ unit: 'COUNT', formulaRef: 'count', subject: 'NONE' });
    expect(given().when(record({ value: '12', release: undefined }), context).events).toHaveLength(1);
    expect(given().when(record({ value: '12.5', release: undefined }), context).refused).toBe(
      'a-figure-lies-in-the-range-of-its-unit',
    );
  });

  it('may be a response rate above 100: recorded as it is, never clipped', () => {
    const context = around({ metric: metricState(defined('RR', { formulaRef: 'response-rate' })) });
    const streams = { ...context.streams, 'metric:RR': metricState(defined('RR', { formulaRef: 'response-rate' })) };
    const rate = (more: Partial<RecordIt>) => given().when(record({ metric: 'RR', ...more }), { ...context, streams });
    expect(rate({ value: '102' }).events?.[0]?.data).toMatchObject({ value: '102' });
    expect(rate({ value: undefined, num: '51', den: '50' }).events?.[0]?.data).toMatchObject({ num: '51', den: '50' });
  });

  it('may have more answers than people asked: recorded as it is', () => {
    const [event] = given().when(record({ n: 24, eligible: 20 }), around()).events ?? [];
    expect(event?.data).toMatchObject({ n: 24, eligible: 20 });
  });

  it('has a standard deviation only as a mean', () => {
    const mean = around({ metric: metricState(defined('LC_TS', { unit: 'INDEX', formulaRef: 'mean-score' })) });
    expect(given().when(record({ s: '18.2' }), mean).events?.[0]?.data).toMatchObject({ s: '18.2' });
    expect(given().when(record({ s: '-1' }), mean).refused).toBe('a-standard-deviation-is-not-negative');
    expect(given().when(record({ s: '18.2' }), around()).refused).toBe('a-standard-deviation-belongs-to-a-mean');
  });

  it('has one spelling', () => {
    expect(given().when(record({ value: '58.00' }), around()).events?.[0]?.data).toMatchObject({ value: '58' });
  });
});

describe('where a figure comes from', () => {
  it('is refused for a survey figure without a release', () => {
    expect(given().when(record({ release: undefined }), around()).refused).toBe('survey-figures-come-with-a-release');
  });

  it('needs no release for records', () => {
    expect(given().when(record({ release: undefined }), records({})).events).toHaveLength(1);
  });

  it('is refused for a release that nobody recorded', () => {
    expect(given().when(record({ release: 'CSPS-2021' }), around()).refused).toBe(
      'a-release-is-recorded-before-its-figures',
    );
  });

  it('is refused outside standalone to whoever declared the release', () => {
    const own = { 'release:CSPS-2020': releaseState('person-hr') };
    expect(given().when(record(), around({ streams: own, standalone: false })).refused).toBe(
      'whoever-declares-a-release-does-not-record-its-figures',
    );
    expect(given().when(record(), around({ streams: own })).events).toHaveLength(1);
    expect(given().when(record(), around({ standalone: false })).events).toHaveLength(1);
  });

  it('joins the import of whoever sends it, and no other', () => {
    const rule = 'a-figure-joins-only-an-import-of-its-recorder';
    const imported = record({ importId: 'import-1' });
    expect(given().when(imported, around()).refused).toBe(rule);
    expect(given().when(imported, around({ streams: { 'import-1': importOf('person-b', false) } })).refused).toBe(rule);
    const own = given().when(imported, around({ streams: { 'import-1': importOf('person-hr', false) } }));
    expect(own.events?.[0]?.data).toMatchObject({ importId: 'import-1' });
  });

  it('joins no import that has been verified: nothing slips under the verification', () => {
    const verified = stateOf(importVerificationFacts, {
      type: 'metrics.ObservationBatchVerified.v1',
      data: { importId: 'import-1', sampleSeed: '1', sampleSize: 1, by: 'person-b', method: 'compared' },
    });
    expect(seriesDecider.facts?.(record({ importId: 'import-1' }), seriesFacts.initial)).toHaveLength(6);
    const facts = importOf('person-hr', true);
    const { given: onImport } = specify(seriesDecider);
    // Both streams of an import bear its id: the spec's states are told apart by what the fold reads.
    const both = { ...facts, ...verified };
    expect(onImport().when(record({ importId: 'import-1' }), around({ streams: { 'import-1': both } })).refused).toBe(
      'a-verified-import-takes-no-more-figures',
    );
  });
});

describe('a period that is observed already', () => {
  it('records nothing when the same figure comes again from whoever recorded it, however it is written', () => {
    const mine = observed('o1', '2020', {}, { recordedBy: 'person-hr' });
    expect(given(mine).when(record({ value: '58.0', source: 'another file' }), around())).toEqual(accept());
  });

  it('answers anyone else alike, whether the figure is the one that stands or not', () => {
    const theirs = given(observed('o1', '2020'));
    const same = theirs.when(record({ value: '58.0' }), around());
    expect(same.refused).toBe('already-observed');
    expect(theirs.when(record({ value: '57' }), around())).toEqual(same);
    const corrected = (value: string): unknown =>
      theirs.when(record({ value, correctBecause: 'second edition' }), around()).events?.map(({ type }) => type);
    expect([corrected('58'), corrected('57')]).toEqual([
      ['metrics.ObservationCorrected.v1'],
      ['metrics.ObservationCorrected.v1'],
    ]);
  });

  it('is refused with another figure, and the refusal does not give the one that stands away', () => {
    const decision = given(observed('o1', '2020')).when(record({ value: '57' }), around());
    expect(decision.refused).toBe('already-observed');
    expect(JSON.stringify(decision)).not.toMatch(/58|57/);
  });

  it.each([{ n: 20 }, { base: 20 }, { eligible: 40 }])('holds %j for another figure', (more) => {
    expect(given(observed('o1', '2020')).when(record(more), around()).refused).toBe('already-observed');
  });

  it('takes a figure under another definition beside it', () => {
    const context = around({
      metric: metricState(defined(), revised('BREAK'), classAssigned('CLIMATE_ALL', { version: 2 })),
    });
    const [event] = given(observed('o1', '2020')).when(record({ value: '61' }), context).events ?? [];
    expect(event?.data).toMatchObject({ definitionVersion: 2, value: '61' });
    expect(given(observed('o1', '2020')).when(record({ value: '61', definitionVersion: 1 }), context).refused).toBe(
      'already-observed',
    );
    expect(given().when(record({ definitionVersion: 3 }), context).refused).toBe(
      'a-figure-names-a-definition-that-exists',
    );
  });

  it('is corrected when the import says so', () => {
    const [event] =
      given(observed('o1', '2020')).when(record({ value: '57', correctBecause: 'second edition' }), around()).events ??
      [];
    expect(event).toMatchObject({
      type: 'metrics.ObservationCorrected.v1',
      data: { supersedes: 'o1', newValue: { value: '57' }, recordedBy: 'person-hr' },
    });
  });

  it('may be observed anew after it was retracted', () => {
    const retracted = {
      type: 'metrics.ObservationRetracted.v1' as const,
      data: { ...place, obsId: 'o1', by: 'person-b', reason: { toSeal: 'wrong unit', subjects: [] } },
    };
    expect(given(observed('o1', '2020'), retracted).when(record({ value: '57' }), around()).events).toHaveLength(1);
  });
});

const place = { metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2020', definitionVersion: 1 };
const about = { unit: 'GPA', metric: 'LC_TS', observation: 'o1' };
const verify: SeriesCommand = { type: 'metrics.VerifyObservation', data: { ...about, method: 'compared' } };
const dispute: SeriesCommand = {
  type: 'metrics.DisputeObservation',
  data: { ...about, reason: 'The table says other.' },
};
const correct = (value = '57'): SeriesCommand => ({
  type: 'metrics.CorrectObservation',
  data: { ...about, value, source: 'second edition', release: 'CSPS-2020', reason: 'The publisher reissued it.' },
});
const retract: SeriesCommand = {
  type: 'metrics.RetractObservation',
  data: { ...about, reason: 'It is another unit’s.' },
};
const verified = {
  type: 'metrics.ObservationVerified.v1' as const,
  data: { ...place, obsId: 'o1', by: 'person-v', method: 'compared' },
};
const disputed = (by: string) => ({
  type: 'metrics.ObservationDisputed.v1' as const,
  data: { ...place, obsId: 'o1', by, reason: { toSeal: 'no', subjects: [by] } },
});

describe('verifying a figure', () => {
  it('is done by someone other than its recorder', () => {
    expect(given(observed('o1', '2020')).when(verify, around())).toEqual(
      accept({
        type: 'metrics.ObservationVerified.v1',
        data: { ...place, obsId: 'o1', by: 'person-hr', method: 'compared' },
      }),
    );
    const own = observed('o1', '2020', {}, { recordedBy: 'person-hr' });
    expect(given(own).when(verify, around()).refused).toBe('whoever-records-a-figure-does-not-verify-it');
    const delegated = { ...observed('o1', '2020'), onBehalfOf: 'person-hr' };
    expect(given(delegated).when(verify, around()).refused).toBe('whoever-records-a-figure-does-not-verify-it');
  });

  it('is refused to someone who acts for its recorder', () => {
    expect(given(observed('o1', '2020')).when(verify, around({ onBehalfOf: 'person-recorder' })).refused).toBe(
      'whoever-records-a-figure-does-not-verify-it',
    );
  });

  it('records nothing the second time, unless a dispute is open', () => {
    expect(given(observed('o1', '2020'), verified).when(verify, around())).toEqual(accept());
    expect(given(observed('o1', '2020'), verified, disputed('person-d')).when(verify, around()).events).toHaveLength(1);
  });

  it('is refused to whoever disputes it', () => {
    expect(given(observed('o1', '2020'), disputed('person-hr')).when(verify, around()).refused).toBe(
      'whoever-disputes-a-figure-does-not-verify-it',
    );
  });
});

describe('disputing a figure', () => {
  it('keeps the reason under a key of its own', () => {
    expect(given(observed('o1', '2020')).when(dispute)).toEqual(
      accept({
        type: 'metrics.ObservationDisputed.v1',
        data: {
          ...{ ...place, obsId: 'o1', by: 'person-hr' },
          reason: { toSeal: 'The table says other.', subjects: ['person-hr', 'person-recorder'] },
        },
      }),
    );
  });

  it('is recorded once a person', () => {
    expect(given(observed('o1', '2020'), disputed('person-hr')).when(dispute)).toEqual(accept());
    expect(given(observed('o1', '2020'), disputed('person-d')).when(dispute).events).toHaveLength(1);
  });
});

describe('correcting a figure', () => {
  it('supersedes it and overwrites nothing', () => {
    expect(given(observed('o1', '2020')).when(correct(), around())).toMatchObject({
      events: [
        {
          type: 'metrics.ObservationCorrected.v1',
          data: {
            ...{ ...place, obsId: 'observation:created', supersedes: 'o1', newValue: { value: '57', n: null } },
            reason: { toSeal: 'The publisher reissued it.', subjects: ['person-hr', 'person-recorder'] },
          },
        },
      ],
    });
  });

  it('records nothing when whoever recorded the figure leaves it the same', () => {
    const mine = observed('o1', '2020', {}, { recordedBy: 'person-hr' });
    expect(given(mine).when(correct('58.0'), around())).toEqual(accept());
  });

  it('is recorded from anyone else even when the figure stays the same: silence would tell it', () => {
    const types = given(observed('o1', '2020'))
      .when(correct('58.0'), around())
      .events?.map(({ type }) => type);
    expect(types).toEqual(['metrics.ObservationCorrected.v1']);
  });

  it('must be verified anew, by someone other than the corrector', () => {
    const corrected = {
      type: 'metrics.ObservationCorrected.v1' as const,
      data: {
        ...place,
        obsId: 'o2',
        supersedes: 'o1',
        newValue: {
          ...seriesFacts.evolve(seriesFacts.initial, observed('o1', '2020') as never).live['2020 v1']!.value,
          value: '57',
        },
        recordedBy: 'person-hr',
        reason: { toSeal: 'reissued', subjects: [] },
      },
    };
    const again: SeriesCommand = {
      ...verify,
      data: { ...about, observation: 'o2', method: 'compared' },
    } as SeriesCommand;
    expect(given(observed('o1', '2020'), verified, corrected).when(again, around()).refused).toBe(
      'whoever-records-a-figure-does-not-verify-it',
    );
    expect(given(observed('o1', '2020'), verified, corrected).when(verify, around()).refused).toBe(
      'only-a-figure-that-stands-is-verified-disputed-corrected-or-retracted',
    );
  });

  it('is possible for a retired metric, and keeps to the range of its unit', () => {
    const context = around({ metric: metricState(defined(), retired()) });
    expect(given(observed('o1', '2020')).when(correct(), context).events).toHaveLength(1);
    expect(given(observed('o1', '2020')).when(correct('570'), context).refused).toBe(
      'a-figure-lies-in-the-range-of-its-unit',
    );
  });
});

describe('retracting a figure', () => {
  it('leaves its place empty, and keeps the reason under a key of its own', () => {
    expect(given(observed('o1', '2020')).when(retract, around())).toEqual(
      accept({
        type: 'metrics.ObservationRetracted.v1',
        data: {
          ...{ ...place, obsId: 'o1', by: 'person-hr' },
          reason: { toSeal: 'It is another unit’s.', subjects: ['person-hr', 'person-recorder'] },
        },
      }),
    );
  });
});

describe('what a decision on a figure rests on', () => {
  const observedIn = (...periods: readonly string[]) => seriesState(...periods.map((each) => observed(each, each)));
  const asked = (command: SeriesCommand, ...periods: readonly string[]) =>
    seriesDecider
      .facts?.(command, observedIn(...periods))
      .map((fact) => (fact.kind === 'ask' ? fact.question : fact.fold.concept));

  it('is metric, unit and organisation, and the release or import that is named', () => {
    expect(asked(record({ release: undefined }))).toEqual(['metric', 'unit', 'organization']);
    expect(asked(record())).toEqual(['metric', 'unit', 'organization', 'release']);
    expect(seriesDecider.facts?.(record({ release: undefined, importId: 'i-1' }), observedIn()).slice(3)).toMatchObject(
      [
        { fold: { concept: 'import' }, key: { concept: 'import', id: 'i-1' } },
        { fold: { concept: 'import-verification' }, key: { concept: 'import-verification', id: 'i-1' } },
      ],
    );
  });

  it('is target and line only where a figure that stands may change', () => {
    const plain = ['metric', 'unit', 'organization', 'release'];
    const more = { value: '57', correctBecause: 'second edition' };
    expect(asked(record(more), '2019', '2020')).toEqual([...plain, 'target', LINE_OF_UNIT]);
    expect(asked(record(more), '2019')).toEqual(plain);
    expect(asked(record({ value: '57' }), '2020')).toEqual(plain);
    expect(asked(dispute, '2020')).toEqual([]);
  });
});

describe('a figure that does not stand', () => {
  it.each([verify, dispute, correct(), retract])('is not touched by $type', (command) => {
    expect(given().when(command, around()).refused).toBe(
      'only-a-figure-that-stands-is-verified-disputed-corrected-or-retracted',
    );
  });
});

describe('a figure that decides a locked target', () => {
  const rule = 'nobody-in-the-line-of-a-locked-target-verifies-corrects-or-retracts-its-figures';
  const target = { 'target:LC_TS/GPA/2020': targetState(proposed(), approved, locked) };
  const led = around({ streams: { ...target, 'unit:GPA': unit('GPA', { leaders: ['person-hr'] }) } });
  const above = around({ streams: target, answers: { [LINE_OF_UNIT]: ['person-hr'] } });

  it.each([verify, correct(), retract, record({ value: '57', correctBecause: 'second edition' })])(
    'is out of reach of $type by its line',
    (command) => {
      expect(given(observed('o1', '2020')).when(command, led).refused).toBe(rule);
      expect(given(observed('o1', '2020')).when(command, above).refused).toBe(rule);
      expect(given(observed('o1', '2020')).when(command, around({ streams: target })).events).toHaveLength(1);
    },
  );

  it('is out of reach of whoever led the unit in its period, and of those who act for them', () => {
    const then = unit('GPA', { leaders: ['person-hr'], until: '2020-06-30' });
    expect(
      given(observed('o1', '2020')).when(retract, around({ streams: { ...target, 'unit:GPA': then } })).refused,
    ).toBe(rule);
    const delegate = around({
      streams: target,
      onBehalfOf: 'person-head',
      answers: { [LINE_OF_UNIT]: ['person-head'] },
    });
    expect(given(observed('o1', '2020')).when(retract, delegate).refused).toBe(rule);
  });

  it('is free before the target is locked', () => {
    const open = { ...led, streams: { ...led.streams, 'target:LC_TS/GPA/2020': targetState(proposed(), approved) } };
    expect(given(observed('o1', '2020')).when(retract, open).events).toHaveLength(1);
  });
});
