import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { LinkEvent } from './link.events';
import { DECLINED } from './link.facts';

/** One row a metric and group of leaders: whether the one may count in the scorecards of the other. */
export type MetricLinkRow = {
  readonly linkId: string;
  readonly metricId: string;
  readonly metric: string;
  readonly group: string;
  readonly metricVersion: number;
  readonly state: 'REQUESTED' | 'LINKED' | 'REFUSED' | 'ENDED';
  readonly unitIds: readonly string[];
  readonly requestedBy: string | null;
  readonly approvedBy: string | null;
  readonly legalReviewId: string | null;
  readonly expiresAt: LocalDate | null;
  readonly rule: string | null;
};

const keys = ({ data }: { readonly data: { readonly linkId: string } }) => [{ linkId: data.linkId }];

export const metricLinks: ReadModel<MetricLinkRow, LinkEvent> = {
  name: 'metric_links',
  version: 1,
  key: ['linkId'],
  columns: {
    linkId: 'text',
    metricId: 'text',
    metric: 'text',
    group: 'text',
    metricVersion: 'integer',
    state: 'text',
    unitIds: 'text[]',
    requestedBy: 'text?',
    approvedBy: 'text?',
    legalReviewId: 'text?',
    expiresAt: 'date?',
    rule: 'text?',
  },
  on: {
    'evaluations.MetricLinkRequested.v1': {
      keys,
      fold: (_row, { data }) => ({
        linkId: data.linkId,
        metricId: data.metricId,
        metric: data.metric,
        group: data.group,
        metricVersion: data.metricVersion,
        state: 'REQUESTED',
        unitIds: data.unitIds,
        requestedBy: data.requestedBy,
        approvedBy: null,
        legalReviewId: null,
        expiresAt: null,
        rule: null,
      }),
    },
    'evaluations.MetricLinkApproved.v1': {
      keys,
      fold: (row, { data: { metricVersion, legalReviewId, expiresAt, approvedBy } }) =>
        row ? { ...row, state: 'LINKED', metricVersion, legalReviewId, expiresAt, approvedBy, rule: null } : null,
    },
    'evaluations.MetricLinkRefused.v1': {
      keys,
      fold: (row, { data }) => ({
        unitIds: [],
        requestedBy: null,
        approvedBy: null,
        legalReviewId: null,
        expiresAt: null,
        ...row,
        linkId: data.linkId,
        metricId: data.metricId,
        metric: data.metric,
        group: data.group,
        metricVersion: data.metricVersion,
        state: 'REFUSED',
        rule: data.rule,
      }),
    },
    'evaluations.MetricLinkDeclined.v1': {
      keys,
      fold: (row) => (row ? { ...row, state: 'REFUSED', rule: DECLINED } : null),
    },
    'evaluations.MetricLinkEnded.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, state: 'ENDED', rule: data.rule } : null),
    },
  },
};
