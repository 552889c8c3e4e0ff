import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileRefused, MAX_FILE_BYTES } from './file';

const DAY = 24 * 60 * 60 * 1000;

/** Files on their way into an import, named by their SHA-256, in a folder of the data directory (0700). What nobody imported within a day is removed at start. */
export class Uploads {
  constructor(
    private readonly folder: string,
    private readonly maxBytes = MAX_FILE_BYTES,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > DAY) rmSync(path, { force: true });
    }
  }

  /** Streams a body to disk. @throws FileRefused when it is larger than the limit; nothing is kept then. */
  async take(body: Readable): Promise<{ readonly upload: string; readonly bytes: number }> {
    const partial = join(this.folder, `${randomUUID()}.partial`);
    const hash = createHash('sha256');
    const limit = this.maxBytes;
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > limit)
          done(
            new FileRefused(
              'a-file-is-at-most-128-mib',
              `More than ${limit} bytes were sent. Split the file by rows and keep the header in each part.`,
            ),
          );
        else done(null, chunk);
      },
    });
    try {
      await pipeline(body, counted, createWriteStream(partial, { mode: 0o600 }));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    const upload = hash.digest('hex');
    await rename(partial, this.pathOf(upload));
    return { upload, bytes };
  }

  /** Gives an import a file of its own, so that a second upload of the same bytes is not removed under it. */
  async claim(upload: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{64}$/.test(upload) || !existsSync(this.pathOf(upload))) return undefined;
    const claimed = join(this.folder, `${randomUUID()}.import`);
    await rename(this.pathOf(upload), claimed);
    return claimed;
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  private pathOf(upload: string): string {
    return join(this.folder, upload);
  }
}
