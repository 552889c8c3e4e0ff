import { z } from 'zod';
import './plain-words';

const said = (schema: z.ZodType, value: unknown): string =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

describe('what is wrong with a value', () => {
  it.each([
    ['a field that is missing', z.strictObject({ code: z.string() }), {}, 'code: is missing; write text'],
    ['a number where text belongs', z.strictObject({ code: z.string() }), { code: 4 }, 'code: write text'],
    ['a fraction where a count belongs', z.int(), 1.5, ': write a whole number'],
    [
      'an unknown field',
      z.strictObject({}),
      { colour: 'red' },
      ': there is no field "colour"; leave it out or check its spelling',
    ],
    ['an empty text', z.string().min(1), '', ': is empty; fill it or leave it out'],
    ['a long text', z.string().max(5), 'longer', ': write at most 5 characters'],
    ['too few items', z.array(z.int()).min(2), [1], ': write at least 2 items'],
    ['a number too large', z.int().max(100), 101, ': write 100 or less'],
    ['a number too small', z.int().min(0), -1, ': write 0 or more'],
    ['another word', z.enum(['YEARLY', 'MONTHLY']), 'SOMETIMES', ': write one of YEARLY, MONTHLY'],
    ['one word only', z.literal('CS'), 'DS', ': write CS'],
    ['no id', z.uuid(), 'x', ': write an id as 5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55'],
    ['no list', z.array(z.string()), 'x', ': is no list; write one in square brackets, as ["…", "…"]'],
    ['no list of numbers', z.array(z.int()), 7, ': is no list; write one in square brackets, as [1, 2]'],
    [
      'no list of words that are given',
      z.strictObject({ periods: z.array(z.enum(['MONTHLY', 'YEARLY'])) }),
      { periods: 'MONTHLY' },
      'periods: is no list; write one in square brackets, as ["MONTHLY", "YEARLY"]',
    ],
    [
      'a list of objects that is missing',
      z.strictObject({ parts: z.array(z.strictObject({ code: z.string(), note: z.string().optional() })) }),
      {},
      'parts: is missing; write a list in square brackets, as [{"code": …}]',
    ],
    ['no list of anything', z.array(z.unknown()), {}, ': is no list; write one in square brackets, as […]'],
    ['neither of two forms', z.union([z.int(), z.boolean()]), 'x', ': write a number; or write true or false'],
    ['no multiple', z.int().multipleOf(5), 3, ': write a multiple of 5'],
    ['its own words first', z.string().regex(/^a/, 'begin with a'), 'b', ': begin with a'],
    ['a refinement without words', z.string().refine(() => false), 'b', ': is not as described'],
  ])('is said in plain words: %s', (_, schema, value, words) => {
    expect(said(schema, value)).toBe(words);
  });
  it('never repeats the value', () => {
    expect(said(z.strictObject({ name: z.int() }), { name: 'Anna Müller' })).not.toContain('Anna');
  });
});
