import { isBusy, median, pageWith, rowOf, rowsOn, shown } from './rows';

const QUIET = { commit: 'abc1234', date: '2026-11-23', machine: '2 × A Machine, Node v20', load: 0.2, cores: 2 };
const BUSY = { ...QUIET, load: 24 };
const peer = { name: 'bare driver', theirs: [100, 200, 400] };

describe('a row of the benchmark', () => {
  it('says the medians and the median of what each round gave', () => {
    expect(rowOf({ workload: 'append ×1', unit: '/s', ours: [90, 100, 800], peer }, QUIET)).toMatchObject({
      ...{ ours: '100', theirs: '200', ratio: '0.90 ×', rounds: 3, met: '–', load: '0.2 on 2' },
    });
  });
  it('counts more a second as faster, and fewer seconds as faster', () => {
    const measured = { workload: 'w', ours: [2], peer: { name: 'p', theirs: [1] } };
    expect(rowOf({ ...measured, unit: '/s' }, QUIET).ratio).toBe('2.00 ×');
    expect(rowOf({ ...measured, unit: 's' }, QUIET).ratio).toBe('0.50 ×');
  });
  it('meets a target beside a peer at that many times, and a limit only below it', () => {
    const times = { workload: 'w', unit: '/s', peer: { name: 'p', theirs: [100] }, target: { times: 0.8 } } as const;
    expect(rowOf({ ...times, ours: [80] }, QUIET).met).toBe('yes');
    expect(rowOf({ ...times, ours: [79] }, QUIET).met).toBe('no');
    const below = { workload: 'w', unit: 's', target: { below: 60 } } as const;
    expect(rowOf({ ...below, ours: [59.9] }, QUIET).met).toBe('yes');
    expect(rowOf({ ...below, ours: [60] }, QUIET).met).toBe('no');
  });
  it('judges on a busy machine only a limit that was kept all the same', () => {
    expect(isBusy(QUIET)).toBe(false);
    const below = { workload: 'w', unit: 's', target: { below: 60 } } as const;
    expect(rowOf({ ...below, ours: [50] }, BUSY)).toMatchObject({ met: 'yes', load: '24.0 on 2, busy' });
    expect(rowOf({ ...below, ours: [70] }, BUSY).met).toBe('machine busy');
    const times = { workload: 'w', unit: '/s', ours: [200], target: { times: 0.8 } } as const;
    expect(rowOf({ ...times, peer: { name: 'p', theirs: [100] } }, BUSY).met).toBe('machine busy');
  });
  it('refuses a peer that went through other rounds, and a median of nothing', () => {
    expect(() => rowOf({ workload: 'w', unit: 's', ours: [1], peer }, QUIET)).toThrow('the same rounds');
    expect(() => median([])).toThrow(RangeError);
  });
  it('shows three digits or all before the point', () => {
    expect([0.01234, 1.234, 12.34, 123.4, 12345.6, 1234567].map(shown)).toEqual([
      '0.012',
      '1.23',
      '12.3',
      '123',
      '12,346',
      '1,234,567',
    ]);
  });
});

describe('the page of the benchmark', () => {
  const row = (workload: string, ours: number) => rowOf({ workload, unit: 's', ours: [ours] }, QUIET);
  const page = pageWith('', [row('append ×16', 1), row('append ×1', 2), row('report', 3)]);

  it('reads back the rows that it holds, in their order', () => {
    expect(rowsOn(page)).toEqual([row('append ×1', 2), row('append ×16', 1), row('report', 3)]);
  });
  it('keeps the rows of other parts', () => {
    expect(rowsOn(pageWith(page, [row('report', 4)])).map(({ ours }) => ours)).toEqual(['2.00', '1.00', '4.00']);
  });
  it('says what was not run, unless it was once', () => {
    const notRun = (workload: string) => rowOf({ workload, notRun: 'needs KURRENTDB_URL' }, QUIET);
    const rows = rowsOn(pageWith(page, [notRun('report'), notRun('kurrentdb')]));
    expect(rows.map(({ workload, met }) => [workload, met])).toEqual([
      ['append ×1', '–'],
      ['append ×16', '–'],
      ['kurrentdb', 'not run'],
      ['report', '–'],
    ]);
  });
});
