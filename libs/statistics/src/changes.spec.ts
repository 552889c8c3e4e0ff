import { writeDecimal } from '@plumbline/kernel';
import { centred, changesOf, levelsOf, pairsOf, type DatedValue, type SeriesPoint } from './changes';

const point = (period: string, value: string, more: Partial<SeriesPoint> = {}): SeriesPoint => ({
  unit: 'A',
  period,
  value,
  definitionVersion: 1,
  source: null,
  noBase: false,
  ...more,
});
const values = (changes: readonly DatedValue[]): string[] => changes.map((c) => writeDecimal(c.value));

describe('changes', () => {
  it('are exact differences of neighbouring periods', () => {
    expect(values(changesOf([point('2019', '0.12'), point('2020', '0.09'), point('2018', '0.3')]))).toEqual([
      '-0.18',
      '-0.03',
    ]);
  });
  it('leave a gap where a period is missing', () => {
    expect(values(changesOf([point('2017', '1'), point('2019', '3'), point('2020', '7')]))).toEqual(['4']);
  });
  it('never cross a break', () => {
    const broken = [
      point('2018', '1'),
      point('2019', '2'),
      point('2020', '50', { definitionVersion: 2 }),
      point('2021', '53', { definitionVersion: 2 }),
    ];
    expect(values(changesOf(broken))).toEqual(['1', '3']);
    expect(values(levelsOf(broken))).toEqual(['50', '53']);
  });
  it('stand by the later definition where a period was observed under two', () => {
    const both = [
      point('2019', '10'),
      point('2020', '11'),
      point('2019', '20', { definitionVersion: 2 }),
      point('2020', '25', { definitionVersion: 2 }),
    ];
    expect(values(changesOf(both))).toEqual(['5']);
    expect(values(changesOf([...both].reverse()))).toEqual(['5']);
  });
  it('never join periods of different kinds', () => {
    expect(changesOf([point('2019', '1'), point('2020-Q1', '2'), point('FY2020', '4')])).toEqual([]);
  });
  it('join the last quarter with the first of the next year, and weeks over the year', () => {
    expect(values(changesOf([point('2025-Q4', '1'), point('2026-Q1', '3')]))).toEqual(['2']);
    expect(values(changesOf([point('2026-W53', '1'), point('2027-W01', '4')]))).toEqual(['3']);
  });
  it('refuse two values of one place', () => {
    expect(() => changesOf([point('2020', '1'), point('2020', '2')])).toThrow('two values of one unit, period 2020');
  });
});

describe('centring', () => {
  it('takes the median change of the period off each', () => {
    const units = ['A', 'B', 'C', 'D'];
    const rises = ['1', '2', '4', '9'];
    const points = units.flatMap((unit, i) => [point('2019', '0', { unit }), point('2020', rises[i]!, { unit })]);
    expect(values(centred(changesOf(points)))).toEqual(['-2', '-1', '1', '6']);
    expect(values(centred(changesOf(points.slice(0, 6))))).toEqual(['-1', '0', '2']);
  });
});

describe('pairs', () => {
  it('join a change with the other metric’s change so many periods later, within a unit', () => {
    const x = changesOf([point('2018', '0'), point('2019', '1'), point('2020', '3')]);
    const y = changesOf([
      point('2018', '0'),
      point('2019', '10'),
      point('2020', '30'),
      point('2020', '5', { unit: 'B' }),
    ]);
    expect(pairsOf(x, y, 0)).toEqual([
      {
        unit: 'A',
        pairs: [
          [1, 10],
          [2, 20],
        ],
      },
    ]);
    expect(pairsOf(x, y, 1)).toEqual([{ unit: 'A', pairs: [[1, 20]] }]);
    expect(pairsOf(x, y, 2)).toEqual([]);
  });
});
