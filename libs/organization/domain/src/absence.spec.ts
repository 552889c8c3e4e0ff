import { addDays } from '@plumbline/kernel';
import { movesDate, outsideAbsence } from './absence.facts';

describe('a date and an absence', () => {
  it('takes the longer of absences that overlap', () => {
    expect(
      outsideAbsence(
        [
          { from: '2026-04-01', to: '2026-04-30' },
          { from: '2026-04-01', to: '2026-04-10' },
        ],
        '2026-04-05',
      ),
    ).toBe('2026-05-31');
  });
  it('tells of an absence only in which month its owner is back, whatever dates there are to compare', () => {
    const days = Array.from({ length: 120 }, (_none, at) => addDays('2026-03-20', at));
    const movedBy = (to: string) => days.map((day) => outsideAbsence([{ from: '2026-04-10', to }], day));
    for (const to of ['2026-05-01', '2026-05-14', '2026-05-30']) expect(movedBy(to)).toEqual(movedBy('2026-04-30'));
    expect(movedBy('2026-05-31')).not.toEqual(movedBy('2026-05-30'));
  });
  it.each([
    ['2026-01-19', false],
    ['2026-01-20', true],
    ['2026-02-10', true],
    ['2026-02-27', true],
    ['2026-02-28', false],
  ])('on %s is moved: %s', (day, moved) => {
    expect(movesDate({ from: '2026-01-20', to: '2026-02-10' }, day)).toBe(moved);
  });
  it('is no earlier for an absence, and never inside one', () => {
    const absences = [
      { from: '2026-01-20', to: '2026-02-10' },
      { from: '2026-02-28', to: '2026-03-31' },
    ];
    for (const day of Array.from({ length: 100 }, (_none, at) => addDays('2026-01-10', at))) {
      const moved = outsideAbsence(absences, day);
      expect(moved >= day).toBe(true);
      expect(absences.some(({ from, to }) => from <= moved && moved <= to)).toBe(false);
      expect(outsideAbsence(absences, moved)).toBe(moved);
    }
  });
});
