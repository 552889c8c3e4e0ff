import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json';

interface Vectors {
  readonly cases: readonly { readonly name: string; readonly input_utf8: string; readonly output_hex: string }[];
  readonly rfc8785_appendix_b_ieee754: readonly (readonly [bits: string, expected: string | null])[];
}

function vectors(): Vectors {
  const folder = process.env['CONFORMANCE_DIR'];
  if (!folder)
    throw new Error(
      'set CONFORMANCE_DIR to the folder that holds jcs/jcs-vectors.json (published test vectors of RFC 8785)',
    );
  return JSON.parse(readFileSync(join(folder, 'jcs', 'jcs-vectors.json'), 'utf8')) as Vectors;
}
const known = vectors();
const double = (bits: string): number => Buffer.from(bits.padStart(16, '0'), 'hex').readDoubleBE();

describe('canonical JSON against the published vectors of RFC 8785', () => {
  it.each(known.cases)('gives the published bytes for $name', ({ input_utf8, output_hex }) => {
    expect(Buffer.from(canonicalJson(JSON.parse(input_utf8)), 'utf8').toString('hex')).toBe(output_hex);
  });

  it('has all six published cases before it', () => {
    expect(known.cases.map(({ name }) => name).sort()).toEqual([
      'arrays',
      'french',
      'structures',
      'unicode',
      'values',
      'weird',
    ]);
  });

  it.each(known.rfc8785_appendix_b_ieee754.filter(([, expected]) => expected !== null))(
    'writes the double %s as %s',
    (bits, expected) => {
      expect(canonicalJson(double(bits))).toBe(expected);
    },
  );

  it.each(known.rfc8785_appendix_b_ieee754.filter(([, expected]) => expected === null))(
    'refuses the double %s',
    (bits) => {
      expect(() => canonicalJson(double(bits))).toThrow('which JSON cannot hold');
    },
  );
});
