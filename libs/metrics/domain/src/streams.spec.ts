import { idKey, naturalKey } from '@plumbline/kernel';
import { CYCLE_STANDING } from './cycle-standing';
import { metricFacts, metricsDeciders, releaseFacts, seriesFacts, targetFacts } from './index';
import { approved, linear, locked, proposed, requested, targetState } from './given.testing';
import { EVERYONE_WHO_LEADS, LINE_OF_UNIT } from './organization-facts';
import { FIGURE_KNOWN, HYPOTHESIS_VERDICT, SERIES_OPENNESS } from './reported-facts';
import type { TargetEvent } from './target.events';
import { hypothesisKey, importVerificationKey, metricKey, releaseKey, seriesKey, targetKey } from './streams.facts';

describe('a stream of this context', () => {
  it('is named by the codes that commands use, however they are written', () => {
    expect(metricKey('lc_ts')).toEqual(naturalKey('metric', 'LC_TS'));
    expect(seriesKey('lc_ts', 'gpa')).toEqual(naturalKey('series', 'LC_TS', 'GPA'));
    expect(targetKey('lc_ts', 'gpa', '2026')).toEqual(naturalKey('target', 'LC_TS', 'GPA', '2026'));
    expect(releaseKey('csps-2020')).toEqual(naturalKey('release', 'CSPS-2020'));
    expect(hypothesisKey('h1')).toEqual(naturalKey('hypothesis', 'H1'));
    expect(importVerificationKey('i-1')).toEqual(idKey('import-verification', 'i-1'));
  });

  it('folds under the concept that names it', () => {
    expect(metricsDeciders.map(({ concept }) => concept).sort()).toEqual([
      ...['hypothesis', 'import-verification', 'metric', 'release', 'series', 'target'],
    ]);
  });

  it('is nothing before its first event', () => {
    expect(metricFacts.initial).toEqual({
      ...{ defined: false, metricId: '', code: '', version: 0, definitionVersion: 0, definition: null },
      ...{ definitions: [], legalClass: null, review: null, wordedBy: '', retired: false },
    });
    expect(targetFacts.initial).toEqual({
      ...{ state: 'NONE', proposal: null, proposedFor: null, anchors: null, backTest: null },
      ...{ approvedBy: null, cycleId: null, request: null },
    });
    expect(seriesFacts.initial).toEqual({ live: {}, past: [], retracted: [] });
    expect(releaseFacts.initial).toMatchObject({ recorded: false, releaseId: '', code: '', declaredBy: '' });
    const initialOf = (name: string) => metricsDeciders.find(({ concept }) => concept === name)?.initial;
    expect(initialOf('hypothesis')).toEqual({ registered: null, registeredAt: null, verdict: null, cannotTell: false });
    expect(initialOf('import-verification')).toEqual({ verified: false, by: '' });
  });
});

it('a target whose adjustment was refused is locked as before, and may be asked for again', () => {
  const place = { targetId: 't', metricId: 'm', unitId: 'u', period: '2026' };
  const refusal: TargetEvent = {
    type: 'metrics.TargetAdjustmentRefused.v1',
    data: {
      ...{ ...place, requestId: 'request-1', rule: 'refused-by-an-approver', periodGone: 2000, resultKnown: false },
      ...{ from: linear('64', '70', '76'), changes: linear('62', '68', '74') },
      ...{ requestedBy: 'person-head', refusedBy: 'person-b', reason: null },
    },
  };
  const before = targetState(proposed(), approved, locked);
  expect(targetState(proposed(), approved, locked, requested(), refusal)).toEqual(before);
  expect(before).toMatchObject({ state: 'LOCKED', request: null });
});

it('what is asked of other contexts has a name that they answer to', () => {
  expect([LINE_OF_UNIT, EVERYONE_WHO_LEADS, SERIES_OPENNESS, FIGURE_KNOWN, HYPOTHESIS_VERDICT, CYCLE_STANDING]).toEqual(
    [
      'organization.line-of-unit',
      'organization.everyone-who-leads',
      'reporting.series-openness',
      'reporting.figure-known',
      'reporting.hypothesis-verdict',
      'evaluations.cycle-standing',
    ],
  );
});
