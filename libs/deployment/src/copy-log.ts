import { createHash } from 'node:crypto';
import {
  DEFAULT_STREAM_PREFIX,
  type EventStore,
  isKurrentUrl,
  lastWholeAct,
  MemoryPositionIndex,
  migrateEventStore,
  openKurrentEventStore,
  openKurrentRawLog,
  openPostgresEventStore,
  openPostgresRawLog,
  PartedActs,
  type RawLog,
} from '@plumbline/platform/event-store';
import { recompute } from '@plumbline/reporting/server';
import { withoutSecrets } from './chosen-event-store';
import { importBrackets } from './contexts';

/** Where a log lies: `postgres://…` or `kurrentdb://…`, there under this prefix of its streams' names. */
export interface LogPlace {
  readonly url: string;
  readonly prefix?: string | undefined;
}

/** Said of a copy that is not begun, or that does not come out even; `message` says where and what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

export interface CopyProgress {
  readonly phase: 'looking' | 'copying' | 'comparing';
  readonly done: number;
}

/** What two logs say, held against each other after a copy. */
export interface CopySummary {
  /** Events that the target held already when the copy began: an earlier one was cut off. */
  readonly there: number;
  readonly events: number;
  /** SHA-256 over all events' bytes, each led by its length, hex: the same of both. */
  readonly sha256: string;
  readonly lastEvent: string | null;
  /** SHA-256 of three reports as of the end, worked out from each log alone, or the rule that refuses them: the same of both. */
  readonly reports: readonly { readonly report: string; readonly result: string }[];
}

const PAGE = 1_000;
/** Held against each other at the end: promises, figures and tests, and what was kept. */
const REPORTS = ['R1', 'R2', 'R9'];
const VIEWER = { id: 'process:copy', role: 'auditor' } as const;

const kindOf = ({ url }: LogPlace): 'kurrent' | 'postgres' => {
  if (isKurrentUrl(url)) return 'kurrent';
  if (/^postgres(ql)?:/.test(url) && URL.canParse(url)) return 'postgres';
  throw new CopyRefused(
    `${withoutSecrets(url)} is no address of a log: it looks like postgres://user:password@host:5432/database or kurrentdb://host:2113?tls=true.`,
  );
};

const openKurrent = ({ url, prefix }: LogPlace): Promise<EventStore> =>
  openKurrentEventStore({
    ...{ url, index: new MemoryPositionIndex() },
    ...(prefix === undefined ? {} : { streamPrefix: prefix }),
  });

const UNDEFINED_TABLE = '42P01';

async function openSource(place: LogPlace): Promise<EventStore> {
  if (kindOf(place) === 'kurrent') return await openKurrent(place);
  const store = await openPostgresEventStore({ url: place.url });
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    if ((error as { code?: string }).code !== UNDEFINED_TABLE) throw error;
    throw new CopyRefused(`${withoutSecrets(place.url)} holds no log.`, { cause: error });
  }
}

async function openTarget(place: LogPlace): Promise<{ readonly store: EventStore; readonly raw: RawLog }> {
  if (kindOf(place) === 'kurrent')
    return {
      store: await openKurrent(place),
      raw: await openKurrentRawLog({ url: place.url, streamPrefix: place.prefix }),
    };
  const { ownerUrl, writerUrl } = await migrateEventStore(place.url);
  return { store: await openPostgresEventStore({ url: writerUrl }), raw: openPostgresRawLog(ownerUrl) };
}

/** All events' bytes up to a position, page by page. */
async function* pagesOf(store: EventStore, upTo: bigint): AsyncGenerator<readonly Uint8Array[]> {
  for (let after = 0n; after < upTo;) {
    const page = await store.readPage(after, PAGE, { upTo });
    if (page.events.length > 0) yield page.events.map(({ bytes }) => bytes);
    after = page.through > after ? page.through : upTo;
  }
}

/** The same bytes one after the other, however they are paged. */
async function* eventsOf(store: EventStore, upTo: bigint): AsyncGenerator<Uint8Array> {
  for await (const page of pagesOf(store, upTo)) yield* page;
}

const prefixOf = ({ prefix = DEFAULT_STREAM_PREFIX }: LogPlace): string => prefix;

/**
 * Copies a whole log to another store: bytes, and with them ids and times, are kept; positions are the target's own. A copy that was cut off goes on where it
 * stands. At the end both logs are read anew and held against each other.
 * @throws CopyRefused when the target holds anything that is no beginning of the source, or what was copied does not compare equal; StoreError
 */
export async function copyLog(
  from: LogPlace,
  to: LogPlace,
  onProgress: (progress: CopyProgress) => void = () => undefined,
): Promise<CopySummary> {
  if (kindOf(from) === kindOf(to) && from.url === to.url && prefixOf(from) === prefixOf(to))
    throw new CopyRefused('A log is copied to another place than its own: --from and --to are the same.');
  const source = await openSource(from);
  try {
    const { store: target, raw } = await openTarget(to);
    try {
      const end = await source.head();
      if (end.position === 0n)
        throw new CopyRefused(`${withoutSecrets(from.url)} holds an empty log: nothing to copy.`);
      const there = await beginningOf(source, end.position, target, withoutSecrets(to.url), onProgress);
      let [seen, copied] = [0, there];
      for await (const page of pagesOf(source, end.position)) {
        const missing = page.slice(Math.max(0, there - seen));
        seen += page.length;
        await raw.append(missing);
        copied += missing.length;
        if (missing.length > 0) onProgress({ phase: 'copying', done: copied });
      }
      return { there, ...(await compare(source, target, end.position, onProgress)) };
    } finally {
      await raw.close();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** How many events the target holds, which must be the first ones of the source. */
async function beginningOf(
  source: EventStore,
  upTo: bigint,
  target: EventStore,
  place: string,
  onProgress: (progress: CopyProgress) => void,
): Promise<number> {
  const { position } = await target.head();
  if (position === 0n) return 0;
  const theirs = eventsOf(source, upTo);
  let count = 0;
  for await (const bytes of eventsOf(target, position)) {
    const { value } = await theirs.next();
    count += 1;
    if (value === undefined || !Buffer.from(bytes).equals(value))
      throw new CopyRefused(
        `${place} holds another log already: its event ${count} is not that of the source. Copy to an empty one; nothing was changed.`,
      );
    if (count % PAGE === 0) onProgress({ phase: 'looking', done: count });
  }
  return count;
}

async function compare(
  source: EventStore,
  target: EventStore,
  upTo: bigint,
  onProgress: (progress: CopyProgress) => void,
): Promise<Omit<CopySummary, 'there'>> {
  const head = await target.head();
  const [ours, theirs] = [await digestOf(source, upTo, onProgress), await digestOf(target, head.position, onProgress)];
  const where = (what: string): CopyRefused =>
    new CopyRefused(
      `The copy is not what it was made from: ${what}. Do not use it; make an empty target and copy again.`,
    );
  if (ours.events !== theirs.events) throw where(`${theirs.events} events instead of ${ours.events}`);
  if (ours.sha256 !== theirs.sha256) throw where('its bytes differ');
  const results = [await reportsOf(source, upTo), await reportsOf(target, head.position)] as const;
  for (const [index, { report, result }] of results[0].entries())
    if (results[1][index]?.result !== result) throw where(`its report ${report} differs`);
  return { ...ours, lastEvent: head.event, reports: results[0] };
}

async function digestOf(
  store: EventStore,
  upTo: bigint,
  onProgress: (progress: CopyProgress) => void,
): Promise<{ readonly events: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  const length = Buffer.alloc(4);
  let events = 0;
  for await (const bytes of eventsOf(store, upTo)) {
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
    events += 1;
    if (events % PAGE === 0) onProgress({ phase: 'comparing', done: events });
  }
  return { events, sha256: hash.digest('hex') };
}

async function reportsOf(store: EventStore, upTo: bigint): Promise<CopySummary['reports']> {
  const parted = new PartedActs(store, importBrackets);
  const { position } = await lastWholeAct(store, upTo, parted);
  if (position === 0n) return [];
  const results: { report: string; result: string }[] = [];
  for (const id of REPORTS) {
    const { report, result } = await recompute(store, id, position, VIEWER, {}, parted);
    results.push({ report, result });
  }
  return results;
}
