import { commitmentsImporter } from './commitments.importer';

const owner = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const options = {
  importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
  source: 'promises.xlsx',
  complete: false,
  effective: '2026-11-23',
  personIdOf: () => owner,
};
const plan = (fields: Record<string, string>) => commitmentsImporter.plan({ line: 7, fields }, options);
const whole = {
  commitment: 'C07',
  text: 'Ward council',
  unit: 'EASTMERE',
  level: 'INSTITUTION',
  evidenceRule: 'Minutes of the first meeting.',
};

describe('a row of a commitments file', () => {
  it('proposes a commitment, for the one who is asked to keep it', () => {
    const row = { ...whole, statement: 'Every ward elects a seat.', owner: 'p-1', principles: 'HEARD; SAFE' };
    expect(plan({ ...row, charter: 'BELONGING', structuralChange: 'yes', milestone: '', due: '' }).commands).toEqual([
      {
        type: 'charter.ProposeCommitment',
        data: {
          commitment: 'C07',
          title: 'Ward council',
          statement: 'Every ward elects a seat.',
          unit: 'EASTMERE',
          level: 'INSTITUTION',
          evidenceRule: 'Minutes of the first meeting.',
          charter: 'BELONGING',
          owner,
          principles: ['HEARD', 'SAFE'],
          structuralChange: true,
        },
      },
    ]);
    expect(plan(whole).commands[0]?.data).toMatchObject({ statement: 'Ward council' });
  });
  it('is about a milestone or an indicator when it names one; what is of the whole is passed over', () => {
    expect(plan({ ...whole, milestone: 'C07.1', text: 'First meeting', weight: '2', due: '2025-12' }).commands).toEqual(
      [
        {
          type: 'charter.AddMilestone',
          data: { commitment: 'C07', milestone: 'C07.1', title: 'First meeting', weight: 2, due: '2025-12' },
        },
      ],
    );
    const indicator = { milestone: 'C07.1', indicator: 'C07.1.1', text: 'Twelve seats', office: 'Nursing' };
    expect(plan({ ...whole, ...indicator }).commands).toEqual([
      { type: 'charter.AddIndicator', data: { commitment: 'C07', ...indicator, kind: 'PROCESS' } },
    ]);
  });
  it('is the same as another of the same code and ids, in whatever case', () => {
    expect(plan({ ...whole, commitment: 'c07' }).key).toBe(plan(whole).key);
    expect(plan({ ...whole, milestone: 'C07.1' }).key).not.toBe(plan(whole).key);
  });
  it('is said in words that name no person', () => {
    const words = (fields: Record<string, string>) => commitmentsImporter.words!(plan(fields).commands[0]!);
    expect(words({ ...whole, owner: 'p-1' })).toBe('C07 "Ward council" is proposed for EASTMERE');
    expect(words({ ...whole, milestone: 'C07.1', text: 'First meeting', due: '2025-12' })).toBe(
      'C07.1 "First meeting", due 2025-12',
    );
  });
});

describe('a row of a commitments file is refused', () => {
  it.each([
    ['without what a commitment needs', { unit: '' }, 'unit', 'a-field-has-its-form'],
    ['with another word for a level', { level: 'TEAM' }, 'level', 'a-field-has-its-form'],
    ['with too long a name', { text: 'x'.repeat(201), statement: 'x' }, 'text', 'a-field-has-its-form'],
    ['with a date of the whole', { due: '2025-12' }, 'due', 'a-commitment-is-due-with-its-milestones'],
    ['with a date that is none', { milestone: 'C07.1', due: 'spring' }, 'due', 'a-field-has-its-form'],
    ['with a weight that is none', { milestone: 'C07.1', weight: '1.5' }, 'weight', 'a-field-has-its-form'],
    ['with a flag that is none', { structuralChange: 'perhaps' }, 'structuralChange', 'a-flag-says-yes-or-no'],
  ])('%s', (_, more, column, rule) => {
    const row = { ...whole, ...more } as Record<string, string>;
    expect(plan(row)).toMatchObject({ commands: [], problems: [{ line: 7, column, value: row[column], rule }] });
  });
});
