import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { appendRequest, readAnswer, readRequest, type WireRead } from './kurrent-wire';

const ID = '5b5f1ad4-0a51-8d6c-9c3b-0f2d5f6b7a89';
const CALL = '00000000-0000-4000-8000-00000000002a';
const BYTES = Buffer.from('{"name":"Ünit"}');

describe("messages of KurrentDB's protocol, beside the classes that are generated from it", () => {
  it('append events at a revision', () => {
    const event = { id: ID, type: 'test.Happened.v1', bytes: BYTES };
    const append = { stream: 'plumbline.ünit-1', expected: 70_000, events: [event, event] };
    const request = streams.BatchAppendReq.deserializeBinary(appendRequest(append, CALL, 2_500)).toObject();
    expect(request).toMatchObject({
      correlationId: { string: CALL },
      options: {
        streamIdentifier: { streamName: Buffer.from('plumbline.ünit-1').toString('base64') },
        ...{ streamPosition: '70000', noStream: undefined, deadline: { seconds: 2, nanos: 500_000_000 } },
      },
      isFinal: true,
    });
    expect(request.proposedMessagesList).toHaveLength(2);
    expect(request.proposedMessagesList[1]).toMatchObject({
      ...{ id: { string: ID }, customMetadata: '', data: BYTES.toString('base64') },
      metadataMap: [
        ['content-type', 'application/octet-stream'],
        ['type', 'test.Happened.v1'],
      ],
    });
  });

  it('append the first events of a stream', () => {
    const request = streams.BatchAppendReq.deserializeBinary(
      appendRequest({ stream: 's', expected: -1, events: [] }, CALL, 10_000),
    );
    expect([request.getOptions()!.hasNoStream(), request.getOptions()!.hasStreamPosition()]).toEqual([true, false]);
  });

  const asked = (read: WireRead): streams.ReadReq.Options =>
    streams.ReadReq.deserializeBinary(readRequest(read)).getOptions()!;

  it('read a stream from its beginning, from its end and from a revision', () => {
    const [start, end, third] = (['start', 'end', 3n] as const).map((from) =>
      asked({ stream: 'ü', from, backwards: from === 'end', maxCount: Number.MAX_SAFE_INTEGER }),
    );
    expect(start!.getStream()!.toObject()).toMatchObject({
      ...{ streamIdentifier: { streamName: Buffer.from('ü').toString('base64') }, start: {}, end: undefined },
    });
    expect([start!.getReadDirection(), end!.getReadDirection()]).toEqual([0, 1]);
    expect([end!.getStream()!.hasEnd(), third!.getStream()!.getRevision()]).toEqual([true, '3']);
    expect([start!.getCount(), start!.hasNoFilter(), start!.hasFilter()]).toEqual(['9007199254740991', true, false]);
    expect(start!.getUuidOption()!.hasStructured()).toBe(true);
  });

  it('read everything of a prefix from a position', () => {
    const place = 12_345_678_901n;
    const options = asked({ prefix: 'plumbline.', from: place, backwards: false, maxCount: 7 });
    expect(options.getAll()!.getPosition()!.toObject()).toEqual({
      commitPosition: String(place),
      preparePosition: String(place),
    });
    expect(options.getFilter()!.toObject()).toMatchObject({
      ...{ streamIdentifier: { regex: '', prefixList: ['plumbline.'] }, max: 1_000, checkpointintervalmultiplier: 1 },
    });
    expect(options.getCount()).toBe('7');
    expect(asked({ prefix: undefined, from: 'end', backwards: true, maxCount: 1 }).getAll()!.hasEnd()).toBe(true);
  });

  it('tell a record', () => {
    const record = new streams.ReadResp.ReadEvent.RecordedEvent()
      .setId(new shared.UUID().setString(ID))
      .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from('plumbline.ünit-1')))
      .setStreamRevision('4294967297')
      .setPreparePosition('9007199254740991')
      .setCommitPosition('9007199254740991')
      .setCustomMetadata(Buffer.from('{}'))
      .setData(BYTES);
    record.getMetadataMap().set('created', '17000').set('type', 'test.Happened.v1').set('content-type', 'x');
    const answer = new streams.ReadResp().setEvent(
      new streams.ReadResp.ReadEvent().setEvent(record).setLink(record).setCommitPosition('1'),
    );
    expect(readAnswer(answer.serializeBinary())).toEqual({
      ...{ stream: 'plumbline.ünit-1', revision: 4_294_967_297, type: 'test.Happened.v1' },
      ...{ position: 9_007_199_254_740_991n, bytes: new Uint8Array(BYTES) },
    });
  });

  it('tell that there is no such stream, and pass over what nobody asked for', () => {
    const missing = new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound());
    expect(readAnswer(missing.serializeBinary())).toBe('stream-not-found');
    for (const other of [
      new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()),
      new streams.ReadResp().setLastStreamPosition('9'),
      new streams.ReadResp(),
    ])
      expect(readAnswer(other.serializeBinary())).toBe('other');
  });
});
