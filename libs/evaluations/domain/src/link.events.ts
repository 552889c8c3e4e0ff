// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, day, person, uuid, words } from './vocabulary';

const about = { linkId: uuid, metricId: uuid, metric: code, group: code };
const exampleAbout = {
  linkId: '6f1ed002-ab56-8a3c-8f0e-1d2c3b4a5968',
  metricId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
  metric: 'RECOMMEND',
  group: 'HEADS',
};
const hr = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const rule = words(120).describe('The rule, as a sentence in kebab-case');

export const linkEvents = {
  'evaluations.MetricLinkRequested.v1': defineEvent(
    'It has been asked that a metric may count in the scorecards of a group of leaders',
    z.strictObject({
      ...about,
      metricVersion: z.int().min(1),
      unitIds: z.array(uuid).max(50).describe('Units whose figures are meant; empty: those of the leaders'),
      requestedBy: person,
    }),
    { ...exampleAbout, metricVersion: 1, unitIds: [], requestedBy: hr },
  ),
  'evaluations.MetricLinkApproved.v1': defineEvent(
    'A metric may count in the scorecards of a group, in this version and until its review expires',
    z.strictObject({
      ...about,
      metricVersion: z.int().min(1),
      legalReviewId: uuid,
      expiresAt: day.describe('Last day on which the review counts'),
      approvedBy: person,
    }),
    {
      ...exampleAbout,
      metricVersion: 1,
      legalReviewId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      expiresAt: '2027-03-31',
      approvedBy: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
    },
  ),
  'evaluations.MetricLinkRefused.v1': defineEvent(
    'A metric was kept out of the scorecards of a group, and by which rule',
    z.strictObject({ ...about, metricVersion: z.int().min(0), rule, refusedFor: person }),
    {
      ...exampleAbout,
      metricVersion: 1,
      rule: 'a-class-based-metric-cannot-count-in-an-evaluation',
      refusedFor: hr,
    },
  ),
  'evaluations.MetricLinkDeclined.v1': defineEvent(
    'Whoever reviews links decided, of own judgement, that a metric shall not count in the scorecards of a group',
    z.strictObject({ ...about, metricVersion: z.int().min(1), declinedBy: person }),
    { ...exampleAbout, metricVersion: 1, declinedBy: hr },
  ),
  'evaluations.MetricLinkEnded.v1': defineEvent(
    'A link no longer carries new scorecards; what was scored stays',
    z.strictObject({ ...about, metricVersion: z.int().min(1), rule, by: z.string() }),
    {
      ...exampleAbout,
      metricVersion: 1,
      rule: 'an-expired-class-review-cannot-carry-an-evaluation',
      by: 'process:legal-review-expiry',
    },
  ),
};
export type LinkEvent = EventOf<typeof linkEvents>;
