import type { CallOptions, Client as Stub, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import { convertToCommandError, type KurrentDBClient, StreamNotFoundError } from '@kurrent/kurrentdb-client';
import uuids from '@kurrent/kurrentdb-client/dist/utils/grpcUUID.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import stubs from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type messages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { NoAnswer, within } from './kurrent-client';
import {
  appendRequest,
  readAnswer,
  readRequest,
  type WireAppend,
  type WireRead,
  type WireRecord,
} from './kurrent-wire';

/*
 * Appending and reading by calls of our own on the client's line to the server. The client's own append serializes each event twice, and what waits for the line
 * when it breaks rejects a promise there that nobody can catch. Its own read goes over a second line, on which every other read waits 40 ms for the acknowledgement
 * that the machine at the other end delays (Nagle's algorithm is not switched off there), and never recovers when the node is gone.
 */

/** What the client keeps to itself: its stub on the line that it chose, and what a call says of who asks. It lets go of the line when it is disposed of. */
interface Internals {
  GRPCStreamCreator<T>(stub: unknown, name: string, create: (stub: Stub) => T): () => Promise<T>;
  callArguments(base: { readonly requiresLeader?: boolean }, call: CallOptions): [Metadata, CallOptions];
}

const internalsOf = (client: KurrentDBClient): Internals => client as unknown as Internals;
const AS_IT_IS = (bytes: Buffer): Buffer => bytes;
const UNTIL_CANCELLED: CallOptions = { deadline: Infinity };

/** Where the last event of an append stands. */
export interface WireAppended {
  readonly revision: bigint;
  /** A repetition of what can no longer be read has none. */
  readonly position: bigint | undefined;
}

/** What the server has against an append, with the `type` that the client's own error has. */
class AppendRefused extends Error {
  override readonly name = 'AppendRefused';
  constructor(
    readonly type: string,
    message: string,
    readonly maxAppendSize?: number,
  ) {
    super(message);
  }
}

interface Waiting {
  readonly resolve: (appended: WireAppended) => void;
  readonly reject: (error: unknown) => void;
}

/** One call of the server's `BatchAppend`, on which any number of appends are on their way, each under a number of its own. */
class BatchLine {
  private readonly waiting = new Map<string, Waiting>();
  private count = 0;

  constructor(
    private readonly call: ClientDuplexStream<Buffer, messages.BatchAppendResp>,
    ended: () => void,
  ) {
    const end = (error: unknown): void => {
      ended();
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    call.on('data', (answer: messages.BatchAppendResp) => this.answered(answer));
    call.on('error', (error) => end(convertToCommandError(error)));
    call.on('end', () => {
      end(new Error('the server ended the call'));
      call.end();
    });
  }

  append(append: WireAppend, answerMs: number): Promise<WireAppended> {
    return new Promise((resolve, reject) => {
      const id = `00000000-0000-4000-8000-${(++this.count).toString(16).padStart(12, '0')}`;
      this.waiting.set(id, { resolve, reject });
      this.call.write(appendRequest(append, id, answerMs));
    });
  }

  /** Nobody waits for the line any more, and nobody else will use it. */
  leave(): void {
    if (this.waiting.size === 0) this.call.cancel();
  }

  private answered(answer: messages.BatchAppendResp): void {
    const id = uuids.parseUUID(answer.getCorrelationId()) ?? '';
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    const success = answer.getSuccess();
    const place = success?.getPosition();
    if (success)
      waiting?.resolve({
        revision: BigInt(success.getCurrentRevision()),
        position: place && BigInt(place.getCommitPosition()),
      });
    else waiting?.reject(refusalOf(answer.getError()));
  }
}

function refusalOf(error: statuses.Status | undefined): Error {
  const details = error?.getDetails();
  switch (details?.getTypeName() ?? '') {
    case 'event_store.client.WrongExpectedVersion':
      return new AppendRefused('wrong-expected-version', 'the stream stands elsewhere');
    case 'event_store.client.StreamDeleted':
      return new AppendRefused('stream-deleted', 'the stream was deleted');
    case 'event_store.client.AccessDenied':
      return new AppendRefused('access-denied', 'the user may not append');
    case 'event_store.client.MaximumAppendSizeExceeded': {
      const limit = shared.MaximumAppendSizeExceeded.deserializeBinary(details!.getValue_asU8()).getMaxappendsize();
      return new AppendRefused('maximum-append-size-exceeded', 'the append is too large', limit);
    }
    default:
      return new AppendRefused('unknown', error?.getMessage() || details?.getTypeName() || 'the server said no more');
  }
}

const lines = new WeakMap<KurrentDBClient, Promise<BatchLine>>();

function lineOf(client: KurrentDBClient): Promise<BatchLine> {
  const open = lines.get(client);
  if (open) return open;
  const { path, responseDeserialize } = stubs.StreamsService.batchAppend;
  const create = internalsOf(client).GRPCStreamCreator(stubs.StreamsClient, 'batchAppend', (stub) =>
    stub.makeBidiStreamRequest(
      path,
      AS_IT_IS,
      responseDeserialize,
      ...internalsOf(client).callArguments({}, UNTIL_CANCELLED),
    ),
  );
  const ended = (): void => {
    if (lines.get(client) === opening) lines.delete(client);
  };
  const opening = create().then((call) => new BatchLine(call, ended));
  lines.set(client, opening);
  opening.catch(ended);
  return opening;
}

/**
 * Appends on the one call that all appends of a client share.
 * @param answerMs after which the server gives up, and so does this
 * @throws NoAnswer, the client's own errors; what the server has against the append has their `type`
 */
export async function appendOn(client: KurrentDBClient, append: WireAppend, answerMs: number): Promise<WireAppended> {
  let isLate = false;
  const sent = async (): Promise<WireAppended> => {
    const line = await lineOf(client);
    if (!isLate) return line.append(append, answerMs);
    line.leave();
    throw new NoAnswer(answerMs);
  };
  try {
    return await within(answerMs, sent());
  } catch (error) {
    isLate = true; // what finds its line only now is not sent
    throw error;
  }
}

/**
 * Reads for as long as each record comes within so many milliseconds of the one before and `take` wants more; from the leader.
 * @throws NoAnswer, and the client's own errors
 */
export async function readOn(
  client: KurrentDBClient,
  read: WireRead,
  answerMs: number,
  take: (record: WireRecord) => boolean,
): Promise<void> {
  const begin = internalsOf(client).GRPCStreamCreator(stubs.StreamsClient, 'read', (stub) =>
    stub.makeServerStreamRequest(
      stubs.StreamsService.read.path,
      AS_IT_IS,
      readAnswer,
      readRequest(read),
      ...internalsOf(client).callArguments({ requiresLeader: true }, UNTIL_CANCELLED),
    ),
  );
  await new Promise<void>((resolve, reject) => {
    let cancel: (() => void) | undefined;
    let isOver = false;
    const end = (error?: unknown): void => {
      isOver = true;
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    const stop = (error?: unknown): void => {
      end(error);
      cancel?.();
    };
    const timer = setTimeout(() => stop(new NoAnswer(answerMs)), answerMs); // looking for the leader counts
    begin().then((call) => {
      cancel = () => call.cancel();
      call.on('error', (error) => end(convertToCommandError(error)));
      if (isOver) return cancel();
      call.on('data', (answer: ReturnType<typeof readAnswer>) => {
        if (isOver) return;
        timer.refresh();
        if (answer === 'stream-not-found') stop(new StreamNotFoundError());
        else if (answer !== 'other' && !take(answer)) stop();
      });
      call.on('end', () => end());
    }, end);
  });
}
