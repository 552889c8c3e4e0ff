import { checkStreamPrefix, DEFAULT_STREAM_PREFIX } from './kurrent';

/** A log that takes another's events as they are: bytes, and therefore ids, times and revisions, are kept; positions are its own. For one writer, while nobody else appends. */
export interface RawLog {
  /**
   * Appends after what the log holds, in this order. What has been appended stays when a later event fails.
   * @throws Error in words when an event does not follow the last of its stream there; StoreError `unavailable`
   */
  append(events: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

/** KurrentDB as a target of copies. Its client is loaded here only. */
export async function openKurrentRawLog({
  url,
  streamPrefix = DEFAULT_STREAM_PREFIX,
}: {
  readonly url: string;
  readonly streamPrefix?: string | undefined;
}): Promise<RawLog> {
  checkStreamPrefix(streamPrefix);
  const { kurrentRawLog } = await import('./kurrent-raw');
  return kurrentRawLog(url.replace(/^esdb/, 'kurrentdb'), streamPrefix);
}
