import { Metadata, type ServiceError, status, StatusBuilder } from '@grpc/grpc-js';
import codes from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/code_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import anys from 'google-protobuf/google/protobuf/any_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Message } from 'google-protobuf';
import {
  type DoubleAppend,
  type DoubleRecord,
  type ExpectedState,
  MAX_APPEND_SIZE,
  type ProposedRecord,
} from './kurrent-double-log.testing';

/** An error as KurrentDB ends a call with it; `fields` are the trailers that its clients read. */
export function callError(code: status, details: string, fields: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(fields)) metadata.set(name, value);
  return Object.assign(
    new Error(details),
    new StatusBuilder().withCode(code).withDetails(details).withMetadata(metadata).build(),
  ) as ServiceError;
}

export const notLeader = (host: string, port: number): ServiceError =>
  callError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): ServiceError =>
  callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const uuidOfMessage = (id: shared.UUID | undefined): string => id?.getString() ?? '';
const uuidMessage = (id: string): shared.UUID => new shared.UUID().setString(id);
const nameOf = (id: shared.StreamIdentifier | undefined): string =>
  Buffer.from(id!.getStreamName_asU8()).toString('utf8');
const named = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
export { nameOf as streamNameOf };

/** `created` counts 100 ns since 1970. */
export function eventMessage(record: DoubleRecord, cutToSeconds: boolean): streams.ReadResp {
  const created = cutToSeconds ? Math.floor(record.created / 1000) * 1000 : record.created;
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidMessage(record.id))
    .setStreamIdentifier(named(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setCustomMetadata(record.metadata)
    .setData(record.data);
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(created * 10_000));
  return new streams.ReadResp().setEvent(
    new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.position)),
  );
}

export const notFoundMessage = (stream: string): streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(named(stream)));

export const confirmationMessage = (id: string): streams.ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const checkpointMessage = (position: bigint): streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const caughtUpMessage = (): streams.ReadResp =>
  new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

/** The answer to a unary append. @throws ServiceError as KurrentDB does for what its answer has no field for */
export function appendAnswer(result: DoubleAppend, stream: string, expected: ExpectedState): streams.AppendResp {
  switch (result.outcome) {
    case 'written':
    case 'already-written':
      return new streams.AppendResp().setSuccess(
        new streams.AppendResp.Success()
          .setCurrentRevision(String(result.revision))
          .setPosition(
            new streams.AppendResp.Position()
              .setCommitPosition(String(result.position))
              .setPreparePosition(String(result.position)),
          ),
      );
    case 'wrong-expected-version': {
      const answer = new streams.AppendResp.WrongExpectedVersion();
      if (result.current === 'no-stream') answer.setCurrentNoStream(new shared.Empty());
      else answer.setCurrentRevision(String(result.current));
      if (typeof expected === 'bigint') answer.setExpectedRevision(String(expected));
      else if (expected === 'no-stream') answer.setExpectedNoStream(new shared.Empty());
      else if (expected === 'any') answer.setExpectedAny(new shared.Empty());
      else answer.setExpectedStreamExists(new shared.Empty());
      return new streams.AppendResp().setWrongExpectedVersion(answer);
    }
    case 'stream-deleted':
      throw streamDeleted(stream);
    case 'too-large':
      throw callError(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(MAX_APPEND_SIZE),
      });
  }
}

const failed = (message: Message, name: string, code: codes.Code, text: string): statuses.Status => {
  const details = new anys.Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new statuses.Status().setCode(code).setMessage(text).setDetails(details);
};

function failureOf(
  result: Exclude<DoubleAppend, { readonly revision: bigint }>,
  stream: string,
  expected: ExpectedState,
): statuses.Status {
  switch (result.outcome) {
    case 'wrong-expected-version': {
      const details = new shared.WrongExpectedVersion();
      if (result.current === 'no-stream') details.setCurrentNoStream(new empties.Empty());
      else details.setCurrentStreamRevision(String(result.current));
      if (typeof expected === 'bigint') details.setExpectedStreamPosition(String(expected));
      else if (expected === 'no-stream') details.setExpectedNoStream(new empties.Empty());
      else if (expected === 'any') details.setExpectedAny(new empties.Empty());
      else details.setExpectedStreamExists(new empties.Empty());
      return failed(details, 'WrongExpectedVersion', codes.Code.ALREADY_EXISTS, 'WrongExpectedVersion');
    }
    case 'stream-deleted':
      return failed(
        new shared.StreamDeleted().setStreamIdentifier(named(stream)),
        'StreamDeleted',
        codes.Code.NOT_FOUND,
        'StreamDeleted',
      );
    case 'too-large':
      return failed(
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_SIZE),
        'MaximumAppendSizeExceeded',
        codes.Code.INVALID_ARGUMENT,
        'MaximumAppendSizeExceeded',
      );
  }
}

/** The answer to one append of a batch stream, which several appends share. */
export function batchAnswer(
  result: DoubleAppend,
  correlation: shared.UUID,
  stream: string,
  expected: ExpectedState,
): streams.BatchAppendResp {
  const answer = new streams.BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(named(stream));
  if (!('revision' in result)) return answer.setError(failureOf(result, stream, expected));
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(result.revision));
  if (result.position < 0n) return answer.setSuccess(success.setNoPosition(new empties.Empty()));
  const position = new shared.AllStreamPosition()
    .setCommitPosition(String(result.position))
    .setPreparePosition(String(result.position));
  return answer.setSuccess(success.setPosition(position));
}

/** What every kind of request says about the state that it expects. */
interface SaysExpected {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}
export function expectedOf(options: SaysExpected, revision: string): ExpectedState {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream-exists' : BigInt(revision);
}

export const proposedRecord = (message: streams.BatchAppendReq.ProposedMessage): ProposedRecord => ({
  id: uuidOfMessage(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

/** Which records a filter lets through. An empty list of prefixes matches nothing. @throws ServiceError for a regex that is none */
export function filterOf(options: streams.ReadReq.Options): (record: DoubleRecord) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const onStream = filter.getStreamIdentifier();
  const expression = onStream ?? filter.getEventType();
  const text = ({ stream, type }: DoubleRecord): string => (onStream ? stream : type);
  const regex = expression!.getRegex();
  if (regex === '') {
    const prefixes = expression!.getPrefixList();
    return (record) => prefixes.some((prefix) => text(record).startsWith(prefix));
  }
  try {
    const pattern = new RegExp(regex);
    return (record) => pattern.test(text(record));
  } catch {
    throw callError(status.UNAVAILABLE, 'invalid regex');
  }
}
