import { whoIsMeant } from './who-is-meant';

const everyone = [
  { personId: 'p-1', office: 'Head of Imaging' },
  { personId: 'p-2', office: 'Head of Imaging until 2026-04-30' },
  { personId: 'p-3', office: 'Director, Nursing' },
  { personId: 'p-4', office: 'Médecin-chef' },
  { personId: 'p-5', office: 'Ward manager, W1' },
  { personId: 'p-6', office: 'Ward manager, W2' },
];
const persons = (text: string) => whoIsMeant(text, everyone).persons.map(({ personId }) => personId);
const alike = (text: string) => whoIsMeant(text, everyone).alike.map(({ office }) => office);

describe('whom a text means', () => {
  it.each(['Head of Imaging', 'head-of-imaging', ' HEAD OF IMAGING '])('is who holds the office: %s', (text) => {
    expect(persons(text)).toEqual(['p-1']);
  });
  it('does not hang on accents or signs between words', () => {
    expect(persons('medecin chef')).toEqual(['p-4']);
    expect(persons('director-nursing')).toEqual(['p-3']);
  });
  it('is a person by their id', () => {
    expect(persons('p-6')).toEqual(['p-6']);
  });
  it('is everybody of one office, so that somebody chooses', () => {
    expect(
      whoIsMeant('porter', [...everyone, ...['a', 'b'].map((personId) => ({ personId, office: 'Porter' }))]),
    ).toEqual({
      persons: [
        { personId: 'a', office: 'Porter' },
        { personId: 'b', office: 'Porter' },
      ],
      alike: [],
    });
  });
});

describe('a text that means nobody', () => {
  it('tells the offices that read alike, the nearest first', () => {
    expect(persons('head-of-imagng')).toEqual([]);
    expect(alike('head-of-imagng')).toEqual(['Head of Imaging']);
    expect(alike('ward manager')).toEqual(['Ward manager, W1', 'Ward manager, W2']);
    expect(alike('imaging')).toEqual(['Head of Imaging', 'Head of Imaging until 2026-04-30']);
  });
  it('tells none where nothing is like it, or nothing was typed', () => {
    expect(alike('treasurer')).toEqual([]);
    expect(alike(' – ')).toEqual([]);
  });
  it('tells five at most', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ personId: `m-${index}`, office: `Matron ${index}` }));
    expect(whoIsMeant('matron', many).alike).toHaveLength(5);
  });
});
