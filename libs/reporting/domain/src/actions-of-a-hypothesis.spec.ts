import { cellOf, History } from './history.testing';
import { isRefusal, type Question } from './report';
import { leadLagReport } from './lead-lag.report';

const ACTION = {
  ...{ program: null, type: 'BUDDY', overridden: null, recurring: true, needsLegalReview: false },
  ...{ structuralChange: false, commitmentIds: [], livedExperienceMetricId: null, hypothesisId: 'hypothesis:H' },
  tags: { component: 'OPPORTUNITY', moment: 'JOINING', structure: 'RELATIONSHIPS', structureKind: 'PRACTICE' },
  ...{ decisionRight: 'CONSULT', plannedFrom: '2026-01-01', plannedTo: '2026-12-31', lead: 'lead', plannedBy: 'lead' },
};

const plan = (history: History, code: string, unit: string, planned: number, metrics = ['metric:LEAD']): string =>
  history.add('programs.ActionPlanned.v1', {
    ...ACTION,
    ...{ actionId: `action:${code}`, code, title: `Action ${code}`, unitId: `unit:${unit}` },
    ...{ plannedDeliveries: planned, leadingMetricIds: metrics },
  });
const deliver = (history: History, code: string, date: string, count = 1, postHoc = false): string =>
  history.add('programs.ActionDelivered.v1', {
    ...{ actionId: `action:${code}`, deliveryId: `${code}:${date}`, date, session: '1', unitIds: ['unit:A'] },
    ...{ count, hours: null, postHoc, lateReason: null, deliveredBy: 'lead' },
  });

describe('the actions beside a hypothesis', () => {
  const history = new History().configured().day('2026-06-01').unit('ORG').unit('A', 'ORG').unit('B', 'ORG');
  history
    .metric('LEAD', { kind: 'LEADING', level: 'PROCESS', sourceType: 'RECORDS' })
    .metric('LAG')
    .metric('OTHER', { kind: 'LEADING', level: 'PROCESS', sourceType: 'RECORDS' })
    .metric('LAG2')
    .hypothesis('H', 'LEAD', 'LAG')
    .hypothesis('H2', 'OTHER', 'LAG2');
  const plannedA = plan(history, 'BUDDY-A', 'A', 12);
  const plannedB = plan(history, 'BUDDY-B', 'B', 4);
  const first = deliver(history, 'BUDDY-A', '2026-05-01', 3);
  const second = deliver(history, 'BUDDY-A', '2026-05-08');
  const early = deliver(history, 'BUDDY-B', '2026-05-02', 2, true);
  const wrong = deliver(history, 'BUDDY-B', '2026-05-03', 2);
  const withdrawn = history.add('programs.ActionDeliveryWithdrawn.v1', {
    ...{ actionId: 'action:BUDDY-B', deliveryId: 'BUDDY-B:2026-05-03', withdrawnBy: 'lead' },
    reason: { key: 'k', sealed: 's', subjects: [] },
  });

  const report = (given: Partial<Question> = {}) => {
    const outcome = leadLagReport.compute(history.rowsFor(leadLagReport.reads), history.question(given));
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome;
  };

  it('say what was delivered of what was planned, of all that name the leading metric', () => {
    expect(cellOf(report(), 'H/actions')).toMatchObject({
      value: '6',
      target: '16',
      word: '6 of 16 delivered',
      state: 'OK',
      unit: 'count',
      remarks: ['BUDDY-A: 4 of 12, planned.', 'BUDDY-B: 2 of 4, planned, begun before the hypothesis was registered.'],
    });
  });

  it('rest on the plans and on the deliveries that stand', () => {
    const cited = report()
      .trace.get('H/actions')
      ?.cites.map(({ event }) => event);
    expect(cited).toEqual([plannedA, first, second, plannedB, early]);
    expect(cited).not.toContain(wrong);
    expect(cited).not.toContain(withdrawn);
  });

  it('are those of the unit asked for and below it', () => {
    expect(cellOf(report({ unit: 'A' }), 'H/actions')).toMatchObject({ value: '4', target: '12' });
    expect(cellOf(report({ unit: 'B' }), 'H/actions')).toMatchObject({ value: '2', target: '4' });
  });

  it('read as no data where none is recorded', () => {
    expect(cellOf(report(), 'H2/actions')).toMatchObject({
      value: null,
      state: 'NO_DATA',
      remarks: ['No programme actions are recorded.'],
    });
  });

  it('are the same for whoever sees the row', () => {
    const member = { id: 'someone', role: 'member' } as const;
    expect(cellOf(report({ viewer: member }), 'H/actions')).toEqual(cellOf(report(), 'H/actions'));
  });
});
