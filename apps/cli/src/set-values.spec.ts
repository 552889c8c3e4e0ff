import { describeFields } from './set-values';

const person = { type: 'string', format: 'uuid', 'x-person': true } as const;

describe('the fields of a command', () => {
  it('say where a person is wanted, which may be left out, and what there is to choose from', () => {
    expect(
      describeFields({
        properties: {
          owner: { ...person, description: 'Person id of who keeps it' },
          by: { anyOf: [person, { type: 'null' }] },
          evaluators: { type: 'array', items: person },
          stage: { enum: ['PLEDGED', 'RELEASED'] },
          budget: { type: 'object', properties: { amount: { type: 'string' } } },
        },
        required: ['owner', 'stage'],
      }),
    ).toEqual([
      '  owner: person  - Person id of who keeps it',
      '  by (optional): person',
      '  evaluators (optional): person',
      '  stage: PLEDGED | RELEASED',
      '  budget (optional): object',
      '  budget.amount (optional): string',
    ]);
  });
});
