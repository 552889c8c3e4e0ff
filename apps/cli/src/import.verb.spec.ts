import { problemLine } from './import.verb';

describe('a problem of an import', () => {
  it.each([
    [
      {
        line: 52,
        column: 'valid',
        field: 'den, n',
        value: 'x',
        rule: 'a-field-has-its-form',
        detail: 'write a number',
      },
      '  line 52, column valid (den, n), value "x": write a number (a-field-has-its-form)',
    ],
    [
      { line: 2, lastLine: 81, alike: 80, rule: 'a-release-is-verified', detail: 'Ask another to verify it.' },
      '  80 rows from line 2 to line 81: Ask another to verify it. (a-release-is-verified)',
    ],
    [{ line: 0, rule: 'a-command-has-a-known-type' }, '  map (a-command-has-a-known-type)'],
  ])('is one line: where, what, why', (problem, text) => {
    expect(problemLine(problem)).toBe(text);
  });
});
