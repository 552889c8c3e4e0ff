import { unitsImporter } from './units.importer';

const options = {
  importId: 'i',
  source: 'file.csv',
  personIdOf: (key: string) => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e1${key}`,
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
      { type: 'organization.RegisterUnit', data: { code: 'CS', name: 'Civil Service' } },
    ]);
  });
  it('registers a benchmark outside the tree, and marks what a class defines', () => {
    expect(plan({ code: 'MEDIAN', name: 'Median', outsideTree: 'Yes' }).commands).toEqual([
      { type: 'organization.RegisterUnit', data: { code: 'MEDIAN', name: 'Median', outsideTree: true } },
    ]);
    expect(plan({ code: 'NET', name: 'Network', parent: 'CS', classDefined: 'true' }).commands).toEqual([
      {
        type: 'organization.RegisterUnit',
        data: { code: 'NET', name: 'Network', parent: 'CS', classDefined: true },
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
