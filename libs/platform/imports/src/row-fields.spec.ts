import '@plumbline/kernel';
import { z } from 'zod';
import { count, fields, flag, given, list, problemsIn } from './row-fields';

const row = (of: Record<string, string>) => ({ line: 7, fields: of });

describe('the fields of a row', () => {
  it('are those that are not empty', () => {
    expect(fields(row({ unit: 'GPA', parent: '' }))).toEqual({ unit: 'GPA' });
    expect(given({ unit: 'GPA', parent: undefined, n: 0 })).toEqual({ unit: 'GPA', n: 0 });
  });
  it('may say yes or no, in a few ways; empty is no', () => {
    expect(['Yes', 'true', '1', 'no', 'FALSE', '0', ''].map((nil) => flag(row({ nil }), 'nil'))).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
    ]);
    expect(flag(row({ nil: 'perhaps' }), 'nil')).toMatchObject({
      line: 7,
      column: 'nil',
      value: 'perhaps',
      rule: 'a-flag-says-yes-or-no',
    });
  });
  it('may hold several items, each once', () => {
    expect(list(row({ roles: 'hr; member|hr ;' }), 'roles')).toEqual(['hr', 'member']);
    expect(list(row({}), 'roles')).toEqual([]);
  });
  it('may hold a whole number; what is none stays text for the schema', () => {
    expect(['12', '0', '', '1.5', '007'].map((n) => count(row({ n }), 'n'))).toEqual([12, 0, undefined, '1.5', '007']);
  });
  it('are named by column and value where a schema refuses them', () => {
    const schema = z.strictObject({ role: z.string().max(3), budget: z.strictObject({ amount: z.string().max(2) }) });
    const data = { role: 'Head', budget: { amount: '100' } };
    const given = row({ leaderRole: 'Head', money: '100' });
    expect(problemsIn(given, schema, data, { role: 'leaderRole', 'budget.amount': 'money' })).toMatchObject([
      {
        line: 7,
        column: 'leaderRole',
        value: 'Head',
        rule: 'a-field-has-its-form',
        detail: 'write at most 3 characters',
      },
      { line: 7, column: 'money', value: '100' },
    ]);
  });
});
