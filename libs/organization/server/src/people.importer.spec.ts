import { peopleImporter } from './people.importer';

const person = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const options = {
  importId: 'i',
  source: 'file.csv',
  complete: false,
  effective: '2026-11-23',
  personIdOf: () => person,
};
const plan = (fields: Record<string, string>) => peopleImporter.plan({ line: 3, fields }, options);
const row = { key: 'P-1', name: 'Head of Pharmacy', email: 'p1@example.org', locale: 'en-GB' };

describe('a row of a people file', () => {
  it('grants each role once, to the pseudonym', () => {
    expect(plan({ ...row, roles: 'member; executive|member' }).commands).toEqual([
      { type: 'organization.GrantRole', data: { person, role: 'executive', external: false } },
      { type: 'organization.GrantRole', data: { person, role: 'member', external: false } },
    ]);
  });
  it('gives name and address to the directory, and to no command', () => {
    const { commands, person: entry } = plan({ ...row, roles: 'auditor', external: 'yes' });
    expect(entry).toEqual(row);
    expect(JSON.stringify(commands)).not.toMatch(/P-1|Pharmacy|example/);
    expect(commands[0]?.data).toMatchObject({ external: true });
  });
  it('gives the office by which reports call them to the directory, and to no command', () => {
    const { commands, person: entry } = plan({ ...row, office: 'Pharmacy lead', roles: 'member' });
    expect(entry).toEqual({ ...row, office: 'Pharmacy lead' });
    expect(JSON.stringify(commands)).not.toContain('Pharmacy');
  });
  it('may hold no role: then only the directory learns of the person', () => {
    expect(plan({ ...row, roles: '' })).toMatchObject({ commands: [], problems: [], person: row });
  });
  it('says the same as another of the same key only when all of it is the same', () => {
    expect(plan({ ...row, roles: 'member' }).content).not.toBe(plan({ ...row, roles: 'executive' }).content);
    expect(plan({ ...row, roles: 'member;executive' }).content).toBe(
      plan({ ...row, roles: 'executive; member' }).content,
    );
  });
});

describe('a row is refused, by line, column and rule,', () => {
  it('when a role is not on the list', () => {
    expect(plan({ ...row, roles: 'member; boss' }).problems).toMatchObject([
      { line: 3, column: 'roles', value: 'boss', rule: 'a-role-is-one-of-the-list' },
    ]);
  });
  it('when key or name is missing', () => {
    expect(plan({ key: '', name: '' }).problems).toMatchObject([
      { line: 3, column: 'key', rule: 'a-person-has-a-key-and-a-name' },
      { line: 3, column: 'name', rule: 'a-person-has-a-key-and-a-name' },
    ]);
  });
  it('when a field is too long, without repeating it', () => {
    expect(plan({ ...row, name: 'x'.repeat(201) }).problems).toEqual([
      { line: 3, column: 'name', rule: 'a-field-has-a-greatest-length', detail: 'At most 200 characters.' },
    ]);
  });
  it('when the e-mail address is none', () => {
    expect(plan({ ...row, email: 'p1 at example' }).problems).toMatchObject([
      { line: 3, column: 'email', rule: 'an-e-mail-address-has-one-at-sign' },
    ]);
  });
  it('when a name would be taken for a sealed text and opened to whoever reads it', () => {
    const name = 'sealed:11111111-1111-8111-8111-111111111111/reason';
    expect(plan({ ...row, name }).problems).toEqual([
      { line: 3, column: 'name', rule: 'a-name-is-not-the-place-of-a-sealed-text' },
    ]);
  });
  it('when external says neither yes nor no', () => {
    expect(plan({ ...row, external: 'maybe' }).problems).toMatchObject([
      { line: 3, column: 'external', value: 'maybe', rule: 'a-flag-says-yes-or-no' },
    ]);
  });
});
