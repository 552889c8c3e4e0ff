import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileRefused, MAX_FILE_BYTES } from './file';

const DAY = 24 * 60 * 60 * 1000;

/** So many files of one person may wait for their import: the oldest gives way to the next. */
export const MOST_WAITING = 10;

/** Files on their way into an import, named by their SHA-256, in a folder of the data directory (0700). What nobody imports within a day is removed. */
export class Uploads {
  /** Who sent what still waits, oldest first. What an earlier process left belongs to nobody. */
  private readonly waiting = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly maxBytes = MAX_FILE_BYTES,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.clear();
  }

  private clear(): void {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {};
      if (Date.now() - mtimeMs <= DAY) continue;
      rmSync(path, { force: true });
      this.waiting.delete(name);
    }
  }

  /**
   * Streams a body to disk.
   * @param by person id of the sender
   * @param announced bytes that the sender says will come: too many are refused before the first is read
   * @throws FileRefused when it is larger than the limit; nothing is kept then, and the rest of the body runs into nothing, so that its sender can hear the answer
   */
  async take(body: Readable, by: string, announced = 0): Promise<{ readonly upload: string; readonly bytes: number }> {
    if (announced > this.maxBytes) throw this.tooLarge();
    this.clear();
    const partial = join(this.folder, `${randomUUID()}.partial`);
    try {
      const { upload, bytes } = await this.write(body, partial);
      await rename(partial, this.pathOf(upload));
      await this.keep(upload, by);
      return { upload, bytes };
    } catch (error) {
      await rm(partial, { force: true });
      body.resume();
      throw error;
    }
  }

  private async keep(upload: string, by: string): Promise<void> {
    this.waiting.delete(upload);
    this.waiting.set(upload, by);
    const own = [...this.waiting].filter(([, sender]) => sender === by).map(([name]) => name);
    for (const oldest of own.slice(0, Math.max(0, own.length - MOST_WAITING))) {
      this.waiting.delete(oldest);
      await rm(this.pathOf(oldest), { force: true });
    }
  }

  /** Gives an import a file of its own, so that a second upload of the same bytes is not removed under it. Of two who ask at once one gets it. */
  async claim(upload: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{64}$/.test(upload)) return undefined;
    const claimed = join(this.folder, `${randomUUID()}.import`);
    try {
      await rename(this.pathOf(upload), claimed);
      this.waiting.delete(upload);
      return claimed;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Undoes a claim: the import did not begin. */
  async giveBack(path: string, upload: string): Promise<void> {
    await rename(path, this.pathOf(upload));
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  private async write(body: Readable, path: string): Promise<{ readonly upload: string; readonly bytes: number }> {
    body.on('error', () => undefined); // whoever sends may go away before or after the reading: the reading tells
    const hash = createHash('sha256');
    const file = await open(path, 'wx', 0o600);
    let bytes = 0;
    try {
      // a body that is refused must not be destroyed: its connection has yet to carry the answer
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > this.maxBytes) throw this.tooLarge();
        hash.update(chunk);
        await file.appendFile(chunk);
      }
    } finally {
      await file.close();
    }
    return { upload: hash.digest('hex'), bytes };
  }

  private tooLarge(): FileRefused {
    return new FileRefused(
      'a-file-is-at-most-128-mib',
      `More than ${this.maxBytes} bytes were sent. Split the file by rows and keep the header in each part.`,
    );
  }

  private pathOf(upload: string): string {
    return join(this.folder, upload);
  }
}
