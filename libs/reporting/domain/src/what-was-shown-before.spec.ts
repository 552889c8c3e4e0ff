import { cellOf, History } from './history.testing';

const counted = (n: number, num = Math.floor(n / 2)) => ({ num: String(num), den: String(n), n, eligible: n });

/** North, East and West under one roof; figures come as the spec says. */
function house(...others: readonly string[]): History {
  const history = new History().configured().day('2027-01-10').unit('ORG');
  for (const unit of ['NORTH', 'EAST', 'WEST', ...others]) history.unit(unit, 'ORG');
  return history.metric('VOICE').release('S');
}
const observed = (history: History, figures: Readonly<Record<string, number>>): History => {
  history.apart();
  for (const [unit, n] of Object.entries(figures)) history.observe('VOICE', unit, '2026', 'S', counted(n));
  return history;
};
const count = (history: History, unit: string, upTo?: number): number | null =>
  cellOf(history.report({ unit }, upTo), 'VOICE/value').n;
/** Who asks for every unit as of each position so far. */
const countsAt = (history: History, upTo: number, units: readonly string[]): Readonly<Record<string, number | null>> =>
  Object.fromEntries(units.map((unit) => [unit, count(history, unit, upTo)]));

describe('two reports of two positions', () => {
  it('do not differ by a small unit whose figure came later', () => {
    const history = observed(house(), { NORTH: 40 });
    const before = history.position;
    observed(history, { EAST: 3 });
    expect(count(history, 'ORG', before)).toBe(40);
    expect(count(history, 'ORG')).toBeNull();
    expect(count(history, 'EAST')).toBeNull();
    observed(history, { WEST: 20 });
    expect(countsAt(history, history.position, ['ORG', 'EAST', 'WEST'])).toEqual({ ORG: 63, EAST: null, WEST: null });
  });

  it('do not lose a cover when the small figure is corrected', () => {
    const history = observed(house(), { NORTH: 40, EAST: 3 });
    const before = history.position;
    history.correct('VOICE', 'EAST', '2026', 'S', counted(8));
    expect(count(history, 'ORG', before)).toBe(43);
    expect(countsAt(history, history.position, ['ORG', 'NORTH', 'EAST'])).toEqual({ ORG: 48, NORTH: null, EAST: null });
  });

  it('do not move a cover to a unit that was registered in between', () => {
    const history = observed(house(), { NORTH: 4, EAST: 21, WEST: 30 });
    const before = history.position;
    expect(countsAt(history, before, ['ORG', 'EAST', 'WEST'])).toEqual({ ORG: 55, EAST: null, WEST: 30 });
    history.unit('SOUTH', 'ORG');
    observed(history, { SOUTH: 12 });
    expect(countsAt(history, history.position, ['NORTH', 'EAST'])).toEqual({ NORTH: null, EAST: null });
  });

  it('do not differ by a small unit that moved from one division to the other', () => {
    const divided = (): History => {
      const history = new History().configured().day('2027-01-10').unit('ORG').unit('LEFT', 'ORG').unit('RIGHT', 'ORG');
      for (const [unit, parent] of Object.entries({ A: 'LEFT', SMALL: 'LEFT', C: 'LEFT', D: 'RIGHT', E: 'RIGHT' }))
        history.unit(unit, parent);
      return observed(history.metric('VOICE').release('S'), { A: 40, SMALL: 3, C: 20, D: 30, E: 25 });
    };
    const history = divided();
    const before = history.position;
    const divisions = ['ORG', 'LEFT', 'RIGHT'];
    expect(countsAt(history, before, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
    const move = (validFrom: string) =>
      history.add('organization.OrgUnitMoved.v1', { unitId: 'unit:SMALL', parentId: 'unit:RIGHT', validFrom });
    move('2027-01-15');
    expect(countsAt(history, history.position, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
    history.day('2027-01-15');
    expect(countsAt(history, history.position, divisions)).toEqual({ ORG: 118, LEFT: null, RIGHT: null });
    expect(countsAt(history, before, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
  });

  it('do not differ by a unit without a figure that moved, where the divisions have totals of their own', () => {
    const history = new History().configured().day('2027-01-10').unit('ORG').unit('LEFT', 'ORG').unit('RIGHT', 'ORG');
    history.unit('SMALL', 'LEFT').metric('VOICE').release('S');
    observed(history, { LEFT: 63, RIGHT: 55 });
    const divisions = ['ORG', 'LEFT', 'RIGHT'];
    const before = history.position;
    expect(countsAt(history, before, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
    history.add('organization.OrgUnitMoved.v1', {
      ...{ unitId: 'unit:SMALL', parentId: 'unit:RIGHT', validFrom: '2027-01-15' },
    });
    history.day('2027-01-15');
    expect(countsAt(history, history.position, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
    history.correct('VOICE', 'RIGHT', '2026', 'S', counted(58));
    expect(countsAt(history, history.position, ['LEFT', 'RIGHT'])).toEqual({ LEFT: 63, RIGHT: null });
    history.correct('VOICE', 'LEFT', '2026', 'S', counted(60));
    expect(countsAt(history, history.position, divisions)).toEqual({ ORG: 118, LEFT: null, RIGHT: null });
    expect(countsAt(history, before, divisions)).toEqual({ ORG: 118, LEFT: 63, RIGHT: 55 });
  });

  it('are what they were, whatever came after', () => {
    const history = observed(house(), { NORTH: 40, EAST: 3, WEST: 20 });
    const before = history.position;
    const then = countsAt(history, before, ['ORG', 'NORTH', 'EAST', 'WEST']);
    history.correct('VOICE', 'WEST', '2026', 'S', counted(25));
    history.unit('SOUTH', 'ORG');
    observed(history, { SOUTH: 2 });
    expect(countsAt(history, before, ['ORG', 'NORTH', 'EAST', 'WEST'])).toEqual(then);
  });

  it('show nothing of the past of another period, metric or definition', () => {
    const history = observed(house(), { NORTH: 40 });
    observed(history, { EAST: 3 });
    history.apart();
    for (const [unit, n] of Object.entries({ NORTH: 40, EAST: 9 }))
      history.observe('VOICE', unit, '2025', 'S', counted(n));
    const cells = history.report({ period: '2025' }).cells;
    expect(cells.find(({ key }) => key === 'VOICE/value')?.n).toBe(49);
  });
});

describe('figures that come together', () => {
  it('are hidden as if they had always stood side by side', () => {
    const history = observed(house(), { NORTH: 40, EAST: 3, WEST: 20 });
    expect(countsAt(history, history.position, ['ORG', 'NORTH', 'EAST', 'WEST'])).toEqual({
      ...{ ORG: 63, NORTH: 40, EAST: null, WEST: null },
    });
  });

  it('may be corrected where no group is small, as often as need be', () => {
    const history = observed(house(), { NORTH: 40, EAST: 31, WEST: 20 });
    for (const n of [41, 39, 40]) history.correct('VOICE', 'NORTH', '2026', 'S', counted(n));
    expect(countsAt(history, history.position, ['ORG', 'NORTH', 'EAST', 'WEST'])).toEqual({
      ...{ ORG: 91, NORTH: 40, EAST: 31, WEST: 20 },
    });
  });
});

describe('the event of a figure that was superseded', () => {
  const opens = (history: History, event: string): boolean => {
    const found = history.events.find(({ id }) => id === event);
    if (!found) throw new Error(`no event ${event}`);
    return history.openingOf(history.rows())(found);
  };

  it('opens where the figure was shown while it stood', () => {
    const history = house();
    const first = history.observe('VOICE', 'NORTH', '2026', 'S', counted(40));
    history.observe('VOICE', 'EAST', '2026', 'S', counted(30));
    history.correct('VOICE', 'NORTH', '2026', 'S', counted(45));
    expect(opens(history, first)).toBe(true);
  });

  it('stays shut where it was a cover then, though nothing beside it is small now', () => {
    const history = house();
    const first = history.observe('VOICE', 'NORTH', '2026', 'S', counted(40));
    history.observe('VOICE', 'EAST', '2026', 'S', counted(3));
    history.correct('VOICE', 'EAST', '2026', 'S', counted(30));
    const corrected = history.correct('VOICE', 'NORTH', '2026', 'S', counted(41));
    expect([opens(history, first), opens(history, corrected)]).toEqual([false, false]);
  });
});
