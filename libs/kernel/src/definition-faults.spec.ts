import { z } from 'zod';
import type { AnyDecider } from './decider';
import { definitionFaults } from './definition-faults';

const declaring = (data: z.ZodType, example: unknown): readonly AnyDecider[] => {
  const definition = { data, example, summary: 'Something', roles: ['hr'] };
  return [{ events: { 'a.Done.v1': definition }, commands: { 'a.Do': definition } } as unknown as AnyDecider];
};
const described = z.strictObject({ name: z.string().describe('Its name') });

it('finds nothing where examples are taken, fields are known and described', () => {
  expect(definitionFaults(declaring(described, { name: 'one' }))).toEqual([]);
});

it.each([
  ['an example that is refused', described, { name: 1 }, 'its schema refuses its example'],
  [
    'an example that is changed',
    z.strictObject({ name: z.string().trim() }),
    { name: ' one' },
    'its schema changes its example',
  ],
  ['a shape that takes anything', z.looseObject({ name: z.string() }), { name: 'one' }, 'it takes an unknown field'],
] as const)('finds %s, of events and commands alike', (_what, data, example, fault) => {
  expect(definitionFaults(declaring(data, example))).toEqual(
    expect.arrayContaining([`a.Done.v1: ${fault}`, `a.Do: ${fault}`]),
  );
});

it('finds a field of a command that is not described; those of events need not be', () => {
  const faults = definitionFaults(declaring(z.strictObject({ name: z.string() }), { name: 'one' }));
  expect(faults).toEqual(['a.Do: the field name is not described']);
});
