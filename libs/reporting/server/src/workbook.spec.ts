import { jest } from '@jest/globals';
import type { Sheet } from '@plumbline/reporting/domain';
import readExcelFile from 'read-excel-file/node';
import { undated, workbookOf } from './workbook';

const sheets: readonly Sheet[] = [
  {
    name: 'R1',
    heads: ['Promise', 'What was promised', 'Done, %', 'Done: state'],
    rows: [
      ['C01', '=HYPERLINK("http://example.org")', { number: '87.512345', decimals: 1 }, 'OK AT_RISK'],
      ['C02', '+1 for <b>each</b> & every', 'SUPPRESSED', 'SUPPRESSED'],
      ['C03', null, { number: '0', decimals: 0 }, null],
    ],
  },
  { name: 'About', heads: ['About', 'This report'], rows: [['As of', '2026-11-01']] },
];

describe('a workbook', () => {
  it('reads back as it was given: numbers as numbers, texts as texts, states in the place of values', async () => {
    const bytes = await workbookOf(sheets);
    const read = await readExcelFile(bytes);
    expect(read.map(({ sheet }) => sheet)).toEqual(['R1', 'About']);
    expect(read[0]?.data).toEqual([
      ['Promise', 'What was promised', 'Done, %', 'Done: state'],
      ['C01', '=HYPERLINK("http://example.org")', 87.512345, 'OK AT_RISK'],
      ['C02', '+1 for <b>each</b> & every', 'SUPPRESSED', 'SUPPRESSED'],
      ['C03', null, 0, null],
    ]);
    expect(read[1]?.data[1]).toEqual(['As of', '2026-11-01']);
  });

  it('is the same bytes at any time', async () => {
    const now = await workbookOf(sheets);
    jest.useFakeTimers({
      now: new Date('2031-05-17T11:22:33Z'),
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    try {
      expect((await workbookOf(sheets)).equals(now)).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is not made of what is no archive', () => {
    expect(() => undated(Buffer.from('neither head nor end, for a while'))).toThrow('no end record');
  });
});
