import nodemailer from 'nodemailer';
import { messageOf } from './message';
import type { Addressee, Notice, Post } from './notice';

/** Notices by a mail server, `smtp://` or `smtps://` with user and password in the address. */
export class SmtpPost implements Post {
  readonly needsAddress = true;
  private readonly server;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.server = nodemailer.createTransport({
      url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(notice: Notice, to: Addressee): Promise<void> {
    const { rejected } = await this.server.sendMail(messageOf(notice, to, this.from));
    if (rejected.length > 0) throw new Error('the mail server refused the address');
  }

  async close(): Promise<void> {
    this.server.close();
  }
}
