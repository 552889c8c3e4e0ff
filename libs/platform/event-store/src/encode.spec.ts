import { toSeal } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import { decodeEvent, encodeEvent, encodeUnstamped, stamp } from './encode';
import type { NewEvent } from './port';
import { idFor, newEvent } from './testing';

const stream = `metric-${idFor('metric')}`;
const at = '2026-11-23T09:41:00.000Z';
const withData = (data: unknown): NewEvent => newEvent('command', 0, data);
const encoded = (data: unknown): string => Buffer.from(encodeEvent(withData(data), stream, 3, at)).toString('utf8');

describe('an encoded event', () => {
  it('is the canonical JSON of the whole event, in UTF-8', () => {
    const event = {
      ...newEvent('command', 0, { text: 'é\u{1F600}"', list: [1, null, true], rate: '0.5' }),
      reason: undefined,
    };
    delete event.reason;
    const bytes = encodeEvent(event, stream, 3, at);
    expect(Buffer.from(bytes).toString('utf8')).toBe(canonicalJson({ ...event, stream, revision: 3, recordedAt: at }));
  });

  it('decodes to what was encoded, with stream, revision and stamp', () => {
    const event = withData({ rate: '0.5' });
    expect(decodeEvent(encodeEvent(event, stream, 3, at))).toEqual({ ...event, stream, revision: 3, recordedAt: at });
  });

  it('takes stream, revision and stamp from the store, whatever the event says', () => {
    const forged = {
      ...withData({}),
      stream: 'other',
      revision: 9,
      recordedAt: '1999-01-01T00:00:00.000Z',
    } as NewEvent;
    expect(decodeEvent(encodeEvent(forged, stream, 3, at))).toMatchObject({ stream, revision: 3, recordedAt: at });
  });

  it('takes its stamp last, and takes another when it is tried again', () => {
    const { text, stampAt, byteLength } = encodeUnstamped(withData({ recordedAt: 'é in the data' }), stream, 0);
    const bytes = Buffer.from(text, 'utf8');
    expect(bytes).toHaveLength(byteLength);
    stamp(bytes, stampAt, '2026-01-01T00:00:00.000Z');
    stamp(bytes, stampAt, at);
    expect(decodeEvent(bytes)).toMatchObject({ recordedAt: at, data: { recordedAt: 'é in the data' } });
    expect(() => stamp(bytes, stampAt, '2026-11-23')).toThrow('"2026-11-23" is not an instant');
  });

  it.each([
    [
      'a binary fraction',
      { rows: [{ share: 0.1 }] },
      '$.data.rows[0].share is 0.1: an event holds decimals as strings',
    ],
    ['an unsafe integer', { n: 2 ** 53 }, '$.data.n is 9007199254740992: an event holds decimals as strings'],
    [
      'a position',
      { asOf: { position: '12' } },
      "$.data.asOf.position is a position: a store's coordinate is never stored",
    ],
    ['text that was not sealed', { reason: toSeal('Because of Ann', []) }, '$.data.reason is text that was not sealed'],
    ['undefined', { n: undefined }, '$.data.n is undefined; leave the name out instead'],
    ['a Date', { on: new Date(0) }, '$.data.on is a Date, not a plain object'],
  ])('is refused with %s, by its path', (_what, data, message) => {
    expect(() => encoded(data)).toThrow(message);
  });

  it('is refused with text that was not sealed or a fraction in the envelope', () => {
    expect(() => encodeEvent({ ...withData({}), reason: toSeal('x', []) }, stream, 0, at)).toThrow(
      '$.reason is text that was not sealed',
    );
    expect(() => encodeEvent(withData({}), stream, 0.5, at)).toThrow('$.revision is 0.5');
    expect(() => encodeEvent({ ...withData({}), id: 'ABC' }, stream, 0, at)).toThrow(
      '$.id is not a uuid in lower case',
    );
  });

  it('is refused when it is larger than an event may be, with the limit', () => {
    expect(() => encoded({ text: 'x'.repeat(1_000_000) })).toThrow(/has 1000\d\d\d bytes; the limit is 1000000/);
    expect(encoded({ text: 'x'.repeat(990_000) }).length).toBeLessThan(1_000_000);
  });

  it('does not decode bytes that are not JSON in UTF-8', () => {
    expect(() => decodeEvent(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('not valid for encoding utf-8');
    expect(() => decodeEvent(Buffer.from('{"a":'))).toThrow(SyntaxError);
  });
});
