import { disclosureEvents } from '@plumbline/assurance/domain';
import type { ActorRole } from '@plumbline/kernel';
import { mayOpenWith } from './event-opening';
import { History } from './history.testing';

const views = Object.entries(disclosureEvents).map(([type, { example }]) => ({ id: 'e', type, data: example }));
const reader = disclosureEvents['assurance.RestrictedReportViewed.v1'].example.viewer;

const opened = (id: string, role: ActorRole): readonly boolean[] => {
  const history = new History().configured().unit('HOUSE');
  const mayOpen = mayOpenWith(history.rows(), history.question({ viewer: { id, role } }));
  return views.map((view) => mayOpen(view));
};

describe('who was shown a restricted report', () => {
  it.each(['auditor', 'legal'] as const)('is open to %s', (role) => {
    expect(opened('someone', role)).toEqual([true, true, true]);
  });
  it.each(['hr', 'executive', 'admin', 'member', 'data-steward'] as const)('is closed to %s', (role) => {
    expect(opened('someone', role)).toEqual([false, false, false]);
  });
  it('is open to the person who was', () => {
    expect(opened(reader, 'member')).toEqual([true, true, true]);
  });
});
