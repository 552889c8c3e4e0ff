import { anyReadModel, RowsInMemory, type AnyReadModel, type RecordedEvent } from '@plumbline/kernel';
import { cycleRegister } from './cycle-register.read-model';
import {
  acknowledged,
  accepted,
  card,
  computedCycle,
  finalized,
  frozen,
  HEAD,
  issued,
  linkApproved,
  linkRequested,
  opened,
  rated,
  scored,
  signed,
  snapshot,
} from './given.testing';
import { evaluationsReadModels } from './index';
import { metricLinks } from './metric-links.read-model';
import { leftOutOf, scorecardComponents, scopesOf, sourceOf } from './scorecard-components.read-model';
import { scorecardRestatements } from './scorecard-restatements.read-model';
import { scorecards, totalOf } from './scorecards.read-model';

type Given = { readonly type: string; readonly data: unknown };
const recorded = (event: Given, index: number): RecordedEvent =>
  ({
    id: `event-${index + 1}`,
    revision: index,
    recordedAt: `2026-11-${String(index + 1).padStart(2, '0')}T09:00:00.000Z`,
    ...event,
  }) as RecordedEvent;
const rowsOf = (model: unknown, ...events: readonly Given[]) => {
  const rows = new RowsInMemory(anyReadModel(model as never) as AnyReadModel);
  events.map(recorded).forEach((event) => rows.apply(event));
  return rows.list() as readonly Record<string, unknown>[];
};
const add = (name: string, data: object): Given => ({ type: `evaluations.${name}.v1`, data });
const inCycle = { cycleId: 'cycle:C2026' };

describe('the register of cycles', () => {
  const rows = (...events: readonly Given[]) => rowsOf(cycleRegister, opened(), ...events);
  it('has a row a cycle, with its population by leader and its rules', () => {
    const [row] = rows();
    expect(row).toMatchObject({
      ...{ cycleId: 'cycle:C2026', code: 'C2026', state: 'OPEN', period: '2026', periodStart: '2026-01-01' },
      ...{ periodEnd: '2026-12-31', groups: ['HEADS'], ruleSetVersion: '1', acceptBy: '2026-02-09' },
      ...{ freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31', snapshot: null, asOf: null, freezes: 0 },
    });
    expect(JSON.parse(String(row?.['population']))).toEqual({ [HEAD]: 'HEADS', 'person-other-head': 'HEADS' });
    expect(JSON.parse(String(row?.['ruleSet']))).toMatchObject({ version: '1', reasonLength: 20 });
  });

  it('adds who joins late', () => {
    const [row] = rows(add('LeaderAdmitted', { ...inCycle, group: 'HEADS', leader: 'late', by: 'x' }));
    expect(JSON.parse(String(row?.['population']))).toHaveProperty('late', 'HEADS');
  });

  it('says as of what it was frozen, by which event, and what it came to', () => {
    const [row] = rows(snapshot, frozen(), computedCycle);
    expect(row).toMatchObject({
      ...{ state: 'FROZEN', snapshot: 'event-structure', asOf: 'event-freeze', frozenOn: '2026-11-12' },
      ...{ measuredOn: '2026-11-12', freezes: 1, codeVersion: 'scorecard@1', scorecards: 2 },
      resultHash: 'ab'.repeat(32),
    });
    expect(row?.['events']).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
  });

  it('forgets the freeze when it is reopened, and what came of it when it is frozen anew', () => {
    const reopened = add('CycleReopened', { ...inCycle, approvers: ['a', 'b'] });
    const asked = add('CycleReopeningRequested', { ...inCycle, reason: null, by: 'a' });
    expect(rows(snapshot, frozen(), computedCycle, asked, reopened)[0]).toMatchObject({
      ...{ state: 'OPEN', asOf: null, frozenOn: null, measuredOn: null, freezes: 1 },
    });
    expect(rows(snapshot, frozen(), computedCycle, reopened, frozen('again'))[0]).toMatchObject({
      ...{ state: 'FROZEN', asOf: 'again', freezes: 2, codeVersion: null, resultHash: null, scorecards: null },
    });
  });

  it('ends closed', () => {
    expect(rows(add('CycleClosed', { ...inCycle, by: 'x' }))[0]).toMatchObject({ state: 'CLOSED' });
  });
});

describe('links', () => {
  const about = {
    linkId: 'link:BELONG/HEADS',
    metricId: 'metric:BELONG',
    metric: 'BELONG',
    group: 'HEADS',
    metricVersion: 1,
  };
  it('are requested, approved, ended', () => {
    expect(rowsOf(metricLinks, linkRequested('BELONG', 'HEADS', ['unit:SURG']))[0]).toMatchObject({
      ...{ ...about, state: 'REQUESTED', unitIds: ['unit:SURG'], requestedBy: 'person-hr', approvedBy: null },
    });
    expect(rowsOf(metricLinks, linkRequested(), linkApproved())[0]).toMatchObject({
      ...{
        state: 'LINKED',
        legalReviewId: 'review-1',
        expiresAt: '2027-03-31',
        approvedBy: 'person-legal',
        rule: null,
      },
    });
    const ended = add('MetricLinkEnded', { ...about, rule: 'ended-by-a-person', by: 'x' });
    expect(rowsOf(metricLinks, linkRequested(), linkApproved(), ended)[0]).toMatchObject({
      ...{ state: 'ENDED', rule: 'ended-by-a-person' },
    });
  });

  it('that the firewall stopped have a row too, requested or not', () => {
    const refused = add('MetricLinkRefused', { ...about, rule: 'some-rule', refusedFor: 'x' });
    expect(rowsOf(metricLinks, refused)[0]).toMatchObject({
      ...about,
      state: 'REFUSED',
      rule: 'some-rule',
      unitIds: [],
      requestedBy: null,
    });
    expect(rowsOf(metricLinks, linkRequested(), refused)[0]).toMatchObject({
      state: 'REFUSED',
      requestedBy: 'person-hr',
    });
    const declined = add('MetricLinkDeclined', { ...about, declinedBy: 'x' });
    expect(rowsOf(metricLinks, linkRequested(), declined)[0]).toMatchObject({
      state: 'REFUSED',
      rule: 'declined-after-review',
    });
  });
});

describe('scorecards', () => {
  const rows = (...events: readonly Given[]) => rowsOf(scorecards, issued(), ...events)[0];
  it('begin as offered', () => {
    expect(rows()).toMatchObject({
      ...{ scorecardId: card.scorecardId, cycle: 'C2026', leader: HEAD, group: 'HEADS', edition: 1, state: 'ISSUED' },
      ...{ accepted: 'NO', acceptedAt: null, limitCoverageBp: 7000, limitSurveyBp: 3000, limitSingleBp: 3500 },
      ...{ limitProcessBp: 4000, minScoredN: 10, graceDays: 90, score: null, total: null, rating: null, final: false },
      ...{ issuedAt: '2026-11-01T09:00:00.000Z', acceptBy: '2026-02-09', issuedBy: 'person-hr' },
      ...{ evaluators: ['person-evaluator', 'person-evaluator-2'], restatements: 0, corrections: [] },
    });
    expect(totalOf({ total: null })).toBeNull();
  });

  it('say how they were accepted', () => {
    expect(rows(accepted)).toMatchObject({
      state: 'ACCEPTED',
      accepted: 'YES',
      acceptedAt: '2026-11-02T09:00:00.000Z',
      protest: null,
    });
    const protest = add('ScorecardAcceptedUnderProtest', { ...card, edition: 1, note: null });
    expect(rows(protest)).toMatchObject({
      state: 'ACCEPTED',
      accepted: 'UNDER_PROTEST',
      protest: 'sealed:event-2/note',
    });
  });

  it('begin anew when they are offered anew', () => {
    expect(rows(accepted, issued({ edition: 2 }))).toMatchObject({ edition: 2, state: 'ISSUED', accepted: 'NO' });
  });

  it('hold what they come to', () => {
    const row = rows(accepted, ...scored());
    expect(row).toMatchObject({
      state: 'SCORED',
      asOf: 'event-freeze',
      score: '91.25',
      coverageBp: 8000,
      originalScore: '91.25',
    });
    expect(row).toMatchObject({ codeVersion: 'scorecard@1', resultHash: 'cd'.repeat(32) });
    expect(totalOf(row as never)).toMatchObject({
      score: '91.25',
      parts: [{ componentId: 'climate', effectiveBp: '10000' }],
    });
  });

  it('hold rating, signature, answers and texts by reference', () => {
    const self = add('SelfAssessmentSubmitted', { ...card, text: null });
    const confirmed = add('EvaluatorRatingConfirmed', { ...card, rating: 5, reason: null, by: 'second' });
    expect(rows(accepted, ...scored(), self, rated(5, 2), confirmed)).toMatchObject({
      ...{ state: 'RATED', rating: 5, computedRating: 3, deviation: 2, evaluator: 'person-evaluator' },
      ...{
        narrative: 'sealed:event-6/narrative',
        ratingReason: null,
        confirmedBy: 'second',
        selfAssessment: 'sealed:event-5/text',
      },
    });
    const why = rated(4, 1);
    const withReason = { ...why, data: { ...(why.data as object), reason: {} } };
    expect(rows(accepted, ...scored(), withReason)).toMatchObject({
      ratingReason: 'sealed:event-5/reason',
      confirmedBy: null,
    });
    const all = [accepted, ...scored(), rated(3, 0), signed, acknowledged];
    expect(rows(...all)).toMatchObject({
      ...{
        state: 'ACKNOWLEDGED',
        signedBy: 'person-hr',
        signedAt: '2026-11-06T09:00:00.000Z',
        agrees: true,
        comment: null,
      },
    });
    const commented = add('ScorecardAcknowledged', { ...card, agree: false, comment: {} });
    expect(rows(accepted, ...scored(), rated(3, 0), signed, commented)).toMatchObject({
      agrees: false,
      comment: 'sealed:event-7/comment',
    });
    expect(rows(...all, finalized)).toMatchObject({ state: 'FINAL', final: true });
  });

  const restated = add('ScorecardRestated', {
    ...card,
    ...{
      cause: 'CORRECTION',
      causingEvents: ['event-correction'],
      oldScore: '91.25',
      newScore: '80',
      direction: 'DOWN',
    },
    ...{ wasFinal: false, reopensAppeal: false, by: 'x' },
  });
  it('lose their rating when they are scored anew before they are final, and keep it after', () => {
    const again = scored('80');
    expect(rows(accepted, ...scored(), rated(3, 0), signed, restated, ...again)).toMatchObject({
      ...{ state: 'SCORED', score: '80', rating: null, signedBy: null, signedAt: null, restatements: 1 },
      corrections: ['event-correction'],
    });
    expect(rows(accepted, ...scored(), rated(3, 0), signed, acknowledged, finalized, restated, ...again)).toMatchObject(
      {
        ...{ state: 'FINAL', score: '80', rating: 3, signedBy: 'person-hr', final: true },
      },
    );
  });

  it('have a row for each restatement', () => {
    expect(rowsOf(scorecardRestatements, issued(), restated)[0]).toMatchObject({
      ...{
        scorecardId: card.scorecardId,
        restatement: 'event-2',
        revision: 1,
        restatedAt: '2026-11-02T09:00:00.000Z',
        leader: HEAD,
      },
      ...{
        cause: 'CORRECTION',
        oldScore: '91.25',
        newScore: '80',
        direction: 'DOWN',
        wasFinal: false,
        reopensAppeal: false,
      },
    });
  });
});

describe('components', () => {
  const rows = (...events: readonly Given[]) => rowsOf(scorecardComponents, issued(), ...events);
  it('are agreed first, in their place', () => {
    const [row] = rows();
    expect(row).toMatchObject({
      ...{
        componentId: 'climate',
        place: 0,
        edition: 1,
        title: 'Belonging',
        kind: 'CLIMATE',
        metricId: 'metric:BELONG',
      },
      ...{ weightBp: 10000, capPoints: 100, warnings: [], noticeOn: null, state: null, effect: null, scopes: '[]' },
    });
    expect(sourceOf(row as never)).toMatchObject({ type: 'METRIC', metric: 'BELONG', scopes: [{ unit: 'SURG' }] });
    const promises = {
      id: 'p',
      title: 'P',
      kind: 'COMMITMENTS',
      weightBp: 1,
      capPoints: 1,
      warnings: [],
      source: { type: 'COMMITMENTS', commitments: [] },
    };
    expect(rowsOf(scorecardComponents, issued({ components: [promises] as never }))[0]).toMatchObject({
      metricId: null,
    });
  });

  it('are told of missing figures, and scored', () => {
    const notice = add('DataNoticeGiven', { ...card, componentId: 'climate', on: '2026-10-01', by: 'x' });
    const [row] = rows(notice, ...scored());
    expect(row).toMatchObject({
      ...{ noticeOn: '2026-10-01', state: 'OK', effect: 'SCORED', attainment: '91.25', originalAttainment: '91.25' },
      ...{
        evidenceLevel: 'VERIFIED',
        tenureShare: '1',
        n: 84,
        citedEvents: ['event-observation'],
        opensImprovement: false,
      },
      ...{ reasonCode: null, rule: null },
    });
    expect(scopesOf(row as never)).toEqual([]);
    expect(leftOutOf(row as never)).toEqual([]);
  });

  it('begin anew with a contract that is offered anew', () => {
    expect(rows(...scored(), issued({ edition: 2 }))[0]).toMatchObject({ edition: 2, state: null, citedEvents: [] });
  });
});

it('every model names its rows by columns it has', () => {
  for (const { key, columns } of evaluationsReadModels)
    expect(Object.keys(columns)).toEqual(expect.arrayContaining([...key]));
});

it('an event of a stream that has no row yet makes none', () => {
  const stray = [accepted, ...scored(), rated(3, 0), signed, acknowledged, finalized];
  expect(rowsOf(scorecards, ...stray)).toEqual([]);
  expect(rowsOf(scorecardComponents, ...stray)).toEqual([]);
  expect(rowsOf(cycleRegister, snapshot, frozen(), computedCycle)).toEqual([]);
  expect(rowsOf(metricLinks, linkApproved())).toEqual([]);
});
