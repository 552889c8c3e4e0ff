import { amount, code, currency, day, period, sha256 } from './vocabulary';

it.each([
  [code, 'A B', 'a code has letters, digits, dot, dash and underscore, 64 at most'],
  [day, '2026-02-30', 'write a calendar day as 2026-11-23'],
  [period, '2026-Q5', 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3'],
  [sha256, 'A'.repeat(64), 'write SHA-256 as 64 hexadecimal digits, lower case'],
  [amount, '-1', 'write a plain decimal number, 0 or more, as 1.5'],
  [currency, 'gbp', 'write a currency as GBP'],
])('a word that is refused is answered with how it is written: %#', (schema, text, said) => {
  expect(schema.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([said]);
});
