import { personId } from '@plumbline/kernel';
import type { RegisteredCommand } from '@plumbline/platform/commands';
import { z } from 'zod';
import { personsIn, refuseStrangers } from './known-people';

const ANNA = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const BO = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const schema = z.strictObject({
  leader: personId.describe('Who leads'),
  file: z.uuid().optional(),
  deputy: personId.nullable().optional(),
  groups: z.array(z.strictObject({ leaders: z.array(personId) })).optional(),
  by: z.record(z.string(), personId).optional(),
  either: z.union([z.strictObject({ person: personId }), z.strictObject({ unit: z.string() })]).optional(),
});
const command = { type: 'toy.Lead', schema } as unknown as RegisteredCommand;
const found = (data: unknown) =>
  personsIn(data, z.toJSONSchema(schema, { io: 'input' }) as never).map(({ path, personId: id }) => `${path} ${id}`);

describe('the persons a command names', () => {
  it('are in the fields its schema marks, at any depth, each with its place', () => {
    expect(
      found({
        leader: ANNA,
        file: BO,
        deputy: BO,
        groups: [{ leaders: [ANNA, BO] }],
        by: { ward: BO },
        either: { person: ANNA },
      }),
    ).toEqual([
      `leader ${ANNA}`,
      `deputy ${BO}`,
      ...[`groups[0].leaders[0] ${ANNA}`, `groups[0].leaders[1] ${BO}`, `by.ward ${BO}`, `either.person ${ANNA}`],
    ]);
  });
  it('are none where nobody is named, or where what stands there is no id', () => {
    expect(found({ leader: 'anna', deputy: null, either: { unit: 'SURGERY' } })).toEqual([]);
    expect(found(null)).toEqual([]);
    expect(found([ANNA])).toEqual([]);
  });
});

describe('a command that names somebody', () => {
  const known = (...ids: readonly string[]) => ({
    unknown: async (asked: readonly string[]) => asked.filter((id) => !ids.includes(id)),
  });
  it('is taken when all are known, whatever letters the id is written in', async () => {
    await refuseStrangers(command, { leader: ANNA.toUpperCase(), deputy: BO }, known(ANNA, BO));
    await refuseStrangers(command, { leader: 'no id' }, known());
  });
  it('is refused when nobody knows one of them, with the field and the cure', async () => {
    await expect(refuseStrangers(command, { leader: ANNA, deputy: BO }, known(ANNA))).rejects.toMatchObject({
      status: 422,
      rule: 'a-person-is-known-before-they-are-named',
      options: { detail: expect.stringMatching(/^deputy: nobody is known by the id 5e8a0b34.*PUT \/v1\/people\/KEY/) },
    });
  });
});
