import type { NoticeEvent, NoticeItem, NoticeKind } from '@plumbline/organization/domain';
import type { Notice } from '@plumbline/platform/notices';

const WHAT: Readonly<Record<NoticeKind, string>> = {
  COMMITMENT_REPORT: 'report on',
  COMMITMENT_MILESTONE: 'milestone of',
  COMMITMENT_DECISION: 'accept or decline',
  EVIDENCE_EXPIRY: 'evidence runs out:',
  LEGAL_REVIEW_EXPIRY: 'legal review runs out:',
  SCORECARD_ACCEPTANCE: 'accept your scorecard:',
  SCORECARD_RATING: 'propose a rating:',
  SCORECARD_ACKNOWLEDGEMENT: 'acknowledge your scorecard:',
  SCORECARD_RESTATED: 'a scorecard was restated:',
  CYCLE_FREEZE: 'the cycle is frozen:',
  HYPOTHESIS_REVIEW: 'review the hypothesis',
};

const line = ({ kind, about, due }: NoticeItem): string => `${due === null ? '' : `${due}  `}${WHAT[kind]} ${about}`;

const byDue = (a: NoticeItem, b: NoticeItem): number =>
  (a.due ?? '') < (b.due ?? '') ? -1 : (a.due ?? '') > (b.due ?? '') ? 1 : a.about < b.about ? -1 : 1;

function subjectOf(reason: NoticeEvent['data']['reason'], date: string, [first]: readonly NoticeItem[], more: string) {
  const what = first ? `${WHAT[first.kind]} ${first.about}` : '';
  switch (reason) {
    case 'DUE':
      return first?.due === date ? `Due today: ${what}${more}` : `Due on ${first?.due ?? date}: ${what}${more}`;
    case 'DIGEST':
      return `Your week from ${date}: what is open`;
    case 'HAPPENED':
      return `${what.charAt(0).toUpperCase()}${what.slice(1)}${more}`;
  }
}

/** A recorded notice in words: codes, periods and days; figures and names stay where their readers are known. */
export function noticeInWords(id: string, { personId, date, reason, items }: NoticeEvent['data']): Notice {
  const sorted = [...items].sort(byDue);
  const more = sorted.length > 1 ? ` and ${sorted.length - 1} more` : '';
  const subject = subjectOf(reason, date, sorted, more);
  const text = [
    reason === 'HAPPENED' ? `On ${date}:` : `As of ${date}:`,
    '',
    ...sorted.map((item) => `- ${line(item)}`),
    '',
    'You find the details in Plumbline. Nobody needs to answer this message.',
    '',
  ].join('\n');
  return { id, personId, date, subject, text };
}
