import type { Addressee, Notice } from './notice';

/** A message as mail libraries take it. */
export interface Message {
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where someone without an address is written to: RFC 2606 reserves `.invalid`, so that nothing ever leaves for there. */
const NOWHERE = 'plumbline.invalid';

/** The message of a notice: the same notice gives the same message, its date is the notice's own. */
export const messageOf = (notice: Notice, { name, email }: Addressee, from: string): Message => ({
  from,
  to: { name, address: email ?? `${notice.personId}@${NOWHERE}` },
  subject: notice.subject,
  text: notice.text,
  messageId: `<${notice.id}@${NOWHERE}>`,
  date: new Date(`${notice.date}T07:00:00.000Z`),
  headers: { 'Auto-Submitted': 'auto-generated' },
});
