import { cellOf, History } from './history.testing';

const counted = (favourable: number, n: number) => ({ num: String(favourable), den: String(n), n, eligible: n });

function house(): History {
  const history = new History()
    .configured()
    .day('2027-01-10')
    .unit('ORG')
    .unit('EAST', 'ORG')
    .unit('WEST', 'ORG')
    .unit('SMALL', 'ORG')
    .metric('VOICE')
    .release('S');
  history.observe('VOICE', 'EAST', '2026', 'S', counted(30, 40));
  history.observe('VOICE', 'WEST', '2026', 'S', counted(10, 40));
  history.observe('VOICE', 'SMALL', '2026', 'S', counted(3, 4));
  return history;
}
const close = (history: History, unit: string, validFrom: string): History => {
  history.add('organization.OrgUnitClosed.v1', { unitId: `unit:${unit}`, validFrom });
  return history;
};

describe('a unit that is closed', () => {
  const whole = { value: '51.190476', n: 84 };

  it('still counts in the periods it was open in: what they were does not change with the tree', () => {
    expect(cellOf(house().report(), 'VOICE/value')).toMatchObject(whole);
    expect(cellOf(close(house(), 'SMALL', '2027-01-01').report(), 'VOICE/value')).toMatchObject(whole);
  });

  it('is not given away by its parent before and after', () => {
    const history = close(house(), 'SMALL', '2027-01-01');
    expect(cellOf(history.report({ unit: 'EAST' }), 'VOICE/value')).toMatchObject({ state: 'SUPPRESSED', n: null });
    expect(cellOf(history.report({ unit: 'WEST' }), 'VOICE/value').n).toBe(40);
  });

  it('is missing from no period that began after it', () => {
    const history = close(house(), 'WEST', '2026-12-01').day('2028-01-10');
    history.observe('VOICE', 'EAST', '2027', 'S', counted(30, 40));
    history.observe('VOICE', 'SMALL', '2027', 'S', counted(5, 8));
    expect(cellOf(history.report(), 'VOICE/value')).toMatchObject({ value: '72.916667', n: 48 });
    expect(cellOf(history.report(), 'VOICE/value').remarks.join(' ')).not.toContain('of 3 units');
  });
});
