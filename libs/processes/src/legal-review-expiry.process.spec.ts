import { after, dayBegan, type GivenEvent } from './given.testing';
import { legalReviewExpiry } from './legal-review-expiry.process';

const about = { linkId: 'link', metricId: 'metric:AGREED30', metric: 'AGREED30', group: 'HEADS' };
const linked: readonly GivenEvent[] = [
  {
    type: 'evaluations.MetricLinkRequested.v1',
    data: { ...about, metricVersion: 1, unitIds: [], requestedBy: 'hr' },
  },
  {
    type: 'evaluations.MetricLinkApproved.v1',
    data: { ...about, metricVersion: 1, legalReviewId: 'review-7', expiresAt: '2026-06-30', approvedBy: 'legal' },
  },
];
const ends = {
  command: { type: 'evaluations.EndLink', data: { metric: 'AGREED30', group: 'HEADS' } },
  about: 'AGREED30 HEADS version 1 review review-7',
};
const ended: GivenEvent = { type: 'evaluations.MetricLinkEnded.v1', data: { ...about, metricVersion: 1, rule: 'x' } };
const revised = (version: number): GivenEvent => ({
  type: 'metrics.MetricDefinitionRevised.v1',
  data: { metricId: 'metric:AGREED30', code: 'AGREED30', version },
});

describe('a link to evaluations', () => {
  it('ends on the day after its review expires, and once', () => {
    expect(after(legalReviewExpiry, ...linked, dayBegan('2026-06-30'))).toEqual([]);
    expect(after(legalReviewExpiry, ...linked, dayBegan('2026-07-01'))).toEqual([ends]);
    expect(after(legalReviewExpiry, ...linked, ended, dayBegan('2026-07-02'))).toEqual([]);
  });
  it('ends when its metric is revised', () => {
    expect(after(legalReviewExpiry, ...linked, revised(2))).toEqual([ends]);
  });
  it('does not end when another metric is revised', () => {
    const other = { ...revised(2), data: { metricId: 'metric:OTHER', code: 'OTHER', version: 2 } };
    expect(after(legalReviewExpiry, ...linked, other)).toEqual([]);
  });
  it('is nothing to end while it is only asked for', () => {
    expect(after(legalReviewExpiry, linked[0]!, dayBegan('2027-07-01'))).toEqual([]);
  });
});
