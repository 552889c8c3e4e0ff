import { recompute, reportHash } from '@plumbline/reporting/server';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const TARGET = { unit: 'EASTMERE', metric: 'BELONG', period: '2026' };
const EASIER = { curve: 'LINEAR', threshold: '60', target: '64', stretch: '70' };

/** A target of which nobody can know the result yet. */
const UNKNOWN = { unit: 'EASTMERE', metric: 'HANDOVER', period: '2026' };
const HANDOVER = {
  ...{ code: 'HANDOVER', name: 'Handovers held', kind: 'LEADING', level: 'PROCESS', unit: 'PERCENT' },
  ...{ direction: 'HIGHER', formulaRef: 'record-share', sourceType: 'RECORDS', cadence: 'YEARLY', minN: 10 },
  ...{ subject: 'NONE', legalClass: 'NEUTRAL', rationale: 'Whoever leaves tells whoever comes.' },
};
const AGREED = { curve: 'LINEAR', threshold: '80', target: '90', stretch: '95' };
const LOWERED = { curve: 'LINEAR', threshold: '70', target: '80', stretch: '88' };

describe('a target from its proposal to what became of it', () => {
  let eastmere: ScratchDeployment;
  let before: bigint;
  let moved: bigint;
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
    await eastmere.send('metrics.DefineMetric', HANDOVER, eastmere.operator);
    await eastmere.send(
      'metrics.ProposeTarget',
      { ...UNKNOWN, baseline: { asserted: '75' }, anchors: AGREED, rationale: 'As in the best house.' },
      eastmere.operator,
    );
    await eastmere.send('metrics.ApproveTarget', UNKNOWN, board());
    for (const target of [TARGET, UNKNOWN])
      await expect(
        eastmere.send('metrics.LockTarget', { ...target, cycle: 'C2026' }, hr('hr-analyst')),
      ).rejects.toThrow('a-target-is-locked-into-an-open-cycle');
    await eastmere.send(
      'evaluations.OpenCycle',
      {
        ...{ code: 'C2026', period: '2026', ruleSet: '1' },
        population: [{ group: 'HEADS', leaders: [eastmere.as('head', 'executive').id] }],
        calendar: { acceptBy: '2026-12-01', freezeFrom: '2026-12-31', acknowledgeBy: '2027-01-31' },
      },
      hr('hr-analyst'),
    );
    for (const target of [TARGET, UNKNOWN])
      await eastmere.send('metrics.LockTarget', { ...target, cycle: 'C2026' }, hr('hr-analyst'));
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

  it('is moved by nobody once its result is known; R11 keeps the wish', async () => {
    const wish = { ...TARGET, changes: EASIER, reason: 'Two wards were merged.' };
    await expect(
      eastmere.send('metrics.RequestTargetAdjustment', wish, eastmere.as('chief-executive', 'executive')),
    ).rejects.toThrow('a-target-is-not-adjusted-once-its-result-is-known');
    await eastmere.deployment.projections.catchUp();
    const report = await goalposts();
    const row = 'BELONG:EASTMERE:2026:1';
    expect(cellIn(report, `${row}/change`)).toMatchObject({ word: 'REFUSED' });
    expect(cellIn(report, `${row}/result-known`)).toMatchObject({ word: 'YES' });
    // 421 of 639: x = 65.884194; 50 + 50·(x − 63)/3, and the whole of it had it been moved
    expect(cellIn(report, `${row}/attainment-before`)).toMatchObject({ value: '98.069901', state: 'INCONCLUSIVE' });
    expect(cellIn(report, `${row}/attainment-after`)).toMatchObject({ value: '100' });
    expect(cellIn(report, `${row}/gained`)).toMatchObject({ value: '1.930099' });
  });

  it('is moved late in its period by two outside the line and the panel', async () => {
    const row = 'HANDOVER:EASTMERE:2026:1';
    before = await eastmere.head();
    await eastmere.send(
      'metrics.RequestTargetAdjustment',
      { ...UNKNOWN, changes: LOWERED, reason: 'The system was away for a month.' },
      eastmere.as('chief-executive', 'executive'),
    );
    const { events } = await eastmere.deployment.store.readPage(before, 1);
    const { requestId: request } = events[0]?.event.data as { requestId: string };
    const yes = { ...UNKNOWN, request };
    for (const actor of [hr('hr-analyst'), hr('head-of-people-analytics')])
      await eastmere.send('metrics.ApproveTargetAdjustment', yes, actor);
    expect(cellIn(await goalposts(), `${row}/change`)).toMatchObject({ word: 'ASKED' });
    await eastmere.send('metrics.ApproveTargetAdjustment', yes, board());
    const report = await goalposts();
    expect(cellIn(report, `${row}/change`)).toMatchObject({ word: 'MOVED' });
    expect(cellIn(report, `${row}/period-gone`)).toMatchObject({ word: '89.31 %' });
    expect(cellIn(report, `${row}/gained`)).toMatchObject({ value: null, state: 'NOT_DUE' });
    moved = await eastmere.head();
  });

  it('reads in R18 as another target, with the events that moved it and whoever sent them; replayed, it is the same', async () => {
    const filter = { filters: { report: 'r2', from: String(before) } };
    const report = await eastmere.reports.report('R18', filter, { position: moved }, eastmere.operator);
    const row = 'HANDOVER|value';
    expect(cellIn(report, `${row}/kind`)).toMatchObject({ word: 'TARGET' });
    expect(cellIn(report, `${row}/then`)).toMatchObject({ target: '90' });
    expect(cellIn(report, `${row}/now`)).toMatchObject({ target: '80' });
    expect(cellIn(report, `${row}/causes`).word).toContain('metrics.TargetAdjusted');
    expect(cellIn(report, `${row}/who`).word).toContain(`${board().id} (board)`);
    const viewer = { id: eastmere.operator.id, role: 'hr' } as const;
    expect((await recompute(eastmere.deployment.store, 'R18', moved, viewer, filter)).result).toBe(reportHash(report));
    const told = await eastmere.reports.explain('R18', `${row}/now`, filter, { position: moved }, eastmere.operator);
    expect(told.events.map(({ event }) => event.type)).toContain('metrics.TargetAdjusted.v1');
  });

  it('says what the move gained when the result is there; replayed, it is the same', async () => {
    await eastmere.send(
      'metrics.RecordObservation',
      { ...UNKNOWN, num: '85', den: '100', base: 100, source: 'Handover book' },
      eastmere.operator,
    );
    const report = await goalposts();
    const gained = cellIn(report, 'HANDOVER:EASTMERE:2026:1/gained');
    // 85 between 80 and 90 was worth 75; between 80 and 88 it is worth 100 + 50·5/8
    expect(gained).toMatchObject({ value: '56.25', state: 'OK' });
    const position = BigInt(report.asOf.position);
    const replayed = await recompute(eastmere.deployment.store, 'R11', position, { id: board().id, role: 'board' });
    expect(replayed.result).toBe(reportHash(report));
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
