import { evaluationPacketReport } from './evaluation-packet.report';
import { renderCsv, renderHtml, renderTable, sheetsOf } from './index';
import { cellOf } from './history.testing';
import { linkageMatrixReport } from './linkage-matrix.report';
import { anyReport, isRefusal } from './report';
import { scorecardReport } from './scorecard.report';
import { type Evaluations, observed, surgery } from './scorecards.testing';

const R3 = anyReport(scorecardReport);
const R4 = anyReport(evaluationPacketReport);
const R5 = anyReport(linkageMatrixReport);
const head = { viewer: { id: 'head', role: 'executive' } } as const;
const hr = { viewer: { id: 'steward', role: 'hr' } } as const;
const auditor = { viewer: { id: 'auditor', role: 'auditor' } } as const;
const mine = { ...head, leader: 'head' };

const frozen = (): Evaluations => observed(surgery()).freeze('2026-11-12', ['head']);

describe('a scorecard out of events', () => {
  it('weights 25/20/15/20/20, attainments 100/120/80/hidden/60: 91.25 at coverage 80 %', () => {
    const report = frozen().signed('head').told(R3, mine);
    expect(cellOf(report, 'total/score')).toMatchObject({ value: '91.25', state: 'OK', unit: 'points' });
    expect(cellOf(report, 'total/coverage').word).toBe('80 %');
    expect(cellOf(report, 'total/evidence').word).toBe('100 %');
    const parts = ['checkins', 'listens', 'agreed', 'belong', 'stays'];
    expect(parts.map((part) => cellOf(report, `${part}/attainment`).value)).toEqual(['100', '120', '80', null, '60']);
    expect(parts.map((part) => cellOf(report, `${part}/effective`).word)).toEqual([
      ...['31.25 %', '25 %', '18.75 %', '0 %', '25 %'],
    ]);
    expect(cellOf(report, 'checkins/target').word).toBe('60 / 70 / 80');
    expect(report.remarks).toEqual([expect.stringContaining('C2026, frozen on 2026-11-12 as of event e-')]);
  });

  it('says one sentence of what is hidden, and nothing else', () => {
    const cell = cellOf(frozen().told(R3, mine), 'belong/observed');
    expect(cell).toMatchObject({ value: null, n: null, base: null, state: 'SUPPRESSED' });
    expect(cell.remarks).toEqual(['Hidden to protect small groups.']);
  });

  it('does not tell the leader its total before a person has rated and another signed', () => {
    const report = frozen().told(R3, mine);
    for (const key of ['total/score', 'total/original', 'total/rating', 'checkins/points'])
      expect(cellOf(report, key)).toMatchObject({ value: null, word: null, state: 'WITHHELD' });
    for (const key of ['total/score', 'total/rating', 'checkins/points'])
      expect(cellOf(report, key).remarks).toEqual([
        'No score leaves before a person has rated it and another has signed.',
      ]);
    for (const column of ['attainment', 'original', 'effective', 'points'])
      expect(cellOf(report, `checkins/${column}`)).toMatchObject({ value: null, state: 'WITHHELD' });
    expect(cellOf(report, 'checkins/observed').value).toBe('70');
    for (const viewer of [hr.viewer, { id: 'evaluator', role: 'executive' } as const])
      expect(cellOf(frozen().told(R3, { viewer, leader: 'head' }), 'total/score').value).toBe('91.25');
  });

  it('is nobody else’s', () => {
    const rule = 'a-scorecard-is-for-its-leader-and-for-those-who-rate-or-oversee-it';
    expect(frozen().refusal(R3, { viewer: { id: 'other', role: 'executive' } })).toBe(rule);
    expect(frozen().refusal(R3, { viewer: { id: 'other', role: 'executive' }, leader: 'head' })).toBe(rule);
    expect(frozen().refusal(R4, { viewer: { id: 'evaluator', role: 'executive' } })).toBe(rule);
    expect(frozen().refusal(R4, hr)).toBe(rule);
  });

  it('says to whom it is nobody else’s, and how one comes to see it', () => {
    const detail = (report: typeof R3) => {
      const refused = report.compute(
        frozen().rowsFor(report.reads),
        frozen().question({ viewer: { id: 'other', role: 'assessor' } }),
      );
      return isRefusal(refused) ? refused.detail : undefined;
    };
    const how =
      'Ask in such a role if you hold it (--as person:auditor); if not, an admin grants it (organization.GrantRole).';
    expect(detail(R3)).toBe(
      `You ask as assessor, and no scorecard of this cycle is yours, or yours to rate. All are open to the roles hr, auditor, board. ${how}`,
    );
    expect(detail(R4)).toBe(
      `You ask as assessor, and no scorecard of this cycle is yours. All are open to the roles auditor, board. ${how}`,
    );
  });

  it('is found by its cycle; left out, the last that was frozen', () => {
    expect(surgery().refusal(R3, head)).toBe('a-report-on-scorecards-needs-a-cycle');
    expect(surgery().refusal(R3, { ...head, cycle: 'C1999' })).toBe('a-cycle-is-named-by-its-code');
    expect(surgery().told(R3, { ...mine, cycle: 'c2026' }).remarks).toEqual([
      'C2026 is not frozen: nothing is scored yet.',
    ]);
    const all = frozen().told(R3, hr);
    expect(cellOf(all, 'head:total/score').value).toBe('91.25');
  });

  it('hides what it showed when a stricter policy holds now, and the total with it', () => {
    const answered = { BELONG: ['PULSE', { value: '66', n: 900, eligible: 1000 }] } as const;
    const house = observed(surgery(), answered).freeze('2026-11-12', ['head']).signed('head');
    expect(cellOf(house.told(R3, mine), 'belong/observed')).toMatchObject({ value: '66', n: 900 });
    const stricter = { ...mine, alsoUnder: [{ k: 901, kSensitive: 901 }] };
    const report = house.told(R3, stricter);
    for (const key of ['belong/observed', 'belong/attainment', 'total/score'])
      expect(cellOf(report, key)).toMatchObject({ value: null, n: null, state: 'SUPPRESSED' });
    expect(cellOf(report, 'checkins/attainment').value).toBe('100');
  });
});

describe('the packet under it', () => {
  it('finds every cited event, with recorder and verifier', () => {
    const report = frozen().told(R4, auditor);
    expect(report.remarks).toEqual(['Every cited event is found in the log.']);
    const records = report.cells.filter(({ key }) => /^head:checkins:\d+\/record$/.test(key)).map(({ word }) => word);
    expect(records).toEqual([
      ...['DEFINITION CHECKINS version 1', 'LINK CHECKINS HEADS', 'LINK CHECKINS HEADS'],
      ...['OBSERVATION CHECKINS SURG 2026', 'OBSERVATION CHECKINS SURG 2026'],
      ...['TARGET CHECKINS SURG 2026', 'TARGET CHECKINS SURG 2026', 'TARGET CHECKINS SURG 2026'],
    ]);
    expect(cellOf(report, 'head:checkins/unresolved').value).toBe('0');
    expect(cellOf(report, 'head:checkins/cited').value).toBe('8');
    const at = report.cells.find(({ word }) => word === 'OBSERVATION CHECKINS SURG 2026')?.key.split('/')[0];
    expect(cellOf(report, `${at}/recorder`).word).toBe('steward');
    expect(cellOf(report, `${at}/verifier`).word).toBe('verifier');
    expect(cellOf(report, `${at}/value`)).toMatchObject({ value: '70' });
    expect(cellOf(report, `${at}/back-dated`).word).toBe('0');
  });

  it('cites no observation of what is hidden', () => {
    const report = frozen().told(R4, auditor);
    const records = report.cells.filter(({ key }) => /^head:belong:\d+\/record$/.test(key)).map(({ word }) => word);
    expect(records.filter((word) => word?.startsWith('OBSERVATION'))).toEqual([]);
  });

  it('puts first what it cannot find', () => {
    const house = observed(surgery()).freeze('2026-11-12', ['head']);
    const result = house.computed('head');
    const [first, ...rest] = result.components;
    house.record('head', 'e-1', {
      ...result,
      components: [...rest, { ...first!, componentId: 'stays', citedEvents: ['nowhere'] }],
    });
    const report = house.told(R4, auditor);
    expect(report.cells[0]?.key).toBe('head:stays/component');
    expect(cellOf(report, 'head:stays:1/record').word).toBe('UNRESOLVED');
    expect(cellOf(report, 'head:stays/unresolved').value).toBe('1');
    expect(report.remarks).toEqual(['1 cited events belong to no record that is known here.']);
  });
});

describe('the packet on paper', () => {
  const report = frozen().told(R4, auditor);
  const { columns, name } = evaluationPacketReport;
  const count = (text: string, words: string) => text.split(words).length - 1;
  const title = cellOf(report, 'head:checkins/component').word ?? '';
  const records = ['LINK CHECKINS HEADS', 'OBSERVATION CHECKINS SURG 2026', 'TARGET CHECKINS SURG 2026'];

  it('says the words of a component and of a record once, and below them a sign that stands for them', () => {
    const [table, page] = [renderTable(report, name, columns), renderHtml(report, evaluationPacketReport)];
    const line = (at: number) => table.split('\n').find((each) => each.startsWith(` ${at} `)) ?? '';
    expect(line(3)).toMatch(/^ 3 +″ +″ +/);
    expect(line(4)).not.toMatch(/^ 4 +″ +″ +/);
    expect(table).toMatch(/^″ as in the row above$/m);
    for (const words of [title, ...records]) expect([words, count(page, `>${words}<`)]).toEqual([words, 1]);
    expect(page).toContain('<abbr title="as in the row above">″</abbr>');
  });
  it('says them in every row that is computed with', () => {
    expect(count(renderCsv(report), records[1] ?? '')).toBe(2);
    const [sheet] = sheetsOf(report, evaluationPacketReport);
    expect(sheet?.rows.filter((row) => row.includes(records[2] ?? ''))).toHaveLength(3);
  });
});

describe('the linkage matrix', () => {
  const matrix = (house: Evaluations, given: object = hr) => house.told(R5, given);
  it('says of each metric and group what links or bars it, and how much it weighs', () => {
    const house = surgery()
      .metric('SHARE', { minN: 10 }, 'MONITORING_ONLY')
      .metric('NEW', {}, 'NEUTRAL')
      .metric('SOON', {}, 'NEUTRAL')
      .day('2026-06-01');
    const report = matrix(house);
    expect(cellOf(report, 'CHECKINS:HEADS/link').word).toBe('LINKED');
    expect(cellOf(report, 'CHECKINS:HEADS/weight').word).toBe('25 %');
    expect(cellOf(report, 'SHARE:HEADS/link').word).toBe('REFUSED');
    expect(cellOf(report, 'SHARE:HEADS/rule').word).toBe('a-monitoring-only-metric-cannot-count-in-an-evaluation');
    expect(['SHARE', 'CHECKINS', 'STAYS'].map((metric) => cellOf(report, `${metric}:HEADS/kind`).word)).toEqual([
      ...['FACT', 'ACTION', 'OUTCOME'],
    ]);
    expect(cellOf(report, 'NEW:HEADS/link').word).toBe('NEEDS_REVIEW');
    expect(cellOf(report, 'CHECKINS:HEADS/expires').word).toBe('2027-03-31');
    house.add('organization.LegalReviewRecorded.v1', {
      ...{ reviewId: 'r-2', object: { kind: 'metric', id: 'metric:NEW', version: null }, decision: 'CLEARED' },
      ...{ reviewer: 'counsel', jurisdiction: 'GB', expiresAt: '2027-12-31', conditions: [] },
    });
    expect(cellOf(matrix(house), 'NEW:HEADS/link').word).toBe('FREE');
    expect(cellOf(matrix(house.day('2027-01-15')), 'CHECKINS:HEADS/link').word).toBe('EXPIRES');
    expect(cellOf(matrix(house.day('2027-04-01')), 'CHECKINS:HEADS/link').word).toBe('NEEDS_REVIEW');
  });

  it('gives the limits as agreed and at worst redistribution', () => {
    const report = matrix(surgery());
    expect(cellOf(report, 'limit-single:HEADS/weight').word).toBe('25 %');
    expect(cellOf(report, 'limit-single:HEADS/worst').word).toBe('35 %');
    expect(cellOf(report, 'limit-survey:HEADS/weight').word).toBe('20 %');
    expect(cellOf(report, 'limit-survey:HEADS/worst').word).toBe('28.58 %');
    expect(cellOf(report, 'overlaps:HEADS/rule').word).toBe('NONE');
  });

  it('shows a leader the own group’s column, and nobody else any', () => {
    const report = matrix(surgery().metric('SHARE', { minN: 10 }, 'MONITORING_ONLY'), head);
    expect(report.cells.some(({ key }) => key.startsWith('SHARE'))).toBe(false);
    expect(cellOf(report, 'BELONG:HEADS/link').word).toBe('LINKED');
    expect(surgery().refusal(R5, { viewer: { id: 'stranger', role: 'executive' } })).toBe(
      'a-leader-sees-the-links-of-the-own-group',
    );
  });
});
