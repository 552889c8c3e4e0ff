import { createdKey, idKey, naturalKey } from '@plumbline/kernel';
import { eventId, isUuid, streamIdOf, streamParts, uuidOf, uuidV8 } from './ids';

const command = '0b6d4f2e-58a8-4c1f-9a53-0d5b9f5c7a11';
const source = { secret: 'a secret of the deployment', commandId: command };

describe('ids', () => {
  it('has version 8 and the variant of RFC 9562, and the given bits elsewhere', () => {
    expect(uuidV8(new Uint8Array(16))).toBe('00000000-0000-8000-8000-000000000000');
    expect(uuidV8(new Uint8Array(32).fill(255))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    expect(() => uuidV8(new Uint8Array(15))).toThrow('a uuid needs 16 bytes, not 15');
  });

  it('gives an event of a command the same id each time, and another id for each index and command', () => {
    // SHA-256 of "0b6d4f2e-58a8-4c1f-9a53-0d5b9f5c7a11/0", first 16 bytes, with version and variant
    expect(eventId(command, 0)).toBe('07ccf4bf-19af-80ec-819b-0003a869b09b');
    const ids = [0, 1, 2].flatMap((index) => [eventId(command, index), eventId('another', index)]);
    expect(new Set(ids).size).toBe(6);
    expect(ids.every(isUuid)).toBe(true);
    expect(() => eventId(command, -1)).toThrow('-1 is not an index of an event');
  });

  it('names a stream by its natural key, the same for every spelling of a code, another under another secret', () => {
    const stream = streamIdOf(naturalKey('metric', 'lc_ts'), source);
    expect(stream).toMatch(/^metric-[0-9a-f-]{36}$/);
    expect(streamIdOf(naturalKey('metric', 'LC_TS'), { ...source, commandId: 'another' })).toBe(stream);
    expect(streamIdOf(naturalKey('metric', 'LC_TS'), { ...source, secret: 'another' })).not.toBe(stream);
    expect(uuidOf(naturalKey('unit', 'LC_TS'), source)).not.toBe(uuidOf(naturalKey('metric', 'LC_TS'), source));
  });

  it('does not confuse the parts of a natural key', () => {
    expect(uuidOf(naturalKey('series', 'AB', 'C'), source)).not.toBe(uuidOf(naturalKey('series', 'A', 'BC'), source));
  });

  it('names a stream by its id, in lower case', () => {
    expect(streamIdOf(idKey('person', command.toUpperCase()), source)).toBe(`person-${command}`);
    expect(() => streamIdOf(idKey('person', 'bob'), source)).toThrow(
      '"bob" is not a uuid, so it names no person stream',
    );
  });

  it('names a created stream by its command, so that a repeated create meets its own stream', () => {
    expect(streamIdOf(createdKey('consultation'), source)).toBe(streamIdOf(createdKey('consultation'), source));
    expect(uuidOf(createdKey('consultation'), source)).not.toBe(uuidOf(createdKey('legal-review'), source));
    expect(uuidOf(createdKey('consultation'), source)).not.toBe(
      uuidOf(createdKey('consultation'), { ...source, commandId: 'another' }),
    );
  });

  it('takes a stream name apart, also where the concept has hyphens', () => {
    expect(streamParts(`legal-review-${command}`)).toEqual({ concept: 'legal-review', id: command });
    expect(() => streamParts('metric-LC_TS')).toThrow('is not the name of a stream');
    expect(() => streamParts(command)).toThrow('is not the name of a stream');
  });
});
