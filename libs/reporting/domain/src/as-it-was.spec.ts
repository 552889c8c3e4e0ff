import { type Disclosed, derived } from '@plumbline/privacy';
import { asItWasReport, causesOf, comparisonOf } from './as-it-was.report';
import { History, cellOf } from './history.testing';
import { leadLagReport } from './lead-lag.report';
import { type Question, type Report, isRefusal } from './report';
import { reportText } from './report-json';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

function house(): History {
  const history = new History().configured().unit('ORG').unit('NORTH', 'ORG').unit('SOUTH', 'ORG').metric('VOICE');
  history.metric('TRUST').release('S').leads('leader-1', 'NORTH').day('2027-01-10');
  for (const unit of ['NORTH', 'SOUTH'])
    history.observe('VOICE', unit, '2026', 'S', { num: '39', den: '60', n: 60, eligible: 80 });
  history.observe('TRUST', 'NORTH', '2026', 'S', { num: '45', den: '60', n: 60, eligible: 80 });
  return history.target('VOICE', 'NORTH', '2026', LINEAR, '55');
}

/** R18 over R2 of NORTH, from a position to now, as a viewer sees it. */
function asItWas(history: History, from: number, given: Partial<Question> = {}, to = history.position) {
  const about = { unit: 'NORTH', ...given };
  const side = (at: number) => ({
    report: history.report(about, at),
    mayOpen: leadLagReport.mayOpen(history.rows(at), history.question(about, at)),
  });
  const [before, after] = [side(from), side(to)];
  const causes = causesOf(before.report, after.report);
  if (isRefusal(causes)) throw new Error(causes.refused);
  const events = history.events.filter(({ id }) => causes.includes(id));
  return asItWasReport.compute(
    { profile: [] },
    history.question(
      { ...about, filters: { report: 'R2', from: String(from) }, compared: comparisonOf(before, after, events) },
      to,
    ),
  );
}
function shown(...asked: Parameters<typeof asItWas>): Disclosed<Report> {
  const outcome = asItWas(...asked);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
}
const keys = (report: Report): readonly string[] => [
  ...new Set(report.cells.map(({ key }) => key.split('/')[0] ?? '')),
];

describe('a report as it was', () => {
  const history = house();
  const from = history.position;
  const event = history.correct('VOICE', 'NORTH', '2026', 'S', { num: '51', den: '60', n: 60, eligible: 80 });
  const report = shown(history, from);

  it('lists what reads differently, and how much does not', () => {
    expect(keys(report)).toEqual(['VOICE|value', 'VOICE|value|2026', 'unchanged']);
    expect(cellOf(report, 'unchanged/summary').word).toBe('2 of 4 unchanged');
  });
  it('shows both sides, why, because of what, and by whom', () => {
    expect(cellOf(report, 'VOICE|value/then')).toMatchObject({ value: '65', n: 60, state: 'INCONCLUSIVE', unit: '%' });
    expect(cellOf(report, 'VOICE|value/now')).toMatchObject({ value: '85', n: 60, status: 'ON_TRACK' });
    expect(cellOf(report, 'VOICE|value/kind').word).toBe('CORRECTED');
    expect(cellOf(report, 'VOICE|value/causes').word).toContain('metrics.ObservationCorrected');
    expect(cellOf(report, 'VOICE|value/who').word).toBe('steward (hr)');
  });
  it('leads each change to the events that made it', () => {
    expect(report.trace.get('VOICE|value/now')?.cites).toContainEqual({ event, as: 'observation' });
  });
  it('names both reports it compares, and no position', () => {
    expect(report).toMatchObject({
      ...{ report: 'R18', codeVersion: 'R18@2', unit: { code: 'NORTH' } },
      narrowed: { report: 'R2@2', from: `e-${from}` },
    });
    expect(report.remarks).toContain('R2@2 as known on 2027-01-10, beside the same as known on 2027-01-10.');
    const { position: _position, ...place } = (JSON.parse(reportText(report)) as { asOf: Record<string, unknown> })
      .asOf;
    expect(place).toEqual({ event: `e-${history.position}`, date: '2027-01-10', root: null, size: null });
  });
  it('is nothing but its count where nothing changed', () => {
    const same = shown(history, from, {}, from);
    expect(keys(same)).toEqual(['unchanged']);
    expect(cellOf(same, 'unchanged/summary').word).toBe('4 of 4 unchanged');
  });
});

describe('what a report as it was does not tell', () => {
  it('is how a few people moved: that reads changed', () => {
    const history = house();
    const from = history.position;
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '42', den: '60', n: 60, eligible: 80 });
    const report = shown(history, from);
    for (const side of ['then', 'now'])
      expect(cellOf(report, `VOICE|value/${side}`)).toMatchObject({
        value: null,
        word: 'changed',
        numerator: null,
        n: 60,
      });
    expect(report.cells.map(({ value }) => value).filter((value) => value !== null)).toEqual([]);
  });
  it('is anything of a figure that is hidden now, nor which event hid it', () => {
    const history = house();
    const from = history.position;
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '3', den: '4', n: 4, eligible: 80 });
    const report = shown(history, from);
    expect(cellOf(report, 'VOICE|value/now')).toMatchObject({ value: null, state: 'SUPPRESSED', n: null });
    expect(cellOf(report, 'VOICE|value/who')).toMatchObject({ word: null, state: 'NO_DATA' });
    expect(report.trace.get('VOICE|value/now')?.cites).toEqual([]);
  });
  it('is more than the stricter policy of the two allows', () => {
    const history = house();
    const from = history.position;
    history.policy('2', { k: 70 });
    const strict = { k: 70, kSensitive: 70 };
    const report = shown(history, from, { alsoUnder: [strict] });
    expect(keys(report)).toEqual(['unchanged']);
    expect(report.disclosure).toMatchObject({ k: 70 });
  });
  it('is who made a change whose event the viewer may not open', () => {
    const history = house();
    const from = history.position;
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '51', den: '60', n: 60, eligible: 80 });
    const whole = history.report({ unit: 'NORTH' });
    const closed = { report: whole, mayOpen: () => false };
    const then = { report: history.report({ unit: 'NORTH' }, from), mayOpen: () => true };
    expect(comparisonOf(then, closed, history.events).causes.size).toBe(0);
    expect(comparisonOf(closed, then, history.events).causes.size).toBe(0);
    expect(comparisonOf(then, then, history.events).causes.get('e-1')).toEqual({
      ...{ type: 'organization.OrganizationConfigured.v1', by: 'steward', role: 'hr' },
    });
  });
});

describe('the sealed texts of a report as it was', () => {
  const history = house();
  const from = history.position;
  const sealed = (event: string) => `sealed:${event}/reason`;
  /** R2 as if the word of a cell were a text of an event that it cites. */
  const saying = (word: string, upTo: number, key = 'VOICE/value') => ({
    report: derived(history.report({ unit: 'NORTH' }, upTo), (report) => ({
      ...report,
      cells: report.cells.map((cell) => (cell.key === key ? { ...cell, word } : cell)),
      trace: new Map([
        ...report.trace,
        [key, { subject: 'NONE', cites: [{ event: 'e-5', as: 'target' as const }] }] as const,
      ]),
    })),
    mayOpen: () => true,
  });
  const citesOf = (then: string, now: string) => {
    const compared = comparisonOf(saying(then, from), saying(now, from), []);
    const outcome = asItWasReport.compute({ profile: [] }, history.question({ unit: 'NORTH', compared }));
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return (side: string) => outcome.trace.get(`VOICE|value/${side}`)?.cites;
  };

  it('rest on the event they are sealed in, though both sides cite it', () => {
    const cites = citesOf(sealed('e-5'), 'Plain words');
    expect(cites('then')).toEqual([{ event: 'e-5', as: 'target' }]);
    expect(cites('now')).toEqual([]);
  });
  it('rest on nothing where the cell did not: somebody wrote what looks like a reference', () => {
    expect(citesOf(sealed('e-6'), 'Plain words')('then')).toEqual([]);
  });
});

describe('cells that came or went', () => {
  it('stand with the side that they have', () => {
    const history = house();
    const from = history.position;
    history.metric('NEW').observe('NEW', 'NORTH', '2026', 'S', { num: '45', den: '60', n: 60, eligible: 80 });
    const report = shown(history, from);
    expect(cellOf(report, 'NEW|value/then')).toMatchObject({ word: 'not there', state: 'OK', value: null });
    expect(cellOf(report, 'NEW|value/now')).toMatchObject({ value: '75' });
    expect(cellOf(report, 'NEW|value/kind').word).toBe('NEW');
  });
});

describe('a report as it was is refused', () => {
  it('when it is not said which, or between reports that are not the same', () => {
    const history = house();
    expect(asItWasReport.compute({ profile: [] }, history.question())).toMatchObject({
      refused: 'as-it-was-compares-a-report-with-itself',
    });
    const side = (unit: string) => history.report({ unit });
    const compared = { then: side('NORTH'), now: side('SOUTH'), causes: new Map() };
    expect(asItWasReport.compute({ profile: [] }, history.question({ compared }))).toMatchObject({
      refused: 'only-one-report-with-one-filter-is-compared',
    });
    expect(causesOf(side('NORTH'), side('SOUTH'))).toMatchObject({
      refused: 'only-one-report-with-one-filter-is-compared',
    });
  });
  it('when it would look forward', () => {
    const history = house();
    const to = history.position;
    history.day('2027-01-11');
    expect(asItWas(history, history.position, {}, to)).toMatchObject({ refused: 'as-it-was-looks-back' });
  });
});
