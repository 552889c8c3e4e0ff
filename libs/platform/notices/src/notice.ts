/** A notice on its way to one person: plain words, no names, no figures. */
export interface Notice {
  /** Id of the event that records it: the same notice is put into the outbox once, whoever puts it there. */
  readonly id: string;
  readonly personId: string;
  /** Day it is of, `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string;
  readonly text: string;
}

/** Whom a notice is sent to. */
export interface Addressee {
  readonly name: string;
  /** Left out when the directory knows none. */
  readonly email?: string;
}

/** Where notices leave. */
export interface Post {
  /** Whether someone without an e-mail address can be reached. */
  readonly needsAddress: boolean;
  /** Sends one notice; given twice, the second is the same message again. @throws Error when it did not leave */
  send(notice: Notice, to: Addressee): Promise<void>;
  close(): Promise<void>;
}
