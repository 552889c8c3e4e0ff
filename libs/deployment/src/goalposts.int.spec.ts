import { recompute, reportHash } from '@plumbline/reporting/server';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const TARGET = { unit: 'EASTMERE', metric: 'BELONG', period: '2026' };
const EASIER = { curve: 'LINEAR', threshold: '60', target: '64', stretch: '70' };

describe('a target from its proposal to what became of it', () => {
  let eastmere: ScratchDeployment;
  const hr = (key: string) => eastmere.as(key, 'hr');
  const board = () => eastmere.as('board-secretary', 'board');
  const goalposts = () => eastmere.reports.report('R11', {}, undefined, board(), 'head');

  beforeAll(async () => {
    eastmere = await ScratchDeployment.open('2026-11-23T09:00:00.000Z');
    await eastmere.import('observations', 'examples/data/eastmere-pulse.csv', {
      map: 'examples/maps/eastmere-pulse.yaml',
    });
    await eastmere.import('people', 'examples/data/eastmere-people.csv', { by: eastmere.as('operator', 'admin') });
    await eastmere.import('organization', 'examples/data/eastmere-units.csv');
    await eastmere.send('metrics.ApproveTarget', TARGET, board());
    await eastmere.send('metrics.LockTarget', { ...TARGET, cycle: 'CYCLE-2026' }, hr('hr-analyst'));
  }, 120_000);
  afterAll(async () => {
    await eastmere.close();
  });

  it('is not back-tested on a series of which some figure is hidden', async () => {
    const hidden = { unit: 'MEDPHYS', metric: 'BELONG', period: '2027' };
    await eastmere.send(
      'metrics.ProposeTarget',
      { ...hidden, baseline: { asserted: '50' }, anchors: EASIER, rationale: 'A step on the way.' },
      hr('hr-analyst'),
    );
    await expect(eastmere.send('metrics.BackTestTarget', hidden, hr('hr-analyst'))).rejects.toThrow(
      'difficulty-is-back-tested-on-a-series-that-is-shown',
    );
    const shown = { ...hidden, unit: 'CHILDREN' };
    await eastmere.send(
      'metrics.ProposeTarget',
      { ...shown, baseline: { asserted: '50' }, anchors: EASIER, rationale: 'A step on the way.' },
      hr('hr-analyst'),
    );
    await expect(eastmere.send('metrics.BackTestTarget', shown, hr('hr-analyst'))).rejects.toThrow(
      'difficulty-is-back-tested-over-six-periods-or-more',
    );
  });

  it('is moved late in its period by two outside the line and the panel, and R11 says what that gained', async () => {
    const changes = { ...TARGET, changes: EASIER, reason: 'Two wards were merged.' };
    await eastmere.send('metrics.RequestTargetAdjustment', changes, eastmere.as('chief-executive', 'executive'));
    const before = await eastmere.head();
    const row = 'BELONG:EASTMERE:2026:1';
    expect(cellIn(await goalposts(), `${row}/change`)).toMatchObject({ word: 'ASKED' });
    const { events } = await eastmere.deployment.store.readPage(before - 1n, 1);
    const { requestId: request } = events[0]?.event.data as { requestId: string };
    const yes = { ...TARGET, request };
    for (const actor of [hr('hr-analyst'), hr('head-of-people-analytics')])
      await eastmere.send('metrics.ApproveTargetAdjustment', yes, actor);
    expect(cellIn(await goalposts(), `${row}/change`)).toMatchObject({ word: 'ASKED' });
    await eastmere.send('metrics.ApproveTargetAdjustment', yes, board());

    const report = await goalposts();
    expect(cellIn(report, `${row}/change`)).toMatchObject({ word: 'MOVED' });
    // 421 of 639: x = 65.884194; 50 + 50·(x − 63)/3, then the whole of it
    expect(cellIn(report, `${row}/attainment-before`)).toMatchObject({ value: '98.069901', state: 'INCONCLUSIVE' });
    expect(cellIn(report, `${row}/attainment-after`)).toMatchObject({ value: '100' });
    expect(cellIn(report, `${row}/gained`)).toMatchObject({ value: '1.930099' });
    expect(cellIn(report, `${row}/period-gone`)).toMatchObject({ word: '89.31 %' });
    const position = BigInt(report.asOf.position);
    const replayed = await recompute(eastmere.deployment.store, 'R11', position, { id: board().id, role: 'board' });
    expect(replayed.result).toBe(reportHash(report));
  });

  it('reads in R18 as another target, with the events that moved it and whoever sent them; replayed, it is the same', async () => {
    const { events } = await eastmere.deployment.store.readPage(0n, 1, {
      types: ['metrics.TargetAdjustmentRequested.v1'],
    });
    const from = String((events[0]?.position ?? 1n) - 1n);
    const filter = { filters: { report: 'r2', from } };
    const report = await eastmere.reports.report('R18', filter, undefined, eastmere.operator, 'head');
    const row = 'CHALLENGE-BELONG|lagging';
    expect(cellIn(report, `${row}/kind`)).toMatchObject({ word: 'TARGET' });
    expect(cellIn(report, `${row}/then`)).toMatchObject({ target: '66' });
    expect(cellIn(report, `${row}/now`)).toMatchObject({ target: '64' });
    expect(cellIn(report, `${row}/causes`).word).toContain('metrics.TargetAdjusted.v1');
    expect(cellIn(report, `${row}/who`).word).toContain(`${board().id} (board)`);
    const viewer = { id: eastmere.operator.id, role: 'hr' } as const;
    const position = BigInt(report.asOf.position);
    expect((await recompute(eastmere.deployment.store, 'R18', position, viewer, filter)).result).toBe(
      reportHash(report),
    );
    const { events: told } = await eastmere.reports.explain('R18', `${row}/now`, filter, undefined, eastmere.operator);
    expect(told.map(({ event }) => event.type)).toContain('metrics.TargetAdjusted.v1');
  });

  it('is compared by nobody who may not see the report, nor without saying which and since when', async () => {
    const ask = (filters: Record<string, string>, viewer = eastmere.as('head-of-legal', 'legal')) =>
      eastmere.reports.report('R18', { filters }, undefined, viewer);
    await expect(ask({ report: 'R11', from: '1' })).rejects.toThrow('A report is for its audience.');
    for (const filters of [{ from: '1' }, { report: 'R2' }, { report: 'R18', from: '1' }])
      await expect(ask(filters as Record<string, string>)).rejects.toThrow('As it was compares a report with itself.');
    await expect(ask({ report: 'R2', from: '2020-01-01' })).rejects.toThrow('A position is one of the log.');
    await expect(ask({ report: 'R2', from: '2026-11-23', office: 'ICU' })).rejects.toThrow(
      'A report knows its filters.',
    );
  });

  it('rests on a hypothesis whose verdict is the one the figures give, and no other', async () => {
    const { word } = cellIn(await eastmere.report(), 'CHALLENGE-BELONG/verdict');
    const review = (verdict: string | null) =>
      eastmere.send(
        'metrics.ReviewHypothesis',
        { hypothesis: 'CHALLENGE-BELONG', verdict, note: 'Both are asked in one wave.' },
        hr('hr-analyst'),
      );
    await expect(review(word === 'LEADS' ? 'CONTRARY' : 'LEADS')).rejects.toThrow(
      'a-verdict-is-the-one-that-the-figures-give',
    );
    const head = await eastmere.deployment.store.head();
    await review(word);
    const { events } = await eastmere.deployment.store.readPage(head.position, 1);
    expect(events[0]?.event.data).toMatchObject({ verdict: word, basis: { asOf: head.event, report: 'R2@2' } });
  });

  it('rests on no verdict before its day of review', async () => {
    const early = { hypothesis: 'AGREED-RECOMMEND', verdict: 'LEADS', note: 'It looks like it.' };
    await expect(eastmere.send('metrics.ReviewHypothesis', early, hr('hr-analyst'))).rejects.toThrow(
      'a-verdict-is-given-at-the-review-date',
    );
  });
});
