import fc from 'fast-check';
import { Decimal, decimal, isDecimalString, showDecimal, writeDecimal } from './decimal';

describe('a plain decimal number', () => {
  it.each(['0', '-12', '0.5', '101.25', '-0.5', '0.000', '9999999999999999999999999999999999'])('%s is one', (text) => {
    expect(isDecimalString(text)).toBe(true);
  });
  it.each(['', '.5', '5.', '+1', '01', '1e3', '1,5', ' 1', '1 ', 'NaN', 'Infinity', '--1', '0x10', '1_000', '٣'])(
    '%p is none',
    (text) => {
      expect(isDecimalString(text)).toBe(false);
      expect(() => decimal(text)).toThrow(RangeError);
    },
  );
  it('has at most 34 digits on both sides of the point together', () => {
    expect(isDecimalString('1'.repeat(34))).toBe(true);
    expect(isDecimalString('1'.repeat(35))).toBe(false);
    expect(isDecimalString(`${'1'.repeat(17)}.${'1'.repeat(17)}`)).toBe(true);
    expect(isDecimalString(`${'1'.repeat(18)}.${'1'.repeat(17)}`)).toBe(false);
  });
  it('is said to be none in words', () => {
    expect(() => decimal('1e3')).toThrow('"1e3" is not a plain decimal number');
  });
});

describe('decimal', () => {
  it('takes strings, whole numbers and bigints', () => {
    expect([decimal('0.1'), decimal(12), decimal(-3n), decimal(new Decimal('2.5'))].map((x) => x.toFixed())).toEqual([
      '0.1',
      '12',
      '-3',
      '2.5',
    ]);
  });
  it.each([0.1, 1.5, Number.NaN, Infinity, 2 ** 53])('refuses the binary number %p', (value) => {
    expect(() => decimal(value)).toThrow('write it as a string');
  });
  it('adds what binary numbers cannot', () => {
    expect(decimal('0.1').plus(decimal('0.2')).toFixed()).toBe('0.3');
  });
  it('computes with 34 significant digits, half-even', () => {
    expect(decimal(1).dividedBy(3).toFixed()).toBe(`0.${'3'.repeat(34)}`);
    expect(decimal(2).dividedBy(3).toFixed()).toBe(`0.${'6'.repeat(33)}7`);
    const even = decimal('1'.padEnd(34, '0'));
    expect(even.plus('0.5').toFixed()).toBe(even.toFixed());
    expect(even.plus('1.5').minus(even).toFixed()).toBe('2');
  });
  it('never writes an exponent', () => {
    expect(new Decimal('1e-40').toString()).toBe(`0.${'0'.repeat(39)}1`);
    expect(new Decimal('1e40').toString()).toBe(`1${'0'.repeat(40)}`);
  });
});

describe('a written decimal', () => {
  it.each([
    ['66.6666666', 6, '66.666667'],
    ['0.0000005', 6, '0.000001'],
    ['-0.0000005', 6, '-0.000001'],
    ['-0.0000004', 6, '0'],
    ['100', 6, '100'],
    ['1.500', 6, '1.5'],
    ['-0.0265', 3, '-0.027'],
    ['120', 0, '120'],
    ['0', 6, '0'],
  ])('of %s to %i places is %s: half-up, without superfluous zeros', (text, places, expected) => {
    expect(writeDecimal(decimal(text), places)).toBe(expected);
  });
  it('has six places unless said', () => {
    expect(writeDecimal(decimal(1).dividedBy(7))).toBe('0.142857');
  });
  it('is read back as itself', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.integer({ min: 0, max: 6 }),
        (digits, shift) => {
          const value = decimal(digits).dividedBy(10 ** shift);
          const text = writeDecimal(value);
          expect(isDecimalString(text)).toBe(true);
          expect(decimal(text).equals(value)).toBe(true);
          expect(writeDecimal(decimal(text))).toBe(text);
        },
      ),
    );
  });
});

describe('a shown decimal', () => {
  it.each([
    ['91.25', '91.3'],
    ['79.05', '79.1'],
    ['-79.05', '-79.1'],
    ['65', '65.0'],
    ['-0.04', '0.0'],
    ['-0.05', '-0.1'],
    ['0', '0.0'],
  ])('%s reads %s: half-up, one place', (text, expected) => {
    expect(showDecimal(text)).toBe(expected);
    expect(showDecimal(decimal(text))).toBe(expected);
  });
  it('has the places asked for', () => {
    expect(showDecimal('66.492147', 2)).toBe('66.49');
    expect(showDecimal('0.5', 0)).toBe('1');
    expect(showDecimal('-0.4', 0)).toBe('0');
  });
});
