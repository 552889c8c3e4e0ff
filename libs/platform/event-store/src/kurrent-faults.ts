import { StoreError } from './port';

/**
 * What a client's error means for a log. Its classes do not tell it: a node that is not there is a plain `Error`, an `UnavailableError` or an `UnknownError`,
 * depending on the path that a call takes.
 * `unreachable`: nothing was sent. `unclear`: whatever was sent may have been done.
 */
export type Fault =
  | { readonly kind: 'stream-not-found' | 'stream-deleted' | 'wrong-revision' | 'denied' | 'unreachable' | 'unclear' }
  | { readonly kind: 'too-large'; readonly limit: number | undefined }
  | { readonly kind: 'not-leader'; readonly leader: string };

interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly leader?: { readonly address: string; readonly port: number };
  readonly maxAppendSize?: unknown;
}

const NOT_SENT =
  /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|Name resolution failed|Failed to discover|client error \(Connect\)/;
const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;

export function faultOf(error: unknown): Fault {
  const { type, code, message, leader, maxAppendSize } = (error ?? {}) as ClientError;
  switch (type) {
    case 'stream-not-found':
      return { kind: 'stream-not-found' };
    case 'stream-deleted':
    case 'stream-tombstoned':
      return { kind: 'stream-deleted' };
    case 'wrong-expected-version':
      return { kind: 'wrong-revision' };
    case 'maximum-append-size-exceeded':
    case 'transaction-max-size-exceeded':
    case 'append-record-size-exceeded':
      return { kind: 'too-large', limit: typeof maxAppendSize === 'number' ? maxAppendSize : undefined };
    case 'access-denied':
      return { kind: 'denied' };
    case 'not-leader':
      return { kind: 'not-leader', leader: leader ? `${leader.address}:${leader.port}` : 'another node' };
    default:
      if (code === UNAUTHENTICATED || code === PERMISSION_DENIED) return { kind: 'denied' };
      return { kind: typeof message === 'string' && NOT_SENT.test(message) ? 'unreachable' : 'unclear' };
  }
}

/** The nodes that an address names, without user, password and options. */
export const nodesOf = (url: string): string =>
  url
    .replace(/^[^:]+:\/\//, '')
    .replace(/^[^@/?]*@/, '')
    .replace(/[/?].*$/, '');

export const deletedStream = (stream: string): StoreError =>
  new StoreError(
    'stream-deleted',
    `the stream ${stream} was deleted in KurrentDB: the log is no longer whole; put it back from a backup`,
    stream,
  );

/** In words, for who runs the product. */
export function unavailable(nodes: string, fault: Fault, cause: unknown): StoreError {
  const say = (words: string): StoreError => new StoreError('unavailable', words, undefined, { cause });
  switch (fault.kind) {
    case 'denied':
      return say(
        `KurrentDB at ${nodes} refuses the user or the password of its address, or the user may not read $all`,
      );
    case 'not-leader':
      return say(
        `the KurrentDB node at ${nodes} is a follower, its leader is ${fault.leader}: name all nodes in the address, so that the leader is found`,
      );
    case 'stream-not-found':
    case 'stream-deleted':
    case 'wrong-revision':
    case 'too-large':
    case 'unreachable':
    case 'unclear':
      return say(`KurrentDB cannot be reached at ${nodes}${because(cause)}`);
  }
}

/** The client's own words where it has any: a certificate that is not trusted, a name that is not known. */
const because = (cause: unknown): string => (saysWhy(cause) ? `: ${wordsOf(cause)}` : '');

/** Reads fail without a word when nobody could be reached. */
export function saysWhy(error: unknown): error is { readonly message: string } {
  const { message } = (error ?? {}) as ClientError;
  return typeof message === 'string' && !/^(\w+Error|)$/.test(message);
}

const wordsOf = ({ message }: { readonly message: string }): string =>
  message
    .replace(/^\d+ [A-Z_]+: /, '')
    .replace(/No connection established\. Last error: |Error: |\.? ?Resolution note: *$/g, '');
