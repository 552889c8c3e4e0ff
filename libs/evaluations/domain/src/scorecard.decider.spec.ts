import { specify, stateOf, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import {
  accepted,
  acknowledged,
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
import { act, by, isOpen, rule } from './scorecard-acts.testing';
import { scorecardDecider } from './scorecard.decider';
import type { ScorecardEvent } from './scorecard.events';
import { scorecardFacts } from './scorecard.facts';
import { OPEN_DISPUTES } from './scorecard-rating';
import { COMPUTED_SCORECARD } from './scorecard-scoring';

const { given } = specify(scorecardDecider);
const before: SpecContext = { today: '2026-02-09', streams: { 'cycle:C2026': isOpen } };

describe('accepting', () => {
  it('is the leader’s own act, by its day', () => {
    expect(given(issued()).when(act('AcceptScorecard'), by(HEAD, before))).toMatchObject({
      events: [{ type: 'evaluations.ScorecardAccepted.v1', data: { leader: HEAD, edition: 1 } }],
    });
    expect(rule([issued()], act('AcceptScorecard'), by(HR, before))).toBe(
      'only-the-leader-answers-for-their-scorecard',
    );
    expect(rule([issued()], act('AcceptScorecard'), by(HEAD, { ...before, onBehalfOf: HEAD }))).toBe(
      'only-the-leader-answers-for-their-scorecard',
    );
    expect(rule([issued()], act('AcceptScorecard'), by(HEAD, { ...before, today: '2026-02-10' }))).toBe(
      'a-scorecard-is-accepted-by-its-day',
    );
    expect(given(issued(), accepted).when(act('AcceptScorecard'), by(HEAD, before))).toEqual({ events: [] });
  });

  it('under protest is possible up to the freeze, and sealed', () => {
    const protest = act('AcceptScorecardUnderProtest', { note: 'The unit was merged.' });
    expect(given(issued()).when(protest, by(HEAD, { ...before, today: '2026-10-01' }))).toMatchObject({
      events: [
        {
          type: 'evaluations.ScorecardAcceptedUnderProtest.v1',
          data: { note: { toSeal: 'The unit was merged.', subjects: [HEAD] } },
        },
      ],
    });
    expect(rule([issued()], protest, by(HEAD))).toBe('a-scorecard-is-accepted-before-the-freeze');
  });

  it('comes after a contract was issued', () => {
    expect(rule([], act('AcceptScorecard'), by(HEAD, before))).toBe('a-scorecard-is-issued-first');
  });
});

describe('a notice of missing figures', () => {
  it('is about a component of the contract', () => {
    expect(given(issued(), accepted).when(act('GiveDataNotice', { component: 'climate' }), by(HR))).toMatchObject({
      events: [{ type: 'evaluations.DataNoticeGiven.v1', data: { componentId: 'climate', on: '2026-11-20' } }],
    });
    expect(rule([issued()], act('GiveDataNotice', { component: 'else' }), by(HR))).toBe(
      'a-notice-is-about-a-component-of-the-scorecard',
    );
  });
});

describe('scoring', () => {
  it('records every component and the total as of the freeze', () => {
    expect(given(issued(), accepted).when(act('ComputeScorecard'), by(HR))).toMatchObject({
      events: [
        {
          type: 'evaluations.ComponentScored.v1',
          data: {
            asOf: 'event-freeze',
            componentId: 'climate',
            attainment: '91.25',
            citedEvents: ['event-observation'],
          },
        },
        {
          type: 'evaluations.ScorecardComputed.v1',
          data: {
            asOf: 'event-freeze',
            score: '91.25',
            coverageBp: 8000,
            ruleSetVersion: '1',
            resultHash: 'cd'.repeat(32),
          },
        },
      ],
    });
  });

  it('asks as of the freeze, by cycle and leader', () => {
    const asked: unknown[] = [];
    const answers = new Proxy(
      { [COMPUTED_SCORECARD]: { computed: computed(), causes: [] } },
      { get: (target, name) => (asked.push(name), Reflect.get(target, name)), has: () => true },
    );
    given(issued(), accepted).when(act('ComputeScorecard'), { ...by(HR), answers });
    expect(asked).toEqual([COMPUTED_SCORECARD]);
  });

  it('is once a freeze; a new freeze scores anew', () => {
    expect(given(issued(), accepted, ...scored()).when(act('ComputeScorecard'), by(HR))).toEqual({ events: [] });
    const anew = { 'cycle:C2026': cycleState(opened(), snapshot, frozen('event-freeze-2')) };
    const again = given(issued(), accepted, ...scored('80')).when(act('ComputeScorecard'), by(HR, { streams: anew }));
    expect(again.events?.map(({ type }) => type)).toEqual([
      'evaluations.ComponentScored.v1',
      'evaluations.ScorecardComputed.v1',
    ]);
  });

  it('of a final result is a restatement', () => {
    const anew = { 'cycle:C2026': cycleState(opened(), snapshot, frozen('event-freeze-2')) };
    const isFinal = [issued(), accepted, ...scored('80'), rated(3, 0), signed, acknowledged, finalized];
    expect(given(...isFinal).when(act('ComputeScorecard'), by(HR, { streams: anew })).events?.[0]).toMatchObject({
      type: 'evaluations.ScorecardRestated.v1',
      data: { cause: 'REOPENED', oldScore: '80', newScore: '91.25', direction: 'UP', wasFinal: true },
    });
  });

  it('is of accepted contracts, as of a freeze', () => {
    expect(rule([issued()], act('ComputeScorecard'), by(HR))).toBe('only-an-accepted-scorecard-is-scored');
    const unknown = { answers: { [COMPUTED_SCORECARD]: { computed: null, causes: [] } } };
    expect(rule([issued(), accepted], act('ComputeScorecard'), by(HR, unknown))).toBe(
      'only-an-accepted-scorecard-is-scored',
    );
    expect(rule([issued(), accepted], act('ComputeScorecard'), by(HR, before))).toBe(
      'a-scorecard-is-scored-as-of-a-freeze',
    );
  });
});

describe('rating', () => {
  const isScored = [issued(), accepted, ...scored()];
  const propose = (rating: number, reason?: string) =>
    act('ProposeRating', { rating, narrative: 'Kept what was promised.', ...(reason ? { reason } : {}) });
  const REASON = 'The merger of March is not in the figures.';

  it('in the band of the total needs no reason', () => {
    expect(given(...isScored).when(propose(3), by(EVALUATOR))).toMatchObject({
      events: [
        {
          type: 'evaluations.EvaluatorRatingProposed.v1',
          data: { figures: [FIGURE], rating: 3, computedRating: 3, deviation: 0, reason: null, evaluator: EVALUATOR },
        },
      ],
    });
  });

  it('off the band needs one, of twenty characters', () => {
    expect(rule(isScored, propose(4), by(EVALUATOR))).toBe('a-rating-off-the-total-has-a-reason');
    expect(rule(isScored, propose(4, 'Nineteen characters'), by(EVALUATOR))).toBe(
      'a-rating-off-the-total-has-a-reason',
    );
    expect(given(...isScored).when(propose(4, 'Twenty characters ok'), by(EVALUATOR))).toMatchObject({
      events: [{ data: { deviation: 1, reason: { toSeal: 'Twenty characters ok', subjects: [EVALUATOR, HEAD] } } }],
    });
  });

  it('without a total needs one too, and has no deviation', () => {
    const none = [issued(), accepted, ...scored(null)];
    expect(rule(none, propose(3), by(EVALUATOR))).toBe('a-rating-off-the-total-has-a-reason');
    expect(given(...none).when(propose(3, REASON), by(EVALUATOR)).events?.[0]?.data).toMatchObject({
      computedRating: null,
      deviation: null,
    });
  });

  it('is one of the scale, by an evaluator of the contract, in own name, after scoring', () => {
    expect(rule(isScored, propose(6, REASON), by(EVALUATOR))).toBe('a-rating-is-one-of-the-scale');
    expect(rule(isScored, propose(3), by('person-else'))).toBe('only-an-evaluator-of-the-contract-rates');
    expect(rule(isScored, propose(3), by(HEAD))).toBe('an-evaluator-is-another-than-the-leader');
    expect(rule(isScored, propose(3), by(EVALUATOR, { onBehalfOf: 'person-else' }))).toBe(
      'a-rating-is-given-in-ones-own-name',
    );
    expect(rule([issued(), accepted], propose(3), by(EVALUATOR))).toBe(
      'a-scorecard-is-rated-after-it-is-scored-and-before-it-is-signed',
    );
    expect(rule([...isScored, rated(3, 0), signed], propose(3), by(EVALUATOR))).toBe(
      'a-scorecard-is-rated-after-it-is-scored-and-before-it-is-signed',
    );
  });

  it('by two evaluators at a time is one’s: the second finds it rated', () => {
    expect(rule([...isScored, rated(3, 0)], propose(3), by('person-evaluator-2'))).toBe(
      'one-evaluator-rates-a-scorecard',
    );
    expect(rule([...isScored, rated(3, 0)], propose(4, REASON), by(EVALUATOR))).toBeUndefined();
  });

  it('two bands off waits for a second person', () => {
    const far = [...isScored, rated(5, 2)];
    const confirm = act('ConfirmRating', { reason: 'I saw it at first hand.' });
    expect(rule(far, act('SignOffScorecard'), by(HR))).toBe('a-rating-far-off-the-total-waits-for-a-second-person');
    expect(rule(far, confirm, by(EVALUATOR))).toBe('a-second-person-confirms-a-rating');
    expect(rule(far, confirm, by(HEAD))).toBe('a-second-person-confirms-a-rating');
    expect(rule(far, confirm, by('person-2', { onBehalfOf: HR }))).toBe('a-second-person-confirms-a-rating');
    expect(rule(far, confirm, by('person-2'))).toBe('a-second-person-confirms-a-rating');
    const board = by('person-2', { actor: { id: 'person-2', role: 'board' } });
    const confirmed = given(...far).when(confirm, board).events!;
    expect(confirmed).toMatchObject([
      { type: 'evaluations.EvaluatorRatingConfirmed.v1', data: { rating: 5, by: 'person-2' } },
    ]);
    expect(given(...far, ...confirmed).when(confirm, board)).toEqual({ events: [] });
    expect(rule([...far, ...confirmed], act('SignOffScorecard'), by(HR))).toBeUndefined();
    expect(rule([...isScored, rated(4, 1)], confirm, by('person-2'))).toBe(
      'only-a-rating-far-off-the-total-is-confirmed',
    );
  });
});

describe('sign-off', () => {
  const isRated = [issued(), accepted, ...scored(), rated(3, 0)];
  it('is by someone who neither rated nor was rated', () => {
    expect(given(...isRated).when(act('SignOffScorecard'), by(HR))).toMatchObject({
      events: [
        { type: 'evaluations.ScorecardSignedOff.v1', data: { rating: 3, score: '91.25', figures: [FIGURE], by: HR } },
      ],
    });
    for (const person of [EVALUATOR, HEAD])
      expect(rule(isRated, act('SignOffScorecard'), by(person))).toBe('whoever-rates-or-is-rated-does-not-sign-off');
    expect(given(...isRated, signed).when(act('SignOffScorecard'), by(HR))).toEqual({ events: [] });
  });

  it('is by another evaluator of the contract, HR or the board: whoever signs sees what it comes to', () => {
    const wrong = 'a-result-is-signed-by-an-evaluator-of-the-contract-or-an-overseer';
    expect(rule(isRated, act('SignOffScorecard'), by('person-else'))).toBe(wrong);
    expect(rule(isRated, act('SignOffScorecard'), by('person-evaluator-2'))).toBeUndefined();
    const board = by('person-else', { actor: { id: 'person-else', role: 'board' } });
    expect(rule(isRated, act('SignOffScorecard'), board)).toBeUndefined();
  });

  it('never comes without a rating by a person', () => {
    expect(rule([issued(), accepted, ...scored()], act('SignOffScorecard'), by(HR))).toBe(
      'no-score-leaves-without-a-rating-by-a-person',
    );
  });

  it('waits for what is held and for disputes', () => {
    const held = [issued(), accepted, ...scored('91.25', ['climate']), rated(3, 0)];
    expect(rule(held, act('SignOffScorecard'), by(HR))).toBe('sign-off-waits-for-what-is-held');
    const disputed = by(HR, { answers: { [OPEN_DISPUTES]: ['climate'] } });
    expect(rule(isRated, act('SignOffScorecard'), disputed)).toBe('a-dispute-is-decided-before-sign-off');
  });
});

describe('what the leader says', () => {
  const text = act('SubmitSelfAssessment', { text: 'It was a hard year.' });
  it('is a self-assessment between acceptance and sign-off', () => {
    expect(given(issued(), accepted).when(text, by(HEAD))).toMatchObject({
      events: [{ type: 'evaluations.SelfAssessmentSubmitted.v1', data: { text: { subjects: [HEAD] } } }],
    });
    const wrong = 'a-self-assessment-comes-after-acceptance-and-before-sign-off';
    expect(rule([issued()], text, by(HEAD))).toBe(wrong);
    expect(rule([issued(), accepted, ...scored(), rated(3, 0), signed], text, by(HEAD))).toBe(wrong);
    expect(rule([issued(), accepted], text, by(HR))).toBe('only-the-leader-answers-for-their-scorecard');
  });

  it('is an acknowledgement, agreeing or not, once it is signed', () => {
    const isSigned = [issued(), accepted, ...scored(), rated(3, 0), signed];
    const no = act('AcknowledgeScorecard', { agree: false, comment: 'The base is wrong.' });
    expect(given(...isSigned).when(no, by(HEAD))).toMatchObject({
      events: [
        {
          type: 'evaluations.ScorecardAcknowledged.v1',
          data: { agree: false, comment: { toSeal: 'The base is wrong.' } },
        },
      ],
    });
    expect(rule(isSigned, no, by(HR))).toBe('only-the-leader-answers-for-their-scorecard');
    expect(rule([issued(), accepted, ...scored()], no, by(HEAD))).toBe('a-result-is-acknowledged-once-it-is-signed');
    expect(given(...isSigned, acknowledged).when(no, by(HEAD))).toEqual({ events: [] });
  });
});

describe('a final result', () => {
  const isSigned = [issued(), accepted, ...scored(), rated(3, 0), signed];
  it('follows the acknowledgement, or the end of its days', () => {
    expect(given(...isSigned, acknowledged).when(act('FinalizeScorecard'), by(HR))).toMatchObject({
      events: [{ type: 'evaluations.ScorecardFinalized.v1', data: { rating: 3, acknowledged: true } }],
    });
    const early = 'a-result-is-final-once-it-is-acknowledged-or-its-days-are-over';
    expect(rule(isSigned, act('FinalizeScorecard'), by(HR, { today: '2027-01-31' }))).toBe(early);
    expect(
      given(...isSigned).when(act('FinalizeScorecard'), by(HR, { today: '2027-02-01' })).events?.[0]?.data,
    ).toMatchObject({
      acknowledged: false,
    });
    expect(rule([issued(), accepted], act('FinalizeScorecard'), by(HR, { today: '2027-02-01' }))).toBe(early);
    expect(given(...isSigned, acknowledged, finalized).when(act('FinalizeScorecard'), by(HR))).toEqual({ events: [] });
  });

  it('is not made so by whom it is about', () => {
    expect(rule([...isSigned, acknowledged], act('FinalizeScorecard'), by(HEAD))).toBe(
      'nobody-makes-their-own-result-final',
    );
  });
});

describe('restating', () => {
  const CAUSE = 'event-correction';
  const restate = act('RestateScorecard', { causes: [CAUSE] });
  const answering = (score: string, causes: readonly (string | null)[] = ['CORRECTION'], more: SpecContext = {}) =>
    by(HR, { ...more, answers: { [COMPUTED_SCORECARD]: { computed: computed(score), causes } } });
  const isScored = [issued(), accepted, ...scored()];
  const isFinal = [...isScored, rated(3, 0), signed, acknowledged, finalized];

  it('keeps both results on record, with what caused the change', () => {
    expect(given(...isFinal).when(restate, answering('95'))).toMatchObject({
      events: [
        {
          type: 'evaluations.ScorecardRestated.v1',
          data: {
            figures: [FIGURE],
            ...{ cause: 'CORRECTION', causingEvents: [CAUSE], oldScore: '91.25', newScore: '95', direction: 'UP' },
            ...{ wasFinal: true, reopensAppeal: false },
          },
        },
        { type: 'evaluations.ComponentScored.v1', data: { attainment: '95' } },
        { type: 'evaluations.ScorecardComputed.v1', data: { score: '95', asOf: 'event-freeze' } },
      ],
    });
  });

  it('downward reopens the appeal of a final result, and of no other', () => {
    expect(given(...isFinal).when(restate, answering('80')).events?.[0]?.data).toMatchObject({
      direction: 'DOWN',
      reopensAppeal: true,
    });
    expect(given(...isScored).when(restate, answering('80')).events?.[0]?.data).toMatchObject({
      direction: 'DOWN',
      reopensAppeal: false,
    });
  });

  it('may find that nothing changes, and says so', () => {
    const same = given(...isFinal).when(restate, answering('91.25')).events!;
    expect(same.map(({ type }) => type)).toEqual([
      'evaluations.ScorecardRestated.v1',
      'evaluations.ScorecardComputed.v1',
    ]);
    expect(same[0]?.data).toMatchObject({ direction: 'SAME' });
  });

  it('of a result that is not final takes rating and signature back', () => {
    const wasSigned = [...isScored, rated(3, 0), signed];
    const again = given(...wasSigned, ...given(...wasSigned).when(restate, answering('80')).events!);
    expect(again.when(act('SignOffScorecard'), by(HR)).refused).toBe('no-score-leaves-without-a-rating-by-a-person');
  });

  it('leaves the rating of a final result as it was', () => {
    const after = given(...isFinal, ...given(...isFinal).when(restate, answering('80')).events!);
    expect(after.when(act('FinalizeScorecard'), by(HR))).toEqual({ events: [] });
    expect(after.when(act('ProposeRating', { rating: 2, narrative: 'x' }), by(EVALUATOR)).refused).toBe(
      'a-scorecard-is-rated-after-it-is-scored-and-before-it-is-signed',
    );
  });

  it('is once a cause', () => {
    const once = given(...isFinal, ...given(...isFinal).when(restate, answering('95')).events!);
    expect(once.when(restate, answering('95'))).toEqual({ events: [] });
  });

  it('applies only what was corrected after the last freeze: a later one has taken in the rest', () => {
    const corrected = [...isFinal, ...given(...isFinal).when(restate, answering('80')).events!];
    expect(stateOf(scorecardFacts, ...corrected).corrections).toEqual([CAUSE]);
    const anew = { 'cycle:C2026': cycleState(opened(), snapshot, frozen('event-freeze-2')) };
    const again = given(...corrected).when(act('ComputeScorecard'), by(HR, { streams: anew })).events!;
    expect(again[0]?.data).toMatchObject({ cause: 'REOPENED', causingEvents: ['event-freeze-2'] });
    expect(stateOf(scorecardFacts, ...corrected, ...again).corrections).toEqual([]);
  });

  it('finds a component unchanged in whatever order its fields are read back', () => {
    const backwards = (data: object): never => Object.fromEntries(Object.entries(data).reverse()) as never;
    const stored = isScored.map((each) => ({ ...each, data: backwards(each.data) }) as GivenEvent<ScorecardEvent>);
    expect(
      given(...stored)
        .when(restate, answering('91.25'))
        .events?.map(({ type }) => type),
    ).toEqual(['evaluations.ScorecardRestated.v1', 'evaluations.ScorecardComputed.v1']);
  });

  it('follows from what the scorecard rests on, after it was scored', () => {
    const wrong = 'a-restatement-follows-from-what-its-scorecard-rests-on';
    expect(rule(isFinal, restate, answering('95', [null]))).toBe(wrong);
    const process = answering('95', [null], { actor: { id: 'process:restatement', role: 'process' } });
    expect(
      given(...isFinal).when(restate, { ...process, actor: { id: 'process:restatement', role: 'process' } }),
    ).toEqual({
      events: [],
    });
    expect(rule([issued(), accepted], restate, answering('95'))).toBe('a-scorecard-is-scored-before-it-is-restated');
  });
});
