import { printFile, reportQuery } from './report.verb';

describe('a report on the command line', () => {
  it('is asked for at the end of the log, unless it is as of something', () => {
    expect(reportQuery({ format: 'table' })).toMatchObject({ after: 'head', asOf: undefined });
    expect(reportQuery({ format: 'table', asOf: '41' })).toMatchObject({ after: undefined, asOf: '41' });
    expect(reportQuery({ format: 'csv', after: '7', cycle: '2026' })).toMatchObject({ after: '7', cycle: '2026' });
  });

  it('is not printed as a workbook into a terminal', async () => {
    const written: unknown[] = [];
    const terminal = { isTTY: true, write: (bytes: unknown) => written.push(bytes) };
    await expect(
      printFile({ bytes: async () => new Uint8Array() }, { format: 'xlsx' }, '/v1/reports/R2', {}, terminal),
    ).rejects.toThrow('--out');
    expect(written).toEqual([]);
  });
});
