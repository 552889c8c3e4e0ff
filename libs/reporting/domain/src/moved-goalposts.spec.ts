import { diff } from './diff';
import { type GoalpostRows, goalpostReads, goalpostReport } from './goalposts.report';
import { History, cellOf } from './history.testing';
import { type Question, type Report, isRefusal } from './report';

const linear = (threshold: string, target: string, stretch: string) =>
  ({ curve: 'LINEAR', threshold, target, stretch }) as const;
const FROM = linear('60', '70', '80');
const EASIER = linear('50', '60', '70');

/** A locked target for the voice climate of a unit, as its log tells it. */
class Goalposts extends History {
  #requests = 0;
  readonly place = (unit: string) => ({
    targetId: `target:VOICE:${unit}:2026`,
    metricId: 'metric:VOICE',
    unitId: `unit:${unit}`,
    period: '2026',
  });

  locked(unit: string): this {
    this.target('VOICE', unit, '2026', FROM, '55');
    const data = { ...this.place(unit), cycleId: 'cycle:2026', definitionVersion: 1, lockedBy: 'hr-1' };
    this.add('metrics.TargetLocked.v1', data);
    return this;
  }
  ask(unit: string, to: object = EASIER, by = 'leader-1'): string {
    const requestId = `request-${++this.#requests}`;
    const timing = { periodGone: 4520, resultKnown: false };
    const data = { ...this.place(unit), requestId, from: FROM, changes: to, ...timing };
    this.add('metrics.TargetAdjustmentRequested.v1', { ...data, requestedBy: by, reason: 'sealed' });
    return requestId;
  }
  moved(unit: string, to: object = EASIER): this {
    const requestId = this.ask(unit, to);
    for (const by of ['hr-1', 'hr-2'])
      this.add('metrics.TargetAdjustmentApproved.v1', {
        ...{ ...this.place(unit), requestId, by, role: 'hr', capacity: 'OUTSIDE_THE_LINE' },
      });
    this.add('metrics.TargetAdjusted.v1', {
      ...{ ...this.place(unit), requestId, from: FROM, to, approvedBy: ['hr-1', 'hr-2'], panel: null },
      ...{ periodGone: 5000, resultKnown: true },
    });
    return this;
  }
  refused(unit: string, given: object = {}): this {
    this.add('metrics.TargetAdjustmentRefused.v1', {
      ...{ ...this.place(unit), requestId: `late-${unit}`, from: FROM, changes: EASIER },
      ...{ rule: 'a-target-is-not-adjusted-after-its-period-has-ended', periodGone: 10_000, resultKnown: true },
      ...{ requestedBy: 'leader-1', refusedBy: null, reason: 'sealed', ...given },
    });
    return this;
  }
  answered(unit: string, num: number, den: number, eligible = den): this {
    this.observe('VOICE', unit, '2026', 'S', { num: String(num), den: String(den), n: den, eligible });
    return this;
  }
  goalposts(given: Partial<Question> = {}): Report {
    const rows: GoalpostRows = this.rowsFor(goalpostReads);
    const outcome = goalpostReport.compute(rows, this.question(given));
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome;
  }
}

const house = (): Goalposts =>
  (new Goalposts().configured().unit('ORG').unit('NORTH', 'ORG').unit('SOUTH', 'ORG').unit('EAST', 'ORG') as Goalposts)
    .metric('VOICE')
    .release('S')
    .leads('leader-1', 'NORTH')
    .leads('leader-2', 'SOUTH')
    .day('2026-12-01') as Goalposts;

const rowsIn = (report: Report): readonly string[] => [
  ...new Set(report.cells.map(({ key }) => key.split('/')[0] ?? '')),
];
const said = (report: Report, key: string): string | null => cellOf(report, key).word;

describe('a goalpost that was moved', () => {
  const history = house().locked('NORTH').answered('NORTH', 65, 100).moved('NORTH');
  const report = history.goalposts();
  const row = 'VOICE:NORTH:2026:1';

  it('stands with what it was, what it became, who asked, who allowed it, and how late it was', () => {
    const columns = ['change', 'metric', 'office', 'period', 'from', 'to', 'direction', 'asked-by', 'decided-by'];
    expect(columns.map((column) => said(report, `${row}/${column}`))).toEqual([
      ...['MOVED', 'VOICE', 'Unit NORTH', '2026', '60 / 70 / 80', '50 / 60 / 70', 'EASIER', 'leader-1', 'hr-1, hr-2'],
    ]);
    expect(said(report, `${row}/period-gone`)).toBe('50 %');
    expect(said(report, `${row}/result-known`)).toBe('YES');
    expect(said(report, `${row}/reason`)).toMatch(/^sealed:e-\d+\/reason$/);
    expect(cellOf(report, `${row}/rule`)).toMatchObject({ word: null, state: 'NO_DATA' });
  });

  it('says both attainments and what the move gained', () => {
    const value = (column: string) => cellOf(report, `${row}/${column}`).value;
    expect([value('attainment-before'), value('attainment-after'), value('gained')]).toEqual(['75', '100', '25']);
  });

  it('rests every figure on the observation and on the events that moved it', () => {
    const cites = report.trace.get(`${row}/gained`)?.cites ?? [];
    expect(new Set(cites.map(({ as }) => as))).toEqual(new Set(['observation', 'release', 'definition', 'target']));
    const moves = history.events.filter(({ type }) => type.startsWith('metrics.TargetAdjust')).map(({ id }) => id);
    expect(moves.length).toBe(4);
    for (const id of moves) expect(cites.map(({ event }) => event)).toContain(id);
  });

  it('names the report and its code', () => {
    expect(report).toMatchObject({ report: 'R11', codeVersion: 'R11@2', unit: { code: 'ORG' }, audience: 'hr' });
  });
});

describe('points of a goalpost', () => {
  const gained = (history: Goalposts, unit = 'NORTH') => cellOf(history.goalposts(), `VOICE:${unit}:2026:1/gained`);

  it('are unknown as long as nothing was observed', () => {
    expect(gained(house().locked('NORTH').moved('NORTH'))).toMatchObject({ value: null, state: 'NOT_DUE' });
    expect(gained(house().locked('NORTH').moved('NORTH').day('2027-02-01') as Goalposts)).toMatchObject({
      ...{ value: null, state: 'NO_DATA' },
    });
  });
  it('are hidden where the figure is', () => {
    const history = house().locked('EAST').answered('EAST', 3, 4).answered('NORTH', 65, 100).answered('SOUTH', 50, 80);
    expect(gained(history.moved('EAST'), 'EAST')).toMatchObject({
      ...{ value: null, state: 'SUPPRESSED', n: null, remarks: ['Hidden to protect small groups.'] },
    });
  });
  it('are not told where the figure itself could not be judged', () => {
    const history = house().locked('NORTH').answered('NORTH', 13, 20, 100).moved('NORTH');
    expect(gained(history)).toMatchObject({ value: null, state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE' });
  });
  it('end at the target for climate, and stretch beyond it for a process', () => {
    expect(gained(house().locked('NORTH').answered('NORTH', 90, 100).moved('NORTH')).value).toBe('0');
    const process = new Goalposts().configured().unit('ORG').unit('NORTH', 'ORG');
    process.metric('VOICE', { level: 'PROCESS' }).release('S').day('2026-12-01');
    expect(gained((process as Goalposts).locked('NORTH').answered('NORTH', 75, 100).moved('NORTH')).value).toBe('25');
  });
  it('are lost by a harder goal', () => {
    const history = house()
      .locked('NORTH')
      .answered('NORTH', 65, 100)
      .moved('NORTH', linear('62', '75', '90'));
    expect(gained(history).value).toBe('-13.461538');
    expect(said(history.goalposts(), 'VOICE:NORTH:2026:1/direction')).toBe('HARDER');
  });
});

it('does not tell by points how a few people moved', () => {
  const history = house().locked('NORTH');
  history.observe('VOICE', 'NORTH', '2026', 'S', { value: '65', n: 100, eligible: 100 });
  history.moved('NORTH');
  const rows = history.rowsFor(goalpostReads);
  const then = goalpostReport.compute(rows, history.question());
  history.correct('VOICE', 'NORTH', '2026', 'S', { value: '67', n: 100, eligible: 100 });
  const now = goalpostReport.compute(history.rowsFor(goalpostReads), history.question());
  if (isRefusal(then) || isRefusal(now)) throw new Error('unreachable');
  const difference = diff(then, now);
  if (isRefusal(difference)) throw new Error('unreachable');
  const moved = difference.changes.filter(({ key }) => key.endsWith('attainment-before') || key.endsWith('gained'));
  expect(moved.length).toBe(2);
  for (const change of moved) expect(change).toMatchObject({ then: { value: 'changed' }, now: { value: 'changed' } });
});

describe('a refusal', () => {
  it('stands as long as any change, with its rule and what it would have gained', () => {
    const report = house().locked('NORTH').answered('NORTH', 65, 100).refused('NORTH').goalposts();
    const row = 'VOICE:NORTH:2026:1';
    expect(said(report, `${row}/change`)).toBe('REFUSED');
    expect(said(report, `${row}/rule`)).toBe('a-target-is-not-adjusted-after-its-period-has-ended');
    expect(cellOf(report, `${row}/gained`).value).toBe('25');
    expect(cellOf(report, `${row}/decided-by`).word).toBeNull();
  });
  it('by a person names the person, with both reasons', () => {
    const history = house().locked('NORTH');
    const requestId = history.ask('NORTH');
    history.refused('NORTH', { requestId, rule: 'refused-by-the-panel', refusedBy: 'board-1' });
    const report = history.goalposts();
    expect(rowsIn(report)).toEqual(['VOICE:NORTH:2026:1']);
    expect(said(report, 'VOICE:NORTH:2026:1/decided-by')).toBe('board-1');
    expect(said(report, 'VOICE:NORTH:2026:1/decision-reason')).toMatch(/^sealed:/);
  });
  it('is preceded by the wish: an open one stands as asked', () => {
    const history = house().locked('NORTH');
    history.ask('NORTH');
    expect(said(history.goalposts(), 'VOICE:NORTH:2026:1/change')).toBe('ASKED');
  });
});

describe('moved goalposts are listed', () => {
  const history = house().locked('NORTH').locked('SOUTH').locked('EAST');
  history.answered('NORTH', 78, 100).answered('SOUTH', 61, 100);
  // EAST is hidden for its size, WEST so that EAST cannot be found.
  history.unit('WEST', 'ORG');
  history.answered('EAST', 3, 4).answered('WEST', 9, 20);
  history.moved('NORTH').moved('EAST').moved('SOUTH').refused('NORTH');

  it('all of them, most points first; what is hidden stands last, by name', () => {
    expect(rowsIn(history.goalposts())).toEqual([
      ...['VOICE:SOUTH:2026:1', 'VOICE:NORTH:2026:1', 'VOICE:NORTH:2026:2', 'VOICE:EAST:2026:1'],
    ]);
  });
  it('by unit and period', () => {
    expect(rowsIn(history.goalposts({ unit: 'NORTH' }))).toEqual(['VOICE:NORTH:2026:1', 'VOICE:NORTH:2026:2']);
    expect(rowsIn(history.goalposts({ unit: 'ORG' }))).toHaveLength(4);
    expect(rowsIn(history.goalposts({ period: '2025' }))).toEqual([]);
    expect(rowsIn(history.goalposts({ period: '2026' }))).toHaveLength(4);
  });
  it('to a leader, only the leader’s own', () => {
    const viewer = (id: string) => history.goalposts({ viewer: { id, role: 'executive' } });
    expect(rowsIn(viewer('leader-2'))).toEqual(['VOICE:SOUTH:2026:1']);
    expect(rowsIn(viewer('leader-1'))).toHaveLength(4);
    expect(rowsIn(viewer('leader-3'))).toEqual([]);
  });
  it('to the board as to the auditor', () => {
    const cells = (role: 'board' | 'auditor') => history.goalposts({ viewer: { id: 'x', role } }).cells;
    expect(cells('board')).toEqual(cells('auditor'));
  });
  it('in the same bytes in whatever order the rows come', () => {
    const rows = history.rowsFor(goalpostReads);
    const turned = Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, [...list].reverse()]));
    const cellsOf = (given: GoalpostRows) => {
      const outcome = goalpostReport.compute(given, history.question());
      return isRefusal(outcome) ? null : outcome.cells;
    };
    expect(cellsOf(turned as unknown as GoalpostRows)).toEqual(cellsOf(rows));
  });
});

describe('a milestone whose date was moved', () => {
  const commitment = { commitmentId: 'commitment:C01' };
  const milestone = { ...commitment, milestoneId: 'C01.1' };
  const sealed = { key: 'k', sealed: 's', subjects: [] };
  const promised = (): Goalposts => {
    const history = house();
    const example = (type: string, data: object): void => void history.add(type, data);
    example('charter.CommitmentProposed.v1', {
      ...{ ...commitment, code: 'C01', title: 'Answer concerns in time', statement: 'We answer.', level: 'UNIT' },
      ...{ parentCommitmentId: null, scopeUnitId: 'unit:NORTH', office: null, charterId: null, charterVersion: null },
      ...{ principleIds: [], evidenceRule: 'A list.', structuralChange: false, proposedBy: 'hr-1', by: 'hr-1' },
      ...{ askedOwnerId: 'leader-1', ownerId: 'leader-1', token: null },
    });
    example('charter.CommitmentMilestoneAdded.v1', {
      ...{ ...milestone, title: 'A desk is open', weight: 60, contracted: true, baselineDue: '2026-06-30' },
      ...{ addedBy: 'hr-1' },
    });
    example('charter.CommitmentAccepted.v1', {
      ...{ ...commitment, ownerId: 'leader-1', acceptedOn: '2026-01-01', firstDue: '2026-06-30' },
      ...{ milestones: [{ milestoneId: 'C01.1', due: '2026-06-30' }], indicators: [] },
    });
    return history;
  };
  const asked = (history: Goalposts): Goalposts => {
    history.add('charter.CommitmentRescheduleRequested.v1', {
      ...{ ...milestone, requestId: 'move-1', from: '2026-06-30', to: '2026-09-30' },
      ...{ requestedBy: 'leader-1', requestedOn: '2026-04-01', reason: sealed },
    });
    return history;
  };
  const movedOn = (history: Goalposts, day: string): Goalposts => {
    history.add('charter.CommitmentMilestoneRescheduled.v1', {
      ...{ ...milestone, requestId: 'move-1', from: '2026-06-30', to: '2026-09-30', rescheduledOn: day },
      ...{ requestedBy: 'leader-1', approvedBy: 'hr-1', reason: sealed },
    });
    return history;
  };
  const row = 'C01:C01.1:1';

  it('is listed after the targets, with its dates and who allowed it, and gains no points', () => {
    const history = movedOn(asked(promised().locked('NORTH').moved('NORTH')), '2026-06-01');
    const report = history.goalposts();
    expect(rowsIn(report)).toEqual(['VOICE:NORTH:2026:1', row]);
    const columns = ['change', 'metric', 'office', 'from', 'to', 'direction', 'asked-by', 'decided-by', 'gained'];
    expect(columns.map((column) => said(report, `${row}/${column}`))).toEqual([
      ...['MOVED', 'A desk is open', 'Unit NORTH', '2026-06-30', '2026-09-30', 'EASIER', 'leader-1', 'hr-1', 'NONE'],
    ]);
    expect(said(report, `${row}/period-gone`)).toBe('83 %');
    expect(said(report, `${row}/result-known`)).toBe('NO');
  });
  it('says that its first date was past', () => {
    const report = movedOn(asked(promised()), '2026-07-15').goalposts();
    expect(said(report, `${row}/period-gone`)).toBe('100 %');
    expect(said(report, `${row}/result-known`)).toBe('YES');
  });
  it('stands as asked before anyone decides', () => {
    const report = asked(promised()).goalposts();
    expect(said(report, `${row}/change`)).toBe('ASKED');
    expect(said(report, `${row}/period-gone`)).toBe('50 %');
    expect(said(report, `${row}/result-known`)).toBe('NO');
  });
  it('is the owner’s own, and is found by unit and by the period of its first date', () => {
    const history = asked(promised());
    const rows = (given: Partial<Question>) => rowsIn(history.goalposts(given));
    expect(rows({ viewer: { id: 'leader-1', role: 'executive' } })).toEqual([row]);
    expect(rows({ viewer: { id: 'leader-2', role: 'executive' } })).toEqual([]);
    expect(rows({ unit: 'SOUTH' })).toEqual([]);
    expect(rows({ unit: 'NORTH', period: '2026-Q2' })).toEqual([row]);
    expect(rows({ period: '2026-Q3' })).toEqual([]);
  });
});

it('is refused for a unit that is not there, and before anything is configured', () => {
  const refusal = (history: Goalposts, given: Partial<Question> = {}) =>
    goalpostReport.compute(history.rowsFor(goalpostReads), history.question(given));
  expect(refusal(house(), { unit: 'WEST' })).toMatchObject({ refused: 'a-unit-is-named-by-its-code' });
  expect(refusal(new Goalposts())).toMatchObject({ refused: 'a-report-needs-a-configured-organisation' });
});
