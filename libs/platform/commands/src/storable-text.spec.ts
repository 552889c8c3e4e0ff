import { unstorableTexts } from './storable-text';

describe('text that can be kept', () => {
  it('is every well-formed string, in whatever script', () => {
    expect(unstorableTexts({ name: 'Zoë 李 🏥', rows: [{ note: '' }, 3, null, true] })).toEqual([]);
  });
  it('holds no U+0000, and the problem names the place and not the text', () => {
    expect(unstorableTexts({ rows: [{}, { note: 'a\u0000b' }] }, 'data')).toEqual([
      { path: 'data.rows[1].note', message: 'holds the character U+0000, which is not text' },
    ]);
  });
  it('holds no half of a surrogate pair', () => {
    expect(unstorableTexts(['\ud83c', '\udfe5x'])).toEqual([
      { path: '[0]', message: 'holds half of a surrogate pair, which is not text' },
      { path: '[1]', message: 'holds half of a surrogate pair, which is not text' },
    ]);
  });
  it('is asked of member names too', () => {
    expect(unstorableTexts({ values: { 'a\u0000': 1 } })).toEqual([
      { path: 'values', message: 'has a name that holds the character U+0000, which is not text' },
    ]);
  });
  it('is not looked for in what is no plain data, nor twice in what holds itself', () => {
    const circle: Record<string, unknown> = { note: '\u0000' };
    circle['self'] = circle;
    expect(unstorableTexts(circle)).toHaveLength(1);
    expect(unstorableTexts({ at: Object.assign(new Date(0), { note: '\u0000' }) })).toEqual([]);
  });
  it('is looked for a million levels down, and at most twenty places are named', () => {
    let deep: unknown = '\u0000';
    for (let level = 0; level < 1_000_000; level++) deep = [deep];
    expect(unstorableTexts(deep)).toHaveLength(1);
    expect(unstorableTexts(Array.from({ length: 1000 }, () => '\u0000'))).toHaveLength(20);
  });
});
