import { randomUUID } from 'node:crypto';
import grpc from '@grpc/grpc-js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import sessionService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb.js';
import { DoubleLog, type DoubleAppend, type ExpectedState, type ProposedRecord } from './kurrent-double-log.testing';
import { Front, portOf } from './kurrent-double-front.testing';
import {
  appendAnswer,
  batchAnswer,
  callError,
  expectedOf,
  notLeader,
  proposedRecord,
  streamNameOf,
} from './kurrent-double-messages.testing';
import { DoubleReader } from './kurrent-double-reads.testing';
import { sessionHandler } from './kurrent-double-session.testing';

const { status } = grpc;

export interface DoubleOptions {
  /** A log that several nodes share; its own unless given. */
  readonly log?: DoubleLog;
  /** From 25.1 on a server takes several streams in one append. */
  readonly version?: string;
  /** Who is known; anybody unless given. Clients send names over TLS only. */
  readonly users?: Readonly<Record<string, string>>;
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
}

/** Where an append is cut off. */
export type AppendCut = 'before-write' | 'after-write';

/**
 * Stands in for a KurrentDB node in specs: speaks its protocol on a socket, over the client's own generated stubs, and shows what its clients must bear. What
 * it does was observed on a real node; the specs of the adapter run against either.
 */
export class KurrentProtocolDouble {
  readonly log: DoubleLog;
  private readonly server = new grpc.Server({
    'grpc.max_receive_message_length': 17 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
  });
  private behind = 0;
  private readonly front = new Front(() => this.behind);
  private readonly reader: DoubleReader;
  private readonly cuts: (AppendCut | undefined)[] = [];
  private leader: { readonly host: string; readonly port: number } | undefined;
  private refused: 'wrong-expected-version' | undefined;
  private commitTimeouts = 0;
  /** Other nodes of the cluster, for gossip. */
  members: readonly KurrentProtocolDouble[] = [this];

  private constructor(private readonly options: DoubleOptions) {
    this.log = options.log ?? new DoubleLog();
    this.reader = new DoubleReader(this.log, (peer) => this.front.cut(peer));
    if (this.log.records.length === 0) this.log.system('$stats-127.0.0.1:2113', '$statsCollected');
  }

  static async start(options: DoubleOptions = {}): Promise<KurrentProtocolDouble> {
    const double = new KurrentProtocolDouble(options);
    double.addServices();
    const credentials = options.tls
      ? grpc.ServerCredentials.createSsl(null, [{ private_key: options.tls.key, cert_chain: options.tls.cert }])
      : grpc.ServerCredentials.createInsecure();
    double.behind = await new Promise<number>((resolve, reject) => {
      double.server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port)));
    });
    await double.front.open();
    return double;
  }

  get port(): number {
    return this.front.port;
  }

  /** The address that a client is given. */
  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=${this.options.tls !== undefined}`;
  }

  async stop(): Promise<void> {
    await this.front.shut();
    this.server.forceShutdown();
  }

  // --- faults ---

  /** Cuts the line under the next appends, one after the other: before anything was written, or before the answer. */
  cutAppends(...at: readonly AppendCut[]): void {
    this.cuts.push(...at);
  }

  /** Cuts the line under one append, after so many that go well. */
  cutAppendsAfter(appends: number, at: AppendCut): void {
    this.cuts.push(...Array.from({ length: appends }, () => undefined), at);
  }

  /** Cuts the line under the next read of the log or of a stream, after so many events. */
  cutReadAfter(events: number): void {
    this.reader.cutReadAfter.push(events);
  }

  /** Cuts the line under subscriptions, after so many events more. */
  cutSubscriptionAfter(events: number): void {
    this.reader.cutSubscriptionAfter = events;
  }

  /** Ends the subscriptions that are live as for a consumer that was too slow. */
  /** Milliseconds that looking through five hundred records of others takes from now on. */
  searchesSlowly(ms: number): void {
    this.reader.searchMs = ms;
  }

  dropSlowConsumers(): void {
    this.reader.dropSlowConsumers();
  }

  /** Reads on the lines that stand now fail for ever; new ones work. Appends and subscriptions go on: so a client behaves whose leader died. */
  refuseReadsOnPresentLines(): void {
    for (const peer of this.front.peers()) this.reader.refused.add(peer);
  }

  /** Subscriptions that are live now. */
  get subscriptions(): number {
    return this.reader.live;
  }

  cutAll(): void {
    this.front.cutAll();
  }

  async away(): Promise<void> {
    await this.front.shut();
  }

  async back(): Promise<void> {
    await this.front.open();
  }

  freeze(frozen: boolean): void {
    this.front.freeze(frozen);
  }

  /** This node is a follower from now on (or leads again, when left out). */
  follow(leader?: Pick<KurrentProtocolDouble, 'port'>): void {
    this.leader = leader && { host: '127.0.0.1', port: leader.port };
    if (leader) this.front.cutAll();
  }

  /** The next append is refused as if another writer had come first. */
  refuseNextAppend(): void {
    this.refused = 'wrong-expected-version';
  }

  /** The next appends are written, but say that they timed out, as while a cluster has no quorum. */
  timeOutCommits(appends: number): void {
    this.commitTimeouts = appends;
  }

  // --- the protocol ---

  private addServices(): void {
    this.server.addService(gossipService.GossipService, {
      read: (_: unknown, answer: grpc.sendUnaryData<gossip.ClusterInfo>) => answer(null, this.cluster()),
    });
    this.server.addService(featuresService.ServerFeaturesService, {
      // clients ask this, and for gossip, without saying who they are
      getSupportedMethods: (_: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) =>
        answer(null, this.supported()),
    });
    const guard = (
      call:
        | grpc.ServerUnaryCall<unknown, unknown>
        | grpc.ServerWritableStream<unknown, unknown>
        | grpc.ServerReadableStream<unknown, unknown>
        | grpc.ServerDuplexStream<unknown, unknown>,
    ) => this.refusal(call.metadata);
    this.server.addService(streamsService.StreamsService, {
      read: (call: grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>) => {
        const refusal = guard(call);
        if (refusal) call.emit('error', refusal);
        else this.reader.read(call, portOf(call.getPeer()));
      },
      append: (
        call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
        answer: grpc.sendUnaryData<streams.AppendResp>,
      ) => {
        const refusal = guard(call);
        if (refusal) return answer(refusal);
        this.appendOne(call, answer);
      },
      batchAppend: (call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>) => {
        const refusal = guard(call);
        if (refusal) call.emit('error', refusal);
        else this.appendBatches(call);
      },
      delete: this.unary<streams.DeleteReq, streams.DeleteResp>((call, answer) => {
        this.log.delete(streamNameOf(call.request.getOptions()!.getStreamIdentifier()));
        answer(null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
      }),
      tombstone: this.unary<streams.TombstoneReq, streams.TombstoneResp>((call, answer) => {
        this.log.tombstone(streamNameOf(call.request.getOptions()!.getStreamIdentifier()));
        answer(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
      }),
    });
    if (this.takesSeveralStreams)
      this.server.addService(sessionService.StreamsServiceService, {
        appendSession: sessionHandler((peer, writes) => this.written(peer, () => this.log.append(writes))),
        appendRecords: this.unary((_, answer) => answer(callError(status.UNIMPLEMENTED, 'not before 26.1'))),
      });
  }

  private get takesSeveralStreams(): boolean {
    const [major = 0, minor = 0] = (this.options.version ?? '23.10.3').split('.').map(Number);
    return major > 25 || (major === 25 && minor >= 1);
  }

  private unary<Q, A>(handle: grpc.handleUnaryCall<Q, A>): grpc.handleUnaryCall<Q, A> {
    return (call, answer) => {
      const refusal = this.unauthenticated(call.metadata);
      if (refusal) answer(refusal);
      else handle(call, answer);
    };
  }

  private unauthenticated(metadata: grpc.Metadata): grpc.ServiceError | undefined {
    const { users } = this.options;
    if (!users) return undefined;
    const [given] = metadata.get('authorization').map(String);
    const known = Object.entries(users).map(
      ([name, word]) => `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`,
    );
    return given !== undefined && known.includes(given)
      ? undefined
      : callError(status.UNAUTHENTICATED, 'Unauthenticated');
  }

  private refusal(metadata: grpc.Metadata): grpc.ServiceError | undefined {
    return this.unauthenticated(metadata) ?? (this.leader && notLeader(this.leader.host, this.leader.port));
  }

  private cluster(): gossip.ClusterInfo {
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    return new gossip.ClusterInfo().setMembersList(
      this.members.map((member) =>
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(randomUUID()))
          .setState(member.leader ? FOLLOWER : LEADER)
          .setIsAlive(true)
          .setTimeStamp(String(Date.now() * 10_000))
          .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(member.port)),
      ),
    );
  }

  private supported(): features.SupportedMethods {
    const methods = [
      ...Object.values(streamsService.StreamsService as grpc.ServiceDefinition),
      ...Object.values(gossipService.GossipService as grpc.ServiceDefinition),
      ...(this.takesSeveralStreams ? [sessionService.StreamsServiceService.appendSession] : []),
    ];
    const list = methods.map(({ path }) => {
      const [, service = '', method = ''] = path.split('/');
      return new features.SupportedMethod().setServiceName(service).setMethodName(method.toLowerCase());
    });
    return new features.SupportedMethods()
      .setEventStoreServerVersion(this.options.version ?? '23.10.3')
      .setMethodsList(list);
  }

  /** Writes, or what a fault makes of it. `cut`: the line is gone and there is nobody to answer. */
  private written<T extends DoubleAppend>(peer: string, write: () => T): T | DoubleAppend | 'cut' | 'timed-out' {
    if (this.refused) {
      this.refused = undefined;
      return { outcome: 'wrong-expected-version', current: 7n };
    }
    const cut = this.cuts.shift();
    if (cut !== 'before-write') {
      const result = write();
      if (this.commitTimeouts > 0) {
        this.commitTimeouts -= 1;
        return 'timed-out';
      }
      if (cut === undefined) return result;
    }
    this.front.cut(peer);
    return 'cut';
  }

  private appendOne(
    call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: grpc.sendUnaryData<streams.AppendResp>,
  ): void {
    let stream = '';
    let expected: ExpectedState = 'any';
    const records: ProposedRecord[] = [];
    call.on('data', (request: streams.AppendReq) => {
      const options = request.getOptions();
      if (options) {
        stream = streamNameOf(options.getStreamIdentifier());
        expected = expectedOf(options, options.getRevision());
      }
      const message = request.getProposedMessage();
      if (message) records.push(proposedRecord(message));
    });
    call.on('end', () => {
      const result = this.written(call.getPeer(), () => this.log.append([{ stream, expected, records }]));
      if (result === 'cut') return;
      if (result === 'timed-out') return answer(callError(status.ABORTED, 'Commit phase timeout'));
      try {
        answer(null, appendAnswer(result, stream, expected));
      } catch (error) {
        answer(error as grpc.ServiceError);
      }
    });
  }

  private appendBatches(call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void {
    const begun = new Map<string, { stream: string; expected: ExpectedState; records: ProposedRecord[] }>();
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId()!;
      const key = correlation.getString();
      const options = request.getOptions();
      if (options) {
        const expected = expectedOf(options, options.getStreamPosition());
        begun.set(key, { stream: streamNameOf(options.getStreamIdentifier()), expected, records: [] });
      }
      const append = begun.get(key)!;
      append.records.push(...request.getProposedMessagesList().map(proposedRecord));
      if (!request.getIsFinal()) return;
      begun.delete(key);
      const result = this.written(call.getPeer(), () => this.log.append([append]));
      if (result === 'cut') return;
      if (result === 'timed-out') return void call.emit('error', callError(status.ABORTED, 'Commit phase timeout'));
      call.write(batchAnswer(result, correlation, append.stream, append.expected));
    });
    call.on('end', () => call.end());
  }
}
