import { createHash, createHmac } from 'node:crypto';
import type { StreamKey } from '@plumbline/kernel';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a uuid as events hold it: lower case, with hyphens. */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * A uuid of version 8 (RFC 9562 §5.8: its bits are ours to choose) from the first 16 bytes given; version and variant replace six of their bits.
 * @throws RangeError when there are fewer than 16 bytes
 */
export function uuidV8(bytes: Uint8Array): string {
  if (bytes.length < 16) throw new RangeError(`a uuid needs 16 bytes, not ${bytes.length}`);
  const own = Buffer.from(bytes.subarray(0, 16));
  own[6] = (own[6]! & 0x0f) | 0x80;
  own[8] = (own[8]! & 0x3f) | 0x80;
  const hex = own.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const derivedUuid = (text: string): string => uuidV8(createHash('sha256').update(text, 'utf8').digest());

/** Id of the event that a command gives at `index` (0, 1, 2 …): uuid v8 of SHA-256 of `<command id>/<index>`, so a command tried twice gives the same ids. */
export function eventId(commandId: string, index: number): string {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`${index} is not an index of an event`);
  return derivedUuid(`${commandId}/${index}`);
}

/** What a stream's id rests on beside its key. */
export interface StreamIdSource {
  /** The deployment's secret: a natural key's id cannot be guessed without it. */
  readonly secret: Uint8Array | string;
  /** Names a stream that this command creates. */
  readonly commandId: string;
}

/**
 * The uuid that a stream key stands for: by natural key the uuid v8 of its HMAC-SHA-256 under the secret, by id the id itself (in lower case), created
 * the uuid v8 of SHA-256 of `<command id>/<concept>`, so that a repeated create meets its own stream.
 * @throws RangeError when the key's id is no uuid
 */
export function uuidOf(key: StreamKey, { secret, commandId }: StreamIdSource): string {
  if ('natural' in key) {
    return uuidV8(createHmac('sha256', secret).update(`${key.concept}\u0000${key.natural}`, 'utf8').digest());
  }
  if ('created' in key) return derivedUuid(`${commandId}/${key.concept}`);
  const id = key.id.toLowerCase();
  if (!isUuid(id)) throw new RangeError(`"${key.id}" is not a uuid, so it names no ${key.concept} stream`);
  return id;
}

/** The name of a stream: `<concept>-<uuid>`. @throws RangeError when the key's id is no uuid */
export const streamIdOf = (key: StreamKey, source: StreamIdSource): string => `${key.concept}-${uuidOf(key, source)}`;

/** Concept and uuid of a stream's name. @throws RangeError when the name has another form */
export function streamParts(stream: string): { readonly concept: string; readonly id: string } {
  const id = stream.slice(-36);
  const concept = stream.slice(0, -37);
  if (!isUuid(id) || concept === '' || stream.at(-37) !== '-')
    throw new RangeError(`"${stream}" is not the name of a stream (<concept>-<uuid>)`);
  return { concept, id };
}
