import { z } from 'zod';
import type { AnyDecider } from './decider';
import { definitionFaults } from './definition-faults';

const declaring = (data: z.ZodType, example: unknown, more: object = {}): readonly AnyDecider[] => {
  const definition = { data, example, summary: 'Something has a name', roles: ['hr'], ...more };
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

it.each(['', 'Named', 'something has a name', 'Something has a name.'])(
  'finds a summary that is no sentence, or ends with a full stop: %j',
  (summary) => {
    const fault = 'its summary is no sentence without a full stop';
    expect(definitionFaults(declaring(described, { name: 'one' }, { summary }))).toEqual([
      `a.Done.v1: ${fault}`,
      `a.Do: ${fault}`,
    ]);
  },
);

it('finds what is described by nothing, however deep', () => {
  const data = z.strictObject({ parts: z.array(z.string().describe('')).describe('Its parts') });
  expect(definitionFaults(declaring(data, { parts: ['one'] }))).toEqual([
    'a.Done.v1: something in it is described by nothing',
    'a.Do: something in it is described by nothing',
  ]);
});

it('finds a command that nobody may send, or a role that there is not', () => {
  const roles = (...names: readonly string[]) =>
    definitionFaults(declaring(described, { name: 'one' }, { roles: names }));
  expect(roles('executive', 'process')).toEqual([]);
  expect(roles()).toEqual(['a.Do: nobody may send it']);
  expect(roles('executive', 'king')).toEqual(['a.Do: there is no role "king"']);
});
