import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { boundTo, decrypt, encrypt, freshKey, type MasterKey } from '@plumbline/platform/subjects';
import { mediaTypeOf } from './media-type';
import type { Database } from './schema';

/** Bytes that a piece of evidence may have. */
export const MAX_EVIDENCE_BYTES = 25 * 1024 * 1024;
/** Files that one person may store in a day. */
export const MOST_A_DAY = 200;
/** Each so many bytes are encrypted by themselves, so that no file ever lies in memory whole. */
const CHUNK_BYTES = 1024 * 1024;

/** A file that is not taken, by a rule; `status` is what HTTP answers. */
export class EvidenceRefused extends Error {
  override readonly name = 'EvidenceRefused';
  constructor(
    readonly status: 413 | 422 | 429,
    readonly rule: string,
    message: string,
  ) {
    super(message);
  }
}

export interface StoredFile {
  readonly fileId: string;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly size: number;
  /** What it seems to be, for display. */
  readonly mediaType: string;
  /** Person id. */
  readonly uploadedBy: string;
  /** Its key was destroyed: nothing of it can be read any more. */
  readonly erased: boolean;
}

interface FileRow extends StoredFile {
  readonly chunks: number;
  readonly wrapped: Buffer | null;
  readonly master: string;
}

/** Cuts a body into pieces of equal length, the last one shorter. */
async function* pieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    waiting.push(part);
    length += part.length;
    while (length >= CHUNK_BYTES) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, CHUNK_BYTES);
      waiting = [all.subarray(CHUNK_BYTES)];
      length -= CHUNK_BYTES;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/**
 * Files that are evidence, in PostgreSQL beside the log: each under a key of its own (AES-256-GCM in pieces, additional data = file id ‖ 0x00 ‖ number of the
 * piece), which lies wrapped by the master key. Destroying the key erases the file and leaves hash and size.
 */
export class EvidenceFiles {
  constructor(
    private readonly master: MasterKey,
    private readonly database: Database,
    private readonly maxBytes = MAX_EVIDENCE_BYTES,
  ) {}

  /**
   * Takes a body as it comes. The same bytes of the same sender are one file.
   * @param by person id of the sender
   * @param announced bytes that the sender says will come: too many are refused before the first is read
   * @throws EvidenceRefused when it is empty or larger than the limit, or the sender has stored too many today; nothing is kept then, and the rest of the body
   * runs into nothing, so that its sender can hear the answer
   */
  async store(body: Readable, by: string, announced = 0): Promise<StoredFile> {
    body.on('error', () => undefined); // whoever sends may go away before or after the reading: the reading tells
    const fileId = randomUUID();
    try {
      if (announced > this.maxBytes) throw this.tooLarge();
      await this.againstTooMany(by);
      const key = freshKey();
      await this.database.query(
        'INSERT INTO evidence.files (file_id, uploaded_by, wrapped, master) VALUES ($1, $2, $3, $4)',
        [fileId, by, this.master.wrap(fileId, key), this.master.fingerprint],
      );
      const written = await this.write(body, fileId, key);
      return await this.finish(fileId, by, written);
    } catch (error) {
      await this.database.query('DELETE FROM evidence.files WHERE file_id = $1', [fileId]);
      body.resume();
      throw error;
    }
  }

  /** What is known of a file; null when there is none, or its upload did not end. */
  async find(fileId: string): Promise<StoredFile | null> {
    const row = await this.row(fileId);
    if (row === null) return null;
    const { chunks: _chunks, wrapped: _wrapped, master: _master, ...file } = row;
    return file;
  }

  /**
   * The bytes of a file, piece by piece. Whoever reads them to the end has had what was stored: the hash is checked before the last piece is given.
   * @throws Error when there is no such file or its key is gone; NotAuthentic when a piece is not what was stored
   */
  async *read(fileId: string): AsyncGenerator<Buffer> {
    const row = await this.row(fileId);
    if (row === null || row.wrapped === null) throw new Error(`there is no file ${fileId} that could be read`);
    if (row.master !== this.master.fingerprint)
      throw new Error(
        `the key of a file was wrapped by the master key ${row.master}, and this start has ${this.master.fingerprint}: bring back the right master key`,
      );
    const key = this.master.unwrap(fileId, row.wrapped);
    const hash = createHash('sha256');
    for (let number = 0; number < row.chunks; number += 1) {
      const { rows } = await this.database.query<{ sealed: Buffer }>(
        'SELECT sealed FROM evidence.chunks WHERE file_id = $1 AND number = $2',
        [fileId, number],
      );
      if (!rows[0]) throw new Error(`the file ${fileId} lacks its piece ${number}`);
      const bytes = decrypt(key, rows[0].sealed, boundTo(fileId, String(number)));
      hash.update(bytes);
      if (number === row.chunks - 1 && hash.digest('hex') !== row.sha256)
        throw new Error(`the file ${fileId} does not have the hash it was stored with`);
      yield bytes;
    }
  }

  /** Destroys the key of a file, and its bytes; hash and size stay. False when there is no such file or it was erased before. */
  async erase(fileId: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'UPDATE evidence.files SET wrapped = NULL WHERE file_id = $1 AND wrapped IS NOT NULL',
      [fileId],
    );
    await this.database.query('DELETE FROM evidence.chunks WHERE file_id = $1', [fileId]);
    return (rowCount ?? 0) > 0;
  }

  private async write(body: Readable, fileId: string, key: Buffer) {
    const hash = createHash('sha256');
    let [size, chunks] = [0, 0];
    let mediaType = '';
    // a body that is refused must not be destroyed: its connection has yet to carry the answer
    for await (const piece of pieces(this.limited(body.iterator({ destroyOnReturn: false })))) {
      if (chunks === 0) mediaType = mediaTypeOf(piece.subarray(0, 4096));
      hash.update(piece);
      await this.database.query('INSERT INTO evidence.chunks (file_id, number, sealed) VALUES ($1, $2, $3)', [
        fileId,
        chunks,
        encrypt(key, piece, boundTo(fileId, String(chunks))),
      ]);
      size += piece.length;
      chunks += 1;
    }
    if (size === 0) throw new EvidenceRefused(422, 'evidence-is-not-empty', 'The file has no bytes.');
    return { sha256: hash.digest('hex'), size, chunks, mediaType };
  }

  private async *limited(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const part of body) {
      bytes += part.length;
      if (bytes > this.maxBytes) throw this.tooLarge();
      yield part;
    }
  }

  private async finish(
    fileId: string,
    by: string,
    { sha256, size, chunks, mediaType }: Awaited<ReturnType<EvidenceFiles['write']>>,
  ): Promise<StoredFile> {
    const { rows } = await this.database.query<{ fileId: string }>(
      `SELECT file_id AS "fileId" FROM evidence.files
       WHERE uploaded_by = $1 AND sha256 = $2 AND wrapped IS NOT NULL ORDER BY uploaded_at, file_id LIMIT 1`,
      [by, sha256],
    );
    const file = { sha256, size, mediaType, uploadedBy: by, erased: false };
    if (rows[0]) {
      await this.database.query('DELETE FROM evidence.files WHERE file_id = $1', [fileId]);
      return { fileId: rows[0].fileId, ...file };
    }
    await this.database.query(
      'UPDATE evidence.files SET sha256 = $2, size = $3, chunks = $4, media_type = $5 WHERE file_id = $1',
      [fileId, sha256, size, chunks, mediaType],
    );
    return { fileId, ...file };
  }

  private async againstTooMany(by: string): Promise<void> {
    const { rows } = await this.database.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM evidence.files WHERE uploaded_by = $1 AND uploaded_at > now() - interval '1 day'`,
      [by],
    );
    if ((rows[0]?.count ?? 0) >= MOST_A_DAY)
      throw new EvidenceRefused(
        429,
        'a-person-stores-so-many-files-a-day',
        `You have stored ${MOST_A_DAY} files since yesterday. Put several into one file, or go on tomorrow.`,
      );
  }

  private async row(fileId: string): Promise<FileRow | null> {
    const { rows } = await this.database.query<FileRow>(
      `SELECT file_id AS "fileId", sha256, size, chunks, media_type AS "mediaType", uploaded_by AS "uploadedBy", wrapped, master, wrapped IS NULL AS erased
       FROM evidence.files WHERE file_id = $1 AND sha256 IS NOT NULL`,
      [fileId],
    );
    return rows[0] ?? null;
  }

  private tooLarge(): EvidenceRefused {
    return new EvidenceRefused(
      413,
      'a-piece-of-evidence-is-at-most-25-mib',
      `More than ${this.maxBytes} bytes were sent. Attach an address instead, or the part that matters.`,
    );
  }
}
