import { naturalKey, type DecisionContext } from '@plumbline/kernel';
import { COMPUTED_CYCLE, OPEN_SCORECARDS } from './cycle.decider';
import { cycleFacts, evaluationsDeciders, linkFacts, scorecardFacts } from './index';
import { calendarFact, LAST_EVENT, organizationFact, selves } from './other-contexts';
import { EXPECTED_NOISE } from './contract-asked';
import { OPEN_DISPUTES } from './scorecard-rating';
import { COMPUTED_SCORECARD, computedAbout } from './scorecard-scoring';
import { cycleKey, linkKey, scorecardKey } from './streams.facts';

describe('a stream of this context', () => {
  it('is named by the codes that commands use, however they are written', () => {
    expect(cycleKey('c2026')).toEqual(naturalKey('cycle', 'C2026'));
    expect(scorecardKey('c2026', 'p-1')).toEqual(naturalKey('scorecard', 'C2026', 'P-1'));
    expect(linkKey('belong', 'heads')).toEqual(naturalKey('link', 'BELONG', 'HEADS'));
  });

  it('folds under the concept that names it', () => {
    expect(evaluationsDeciders.map(({ concept }) => concept).sort()).toEqual(['cycle', 'link', 'scorecard']);
  });

  it('is nothing before its first event', () => {
    expect(cycleFacts.initial).toMatchObject({
      ...{ state: 'NONE', cycleId: '', code: '', period: '', periodStart: '', periodEnd: '', openedBy: '' },
      ...{ groups: new Map(), groupCodes: [], ruleSet: { version: '1' }, consultations: [], snapshot: null },
      ...{ calendar: { acceptBy: '', freezeFrom: '', acknowledgeBy: '' }, frozen: null, computed: false },
      reopening: null,
    });
    expect(linkFacts.initial).toEqual({
      ...{ state: 'NONE', metricVersion: 0, unitIds: [], requestedBy: null, requestedFor: null },
      ...{ legalReviewId: null, expiresAt: null, rule: null },
    });
    expect(scorecardFacts.initial).toMatchObject({
      ...{ state: 'NONE', leader: '', cycle: '', edition: 0, issuedBy: '', acceptBy: '', components: [] },
      ...{ evaluators: [], scoredAsOf: null, scored: [], total: null, resultHash: null, rating: null },
      ...{ signedBy: null, corrections: [], final: false, selfAssessed: false },
    });
  });
});

it('what is asked of other contexts has a name that they answer to', () => {
  const questions = [EXPECTED_NOISE, COMPUTED_SCORECARD, COMPUTED_CYCLE, OPEN_DISPUTES, OPEN_SCORECARDS, LAST_EVENT];
  expect(questions).toEqual([
    'reporting.expected-noise',
    'reporting.computed-scorecard',
    'reporting.computed-cycle',
    'reporting.open-disputes',
    'evaluations.open-scorecards',
    'organization.last-event',
  ]);
  expect(organizationFact).toMatchObject({ key: naturalKey('organization', 'organization') });
  expect(calendarFact).toMatchObject({ key: naturalKey('calendar', 'calendar') });
});

it('a scorecard with corrections is asked for in one way, in whatever order they are named', () => {
  const about = { cycle: 'C2026', leader: 'p-1' };
  expect(computedAbout(about, 'freeze', ['b', 'a'])).toEqual({ ...about, asOf: 'freeze', corrections: ['a', 'b'] });
});

it('whoever acts is themselves, and whom they act for', () => {
  const acting = (onBehalfOf?: string) => selves({ actor: { id: 'a', role: 'hr' }, onBehalfOf } as DecisionContext);
  expect(acting()).toEqual(['a']);
  expect(acting('b')).toEqual(['a', 'b']);
});
