import { decodeEvent } from './encode';
import { wireId } from './kurrent-append';
import { type Patience, ReplaceableClient } from './kurrent-client';
import { KurrentReader } from './kurrent-read';
import { KurrentSender, type StreamSending } from './kurrent-send';
import { KURRENT_APPENDS } from './kurrent-store';
import type { WireEvent } from './kurrent-wire';
import type { RawLog } from './raw-log';

interface Run {
  readonly stream: string;
  readonly expected: number;
  readonly events: WireEvent[];
  bytes: number;
}

/** Events of one stream that stand next to each other go together, as many as one append takes: the log keeps its order. */
function* runsOf(all: readonly Uint8Array[]): Generator<Run> {
  let run: Run | undefined;
  for (const bytes of all) {
    const { stream, revision, type } = decodeEvent(bytes);
    const joins =
      run?.stream === stream &&
      run.expected + run.events.length + 1 === revision &&
      run.events.length < KURRENT_APPENDS.maxAppendEvents &&
      run.bytes + bytes.length <= KURRENT_APPENDS.maxAppendBytes;
    if (run && !joins) yield run;
    if (!run || !joins) run = { stream, expected: revision - 1, events: [], bytes: 0 };
    run.events.push({ id: wireId(bytes), type, bytes });
    run.bytes += bytes.length;
  }
  if (run) yield run;
}

/** The log in KurrentDB as a target of copies. An append that is sent again after a lost answer is written once. */
export function kurrentRawLog(url: string, prefix: string): RawLog {
  const patience: Patience = { patienceMs: 30_000, answerMs: 8_000 };
  const client = new ReplaceableClient(url, patience);
  const sender = new KurrentSender(
    { url, prefix, patience, settleMs: 60_000 },
    new KurrentReader(client, prefix, patience),
  );
  return {
    append: async (events) => {
      for (const { stream, expected, events: own } of runsOf(events))
        await sender.send([{ stream, expected, events: own } satisfies StreamSending]);
    },
    close: async () => {
      await sender.close();
      await client.close();
    },
  };
}
