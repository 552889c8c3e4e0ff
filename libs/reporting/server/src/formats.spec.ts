import { FORMATS, FORMAT_NAMES, acceptedFormat } from './formats';

describe('the format a request would have', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/csv', 'csv'],
    ['text/plain', 'table'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
    ['text/csv;q=0.2, text/html;q=0.7', 'html'],
    ['image/png, text/csv; q=0.4', 'csv'],
    ['text/html;q=0, text/csv', 'csv'],
    ['image/png', 'json'],
    ['TEXT/HTML', 'html'],
  ] as const)('by "%s" is %s', (accept, format) => {
    expect(acceptedFormat(accept)).toBe(format);
  });
});

it('every form of a file is on record as such, and a table is no file', () => {
  expect(FORMAT_NAMES.filter((name) => FORMATS[name].leavesAs === null)).toEqual(['table']);
  for (const name of FORMAT_NAMES) expect([null, name]).toContain(FORMATS[name].leavesAs);
});
