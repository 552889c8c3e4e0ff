import type { Role } from '@plumbline/kernel';
import { recompute, reportHash } from '@plumbline/reporting/server';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const ACTION = {
  ...{ code: 'PULSE-TALKS', title: 'Talks about the pulse in every ward', type: 'CHECK_IN', unit: 'EASTMERE' },
  ...{ leadingMetrics: ['CHECKINS'], decisionRight: 'CO_DECIDE', plannedDeliveries: 6 },
  ...{ from: '2026-01-01', to: '2026-12-31' },
};

describe('an action from its plan to what came of it', () => {
  let eastmere: ScratchDeployment;
  const lead = () => eastmere.as('ward-lead', 'program-lead');
  const ask = async (question: string, about: object, role: Role = 'auditor') => {
    const person = role === 'auditor' ? eastmere.as('auditor', 'auditor') : eastmere.as('staff', role);
    const reply = await eastmere.deployment.asks.handle(question, about as Record<string, unknown>, person);
    if (!reply.accepted) throw new Error(reply.refused);
    return reply.answer as readonly Record<string, unknown>[];
  };

  beforeAll(async () => {
    eastmere = await ScratchDeployment.open('2026-06-15T09:00:00.000Z');
    const admin = eastmere.as('operator', 'admin');
    await eastmere.import('organization', 'examples/data/eastmere-units.csv');
    for (const [key, role] of [
      ['ward-lead', 'program-lead'],
      ['auditor', 'auditor'],
      ['staff', 'member'],
      ['counsel', 'legal'],
    ] as const)
      await eastmere.send('organization.GrantRole', { person: eastmere.as(key, role).id, role }, admin);
    await eastmere.send(
      'metrics.DefineMetric',
      {
        ...{ code: 'CHECKINS', name: 'Check-ins held', kind: 'LEADING', level: 'PROCESS', unit: 'PERCENT' },
        ...{ direction: 'HIGHER', formulaRef: 'record-share', sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 5 },
        ...{ subject: 'PERSONS', legalClass: 'NEUTRAL', rationale: 'Who is asked, speaks.' },
      },
      eastmere.operator,
    );
  }, 120_000);
  afterAll(async () => {
    await eastmere.close();
  });

  it('is planned, opened to all, resourced, begun, delivered and evidenced', async () => {
    await eastmere.send('programs.PlanAction', ACTION, lead());
    const about = { action: 'PULSE-TALKS' };
    await eastmere.send(
      'programs.DeclareEligibility',
      { ...about, rule: 'Everyone on the ward', openToAll: true },
      lead(),
    );
    await eastmere.send('programs.ResourceAction', { ...about, fte: '0.1', source: 'Ward budget' }, eastmere.operator);
    await eastmere.send('programs.StartAction', { ...about, on: '2026-05-18' }, lead());
    for (const [date, took] of [
      ['2026-05-20', 12],
      ['2026-06-03', 3],
    ] as const) {
      await eastmere.send('programs.DeliverAction', { ...about, date, hours: '1.5' }, lead());
      await eastmere.send('programs.RecordParticipation', { ...about, date, count: took, eligible: 30 }, lead());
    }
    await eastmere.send(
      'programs.AttachEvidence',
      {
        ...{
          ...about,
          title: 'Notes without names',
          uri: 'https://intranet.example.org/talks',
          custodian: 'Ward office',
        },
        ...{ sha256: 'ab'.repeat(32), expiresAt: '2027-06-30' },
      },
      lead(),
    );
    const [row] = await ask('programs.actions', about);
    expect(row).toMatchObject({
      code: 'PULSE-TALKS',
      state: 'STARTED',
      delivered: 2,
      fte: '0.1',
      plannedDeliveries: 6,
    });
    expect(row).toMatchObject({ deliveryDays: ['2026-05-20', '2026-06-03'], postHoc: null });
  });

  it('stands in the log without the number of the few who took part', async () => {
    const { events } = await eastmere.deployment.store.readPage(0n, 1_000, {
      types: ['programs.ActionParticipationRecorded.v1'],
    });
    expect(events.map(({ event }) => event.data)).toMatchObject([
      { participants: { kind: 'COUNT', count: 12 }, eligible: { kind: 'COUNT', count: 30 } },
      { participants: { kind: 'FEWER_THAN', than: 5 } },
    ]);
  });

  it('does not tell staff what it costs', async () => {
    const [row] = await ask('programs.actions', { action: 'PULSE-TALKS' }, 'member');
    expect(row).toMatchObject({ code: 'PULSE-TALKS', delivered: 2 });
    expect(row).not.toHaveProperty('fte');
    expect(row).not.toHaveProperty('reviewFinding');
    await expect(ask('programs.evidence', { action: 'PULSE-TALKS' }, 'member')).rejects.toThrow();
  });

  it('selects by class only under a legal review of itself, from a person of the role', async () => {
    const panel = { ...ACTION, code: 'PANEL', title: 'A panel', type: 'DIVERSE_PANEL' };
    await eastmere.send('programs.PlanAction', panel, lead());
    const declare = { action: 'PANEL', rule: 'Two of the panel', openToAll: false };
    await expect(eastmere.send('programs.DeclareEligibility', declare, lead())).rejects.toThrow(
      'an-action-that-selects-by-class-needs-a-live-legal-review',
    );
    const [{ actionId } = {}] = await ask('programs.actions', { action: 'PANEL' });
    await eastmere.send(
      'organization.RecordLegalReview',
      {
        object: { kind: 'action', id: actionId },
        ...{ decision: 'CLEARED', jurisdiction: 'GB', expiresAt: '2026-12-31' },
      },
      eastmere.as('counsel', 'legal'),
    );
    const [{ reviewId } = {}] = await ask('organization.legal-reviews', {});
    await eastmere.send('programs.DeclareEligibility', { ...declare, legalReview: reviewId }, lead());
    await eastmere.send('programs.StartAction', { action: 'PANEL' }, lead());
  });

  it('stands in R15, and R14 says that no charter is in force; replayed, both are the same', async () => {
    const viewer = { id: eastmere.operator.id, role: 'hr' } as const;
    const matrix = await eastmere.reports.report('R15', {}, undefined, eastmere.operator, 'head');
    expect(cellIn(matrix, 'moment:PARTICIPATING/delivered')).toMatchObject({ value: '2' });
    expect(cellIn(matrix, 'moment:DISSENTING/flags')).toMatchObject({ word: 'EMPTY' });
    const coverage = await eastmere.reports.report('R14', {}, undefined, eastmere.operator, 'head');
    expect(cellIn(coverage, 'TOTAL/missing')).toMatchObject({ state: 'NO_DATA' });
    for (const report of [matrix, coverage]) {
      const replayed = await recompute(eastmere.deployment.store, report.report, BigInt(report.asOf.position), viewer);
      expect(replayed.result).toBe(reportHash(report));
    }
  });
});
