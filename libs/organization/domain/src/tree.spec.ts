import { everAbove, everUnder, treeAsOf, type TreeRow } from './tree';

const row = (code: string, parent: string | null, rest: Partial<TreeRow> = {}): TreeRow => ({
  unitId: `id-${code}`,
  code,
  outsideTree: false,
  classDefined: false,
  validFrom: '2020-01-01',
  closedFrom: null,
  names: [`Unit ${code}`],
  nameFrom: ['2020-01-01'],
  parentIds: parent === null ? [] : [`id-${parent}`],
  parentFrom: parent === null ? [] : ['2020-01-01'],
  ...rest,
});
const codes = (units: readonly { code: string }[]): readonly string[] => units.map(({ code }) => code);

const rows = [
  row('CS', null),
  row('HO', 'CS'),
  row('CO', 'CS'),
  row('GPA', 'CO', { parentIds: ['id-CO', 'id-HO'], parentFrom: ['2020-01-01', '2026-04-01'] }),
  row('GPA1', 'GPA'),
  row('OLD', 'CO', { closedFrom: '2025-01-01' }),
  row('CS_MEDIAN', null, { outsideTree: true }),
  row('NEW', 'HO', { validFrom: '2026-01-01', nameFrom: ['2026-01-01'], parentFrom: ['2026-01-01'] }),
];

describe('the tree on a day', () => {
  it('has one root, and benchmarks beside it', () => {
    const tree = treeAsOf(rows, '2026-06-15');
    expect(tree.root?.code).toBe('CS');
    expect(tree.byCode('cs_median')).toMatchObject({ parentId: null, outsideTree: true });
    expect(codes(tree.descendants('id-CS'))).not.toContain('CS_MEDIAN');
  });
  it('lists children in the order of codes', () => {
    expect(codes(treeAsOf(rows, '2026-06-15').children('id-CS'))).toEqual(['CO', 'HO']);
  });
  it('holds only the units that exist on it: from their first day until the day they are closed', () => {
    expect(treeAsOf(rows, '2024-12-31').unit('id-OLD')?.code).toBe('OLD');
    expect(treeAsOf(rows, '2025-01-01').unit('id-OLD')).toBeUndefined();
    expect(treeAsOf(rows, '2025-12-31').unit('id-NEW')).toBeUndefined();
    expect(treeAsOf(rows, '2026-01-01').unit('id-NEW')?.code).toBe('NEW');
    expect(treeAsOf(rows, '2019-12-31').root).toBeUndefined();
  });
  it('has a unit under the parent that holds on it', () => {
    expect(codes(treeAsOf(rows, '2026-03-31').ancestors('id-GPA1'))).toEqual(['GPA', 'CO', 'CS']);
    expect(codes(treeAsOf(rows, '2026-04-01').ancestors('id-GPA1'))).toEqual(['GPA', 'HO', 'CS']);
    expect(codes(treeAsOf(rows, '2026-04-01').descendants('id-HO'))).toEqual(['GPA', 'NEW', 'GPA1']);
  });
  it('has the names that hold on it', () => {
    const renamed = [row('GPA', null, { names: ['Old', 'New'], nameFrom: ['2020-01-01', '2026-01-01'] })];
    expect(treeAsOf(renamed, '2025-12-31').byCode('GPA')?.name).toBe('Old');
    expect(treeAsOf(renamed, '2026-01-01').byCode('GPA')?.name).toBe('New');
  });
  it('ends a chain that comes round again', () => {
    const round = [row('A', 'B'), row('B', 'A')];
    const tree = treeAsOf(round, '2026-01-01');
    expect(codes(tree.ancestors('id-A'))).toEqual(['B']);
    expect(codes(tree.descendants('id-A'))).toEqual(['B']);
  });
});

describe('what ever stands above or under a unit', () => {
  it('counts moves that are still to come, and forgets those that are over', () => {
    expect(everAbove(rows, 'id-GPA', '2026-01-01')).toEqual(['id-CO', 'id-CS', 'id-HO']);
    expect(everAbove(rows, 'id-GPA', '2026-04-01')).toEqual(['id-CS', 'id-HO']);
    expect(everUnder(rows, 'id-CO', '2026-01-01')).toEqual(['id-GPA']);
    expect(everUnder(rows, 'id-CO', '2026-04-01')).toEqual([]);
  });
  it('counts units that are still to be opened', () => {
    expect(everUnder(rows, 'id-HO', '2025-06-01')).toEqual(['id-GPA', 'id-NEW']);
  });
});
