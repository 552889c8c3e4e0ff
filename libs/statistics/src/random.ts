/** Gives the next of a row of pseudo-random whole numbers, 0 to 2³²−1. */
export type RandomSource = () => number;

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/**
 * xoshiro128**: period 2¹²⁸−1, in whole-number arithmetic only, so that every machine draws the same row. Not for secrets.
 * Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).
 */
export function xoshiro128(seed: readonly [number, number, number, number]): RandomSource {
  if (seed.every((word) => word >>> 0 === 0)) throw new RangeError('a seed of four zeros gives nothing but zeros');
  let [a, b, c, d] = seed;
  return () => {
    const drawn = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return drawn;
  };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits, over the UTF-16 code units of a text, low byte first. Source: Fowler, Noll, Vo. */
export function fnv1a(text: string, start = FNV_OFFSET): number {
  let hash = start;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), FNV_PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), FNV_PRIME);
  }
  return hash >>> 0;
}

/** A source seeded by a text (the id of a hypothesis): the same text gives the same row for ever. */
export function randomOf(text: string): RandomSource {
  const words = [0, 1, 2, 3].map((lane) => fnv1a(text, fnv1a(String(lane)))) as [number, number, number, number];
  const source = xoshiro128(words.some((word) => word !== 0) ? words : [1, 2, 3, 4]);
  for (let i = 0; i < 16; i += 1) source();
  return source;
}

/** The next whole number from 0 to `below` − 1. The bias of scaling (below 2⁻³² × `below`) is far under what 2,000 resamples can show. */
export const drawBelow = (source: RandomSource, below: number): number =>
  Math.floor((source() * below) / 0x1_0000_0000);
