import { sameData } from './same-data';

describe('two pieces of plain data', () => {
  it('say the same whatever the order of their fields', () => {
    expect(sameData({ a: 1, b: { c: [1, 'x'], d: null } }, { b: { d: null, c: [1, 'x'] }, a: 1 })).toBe(true);
  });
  it('differ by a value, a field, a length, an order of elements, or a list for an object', () => {
    expect(sameData({ a: 1 }, { a: 2 })).toBe(false);
    expect(sameData({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameData([1, 2], [2, 1])).toBe(false);
    expect(sameData([1], [1, 2])).toBe(false);
    expect(sameData([], {})).toBe(false);
    expect(sameData({ a: null }, { a: {} })).toBe(false);
    expect(sameData({ a: undefined }, { b: undefined })).toBe(false);
  });
});
