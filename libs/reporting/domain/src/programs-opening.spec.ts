import { History } from './history.testing';
import { leadLagReport } from './lead-lag.report';
import type { Viewer } from './report';

const text = (...subjects: readonly string[]) => ({ key: 'k', sealed: 's', subjects });
const participation = (participants: object, eligible: object, smallestGroup = 5) => ({
  ...{ actionId: 'a', deliveryId: 'd', recordedBy: 'lead' },
  ...{ participants, eligible, smallestGroup },
});
const count = (number: number) => ({ kind: 'COUNT', count: number });

describe('who opens what is recorded of actions', () => {
  const opens = (viewer: Viewer, type: string, data: object, history = new History()): boolean => {
    if (history.position === 0) history.configured({ k: 5, kDemographic: 10 });
    history.unit('ORG').leads('head', 'ORG');
    const gate = leadLagReport.mayOpen(history.rowsFor(leadLagReport.reads), history.question({ viewer }));
    return gate({ id: 'e', type: `programs.${type}.v1`, data });
  };
  const as = (role: Viewer['role'], id = 'someone'): Viewer => ({ id, role });

  it.each(['ActionPlanned', 'ActionEligibilityDeclared', 'ActionCompleted', 'ActionEvidenceAttested'])(
    '%s is for everybody',
    (type) => {
      expect(opens(as('member'), type, {})).toBe(true);
    },
  );

  it('what an action costs is for those who pay, plan and look after it', () => {
    for (const role of ['hr', 'auditor', 'board', 'executive', 'program-lead'] as const)
      expect(opens(as(role), 'ActionResourced', {})).toBe(true);
    expect(opens(as('member'), 'ActionResourced', {})).toBe(false);
  });

  it('where evidence lies is not for staff', () => {
    expect(opens(as('assessor'), 'ActionEvidenceAttached', {})).toBe(true);
    expect(opens(as('member'), 'ActionEvidenceAttached', {})).toBe(false);
  });

  it.each(['ActionCancelled', 'ActionDeliveryWithdrawn', 'ActionEvidenceWithdrawn'])(
    'the reason of %s is for those who look after it and whom it is about',
    (type) => {
      expect(opens(as('hr'), type, { reason: text('author') })).toBe(true);
      expect(opens(as('member', 'author'), type, { reason: text('author') })).toBe(true);
      expect(opens(as('member'), type, { reason: text('author') })).toBe(false);
      expect(opens(as('executive'), type, { reason: text('author') })).toBe(false);
    },
  );

  it.each(['ActionStarted', 'ActionDelivered'])('%s is for everybody unless it says why it comes late', (type) => {
    expect(opens(as('member'), type, { lateReason: null })).toBe(true);
    expect(opens(as('member'), type, { lateReason: text('author') })).toBe(false);
    expect(opens(as('member', 'author'), type, { lateReason: text('author') })).toBe(true);
    expect(opens(as('program-lead'), type, { lateReason: text('author') })).toBe(true);
  });

  it('what was found of a hypothesis is for those who see the whole organisation', () => {
    expect(opens(as('hr'), 'ActionOutcomeReviewed', {})).toBe(true);
    expect(opens(as('executive', 'head'), 'ActionOutcomeReviewed', {})).toBe(true);
    expect(opens(as('program-lead'), 'ActionOutcomeReviewed', {})).toBe(false);
    expect(opens(as('member'), 'ActionOutcomeReviewed', {})).toBe(false);
  });

  it('hours of few people are for those who see the whole organisation', () => {
    expect(opens(as('auditor'), 'InvisibleLabourRecorded', {})).toBe(true);
    expect(opens(as('executive', 'head'), 'InvisibleLabourRecorded', {})).toBe(false);
  });

  it('who took part is never for staff', () => {
    expect(opens(as('member'), 'ActionParticipationRecorded', participation(count(12), count(30)))).toBe(false);
    expect(opens(as('program-lead'), 'ActionParticipationRecorded', participation(count(12), count(30)))).toBe(true);
  });

  it.each([
    [count(6), count(30), false],
    [count(8), count(30), true],
    [count(0), count(30), true],
    [count(24), count(30), false],
    [count(30), count(30), true],
    [count(6), count(6), false],
    [{ kind: 'FEWER_THAN', than: 5 }, count(30), true],
    [{ kind: 'FEWER_THAN', than: 5 }, count(6), false],
    [{ kind: 'FEWER_THAN', than: 5 }, { kind: 'FEWER_THAN', than: 5 }, true],
    [{ kind: 'ALL_BUT_FEWER_THAN', than: 5 }, count(30), true],
  ])('a number that was stored under k = 5 is judged under k = 8: %j of %j opens: %s', (took, all, isOpen) => {
    const history = new History().configured({ k: 8, kDemographic: 10 });
    expect(opens(as('hr'), 'ActionParticipationRecorded', participation(took, all), history)).toBe(isOpen);
  });

  it('a number of people of one class is judged under the threshold of demographic cuts', () => {
    const raised = () => new History().configured({ k: 5, kDemographic: 15 });
    const stored = participation(count(12), count(40), 10);
    expect(opens(as('hr'), 'ActionParticipationRecorded', stored)).toBe(true);
    expect(opens(as('hr'), 'ActionParticipationRecorded', stored, raised())).toBe(false);
  });
});
