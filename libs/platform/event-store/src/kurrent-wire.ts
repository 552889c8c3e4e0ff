import protobuf, { type Reader, type Writer } from 'protobufjs/minimal.js';
import { NO_REVISION } from './encode-append';

/*
 * The messages of KurrentDB's protocol (streams.proto, v1) that a log needs, written and read field by field: by the generated classes of its client they
 * take up to ten times as long.
 */

/** Events for one stream by its name in KurrentDB, with the revision at which it must stand (-1 for none). */
export interface WireAppend {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly WireEvent[];
}

export interface WireEvent {
  readonly id: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A record as a read gives it. Where it stands is a number of bytes: exact to nine petabytes. */
export interface WireRecord {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly position: bigint;
  readonly bytes: Uint8Array;
}

/** Of a stream from a revision, or of everything of a prefix (or simply everything) from a position. */
export type WireRead = {
  readonly from: 'start' | 'end' | bigint;
  readonly backwards: boolean;
  readonly maxCount: number;
} & ({ readonly stream: string } | { readonly prefix: string | undefined });

/** Others' records that the server looks through at once. */
export const SEARCH_WINDOW = 1_000;
const BINARY = 'application/octet-stream';

/** How a field begins: a number, or bytes (texts and messages too) after their count. */
const number = (field: number): number => 8 * field;
const bytes = (field: number): number => 8 * field + 2;
const message = (to: Writer, field: number): Writer => to.uint32(bytes(field)).fork();
const empty = (to: Writer, field: number): Writer => message(to, field).ldelim();
const uuid = (to: Writer, field: number, id: string): Writer => message(to, field).uint32(bytes(2)).string(id).ldelim();
const stream = (to: Writer, field: number, name: string): Writer =>
  message(to, field).uint32(bytes(3)).string(name).ldelim();
const pair = (to: Writer, field: number, key: string, value: string): Writer =>
  message(to, field).uint32(bytes(1)).string(key).uint32(bytes(2)).string(value).ldelim();

/** As the buffer that gRPC wants; the writer of Node makes buffers. */
const written = (to: Writer): Buffer => to.finish() as Buffer;

/** `BatchAppendReq`, in one message. @param answerMs after which the server gives up */
export function appendRequest({ stream: name, expected, events }: WireAppend, id: string, answerMs: number): Buffer {
  const request = protobuf.Writer.create();
  uuid(request, 1, id);
  const options = message(request, 2);
  stream(options, 1, name);
  if (expected === NO_REVISION) empty(options, 3);
  else options.uint32(number(2)).uint64(expected);
  const seconds = Math.floor(answerMs / 1_000);
  const nanos = Math.floor(answerMs % 1_000) * 1_000_000;
  message(options, 7).uint32(number(1)).int64(seconds).uint32(number(2)).int32(nanos).ldelim();
  options.ldelim();
  for (const event of events) {
    const proposed = message(request, 3);
    uuid(proposed, 1, event.id);
    pair(proposed, 2, 'type', event.type);
    pair(proposed, 2, 'content-type', BINARY);
    proposed.uint32(bytes(4)).bytes(event.bytes).ldelim();
  }
  return written(request.uint32(number(4)).bool(true));
}

/** `ReadReq` */
export function readRequest(read: WireRead): Buffer {
  const request = protobuf.Writer.create();
  const options = message(request, 1);
  const { from, backwards, maxCount } = read;
  if ('stream' in read) {
    const of = stream(message(options, 1), 1, read.stream);
    if (typeof from === 'bigint') of.uint32(number(2)).uint64(Number(from));
    else empty(of, from === 'start' ? 3 : 4);
    of.ldelim();
  } else {
    const of = message(options, 2);
    if (typeof from === 'bigint') {
      const place = Number(from);
      message(of, 1).uint32(number(1)).uint64(place).uint32(number(2)).uint64(place).ldelim();
    } else empty(of, from === 'start' ? 2 : 3);
    of.ldelim();
  }
  options.uint32(number(3)).int32(backwards ? 1 : 0);
  options.uint32(number(5)).uint64(maxCount);
  const prefix = 'prefix' in read ? read.prefix : undefined;
  if (prefix === undefined) empty(options, 8);
  else {
    const filter = message(options, 7);
    message(filter, 1).uint32(bytes(2)).string(prefix).ldelim();
    filter.uint32(number(3)).uint32(SEARCH_WINDOW).uint32(number(5)).uint32(1).ldelim();
  }
  empty(message(options, 9), 1).ldelim();
  message(options, 10).uint32(number(1)).uint32(1).ldelim();
  return written(options.ldelim());
}

/** What one message of a read holds: a record, that there is no such stream, or something that nobody asked for. */
export function readAnswer(given: Uint8Array): WireRecord | 'stream-not-found' | 'other' {
  let answer: WireRecord | 'stream-not-found' | 'other' = 'other';
  const reader = protobuf.Reader.create(given);
  fields(reader, reader.len, (answered) => {
    if (answered === 4) answer = 'stream-not-found';
    if (answered !== 1) return false;
    inner(reader, (part) => {
      if (part !== 1) return false;
      answer = recordOf(reader);
      return true;
    });
    return true;
  });
  return answer;
}

function recordOf(reader: Reader): WireRecord {
  let [name, type, revision, position, data] = ['', '', 0, 0, NOTHING];
  inner(reader, (field) => {
    switch (field) {
      case 2:
        inner(reader, (part) => {
          if (part === 3) name = reader.string();
          return part === 3;
        });
        return true;
      case 3:
        revision = wide(reader);
        return true;
      case 5:
        position = wide(reader);
        return true;
      case 6: {
        let key = '';
        inner(reader, (part) => {
          const text = reader.string();
          if (part === 1) key = text;
          else if (key === 'type') type = text;
          return true;
        });
        return true;
      }
      case 8:
        data = reader.bytes();
        return true;
      default:
        return false;
    }
  });
  return { stream: name, revision, type, position: BigInt(position), bytes: data };
}

const NOTHING: Uint8Array = new Uint8Array(0);

/** Goes through the fields of a message up to where it ends; `take` reads the one whose number it is told, or says that it did not. */
function fields(reader: Reader, end: number, take: (field: number) => boolean): void {
  while (reader.pos < end) {
    const begin = reader.uint32();
    if (!take(begin >>> 3)) reader.skipType(begin & 7);
  }
}

const inner = (reader: Reader, take: (field: number) => boolean): void =>
  fields(reader, reader.uint32() + reader.pos, take);

function wide(reader: Reader): number {
  const { high, low } = reader.uint64();
  return (high >>> 0) * 2 ** 32 + (low >>> 0);
}
