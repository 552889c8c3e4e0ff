import { type ChecklistAnswer, codesOf, experiencedItems, structuralItems, structuralResult } from './index';

const all = (answer: ChecklistAnswer, evidence: readonly string[] = ['evidence']) =>
  codesOf(structuralItems).map((item) => ({ item, answer, evidence }));

describe('the checklist', () => {
  it('has seven structural and five experienced items, none in both', () => {
    expect(structuralItems).toHaveLength(7);
    expect(experiencedItems).toHaveLength(5);
    const both: readonly string[] = codesOf(structuralItems);
    expect(codesOf(experiencedItems).filter((code) => both.includes(code))).toEqual([]);
  });

  it('gives one for yes and a half for partly, of seven', () => {
    expect(structuralResult(all('YES'))).toEqual({ num: '7', den: '7', unproved: [], unanswered: [] });
    expect(structuralResult(all('PARTLY')).num).toBe('3.5');
    expect(structuralResult(all('NO', [])).num).toBe('0');
    const mixed = [...all('YES').slice(0, 5), ...all('PARTLY').slice(5, 6), ...all('NO', []).slice(6)];
    expect(structuralResult(mixed)).toMatchObject({ num: '5.5', den: '7', unproved: [] });
  });

  it('counts a claim without evidence as no, and says which', () => {
    const [first, ...rest] = all('YES');
    expect(structuralResult([{ ...first!, evidence: [] }, ...rest])).toMatchObject({
      num: '6',
      den: '7',
      unproved: ['WELCOME'],
    });
  });

  it('is never better for a question left out', () => {
    const { num, den, unanswered } = structuralResult(all('YES').slice(1));
    expect([num, den, unanswered]).toEqual(['6', '7', ['WELCOME']]);
    expect(structuralResult([]).unanswered).toHaveLength(7);
  });

  it('takes each item once, and none that is not its own', () => {
    const [first] = all('YES');
    expect(() => structuralResult([first!, first!])).toThrow('WELCOME is answered twice');
    expect(() => structuralResult([{ ...first!, item: 'SAFE_TO_SHARE' }])).toThrow(RangeError);
  });
});
