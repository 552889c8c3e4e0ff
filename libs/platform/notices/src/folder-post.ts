import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { messageOf } from './message';
import type { Addressee, Notice, Post } from './notice';

/** Notices as files `<day>-<id>.eml` of a folder, readable by their owner only: where no mail server is set. */
export class FolderPost implements Post {
  readonly needsAddress = false;
  private readonly composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {}

  async send(notice: Notice, to: Addressee): Promise<void> {
    const path = join(this.folder, `${notice.date}-${notice.id}.eml`);
    if (existsSync(path)) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const { message } = await this.composer.sendMail(messageOf(notice, to, this.from));
    await writeFile(`${path}.draft`, message, { mode: 0o600 });
    await rename(`${path}.draft`, path);
  }

  async close(): Promise<void> {
    this.composer.close();
  }
}
