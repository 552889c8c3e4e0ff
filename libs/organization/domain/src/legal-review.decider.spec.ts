import { specify, stateOf } from '@plumbline/kernel';
import { legalReviewDecider } from './legal-review.decider';
import type { LegalReviewEvent } from './legal-review.events';
import { legalReviewFacts, reviewClears, reviewIsLive } from './legal-review.facts';
import { personFacts } from './person.facts';

const spec = specify(legalReviewDecider);
const actor = { id: 'person-legal', role: 'legal' } as const;
const record = (data: object = {}) =>
  ({
    type: 'organization.RecordLegalReview',
    data: {
      object: { kind: 'metric', metric: 'LEAVERS' },
      decision: 'CLEARED',
      jurisdiction: 'GB',
      expiresAt: '2027-03-31',
      ...data,
    },
  }) as Parameters<ReturnType<typeof spec.given>['when']>[0];
const recorded: LegalReviewEvent = {
  type: 'organization.LegalReviewRecorded.v1',
  data: {
    reviewId: 'legal-review:created',
    object: { kind: 'metric', id: 'metric:LEAVERS', version: null },
    decision: 'CLEARED',
    reviewer: 'person-legal',
    jurisdiction: 'GB',
    expiresAt: '2027-03-31',
    conditions: [],
  },
};

describe('a legal review', () => {
  it('records decision, reviewer, jurisdiction, last day and conditions', () => {
    expect(spec.given().when(record(), { actor })).toEqual({ events: [recorded] });
  });
  it('names other objects by id, and a version where it has one', () => {
    const object = { kind: 'link', id: 'link-1', version: 2 };
    expect(spec.given().when(record({ object }), { actor }).events?.[0]?.data.object).toEqual(object);
  });
  it('is refused when it names none, or two ways', () => {
    for (const object of [
      { kind: 'link' },
      { kind: 'link', metric: 'LEAVERS' },
      { kind: 'metric', metric: 'LEAVERS', id: 'metric-1' },
    ])
      expect(spec.given().when(record({ object }), { actor }).refused).toBe('a-review-names-one-object');
  });
  it('is refused when it has expired', () => {
    expect(spec.given().when(record({ expiresAt: '2026-06-14' }), { actor }).refused).toBe(
      'a-review-has-not-expired-when-it-is-recorded',
    );
    expect(spec.given().when(record({ expiresAt: '2026-06-15' }), { actor }).refused).toBeUndefined();
  });
  it('names another reviewer only if they hold the role legal', () => {
    const command = record({ reviewer: 'person-counsel' });
    expect(spec.given().when(command, { actor }).refused).toBe('a-reviewer-holds-the-role-legal');
    const counsel = stateOf(personFacts, {
      type: 'organization.RoleGranted.v1',
      data: { personId: 'person-counsel', role: 'legal', external: true },
    });
    const decision = spec.given().when(command, { actor, streams: { 'person-counsel': counsel } });
    expect(decision.events?.[0]?.data.reviewer).toBe('person-counsel');
  });
});

describe('what a review clears', () => {
  const object = { kind: 'metric', id: 'metric:LEAVERS', version: 3 } as const;
  const review = stateOf(legalReviewFacts, recorded);

  it('is its object in every version when it names none, up to its last day', () => {
    expect(reviewClears(review, object, '2027-03-31')).toBe(true);
    expect(reviewClears(review, object, '2027-04-01')).toBe(false);
  });
  it('is only the version it names', () => {
    const second = { ...recorded, data: { ...recorded.data, object: { ...recorded.data.object, version: 2 } } };
    expect(reviewClears(stateOf(legalReviewFacts, second), object, '2026-06-15')).toBe(false);
  });
  it('is nothing else, and nothing after a refusal or without a review', () => {
    expect(reviewClears(review, { ...object, id: 'metric:OTHER' }, '2026-06-15')).toBe(false);
    expect(reviewClears(review, { ...object, kind: 'link' }, '2026-06-15')).toBe(false);
    const refused = stateOf(legalReviewFacts, {
      ...recorded,
      data: { ...recorded.data, decision: 'REFUSED' as const },
    });
    expect([reviewIsLive(refused, '2026-06-15'), reviewIsLive(legalReviewFacts.initial, '2026-06-15')]).toEqual([
      false,
      false,
    ]);
  });
});
