import { specify, stateOf, type SpecContext } from '@plumbline/kernel';
import { HR, linkApproved, linkRequested, metric, review, unit } from './given.testing';
import type { LinkCommand } from './link.commands';
import { linkDecider } from './link.decider';
import { linkCarries, linkFacts } from './link.facts';

const { given } = specify(linkDecider);
const LEGAL = 'person-legal';
const about = { metric: 'BELONG', group: 'HEADS' };
const request: LinkCommand = { type: 'evaluations.RequestLink', data: about };
const approveOn = (legalReview: string): LinkCommand => ({
  type: 'evaluations.ApproveLink',
  data: { ...about, legalReview },
});
const refuseIt: LinkCommand = { type: 'evaluations.RefuseLink', data: about };
const end: LinkCommand = { type: 'evaluations.EndLink', data: about };
const climate = (more: Parameters<typeof metric>[1] = {}) =>
  metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', legalClass: 'CLIMATE_ALL', ...more });
const by = (id: string, more: SpecContext = {}): SpecContext => ({
  actor: { id, role: 'hr' },
  ...more,
  streams: {
    'metric:BELONG': climate(),
    'review-1': review({ kind: 'link', id: 'link:BELONG/HEADS', version: 1 }),
    'unit:SURG': unit('SURG'),
    'unit:WOMEN': unit('WOMEN', { classDefined: true }),
    ...more.streams,
  },
});
const declined = given(linkRequested()).when(refuseIt, by(LEGAL)).events ?? [];
const ended = given(linkRequested(), linkApproved()).when(end, by(HR)).events ?? [];
const put = { linkId: 'link:BELONG/HEADS', metricId: 'metric:BELONG', metric: 'BELONG', group: 'HEADS' };

describe('a link asked for again', () => {
  it('is new after a refusal or its end, and for another version of the metric', () => {
    expect(given(linkRequested(), ...declined).when(request, by(HR)).events).toHaveLength(1);
    expect(given(linkRequested(), linkApproved(), ...ended).when(request, by(HR)).events).toHaveLength(1);
    const anew = by(HR, { streams: { 'metric:BELONG': climate({ reviewedAgain: true }) } });
    expect(given(linkRequested()).when(request, anew).events?.[0]?.data).toMatchObject({ metricVersion: 2 });
  });

  it('begins from nothing: what was refused before is forgotten', () => {
    const again = given(linkRequested(), ...declined, linkRequested('BELONG', 'HEADS', ['unit:SURG']));
    expect(stateOf(linkFacts, linkRequested(), ...declined)).toMatchObject({
      state: 'REFUSED',
      rule: 'declined-after-review',
    });
    expect(again.when(refuseIt, by(LEGAL)).events).toHaveLength(1);
    expect(again.when(approveOn('review-1'), by(LEGAL)).events).toHaveLength(1);
  });
});

describe('a link approved again', () => {
  it('is nothing new on the same review, and refused on another or after its end', () => {
    const rule = 'a-link-is-requested-before-it-is-judged';
    const stands = given(linkRequested(), linkApproved());
    expect(stands.when(approveOn('review-1'), by(LEGAL))).toEqual({ events: [] });
    expect(stands.when(approveOn('review-2'), by(LEGAL)).refused).toBe(rule);
    expect(given(linkRequested(), linkApproved(), ...ended).when(approveOn('review-1'), by(LEGAL)).refused).toBe(rule);
  });

  it('is refused to its requester, also when they act for somebody else', () => {
    const delegate = by(HR, { onBehalfOf: 'person-else' });
    expect(given(linkRequested()).when(approveOn('review-1'), delegate).refused).toBe(
      'whoever-requests-a-link-does-not-approve-it',
    );
  });
});

describe('the record of a link', () => {
  it('tells refusal and end whole', () => {
    expect(declined).toEqual([
      { type: 'evaluations.MetricLinkDeclined.v1', data: { ...put, metricVersion: 1, declinedBy: LEGAL } },
    ]);
    expect(ended).toEqual([
      { type: 'evaluations.MetricLinkEnded.v1', data: { ...put, metricVersion: 1, rule: 'ended-by-a-person', by: HR } },
    ]);
  });

  it('tells which rule of the firewall stopped it, and stands as refused', () => {
    const barred = by(HR, { streams: { 'metric:BELONG': climate({ legalClass: 'CLASS_BASED' }) } });
    const rule = 'a-class-based-metric-cannot-count-in-an-evaluation';
    const stopped = given().when(request, barred);
    expect(stopped).toMatchObject({
      refused: rule,
      detail: 'BELONG does not count in the scorecards of HEADS. The refusal is on record.',
      events: [{ data: { ...put, metricVersion: 1, rule, refusedFor: HR } }],
    });
    expect(stateOf(linkFacts, ...(stopped.events ?? []))).toMatchObject({ state: 'REFUSED', rule });
  });

  it('rests on the metric, and on the units and the review that are meant', () => {
    const asked = (command: LinkCommand, units: string[] = []) =>
      linkDecider.facts?.(command, stateOf(linkFacts, linkRequested('BELONG', 'HEADS', units)));
    const itsMetric = { key: { concept: 'metric', natural: 'BELONG' } };
    expect(asked(request)).toMatchObject([itsMetric]);
    expect(asked(request)).toHaveLength(1);
    expect(asked(approveOn('review-1'), ['unit-7'])).toMatchObject([
      itsMetric,
      { key: { concept: 'unit', id: 'unit-7' } },
      { key: { concept: 'legal-review', id: 'review-1' } },
    ]);
    expect(asked(end, ['unit-7'])).toHaveLength(1);
  });

  it('is refused for one unit defined by a class among several', () => {
    const several: LinkCommand = { ...request, data: { ...about, units: ['SURG', 'WOMEN'] } };
    expect(given().when(several, by(HR)).refused).toBe('a-unit-defined-by-a-class-is-no-scope-of-an-evaluation');
    expect(given().when({ ...request, data: { ...about, units: ['SURG'] } }, by(HR)).events).toHaveLength(1);
  });

  it('is carried by nothing once it has ended', () => {
    expect(linkCarries({ state: 'ENDED', metricVersion: 1, expiresAt: '2027-03-31' }, 1, '2026-11-12')).toBe(false);
    expect(linkCarries({ state: 'LINKED', metricVersion: 1, expiresAt: null }, 1, '2026-11-12')).toBe(false);
  });
});
