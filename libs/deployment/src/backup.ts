import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { LOCAL_KEY_FILE } from '@plumbline/platform/auth';
import { type EventStore, migrateEventStore, type RawEvent, restoreEvents } from '@plumbline/platform/event-store';
import {
  type ArchivedEvidence,
  archiveEvidence,
  isArchivedEvidence,
  prepareEvidence,
  restoreEvidence,
} from '@plumbline/platform/evidence';
import {
  type ArchivedNotice,
  archiveOutbox,
  isArchivedNotice,
  prepareOutbox,
  restoreOutbox,
} from '@plumbline/platform/notices';
import {
  type ArchivedRow,
  archiveSubjects,
  MASTER_KEY_FILE,
  prepareSubjects,
  restoreSubjects,
} from '@plumbline/platform/subjects';
import { Pool } from 'pg';
import {
  type ArchivedCheckpoint,
  archiveCheckpoints,
  isArchivedCheckpoint,
  prepareProcessCheckpoints,
  restoreCheckpoint,
} from './process-checkpoints';
import { SECRET_FILE } from './secrets';

/** Raised when the layout of backups changes. */
export const BACKUP_FORMAT = 2;
/** Without these a restored log could not be read, written or signed for. */
const KEY_FILES = [SECRET_FILE, MASTER_KEY_FILE, LOCAL_KEY_FILE] as const;

const UNFINISHED = 'restore-unfinished';

/** A backup that does not hold together; `message` says where. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

export interface BackupSummary {
  readonly events: number;
  readonly lastEvent: string | null;
  /** Rows beside the log: keys of texts, persons, files of evidence and their pieces, notices on their way, checkpoints of processes. */
  readonly subjects: number;
  /** SHA-256 over all lines before the last, hex. */
  readonly sha256: string;
}

/*
 * A backup is gzip of lines: `{"plumbline-backup":2,…}`, one `{"key":file,…}` a key file, one `{"at":position,"event":text}` an event (its stored bytes as
 * text), one `{"table":…,"row":…}` a row beside the log, and last `{"end":summary}`. What knows a place in the log is read before the log's end is looked up.
 */

async function* lines(
  store: EventStore,
  database: Pool,
  dataDir: string,
  summary: { value?: BackupSummary },
  onProgress: (done: number, of: number) => void,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ 'plumbline-backup': BACKUP_FORMAT });
  let subjects = 0;
  for await (const row of archiveOutbox(database)) {
    yield line(row);
    subjects += 1;
  }
  for (const row of await archiveCheckpoints(database)) {
    yield line(row);
    subjects += 1;
  }
  const head = await store.head();
  for (const file of KEY_FILES)
    if (existsSync(join(dataDir, file))) yield line({ key: file, text: readFileSync(join(dataDir, file), 'utf8') });
  let events = 0;
  let after = 0n;
  while (after < head.position) {
    const page = await store.readPage(after, 2_000, { upTo: head.position });
    for (const { position, bytes } of page.events) {
      yield line({ at: position.toString(), event: Buffer.from(bytes).toString('utf8') });
      events += 1;
    }
    onProgress(Number(page.through), Number(head.position));
    after = page.through > after ? page.through : head.position;
  }
  for await (const row of archiveSubjects(database)) {
    yield line(row);
    subjects += 1;
  }
  for await (const row of archiveEvidence(database)) {
    yield line(row);
    subjects += 1;
  }
  summary.value = { events, lastEvent: head.event, subjects, sha256: hash.digest('hex') };
  yield `${JSON.stringify({ end: summary.value })}\n`;
}

/** Writes log, keys and directory as they stand now to one file (0600: it opens everything), and verifies what was written. The instance may go on meanwhile. */
export async function backup(
  store: EventStore,
  database: Pool,
  dataDir: string,
  file: string,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<BackupSummary> {
  if (existsSync(file)) throw new BackupRefused(`${file} exists already; name another file.`);
  const unfinished = `${file}.unfinished`;
  const summary: { value?: BackupSummary } = {};
  try {
    await pipeline(
      Readable.from(lines(store, database, dataDir, summary, onProgress)),
      createGzip(),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    const read = await verifyBackup(unfinished);
    if (read.sha256 !== summary.value?.sha256)
      throw new BackupRefused('What was written does not read back as it was; the disk may be full or broken.');
    await rename(unfinished, file);
    return read;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

type Line =
  | { readonly 'plumbline-backup': number }
  | { readonly key: string; readonly text: string }
  | { readonly at: string; readonly event: string }
  | ArchivedRow
  | ArchivedEvidence
  | ArchivedNotice
  | ArchivedCheckpoint
  | { readonly end: BackupSummary };

/** The lines of the archive, unpacked. @throws BackupRefused with the last line that could be read */
async function* unpacked(file: string): AsyncGenerator<string> {
  if (!existsSync(file)) throw new BackupRefused(`There is no file ${file}.`);
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip).setEncoding('utf8');
  let [rest, number] = ['', 0];
  try {
    for await (const chunk of gunzip as AsyncIterable<string>) {
      const texts = (rest + chunk).split('\n');
      rest = texts.pop() ?? '';
      for (const text of texts) {
        number += 1;
        yield text;
      }
    }
  } catch (error) {
    throw new BackupRefused(
      `${file} is damaged or cut short after line ${number}: it does not unpack (${error instanceof Error ? error.message : String(error)}).`,
    );
  } finally {
    source.destroy();
  }
  if (rest !== '') throw new BackupRefused(`${file} is cut short in line ${number + 1}.`);
}

async function* read(
  file: string,
): AsyncGenerator<{ readonly line: Line; readonly text: string; readonly number: number }> {
  let number = 0;
  for await (const text of unpacked(file)) {
    number += 1;
    let line: Line;
    try {
      line = JSON.parse(text) as Line;
    } catch {
      throw new BackupRefused(`${file} is damaged at line ${number}.`);
    }
    yield { line, text, number };
  }
}

/** Reads a backup whole: format, every line, counts and the hash over all of it. @throws BackupRefused */
export async function verifyBackup(file: string): Promise<BackupSummary> {
  const hash: Hash = createHash('sha256');
  let events = 0;
  let subjects = 0;
  let keys = 0;
  let end: BackupSummary | undefined;
  for await (const { line, text, number } of read(file)) {
    if (number === 1 && !('plumbline-backup' in line)) throw new BackupRefused(`${file} is no backup of Plumbline.`);
    if ('plumbline-backup' in line && line['plumbline-backup'] > BACKUP_FORMAT)
      throw new BackupRefused(
        `${file} was written by a newer version (format ${line['plumbline-backup']}; this one knows formats up to ${BACKUP_FORMAT}): use that version.`,
      );
    if (end) throw new BackupRefused(`${file} goes on after its end, at line ${number}.`);
    if ('end' in line) {
      end = line.end;
      continue;
    }
    hash.update(`${text}\n`);
    if ('event' in line) events += 1;
    if ('table' in line) subjects += 1;
    if ('key' in line) keys += 1;
  }
  if (!end) throw new BackupRefused(`${file} has no end: it was cut short.`);
  if (keys < 2)
    throw new BackupRefused(
      `${file} holds no keys; without them codes do not lead to their streams and texts do not open.`,
    );
  if (end.events !== events || end.subjects !== subjects || end.sha256 !== hash.digest('hex'))
    throw new BackupRefused(`${file} does not hold what its end says: it was changed or damaged.`);
  return end;
}

/** @throws BackupRefused when a restore into the data directory began and did not end: its log is without its keys, or is not whole */
export function refuseUnfinished(dataDir: string): void {
  if (existsSync(join(dataDir, UNFINISHED)))
    throw new BackupRefused(
      `A restore into ${dataDir} did not finish. Remove the folder (and empty the database, if it is another server's), then restore again.`,
    );
}

/** Whether a backup is whole and may be restored into this data directory. Changes nothing and needs no database. @throws BackupRefused */
export async function lookBeforeRestore(file: string, dataDir: string): Promise<BackupSummary> {
  refuseUnfinished(dataDir);
  const there = existsSync(dataDir)
    ? readdirSync(dataDir).filter((name) => (KEY_FILES as readonly string[]).includes(name))
    : [];
  if (there.length > 0)
    throw new BackupRefused(
      `${dataDir} holds keys already (${there.join(', ')}); restore into an empty data directory.`,
    );
  return await verifyBackup(file);
}

function restoreRow(
  pool: Pool,
  line: ArchivedRow | ArchivedEvidence | ArchivedNotice | ArchivedCheckpoint,
): Promise<void> {
  if (isArchivedEvidence(line)) return restoreEvidence(pool, line);
  if (isArchivedNotice(line)) return restoreOutbox(pool, line);
  return isArchivedCheckpoint(line) ? restoreCheckpoint(pool, line) : restoreSubjects(pool, line);
}

/** Makes a data directory's keys and a database's log from a backup that was verified whole. @throws BackupRefused when either holds anything already */
export async function restore(
  file: string,
  dataDir: string,
  databaseUrl: string,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<BackupSummary> {
  const summary = await lookBeforeRestore(file, dataDir);
  const unfinished = join(dataDir, UNFINISHED);
  writeFileSync(unfinished, `${file}\n`, { flush: true });
  const { ownerUrl } = await migrateEventStore(databaseUrl);
  const pool = new Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', () => undefined); // the embedded server may stop before the last connection has said goodbye
  try {
    await prepareSubjects(pool);
    await prepareEvidence(pool);
    await prepareOutbox(pool);
    await prepareProcessCheckpoints(pool);
    try {
      await restoreEvents(ownerUrl, rawEvents(file), (done) => onProgress(done, summary.events));
    } catch (error) {
      await rm(unfinished); // all events or none: it was none
      throw error;
    }
    await pool.query('BEGIN');
    for await (const { line } of read(file)) if ('table' in line) await restoreRow(pool, line);
    await pool.query('COMMIT');
    // the keys come last: a data directory with keys is one whose log is whole
    for await (const { line } of read(file))
      if ('key' in line && (KEY_FILES as readonly string[]).includes(line.key))
        writeFileSync(join(dataDir, line.key), line.text, { mode: 0o600, flag: 'wx', flush: true });
    await rm(unfinished);
    return summary;
  } finally {
    await pool.end();
  }
}

/** In the order of their positions, numbered anew: those of another store may have gaps. */
async function* rawEvents(file: string): AsyncGenerator<RawEvent> {
  let position = 0n;
  for await (const { line } of read(file))
    if ('event' in line) yield { position: ++position, bytes: Buffer.from(line.event, 'utf8') };
}
