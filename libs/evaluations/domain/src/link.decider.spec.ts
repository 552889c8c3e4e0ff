import { specify, stateOf, type SpecContext } from '@plumbline/kernel';
import type { MetricFacts } from '@plumbline/metrics/facts';
import { FIREWALL_RULES } from './firewall';
import { HR, link, linkApproved, linkRequested, metric, review, unit } from './given.testing';
import type { LinkCommand } from './link.commands';
import { linkDecider } from './link.decider';
import { linkCarries, linkFacts } from './link.facts';

const { given } = specify(linkDecider);
const about = { metric: 'BELONG', group: 'HEADS' };
const act = (name: string, more: object = {}): LinkCommand =>
  ({ type: `evaluations.${name}`, data: { ...about, ...more } }) as unknown as LinkCommand;
const climate = (more: Parameters<typeof metric>[1] = {}): MetricFacts =>
  metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', legalClass: 'CLIMATE_ALL', ...more });
const by = (id: string, more: SpecContext = {}, is: MetricFacts = climate()): SpecContext => ({
  actor: { id, role: 'hr' },
  ...more,
  streams: { 'metric:BELONG': is, 'unit:SURG': unit('SURG'), ...more.streams },
});
const LEGAL = 'person-legal';
const aboutLink = { kind: 'link' as const, id: 'link:BELONG/HEADS', version: 1 };
const reviewed = (object: Parameters<typeof review>[0] = aboutLink, expiresAt?: string): SpecContext => ({
  streams: { 'review-1': review(object, expiresAt) },
});
const approve = act('ApproveLink', { legalReview: 'review-1' });

describe('a link', () => {
  it('is requested for the version of the metric that stands', () => {
    expect(given().when(act('RequestLink', { units: ['SURG'] }), by(HR))).toMatchObject({
      events: [
        {
          type: 'evaluations.MetricLinkRequested.v1',
          data: { metric: 'BELONG', group: 'HEADS', metricVersion: 1, unitIds: ['unit:SURG'], requestedBy: HR },
        },
      ],
    });
    expect(given(linkRequested()).when(act('RequestLink'), by(HR))).toEqual({ events: [] });
    expect(given(linkRequested(), linkApproved()).when(act('RequestLink'), by(HR))).toEqual({ events: [] });
    const again = climate({ reviewedAgain: true });
    expect(given(linkRequested(), linkApproved()).when(act('RequestLink'), by(HR, {}, again))).toMatchObject({
      events: [{ data: { metricVersion: 2 } }],
    });
  });

  it('is approved by another person on a live review of the link or of the metric', () => {
    expect(given(linkRequested()).when(approve, by(LEGAL, reviewed()))).toMatchObject({
      events: [
        {
          type: 'evaluations.MetricLinkApproved.v1',
          data: { legalReviewId: 'review-1', expiresAt: '2027-03-31', approvedBy: LEGAL, metricVersion: 1 },
        },
      ],
    });
    const ofMetric = reviewed({ kind: 'metric', id: 'metric:BELONG', version: null });
    expect(given(linkRequested()).when(approve, by(LEGAL, ofMetric)).refused).toBeUndefined();
    expect(given(linkRequested(), linkApproved()).when(approve, by(LEGAL, reviewed()))).toEqual({ events: [] });
  });

  it('is not approved by whoever asked for it, nor by whom it was asked for', () => {
    const rule = 'whoever-requests-a-link-does-not-approve-it';
    expect(given(linkRequested()).when(approve, by(HR, reviewed())).refused).toBe(rule);
    const forMe = { ...linkRequested(), onBehalfOf: LEGAL };
    expect(given(forMe).when(approve, by(LEGAL, reviewed())).refused).toBe(rule);
  });

  it.each([
    ['about another link', { ...aboutLink, id: 'link:BELONG/CHIEFS' }, undefined],
    ['about another version', { ...aboutLink, version: 2 }, undefined],
    ['that has expired', aboutLink, '2026-06-14'],
  ])('rests on no review %s', (_words, object, expiresAt) => {
    expect(given(linkRequested()).when(approve, by(LEGAL, reviewed(object, expiresAt))).refused).toBe(
      'a-link-rests-on-a-live-legal-review',
    );
  });

  it('counts on the day on which its review expires, and not on the day after', () => {
    expect(given(linkRequested()).when(approve, by(LEGAL, reviewed(aboutLink, '2026-06-15'))).refused).toBeUndefined();
    const until = link('BELONG', { expiresAt: '2026-11-12' });
    expect(linkCarries(until, 1, '2026-11-12')).toBe(true);
    expect(linkCarries(until, 1, '2026-11-13')).toBe(false);
    expect(linkCarries(until, 2, '2026-11-12')).toBe(false);
    expect(linkCarries(stateOf(linkFacts, linkRequested()), 1, '2026-11-12')).toBe(false);
  });

  it('is requested before it is approved or refused', () => {
    expect(given().when(approve, by(LEGAL, reviewed())).refused).toBe('a-link-is-requested-before-it-is-judged');
    expect(given().when(act('RefuseLink'), by(LEGAL)).refused).toBe('a-link-is-requested-before-it-is-judged');
  });

  it('covers the version it was requested for', () => {
    const again = climate({ reviewedAgain: true });
    expect(given(linkRequested()).when(approve, by(LEGAL, reviewed(), again)).refused).toBe(
      'a-link-covers-the-version-it-was-requested-for',
    );
  });

  it('is refused by judgement too, on record', () => {
    const declined = given(linkRequested()).when(act('RefuseLink'), by(LEGAL)).events!;
    expect(declined).toMatchObject([{ type: 'evaluations.MetricLinkDeclined.v1', data: { declinedBy: LEGAL } }]);
    expect(given(linkRequested(), ...declined).when(act('RefuseLink'), by(LEGAL))).toEqual({ events: [] });
    expect(given(linkRequested(), ...declined).when(approve, by(LEGAL, reviewed())).refused).toBe(
      'a-link-is-requested-before-it-is-judged',
    );
  });
});

describe('the firewall', () => {
  const refusal = (rule: string, version: number) => ({
    refused: rule,
    events: [
      {
        type: 'evaluations.MetricLinkRefused.v1',
        data: { metric: 'BELONG', group: 'HEADS', metricVersion: version, rule },
      },
    ],
  });
  const cases: readonly (readonly [string, MetricFacts, number])[] = [
    ['a-class-based-metric-cannot-count-in-an-evaluation', climate({ legalClass: 'CLASS_BASED' }), 1],
    ['a-monitoring-only-metric-cannot-count-in-an-evaluation', climate({ legalClass: 'MONITORING_ONLY' }), 1],
    ['a-metric-whose-class-is-void-cannot-count-in-an-evaluation', climate({ revised: true }), 2],
    ['a-retired-metric-cannot-count-in-an-evaluation', climate({ retired: true }), 1],
    ['an-expired-class-review-cannot-carry-an-evaluation', climate({ reviewExpires: '2026-06-14' }), 1],
    ['a-count-of-concerns-harm-or-stories-cannot-count-in-an-evaluation', climate({ topic: 'CONCERNS' }), 1],
  ];

  it.each(cases)('%s: the request is refused on record', (rule, is, version) => {
    expect(given().when(act('RequestLink'), by(HR, {}, is))).toMatchObject(refusal(rule, version));
  });

  it.each(cases)('%s: also when it came to be so between request and approval', (rule, is, version) => {
    expect(given(linkRequested()).when(approve, by(LEGAL, reviewed(), is))).toMatchObject(refusal(rule, version));
  });

  it('an-evaluation-rests-on-a-defined-metric, on record too', () => {
    const decision = given().when(act('RequestLink'), { actor: { id: HR, role: 'hr' } });
    expect(decision).toMatchObject(refusal('an-evaluation-rests-on-a-defined-metric', 0));
  });

  it.each(['CLASS_BASED', 'MONITORING_ONLY'] as const)(
    'a metric whose companion is %s is kept out: the comparison would come in by the back door',
    (legalClass) => {
      const is = climate({ companion: 'SHARE' });
      const beside = { streams: { 'metric:SHARE': metric('SHARE', { level: 'CLIMATE', legalClass }) } };
      const rule = 'a-companion-by-class-keeps-its-metric-out-of-evaluations';
      expect(given().when(act('RequestLink'), by(HR, beside, is))).toMatchObject(refusal(rule, 1));
      const open = { streams: { 'metric:SHARE': metric('SHARE', { level: 'CLIMATE', legalClass: 'CLIMATE_ALL' }) } };
      expect(given().when(act('RequestLink'), by(HR, open, is)).refused).toBeUndefined();
    },
  );

  it('a unit defined by a class is no scope, when it is requested and when it is approved', () => {
    const rule = 'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation';
    const byClass = { 'unit:SURG': unit('SURG', { classDefined: true }) };
    expect(given().when(act('RequestLink', { units: ['SURG'] }), by(HR, { streams: byClass }))).toMatchObject(
      refusal(rule, 1),
    );
    const since = { streams: { ...reviewed().streams, 'unit:SURG': unit('SURG', { classDefined: true }) } };
    expect(given(linkRequested('BELONG', 'HEADS', ['unit:SURG'])).when(approve, by(LEGAL, since))).toMatchObject(
      refusal(rule, 1),
    );
  });

  it('an unknown unit is a mistake, not a case for the record', () => {
    expect(given().when(act('RequestLink', { units: ['NOWHERE'] }), by(HR))).toEqual({
      refused: 'an-evaluation-is-about-registered-units',
      detail: expect.any(String),
    });
  });

  it('is one closed list', () => {
    expect(FIREWALL_RULES).toHaveLength(9);
  });
});

describe('the end of a link', () => {
  const stands = [linkRequested(), linkApproved()];
  const process: SpecContext = { actor: { id: 'process:legal-review-expiry', role: 'process' } };
  it('is for links that stand', () => {
    expect(given(linkRequested()).when(act('EndLink'), by(HR)).refused).toBe('only-a-link-that-stands-is-ended');
  });

  it('may be a person’s wish', () => {
    const ended = given(...stands).when(act('EndLink'), by(HR)).events!;
    expect(ended).toMatchObject([{ type: 'evaluations.MetricLinkEnded.v1', data: { rule: 'ended-by-a-person' } }]);
    expect(given(...stands, ...ended).when(act('EndLink'), by(HR))).toEqual({ events: [] });
  });

  it('is a process’s only when nothing carries the link any more', () => {
    expect(given(...stands).when(act('EndLink'), { ...by(HR), ...process }).refused).toBe(
      'a-process-ends-only-a-link-that-nothing-carries',
    );
    const later = { ...by(HR), ...process, today: '2027-04-01' };
    expect(given(...stands).when(act('EndLink'), later)).toMatchObject({
      events: [{ data: { rule: 'a-link-rests-on-a-live-legal-review', by: 'process:legal-review-expiry' } }],
    });
    const expired = { ...by(HR, {}, climate({ reviewExpires: '2026-06-14' })), ...process };
    expect(given(...stands).when(act('EndLink'), expired)).toMatchObject({
      events: [{ data: { rule: 'an-expired-class-review-cannot-carry-an-evaluation' } }],
    });
  });
});
