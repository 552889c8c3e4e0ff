import {
  amount,
  causeCode,
  code,
  currency,
  day,
  dueDay,
  jurisdiction,
  period,
  sameCode,
  sha256,
  weight,
  words,
} from './vocabulary';

describe('what is written wrong is refused in words that say how to write it', () => {
  it.each([
    [code, 'a b', 'a code has letters, digits, dot, dash and underscore, 64 at most'],
    [code, `A${'x'.repeat(64)}`, 'a code has letters'],
    [code, '-A', 'a code has letters'],
    [day, '2026-02-30', 'write a calendar day as 2026-11-23'],
    [period, '2026-Q5', 'write 2026, 2026-H1'],
    [dueDay, '2026', 'write a day as 2026-11-23 or a month as 2026-11, which means its last day'],
    [dueDay, '2026-13', 'write a day as'],
    [dueDay, '2026-Q1', 'write a day as'],
    [sha256, 'AB'.repeat(32), 'write SHA-256 as 64 hexadecimal digits, lower case'],
    [amount, '-1', 'write a plain decimal number that is not negative'],
    [amount, '1e3', 'write a plain decimal number'],
    [currency, 'gbp', 'write a currency as GBP or EUR'],
    [causeCode, 'late', 'a cause is one of the list of cause codes'],
    [jurisdiction, 'England', 'write a country or its part as GB, US, US-CA; EU for the Union'],
  ] as const)('%# %j', (schema, value, says) => {
    const result = schema.safeParse(value);
    expect(result.error?.issues[0]?.message).toContain(says);
  });
});

describe('what is written right is taken', () => {
  it.each([
    [code, 'C03.1'],
    [code, 'Ärzte-1'],
    [code, `A${'x'.repeat(63)}`],
    [day, '2028-02-29'],
    [period, 'FY2026-Q4'],
    [dueDay, '2026-11'],
    [dueDay, '2026-11-23'],
    [sha256, 'ab'.repeat(32)],
    [amount, '0.5'],
    [amount, '0'],
    [currency, 'EUR'],
    [causeCode, 'LATE_DECISION'],
    [jurisdiction, 'US-CA'],
    [jurisdiction, 'EU'],
  ] as const)('%# %j', (schema, value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });
  it('weighs 1 to 1000, in whole numbers', () => {
    expect([0, 1, 1000, 1001, 1.5].map((value) => weight.safeParse(value).success)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
  it('is trimmed, not empty, and no longer than it may be', () => {
    expect(words(3).parse('  abc ')).toBe('abc');
    expect(['', '   ', 'abcd'].map((text) => words(3).safeParse(text).success)).toEqual([false, false, false]);
  });
});

it('a code is the same however it is written', () => {
  expect(sameCode('c07', 'C07')).toBe(true);
  expect(sameCode('A\u0308', '\u00c4')).toBe(true);
  expect(sameCode('C07', 'C08')).toBe(false);
});
