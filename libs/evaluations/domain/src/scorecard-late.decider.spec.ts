import { specify, stateOf, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import {
  accepted,
  acknowledged,
  card,
  computed,
  cycleState,
  EVALUATOR,
  FIGURE,
  finalized,
  frozen,
  HEAD,
  HR,
  issued,
  opened,
  rated,
  scored,
  signed,
  snapshot,
} from './given.testing';
import type { ScorecardCommand } from './scorecard.commands';
import { act, by, isFrozen, isOpen, rule } from './scorecard-acts.testing';
import { scorecardDecider } from './scorecard.decider';
import type { ScorecardEvent } from './scorecard.events';
import { scorecardFacts } from './scorecard.facts';
import { OPEN_DISPUTES } from './scorecard-rating';
import { COMPUTED_SCORECARD } from './scorecard-scoring';

const { given } = specify(scorecardDecider);
const detail = (events: readonly GivenEvent<ScorecardEvent>[], command: ScorecardCommand, context: SpecContext) => {
  const decision = given(...events).when(command, context);
  return 'detail' in decision ? decision.detail : undefined;
};
const isScored = [issued(), accepted, ...scored()];
const signOff = act('SignOffScorecard');
const REASON = 'The merger of March is not in the figures.';

describe('what comes too late', () => {
  const far = [...isScored, rated(5, 2)];
  const confirm = act('ConfirmRating', { reason: 'I saw it at first hand.' });
  const confirmed = given(...far).when(confirm, by('person-2', { actor: { id: 'person-2', role: 'hr' } })).events ?? [];

  it('is a second person’s word after the signature, and before any rating', () => {
    const wrong = 'only-a-rating-far-off-the-total-is-confirmed';
    expect(rule([...far, ...confirmed, signed], confirm, by('person-3'))).toBe(wrong);
    expect(rule(isScored, confirm, by('person-2'))).toBe(wrong);
    expect(confirmed[0]?.data).toMatchObject({
      ...card,
      reason: { toSeal: 'I saw it at first hand.', subjects: [HEAD, 'person-2'].sort() },
    });
  });

  it('is another signature', () => {
    const isSigned = [...isScored, rated(3, 0), signed];
    expect(rule(isSigned, signOff, by('person-evaluator-2'))).toBe('no-score-leaves-without-a-rating-by-a-person');
    expect(rule([...isSigned, acknowledged], signOff, by(HR))).toBe('no-score-leaves-without-a-rating-by-a-person');
  });

  it('is the scoring of a contract that was issued and not accepted', () => {
    expect(rule([issued()], act('RestateScorecard', { causes: ['event-1'] }), by(HR))).toBe(
      'a-scorecard-is-scored-before-it-is-restated',
    );
  });
});

describe('a refusal around the rating', () => {
  it('names the scale', () => {
    const propose = act('ProposeRating', { rating: 9, narrative: 'x', reason: REASON });
    expect(detail(isScored, propose, by(EVALUATOR))).toBe(
      'The scale is 1 Not met, 2 Partly met, 3 Met, 4 Exceeded, 5 Far exceeded.',
    );
  });

  it('names every component that waits or is disputed', () => {
    const held = [issued(), accepted, ...scored('91.25', ['climate', 'voice']), rated(3, 0)];
    expect(detail(held, signOff, by(HR))).toBe('Components wait for a finding: climate, voice.');
    const disputed = by(HR, { answers: { [OPEN_DISPUTES]: ['climate', 'voice'] } });
    expect(detail([...isScored, rated(3, 0)], signOff, disputed)).toBe('Figures are disputed in: climate, voice.');
  });
});

describe('a rating without a total', () => {
  const none = [issued(), accepted, ...scored(null)];

  it('is signed without a second person, and no score is recorded', () => {
    const proposed =
      given(...none).when(act('ProposeRating', { rating: 3, narrative: 'x', reason: REASON }), by(EVALUATOR)).events ??
      [];
    expect(given(...none, ...proposed).when(signOff, by(HR)).events?.[0]?.data).toEqual({
      ...{ ...card, rating: 3, score: null, figures: [FIGURE], by: HR },
    });
  });
});

describe('a rating two bands off', () => {
  it.each([2, -2])('in either direction waits for a second person: %i', (deviation) => {
    expect(rule([...isScored, rated(3, deviation)], signOff, by(HR))).toBe(
      'a-rating-far-off-the-total-waits-for-a-second-person',
    );
  });
  it.each([1, -1])('but not one band off: %i', (deviation) => {
    expect(rule([...isScored, rated(3, deviation)], signOff, by(HR))).toBeUndefined();
  });
});

describe('an acknowledgement', () => {
  const isSigned = [...isScored, rated(3, 0), signed];
  it('needs no comment', () => {
    const yes = act('AcknowledgeScorecard', { agree: true });
    expect(given(...isSigned).when(yes, by(HEAD))).toEqual({
      events: [{ type: 'evaluations.ScorecardAcknowledged.v1', data: { ...card, agree: true, comment: null } }],
    });
  });

  it('that never comes lets the result become final when its days are over, if it was signed', () => {
    const after = by(HR, { today: '2027-02-01' });
    expect(given(...isSigned).when(act('FinalizeScorecard'), after)).toEqual({
      events: [
        { type: 'evaluations.ScorecardFinalized.v1', data: { ...card, rating: 3, acknowledged: false, by: HR } },
      ],
    });
    expect(rule([...isScored, rated(3, 0)], act('FinalizeScorecard'), after)).toBe(
      'a-result-is-final-once-it-is-acknowledged-or-its-days-are-over',
    );
  });
});

describe('what the leader says', () => {
  it('is remembered as said', () => {
    const said = given(issued(), accepted).when(act('SubmitSelfAssessment', { text: 'Hard.' }), by(HEAD)).events ?? [];
    expect(stateOf(scorecardFacts, issued(), accepted, ...said)).toMatchObject({
      state: 'ACCEPTED',
      selfAssessed: true,
    });
    for (const events of [isScored, [...isScored, rated(3, 0)]])
      expect(rule(events, act('SubmitSelfAssessment', { text: 'Hard.' }), by(HEAD))).toBeUndefined();
  });

  it('under protest is as good as accepted', () => {
    const protest = act('AcceptScorecardUnderProtest', { note: 'The unit was merged.' });
    const before = by(HEAD, { streams: { 'cycle:C2026': isOpen }, today: '2026-02-09' });
    const protested = given(issued()).when(protest, before).events ?? [];
    expect(given(issued(), ...protested).when(act('ComputeScorecard'), by(HR)).events).toHaveLength(2);
  });
});

describe('the standing of a scorecard', () => {
  it('is not changed by a notice of missing figures, nor by a component that the firewall refused', () => {
    const notice = given(...isScored).when(act('GiveDataNotice', { component: 'climate' }), by(HR)).events ?? [];
    const refused: GivenEvent<ScorecardEvent> = {
      type: 'evaluations.ScorecardComponentRefused.v1',
      data: { ...card, componentId: 'climate', metricId: 'metric:BELONG', rule: 'x', refusedFor: HR },
    };
    const before = stateOf(scorecardFacts, ...isScored);
    expect(stateOf(scorecardFacts, ...isScored, ...notice, refused)).toEqual(before);
  });

  it('holds each component as it was last scored', () => {
    const twice = stateOf(scorecardFacts, ...isScored, ...scored('80'));
    expect(twice.scored.map(({ componentId, attainment }) => [componentId, attainment])).toEqual([['climate', '80']]);
    const [first] = scored('70');
    const other = { ...first, data: { ...first?.data, componentId: 'voice' } } as GivenEvent<ScorecardEvent>;
    expect(stateOf(scorecardFacts, ...isScored, other).scored.map(({ componentId }) => componentId)).toEqual([
      'climate',
      'voice',
    ]);
  });
});

describe('restating', () => {
  const restate = (...causes: readonly string[]) => act('RestateScorecard', { causes });
  const answering = (causes: readonly (string | null)[], more: SpecContext = {}) =>
    by(HR, { ...more, answers: { [COMPUTED_SCORECARD]: { computed: computed('95'), causes } } });
  const isFinal = [...isScored, rated(3, 0), signed, acknowledged, finalized];
  const wrong = 'a-restatement-follows-from-what-its-scorecard-rests-on';

  it('is refused when one of several causes is none', () => {
    expect(rule(isFinal, restate('event-a', 'event-b'), answering(['CORRECTION', null]))).toBe(wrong);
    expect(rule(isFinal, restate('event-a', 'event-b'), answering(['CORRECTION', 'RETRACTION']))).toBeUndefined();
  });

  it('is refused when nothing comes of it', () => {
    const nothing = by(HR, { answers: { [COMPUTED_SCORECARD]: { computed: null, causes: ['CORRECTION'] } } });
    expect(rule(isFinal, restate('event-a'), nothing)).toBe(wrong);
    expect(rule(isFinal, restate('event-a'), answering([]))).toBe(wrong);
  });

  it('is refused while the cycle is open, or frozen anew and not scored since', () => {
    const early = 'a-scorecard-is-scored-before-it-is-restated';
    expect(rule(isFinal, restate('event-a'), answering(['CORRECTION'], { streams: { 'cycle:C2026': isOpen } }))).toBe(
      early,
    );
    const anew = { 'cycle:C2026': cycleState(opened(), snapshot, frozen('event-freeze-2')) };
    expect(rule(isFinal, restate('event-a'), answering(['CORRECTION'], { streams: anew }))).toBe(early);
  });

  it('from no total is up, to none is down', () => {
    const none = [issued(), accepted, ...scored(null)];
    expect(given(...none).when(restate('event-a'), answering(['CORRECTION'])).events?.[0]?.data).toMatchObject({
      ...{ oldScore: null, newScore: '95', direction: 'UP', wasFinal: false, by: HR },
    });
    const lost = by(HR, { answers: { [COMPUTED_SCORECARD]: { computed: computed(null), causes: ['RETRACTION'] } } });
    expect(given(...isFinal).when(restate('event-a'), lost).events?.[0]?.data).toMatchObject({
      ...{ cause: 'RETRACTION', oldScore: '91.25', newScore: null, direction: 'DOWN', reopensAppeal: true },
    });
  });
});

it('an act rests on the cycle, a signature on open disputes, and a score on what is computed as of the freeze', () => {
  const asked = (command: ScorecardCommand) => {
    const first = scorecardDecider.facts?.(command, scorecardFacts.initial) ?? [];
    const further = scorecardDecider.furtherFacts?.(command, scorecardFacts.initial, {
      stream: () => isFrozen as never,
      ask: () => {
        throw new Error('nothing is asked for');
      },
    });
    return [...first, ...(further ?? [])].map((fact) => (fact.kind === 'ask' ? fact.question : fact.fold.concept));
  };
  expect(asked(act('AcceptScorecard'))).toEqual(['cycle']);
  expect(asked(signOff)).toEqual(['cycle', OPEN_DISPUTES]);
  expect(asked(act('ComputeScorecard'))).toEqual(['cycle', COMPUTED_SCORECARD]);
  expect(asked(act('RestateScorecard', { causes: ['event-a'] }))).toEqual(['cycle', COMPUTED_SCORECARD]);
});

describe('while a cycle is reopened', () => {
  const reopened = { streams: { 'cycle:C2026': cycleState(opened()) } };
  const REOPENED = 'a-result-waits-while-its-cycle-is-reopened';
  const isComputed = [issued(), accepted, ...scored()];

  it('nothing is rated, confirmed, signed or made final: the result is about to be another', () => {
    const rate = act('ProposeRating', { rating: 3, narrative: 'x' });
    expect(rule(isComputed, rate, by(EVALUATOR, reopened))).toBe(REOPENED);
    const board = { actor: { id: 'person-board', role: 'board' as const } };
    const confirm = act('ConfirmRating', { reason: REASON });
    expect(rule([...isComputed, rated(5, 2)], confirm, by('person-board', { ...board, ...reopened }))).toBe(REOPENED);
    expect(rule([...isComputed, rated(3, 0)], signOff, by(HR, reopened))).toBe(REOPENED);
    const isSigned = [...isComputed, rated(3, 0), signed, acknowledged];
    expect(rule(isSigned, act('FinalizeScorecard'), by(HR, reopened))).toBe(REOPENED);
  });

  it('nor after the new freeze before it is computed anew', () => {
    const again = { streams: { 'cycle:C2026': cycleState(opened(), snapshot, frozen('event-second-freeze')) } };
    expect(rule([...isComputed, rated(3, 0)], signOff, by(HR, again))).toBe(REOPENED);
  });
});
