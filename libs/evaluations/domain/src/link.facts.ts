import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { LinkEvent } from './link.events';

export interface LinkFacts {
  readonly state: 'NONE' | 'REQUESTED' | 'LINKED' | 'REFUSED' | 'ENDED';
  readonly metricVersion: number;
  readonly unitIds: readonly string[];
  readonly requestedBy: string | null;
  /** For whom, under a delegation, else null. */
  readonly requestedFor: string | null;
  readonly legalReviewId: string | null;
  /** Last day on which the review counts. */
  readonly expiresAt: LocalDate | null;
  /** By which it was refused or ended. */
  readonly rule: string | null;
}

/** Refused by a person, not by the firewall. */
export const DECLINED = 'declined-after-review';

const initial: LinkFacts = {
  state: 'NONE',
  metricVersion: 0,
  unitIds: [],
  requestedBy: null,
  requestedFor: null,
  legalReviewId: null,
  expiresAt: null,
  rule: null,
};

function evolve(state: LinkFacts, event: RecordedEvent<LinkEvent>): LinkFacts {
  switch (event.type) {
    case 'evaluations.MetricLinkRequested.v1': {
      const { metricVersion, unitIds, requestedBy } = event.data;
      const requestedFor = event.onBehalfOf ?? null;
      return { ...initial, state: 'REQUESTED', metricVersion, unitIds, requestedBy, requestedFor };
    }
    case 'evaluations.MetricLinkApproved.v1': {
      const { metricVersion, legalReviewId, expiresAt } = event.data;
      return { ...state, state: 'LINKED', metricVersion, legalReviewId, expiresAt, rule: null };
    }
    case 'evaluations.MetricLinkRefused.v1':
      return { ...state, state: 'REFUSED', rule: event.data.rule };
    case 'evaluations.MetricLinkDeclined.v1':
      return { ...state, state: 'REFUSED', rule: DECLINED };
    case 'evaluations.MetricLinkEnded.v1':
      return { ...state, state: 'ENDED', rule: event.data.rule };
  }
}

export const linkFacts: Fold<LinkFacts, LinkEvent> = { concept: 'link', initial, evolve };

/** Whether the link carries this version of its metric on a day; the day a review expires is its last. */
export const linkCarries = (
  link: Pick<LinkFacts, 'state' | 'metricVersion' | 'expiresAt'>,
  metricVersion: number,
  day: LocalDate,
): boolean =>
  link.state === 'LINKED' && link.metricVersion === metricVersion && link.expiresAt !== null && day <= link.expiresAt;
