import { unitsImporter, type Structure } from './units.importer';

const personIdOf = (key: string): string => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e1${key}`;
const options = {
  importId: 'i',
  source: 'file.csv',
  complete: false,
  effective: '2026-11-23',
  known: { units: [], posts: [] } satisfies Structure,
  personIdOf,
};
const plan = (fields: Record<string, string>) => unitsImporter.plan({ line: 7, fields }, options);
const leader = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';

describe('a row of an organization file', () => {
  it('registers a unit under its parent', () => {
    const fields = {
      code: 'GPA',
      name: 'Property',
      parent: 'CO',
      validFrom: '2020-01-01',
      outsideTree: '',
      leader: '',
    };
    expect(plan(fields).commands).toEqual([
      {
        type: 'organization.RegisterUnit',
        data: { code: 'GPA', name: 'Property', parent: 'CO', validFrom: '2020-01-01' },
      },
    ]);
  });
  it('names the root first where it has no parent', () => {
    expect(plan({ code: 'CS', name: 'Civil Service' }).commands).toEqual([
      { type: 'organization.NameRootUnit', data: { unit: 'CS' } },
      { type: 'organization.RegisterUnit', data: { code: 'CS', name: 'Civil Service', validFrom: '2026-11-23' } },
    ]);
  });
  it('registers a benchmark outside the tree, and marks what a class defines', () => {
    expect(plan({ code: 'MEDIAN', name: 'Median', outsideTree: 'Yes' }).commands).toEqual([
      {
        type: 'organization.RegisterUnit',
        data: { code: 'MEDIAN', name: 'Median', validFrom: '2026-11-23', outsideTree: true },
      },
    ]);
    expect(plan({ code: 'NET', name: 'Network', parent: 'CS', classDefined: 'true' }).commands).toEqual([
      {
        type: 'organization.RegisterUnit',
        data: { code: 'NET', name: 'Network', parent: 'CS', validFrom: '2026-11-23', classDefined: true },
      },
    ]);
  });
  it('assigns its leader by pseudonym, from the unit’s first day unless said', () => {
    const fields = { code: 'GPA', name: 'Property', parent: 'CO', leader: '1', leaderRole: 'Head of Property' };
    expect(plan({ ...fields, validFrom: '2020-01-01' }).commands[1]).toEqual({
      type: 'organization.AssignLeader',
      data: { unit: 'GPA', leader, role: 'Head of Property', from: '2020-01-01' },
    });
    expect(plan({ ...fields, leaderFrom: '2021-05-01' }).commands[1]?.data).toMatchObject({ from: '2021-05-01' });
  });
  it('is one of several of a unit when each names another leader', () => {
    const fields = { code: 'GPA', name: 'Property', parent: 'CO', validFrom: '2020-01-01', leaderRole: 'Head' };
    expect(plan({ ...fields, leader: '1' }).key).not.toBe(plan({ ...fields, leader: '2' }).key);
    expect(plan({ ...fields, code: 'gpa' }).key).toBe(plan(fields).key);
  });
});

describe('a row is refused, by line, column, value and rule,', () => {
  it('when a field has not its form', () => {
    expect(plan({ code: 'G P A', name: 'Property', parent: 'CO', validFrom: '01/02/2020' })).toMatchObject({
      commands: [],
      problems: [
        { line: 7, column: 'code', value: 'G P A', rule: 'a-field-has-its-form' },
        {
          line: 7,
          column: 'validFrom',
          value: '01/02/2020',
          rule: 'a-field-has-its-form',
          detail: 'write a calendar day as 2026-11-23',
        },
      ],
    });
  });
  it('when it has no name', () => {
    expect(plan({ code: 'GPA', name: '', parent: 'CO' }).problems).toMatchObject([
      { line: 7, column: 'name', rule: 'a-field-has-its-form' },
    ]);
  });
  it('when a flag says neither yes nor no', () => {
    expect(plan({ code: 'GPA', name: 'Property', parent: 'CO', outsideTree: 'perhaps' }).problems).toMatchObject([
      { line: 7, column: 'outsideTree', value: 'perhaps', rule: 'a-flag-says-yes-or-no' },
    ]);
  });
  it('when a leader has no post or no first day', () => {
    const fields = { code: 'GPA', name: 'Property', parent: 'CO', leader: '1' };
    const rule = 'a-leader-has-a-post-and-a-first-day';
    expect(plan({ ...fields, validFrom: '2020-01-01' }).problems).toMatchObject([{ column: 'leaderRole', rule }]);
    expect(plan({ ...fields, leaderRole: 'Head' }).problems).toMatchObject([{ column: 'leaderFrom', rule }]);
  });
  it('when the leader’s first day has not its form, under its own column', () => {
    const fields = { code: 'GPA', name: 'Property', parent: 'CO', leader: '1', leaderRole: 'Head' };
    expect(plan({ ...fields, leaderFrom: 'spring' }).problems).toMatchObject([
      { line: 7, column: 'leaderFrom', value: 'spring', rule: 'a-field-has-its-form' },
    ]);
  });
});

describe('a file about units that are there', () => {
  const unit = (code: string, parent: string | null, more: Partial<Structure['units'][number]> = {}) => ({
    unitId: `unit:${code}`,
    code,
    name: `Unit ${code}`,
    parentId: parent === null ? null : `unit:${parent}`,
    outsideTree: false,
    classDefined: false,
    validFrom: '2020-01-01',
    closedFrom: null,
    names: [`Unit ${code}`],
    nameFrom: ['2020-01-01'],
    parentIds: parent === null ? [] : [`unit:${parent}`],
    parentFrom: parent === null ? [] : ['2020-01-01'],
    act: 'act-1',
    ...more,
  });
  const post = (code: string, leader: string, role: string, heldFrom = '2020-01-01') => ({
    unitId: `unit:${code}`,
    leader: personIdOf(leader),
    role,
    heldFrom,
    heldTo: null,
  });
  const known: Structure = {
    units: [
      unit('ROOT', null),
      unit('A', 'ROOT'),
      unit('A1', 'A'),
      unit('B', 'ROOT'),
      unit('OLD', 'ROOT', { closedFrom: '2024-01-01' }),
      unit('MEDIAN', null, { outsideTree: true }),
    ],
    posts: [post('A', '1', 'Head'), post('B', '2', 'Head'), post('A1', '3', 'Head')],
  };
  type Fields = Record<string, string>;
  const row = (code: string, more: Fields = {}): Fields => ({
    code,
    name: `Unit ${code}`,
    parent: known.units.find((each) => each.code === code)?.parentId?.slice(5) ?? '',
    validFrom: '2020-01-01',
    ...more,
  });
  const ALL = ['ROOT', 'A', 'A1', 'B'].map((code) => row(code));
  /** All commands of a file, by type and what they are about; or its problems. */
  const changesOf = (rows: readonly Fields[], more: { complete?: boolean; effective?: string } = {}) => {
    const all = { ...options, known, ...more };
    const lines = rows.map((fields, index) => ({ line: index + 2, fields }));
    const plans = lines.map((each) => unitsImporter.plan(each, all));
    const whole = unitsImporter.whole!(lines, all);
    const problems = [...plans.flatMap((each) => each.problems), ...whole.problems];
    const commands = [...plans.flatMap((each) => each.commands), ...whole.commands.map(({ body }) => body)];
    return { problems, commands, words: commands.map((command) => unitsImporter.words!(command)) };
  };

  it('asks nothing when it says what is recorded', () => {
    expect(changesOf(ALL)).toEqual({ problems: [], commands: [], words: [] });
    expect(changesOf(ALL, { complete: true }).commands).toEqual([]);
  });
  it('renames and moves from the day on from which it holds', () => {
    const { commands, words } = changesOf(
      [row('ROOT'), row('A'), row('B'), row('A1', { name: 'Unit A one', parent: 'b' })],
      { effective: '2026-04-01' },
    );
    expect(commands).toEqual([
      { type: 'organization.RenameUnit', data: { unit: 'A1', name: 'Unit A one', validFrom: '2026-04-01' } },
      { type: 'organization.MoveUnit', data: { unit: 'A1', parent: 'b', validFrom: '2026-04-01' } },
    ]);
    expect(words).toEqual(['A1 is called "Unit A one" from 2026-04-01 on', 'A1 stands under b from 2026-04-01 on']);
  });
  it('closes what it does not name only when it is complete, those below first, and never a benchmark', () => {
    const rows = [row('ROOT'), row('B')];
    expect(changesOf(rows).commands).toEqual([]);
    const { words } = changesOf(rows, { complete: true, effective: '2026-04-01' });
    expect(words).toEqual([
      'A: whoever was Head is so until 2026-03-31',
      'A1: whoever was Head is so until 2026-03-31',
      'A1 is closed from 2026-04-01 on',
      'A is closed from 2026-04-01 on',
    ]);
  });
  it('gives a post to another: whoever is not named any more leads it until the day before', () => {
    const { commands } = changesOf([row('A', { leader: '4', leaderRole: 'Head' })], { effective: '2026-04-01' });
    expect(commands).toEqual([
      {
        type: 'organization.AssignLeader',
        data: { unit: 'A', leader: personIdOf('4'), role: 'Head', from: '2026-04-01' },
      },
      {
        type: 'organization.UnassignLeader',
        data: { unit: 'A', leader: personIdOf('1'), role: 'Head', to: '2026-03-31' },
      },
    ]);
  });
  it('takes the first leader of a unit that is there for one from its first day', () => {
    const { commands } = changesOf([row('ROOT', { leader: '4', leaderRole: 'Chief executive' })]);
    expect(commands).toMatchObject([{ data: { from: '2020-01-01', role: 'Chief executive' } }]);
  });
  it('leaves leaders alone whom it names, and units of which it names none', () => {
    expect(changesOf([row('A', { leader: '1', leaderRole: 'Head' }), row('B', { leader: '' })]).commands).toEqual([]);
  });
  it('ends a post of a unit without a leader only when it is complete', () => {
    const rows = ALL.map((fields) => ({ ...fields, leader: '', leaderRole: '' }));
    expect(changesOf(rows, { complete: true }).commands).toHaveLength(3);
  });
  it.each<[string, Fields[], { complete?: boolean }, string, string]>([
    ['a unit that is closed', [row('OLD')], {}, 'code', 'a-unit-that-is-closed-stays-closed'],
    ['another first day', [row('A', { validFrom: '2021-01-01' })], {}, 'validFrom', 'a-unit-keeps-its-first-day'],
    [
      'a unit taken out of the tree',
      [row('A', { outsideTree: 'yes' })],
      {},
      'outsideTree',
      'a-unit-stays-in-the-tree-or-outside-it',
    ],
    ['another root', [row('A', { parent: '' })], {}, 'parent', 'the-root-stays-the-root'],
    [
      'a unit that says two things',
      [row('A'), row('A', { name: 'Other', leader: '1', leaderRole: 'Head' })],
      {},
      'name',
      'rows-of-one-unit-say-the-same-of-it',
    ],
    ['a circle', [row('A', { parent: 'A1' })], {}, 'parent', 'the-units-of-a-file-make-a-tree'],
    [
      'a parent that it would close',
      [row('ROOT'), row('A1')],
      { complete: true },
      'parent',
      'a-complete-file-names-every-parent',
    ],
  ])('is refused by line for %s', (_, rows, more, column, rule) => {
    expect(changesOf(rows, more).problems).toMatchObject([{ column, rule }]);
  });
});
