import { basisPoints, code, componentCode, day, decimalText, period, points, sha256, words } from './vocabulary';

const saidOf = (
  schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } | undefined } },
  value: unknown,
): string | undefined => schema.safeParse(value).error?.issues[0]?.message;

describe('a word that is refused is answered with how it is written', () => {
  it.each([
    ...['', '-A', '_A', 'A B', ' A', 'A'.repeat(65)].map(
      (text) => [code, text, 'a code has letters, digits, dot, dash and underscore, 64 at most'] as const,
    ),
    ...['', '-A', 'Ä', 'a.b', 'A B', 'A'.repeat(41)].map(
      (text) =>
        [componentCode, text, 'a component has an id of letters, digits, dash and underscore, 40 at most'] as const,
    ),
    [day, '2026-02-30', 'write a calendar day as 2026-11-23'] as const,
    [period, '2026-Q5', 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3'] as const,
    ...['a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64), `x${'a'.repeat(64)}`].map(
      (text) => [sha256, text, 'write SHA-256 as 64 hexadecimal digits, lower case'] as const,
    ),
    [decimalText, '1e3', 'write a plain decimal number as 91.25'] as const,
  ])('%#: %s', (schema, text, words_) => {
    expect(saidOf(schema, text)).toBe(words_);
  });

  it('and is taken when it is written so', () => {
    for (const text of ['A', 'Ä.b_c-9', 'A'.repeat(64)]) expect(saidOf(code, text)).toBeUndefined();
    for (const text of ['a', '9-b_c', 'A'.repeat(40)]) expect(saidOf(componentCode, text)).toBeUndefined();
    expect(saidOf(day, '2026-11-23')).toBeUndefined();
    expect(saidOf(period, 'FY2026-Q3')).toBeUndefined();
    expect(saidOf(sha256, '0123456789abcdef'.repeat(4))).toBeUndefined();
    expect(saidOf(decimalText, '91.25')).toBeUndefined();
  });
});

it('numbers keep to their bounds, and texts to their length without blanks around them', () => {
  const taken = (schema: { safeParse(value: unknown): { success: boolean } }, ...values: readonly unknown[]) =>
    values.map((value) => schema.safeParse(value).success);
  expect(taken(basisPoints, -1, 0, 10_000, 10_001, 0.5)).toEqual([false, true, true, false, false]);
  expect(taken(points, -1, 0, 150, 151, 0.5)).toEqual([false, true, true, false, false]);
  expect(taken(words(3), '   ', ' abc ', 'abcd')).toEqual([false, true, false]);
});
