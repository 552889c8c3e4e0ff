import { z } from 'zod';
import { personId } from './person';

const marked = (schema: z.ZodType) => z.toJSONSchema(z.strictObject({ field: schema })).properties?.['field'];

describe('the id of a person', () => {
  it('is marked in JSON Schema, however it is described, left out, listed or null', () => {
    expect(marked(personId)).toMatchObject({ format: 'uuid', 'x-person': true });
    expect(marked(personId.describe('Who leads it'))).toMatchObject({ 'x-person': true, description: 'Who leads it' });
    expect(marked(personId.optional().describe('Who leads it'))).toMatchObject({ 'x-person': true });
    expect(marked(z.array(personId))).toMatchObject({ items: { 'x-person': true } });
    expect(marked(personId.nullable())).toMatchObject({ anyOf: [{ 'x-person': true }, { type: 'null' }] });
  });
  it('is a uuid and nothing else', () => {
    expect(personId.safeParse('head-of-imaging').success).toBe(false);
  });
});
