import { cellAt } from './assembly';
import { reportOfCells } from './cells.testing';
import { renderHtml } from './render-html';
import { sheetsOf } from './render-sheets';
import { renderTable } from './render-table';
import { reportJson, reportText } from './report-json';

const IMPORT = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';
const titled = { id: 'R1', name: 'Commitment register', question: 'What became of it?' };
const whole = reportOfCells([cellAt('C01/done', 'Done · C01')]);
const beforeImport = reportOfCells([cellAt('C01/done', 'Done · C01')], {
  asOf: { ...whole.asOf, unfinished: [{ importId: IMPORT, since: '2026-11-01T09:00:00.000Z' }] },
});
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('a report that stands before an import which is recorded in part', () => {
  it.each([
    ['table', renderTable(beforeImport, titled.name), renderTable(whole, titled.name)],
    ['page', renderHtml(beforeImport, titled), renderHtml(whole, titled)],
    ['workbook', JSON.stringify(sheetsOf(beforeImport, titled)), JSON.stringify(sheetsOf(whole, titled))],
  ])('says so at the head of the %s, with the cure', (_, said, unsaid) => {
    expect(flat(said)).toContain(`INCOMPLETE: the import ${IMPORT}, begun 2026-11-01T09:00:00.000Z`);
    expect(flat(said)).toContain(`plumbline import --resume ${IMPORT}`);
    expect(unsaid).not.toContain('INCOMPLETE');
  });

  it('names it in its JSON, and has the bytes it had before: they say nothing of what is not finished', () => {
    expect(reportJson(beforeImport).asOf.unfinished).toEqual([{ importId: IMPORT, since: '2026-11-01T09:00:00.000Z' }]);
    expect(reportText(beforeImport)).toBe(reportText(whole));
  });
});
