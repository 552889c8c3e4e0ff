import { isTextToSeal, type RecordedEvent } from '@plumbline/kernel';
import { canonicalJson, memberPath } from '@plumbline/ledger';
import { isUuid } from './ids';
import { MAX_EVENT_BYTES, type NewEvent, StoreError } from './port';

/** An event that may not be stored as it is: a programming error of whoever made it. `path` names the place: `$.data.score`. */
export class UnstorableEventError extends TypeError {
  override readonly name = 'UnstorableEventError';
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** Whether a text is an instant in the one form that compares as text. */
export const isInstant = (text: string): boolean => INSTANT.test(text);
const UNSTAMPED = '0000-00-00T00:00:00.000Z';
const UTF8 = new TextDecoder('utf-8', { fatal: true });

const placed = (path: readonly (string | number)[]): string => path.reduce<string>(memberPath, '$');

/** What canonical JSON would take and an event may not hold. Everything else that JSON cannot hold is refused by `canonicalJson`, cycles too. */
function refuseUnstorable(value: unknown, path: (string | number)[]): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new UnstorableEventError(
      placed(path),
      `is ${value}: an event holds decimals as strings and integers up to 2^53 - 1`,
    );
  }
  if (typeof value !== 'object' || value === null) return;
  if (isTextToSeal(value)) throw new UnstorableEventError(placed(path), 'is text that was not sealed');
  const list = Array.isArray(value);
  for (const name in value) {
    path.push(list ? Number(name) : name);
    if (name === 'position') {
      throw new UnstorableEventError(
        placed(path),
        "is a position: a store's coordinate is never stored; cite the event by its id",
      );
    }
    refuseUnstorable((value as Record<string, unknown>)[name], path);
    path.pop();
  }
}

/** An event's canonical JSON but for the stamp, which takes the 24 bytes from `stampAt` on. */
export interface UnstampedEvent {
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly byteLength: number;
  readonly stampAt: number;
}

/**
 * Encodes an event before its moment is known, so that nothing is left to fail once the store is locked.
 * @throws UnstorableEventError | NotCanonicalError | StoreError `too-large`
 */
export function encodeUnstamped(event: NewEvent, stream: string, revision: number, act?: string): UnstampedEvent {
  if (!isUuid(event.id)) throw new UnstorableEventError('$.id', 'is not a uuid in lower case');
  if (!Number.isSafeInteger(revision) || revision < 0)
    throw new UnstorableEventError('$.revision', `is ${revision}, which counts no event`);
  // Canonical JSON sorts members, so the stamp stands between those that sort before its name and those after.
  const early: Record<string, unknown> = {};
  const late: Record<string, unknown> = {};
  const place = (name: string, value: unknown): void => {
    if (name !== 'recordedAt') (name < 'recordedAt' ? early : late)[name] = value;
  };
  for (const name of Object.keys(event)) place(name, event[name as keyof NewEvent]);
  place('stream', stream);
  place('revision', revision);
  if (act !== undefined) place('act', act);
  const before = canonicalJson(early);
  const after = canonicalJson(late);
  refuseUnstorable(event, []);
  const head = `${before.slice(0, -1)},"recordedAt":"`;
  const text = `${head}${UNSTAMPED}",${after.slice(1)}`;
  const byteLength = Buffer.byteLength(text, 'utf8');
  if (byteLength > MAX_EVENT_BYTES) {
    throw new StoreError(
      'too-large',
      `an event of ${stream} has ${byteLength} bytes; the limit is ${MAX_EVENT_BYTES}`,
      stream,
    );
  }
  return { text, byteLength, stampAt: Buffer.byteLength(head, 'utf8') };
}

/** Writes the stamp into an event's bytes, in place (again when an append is tried again). @throws RangeError when it is no instant of the one form */
export function stamp(bytes: Buffer, stampAt: number, recordedAt: string): void {
  if (!isInstant(recordedAt)) throw new RangeError(`"${recordedAt}" is not an instant like 2026-11-23T09:41:00.000Z`);
  bytes.write(recordedAt, stampAt, 'latin1');
}

/**
 * The bytes of an event, which are what is stored and hashed: RFC 8785 canonical JSON of the whole event, as UTF-8.
 * @throws UnstorableEventError | NotCanonicalError | StoreError `too-large`
 */
export function encodeEvent(
  event: NewEvent,
  stream: string,
  revision: number,
  recordedAt: string,
  act?: string,
): Uint8Array {
  const { text, stampAt } = encodeUnstamped(event, stream, revision, act);
  const bytes = Buffer.from(text, 'utf8');
  stamp(bytes, stampAt, recordedAt);
  return bytes;
}

/** The event that bytes hold. @throws SyntaxError | TypeError when they are not JSON in UTF-8 */
export function decodeEvent(bytes: Uint8Array): RecordedEvent {
  return JSON.parse(UTF8.decode(bytes)) as RecordedEvent;
}
