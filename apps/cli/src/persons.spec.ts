import { BadUsage } from './exit';
import { Persons } from './persons';

const HEAD = '1b96079e-4447-838f-a555-5ef3ed35e326';
const OTHER = '653f412c-14ca-88af-8e9b-9b422a534cad';
const bearer = { personId: HEAD, office: 'Head of Imaging' };
const answers: Readonly<Record<string, object>> = {
  'head-of-imaging': { persons: [bearer], alike: [] },
  'Head of Imaging': { persons: [bearer], alike: [] },
  'head-of-imagng': { persons: [], alike: [bearer] },
  porter: {
    persons: [
      { personId: HEAD, office: 'Porter' },
      { personId: OTHER, office: 'Porter' },
    ],
    alike: [],
  },
};
function asking() {
  const asked: unknown[] = [];
  const api = {
    get: async (_path: string, query: { named: string }) => {
      asked.push(query.named);
      return { status: 200, headers: new Headers(), body: answers[query.named] ?? { persons: [], alike: [] } };
    },
  };
  return { asked, persons: new Persons(api as never) };
}
const person = { type: 'string', format: 'uuid', 'x-person': true } as const;
const schema = {
  properties: {
    owner: person,
    note: { type: 'string' },
    by: { anyOf: [person, { type: 'null' }] },
    evaluators: { type: 'array', items: person },
    groups: { type: 'array', items: { properties: { leaders: { type: 'array', items: person } } } },
  },
} as const;

describe('a person in a command', () => {
  it('is given by key or office in every field that takes one, and only there', async () => {
    const { persons } = asking();
    const data = {
      owner: 'head-of-imaging',
      note: 'head-of-imaging',
      by: 'Head of Imaging',
      evaluators: ['head-of-imaging', OTHER],
      groups: [{ leaders: ['head-of-imaging'] }],
    };
    expect(await persons.inData(data, schema)).toEqual({
      owner: HEAD,
      note: 'head-of-imaging',
      by: HEAD,
      evaluators: [HEAD, OTHER],
      groups: [{ leaders: [HEAD] }],
    });
  });
  it('is looked up once, and not at all when the id is given', async () => {
    const { asked, persons } = asking();
    await persons.inData({ evaluators: ['head-of-imaging', 'head-of-imaging'], owner: HEAD, by: null }, schema);
    expect(asked).toEqual(['head-of-imaging']);
  });
});

describe('a text that means no one person is refused', () => {
  const refusal = async (text: string): Promise<string> => {
    const failed = await asking()
      .persons.inData({ groups: [{ leaders: [text] }] }, schema)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BadUsage);
    return (failed as Error).message;
  };
  it('with the field and what reads alike, when it means nobody', async () => {
    expect(await refusal('head-of-imagng')).toBe(
      `groups[0].leaders[0]: nobody is known by the key or office "head-of-imagng". Alike are:\n  Head of Imaging  ${HEAD}`,
    );
    expect(await refusal('treasurer')).toMatch(/no office reads alike/);
  });
  it('with all whom it may mean, when it means several', async () => {
    expect(await refusal('porter')).toMatch(new RegExp(`several hold the office.*\n.*${HEAD}\n.*${OTHER}`));
  });
});

describe('the key of a cell', () => {
  it('may begin with an office, as tables show it', async () => {
    expect(await asking().persons.inCell('Head of Imaging:stay/observed')).toBe(`${HEAD}:stay/observed`);
  });
  it.each(['stay/observed', 'LEAVERS:SURGICAL:2026-Q3:1/gained', `${HEAD}:stay/observed`, 'ROTA/by:x'])(
    'is taken as it is where no office begins it: %s',
    async (key) => {
      expect(await asking().persons.inCell(key)).toBe(key);
    },
  );
});
