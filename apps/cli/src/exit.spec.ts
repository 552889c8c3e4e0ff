import { problemText } from './exit';

const problem = {
  type: 'urn:x',
  title: 'A command has its declared form.',
  status: 400,
  rule: 'a-command-has-its-declared-form',
};

describe('a refusal in words', () => {
  it('says each wrong field once', () => {
    const errors = [{ path: 'code', message: 'is missing; write text' }];
    const detail = 'organization.RegisterUnit: code: is missing; write text';
    expect(problemText({ ...problem, detail, errors })).toBe(
      'A command has its declared form.\n  code: is missing; write text\n  (a-command-has-its-declared-form, 400)',
    );
  });
  it('says the detail where the fields do not', () => {
    const errors = [{ line: 3, column: 'roles', value: 'boss', rule: 'a-role-is-one-of-the-list' }];
    expect(problemText({ ...problem, detail: 'Nothing was recorded.', errors })).toBe(
      'A command has its declared form. Nothing was recorded.\n  line 3, column roles, value "boss": (a-role-is-one-of-the-list)\n  (a-command-has-its-declared-form, 400)',
    );
    expect(problemText({ ...problem, detail: 'ROTA is not yours.' })).toMatch(
      /^A command has its declared form\. ROTA/,
    );
  });
});
