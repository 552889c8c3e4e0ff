import grpc from '@grpc/grpc-js';
import codes from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/code_pb.js';
import statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import errors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb.js';
import session from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js';
import type { Message } from 'google-protobuf';
import anys from 'google-protobuf/google/protobuf/any_pb.js';
import type { DoubleAppend, DoubleLog, ExpectedState } from './kurrent-double-log.testing';
import { callError } from './kurrent-double-messages.testing';

type Writes = Parameters<DoubleLog['append']>[0];
type Written = (DoubleAppend & { readonly stream?: string }) | 'cut' | 'timed-out';

const { status } = grpc;
const STATES: Readonly<Record<string, ExpectedState>> = { '-1': 'no-stream', '-2': 'any', '-4': 'stream-exists' };
const FORMATS: Readonly<Record<number, string>> = { [session.SchemaFormat.SCHEMA_FORMAT_JSON]: 'application/json' };

function detailed(code: grpc.status, text: string, name: string, message: Message): grpc.ServiceError {
  const details = new anys.Any();
  details.setTypeUrl(`type.googleapis.com/kurrentdb.protocol.v2.streams.errors.${name}`);
  details.setValue(message.serializeBinary());
  const error = callError(code, text);
  const whole = new statuses.Status()
    .setCode(code as unknown as codes.Code)
    .setMessage(text)
    .setDetails(details);
  error.metadata.set('grpc-status-details-bin', Buffer.from(whole.serializeBinary()));
  return error;
}

/** Several streams in one append, as servers from 25.1 on take it: each stream once, all or none. */
export function sessionHandler(
  write: (peer: string, writes: Writes) => Written,
): grpc.handleClientStreamingCall<session.AppendRequest, session.AppendSessionResponse> {
  return (call, answer) => {
    const requests: session.AppendRequest[] = [];
    call.on('data', (request: session.AppendRequest) => requests.push(request));
    call.on('end', () => {
      const names = requests.map((request) => request.getStream());
      const twice = names.find((name, n) => names.indexOf(name) !== n);
      if (twice !== undefined) {
        const details = new errors.StreamAlreadyInAppendSessionErrorDetails().setStream(twice);
        return answer(
          detailed(
            status.ABORTED,
            `Stream '${twice}' is in the session already`,
            'StreamAlreadyInAppendSessionErrorDetails',
            details,
          ),
        );
      }
      const writes = requests.map((request) => ({
        stream: request.getStream(),
        expected: STATES[request.getExpectedRevision()!] ?? BigInt(request.getExpectedRevision()!),
        records: request.getRecordsList().map((record) => ({
          id: record.getRecordId()!,
          type: record.getSchema()!.getName(),
          contentType: FORMATS[record.getSchema()!.getFormat()] ?? 'application/octet-stream',
          data: record.getData_asU8(),
          metadata: new Uint8Array(),
        })),
      }));
      const result = write(call.getPeer(), writes);
      if (result === 'cut') return;
      if (result === 'timed-out') return answer(callError(status.DEADLINE_EXCEEDED, 'Commit phase timeout'));
      if ('position' in result) return answer(null, written(requests, result.position));
      answer(refused(result, writes));
    });
  };
}

function written(requests: readonly session.AppendRequest[], position: bigint): session.AppendSessionResponse {
  return new session.AppendSessionResponse().setPosition(String(position)).setOutputList(
    requests.map((request) => {
      const before = BigInt(request.getExpectedRevision()!);
      const revision = before + BigInt(request.getRecordsList().length);
      return new session.AppendResponse().setStream(request.getStream()).setStreamRevision(String(revision));
    }),
  );
}

function refused(result: Exclude<Written, string | { readonly position: bigint }>, writes: Writes): grpc.ServiceError {
  const { stream = '' } = result;
  switch (result.outcome) {
    case 'wrong-expected-version': {
      const expected = writes.find((write) => write.stream === stream)?.expected;
      const details = new errors.StreamRevisionConflictErrorDetails()
        .setStream(stream)
        .setExpectedRevision(typeof expected === 'bigint' ? String(expected) : '-1')
        .setActualRevision(result.current === 'no-stream' ? '-1' : String(result.current));
      return detailed(status.FAILED_PRECONDITION, 'revision conflict', 'StreamRevisionConflictErrorDetails', details);
    }
    case 'stream-deleted':
      return detailed(
        status.FAILED_PRECONDITION,
        'tombstoned',
        'StreamTombstonedErrorDetails',
        new errors.StreamTombstonedErrorDetails().setStream(stream),
      );
    case 'too-large':
      return detailed(
        status.ABORTED,
        'too large',
        'AppendTransactionSizeExceededErrorDetails',
        new errors.AppendTransactionSizeExceededErrorDetails(),
      );
  }
}
