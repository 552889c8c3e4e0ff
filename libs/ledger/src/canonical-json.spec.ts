import { canonicalJson, memberPath, NotCanonicalError } from './canonical-json';

const refusal = (value: unknown): string => {
  try {
    return `accepted: ${canonicalJson(value)}`;
  } catch (error) {
    if (error instanceof NotCanonicalError) return error.message;
    throw error;
  }
};

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code units at every level and keeps the order of arrays', () => {
    expect(canonicalJson({ b: [3, 1, { z: null, a: true }], a: 'x', A: 1, '': 0, '\u{1F600}': 1, '\uFB33': 2 })).toBe(
      '{"":0,"A":1,"a":"x","b":[3,1,{"a":true,"z":null}],"\u{1F600}":1,"\uFB33":2}',
    );
  });

  it('is the same whatever the order in which members were set', () => {
    expect(canonicalJson({ a: 1, b: { c: 2, d: 3 } })).toBe(canonicalJson({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('writes control characters short where JSON has a short form and else in lower-case hexadecimal', () => {
    expect(canonicalJson('\u0000\b\t\n\f\r\u001f"\\/\u007f\u2028é')).toBe(
      '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\u007f\u2028é"',
    );
  });

  it('does not normalise Unicode', () => {
    expect(canonicalJson('A\u030a')).not.toBe(canonicalJson('\u00c5'));
  });

  it('writes minus zero as zero', () => {
    expect(canonicalJson([-0, 0])).toBe('[0,0]');
  });

  it('takes objects without a prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
  });

  it.each([
    ['undefined', { a: { b: [1, undefined] } }, '$.a.b[1] is undefined; leave the name out instead'],
    ['a hole in an array', [1, , 2], '$[1] is undefined; leave the name out instead'], // eslint-disable-line no-sparse-arrays
    ['NaN', { n: NaN }, '$.n is NaN, which JSON cannot hold'],
    ['infinity', { n: -Infinity }, '$.n is -Infinity, which JSON cannot hold'],
    ['a BigInt', { n: 1n }, '$.n is a bigint, which JSON cannot hold'],
    ['a function', { f: () => 1 }, '$.f is a function, which JSON cannot hold'],
    ['a symbol', { s: Symbol('s') }, '$.s is a symbol, which JSON cannot hold'],
    ['a Map', { 'odd name': new Map([[1, 2]]) }, '$["odd name"] is a Map, not a plain object'],
    ['a Date', [new Date(0)], '$[0] is a Date, not a plain object'],
    ['a boxed number', { n: Object(1) as unknown }, '$.n is a Number, not a plain object'],
    ['a class instance', { e: new (class Thing {})() }, '$.e is a Thing, not a plain object'],
    ['a symbol as a name', { a: { [Symbol('hidden')]: 1 } }, '$.a has a symbol as a name'],
    ['half of a surrogate pair', { t: 'a\ud800b' }, '$.t holds half of a surrogate pair, which is not text'],
    [
      'half of a surrogate pair in a name',
      { 'a\udc00': 1 },
      '$["a\\udc00"] holds half of a surrogate pair, which is not text',
    ],
  ])('refuses %s and names where it stands', (_what, value, message) => {
    expect(refusal(value)).toBe(message);
  });

  it('refuses a value that holds itself', () => {
    const self: Record<string, unknown> = {};
    self['self'] = self;
    expect(refusal(self)).toContain('is nested deeper than 256 levels, or holds itself');
  });

  it('names members as they would be written in code', () => {
    expect(['rows', 3, 'n', 'two words'].reduce<string>(memberPath, '$')).toBe('$.rows[3].n["two words"]');
  });
});
