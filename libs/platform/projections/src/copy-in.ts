import type { Connection, Submittable } from 'pg';

/** What pg's client calls on the query it is running; COPY needs the last two of pg's own queries' ways and none of the rest. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One `COPY … FROM STDIN` in text format, for `client.query(copyIn)`; await `done`. */
export class CopyIn implements Submittable {
  readonly done: Promise<void>;
  private finish: () => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  /** @param rows lines of the text format, each ended by a line break */
  constructor(
    private readonly statement: string,
    private readonly rows: string,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(Buffer.from(this.rows));
    connection.endCopyFrom();
  }

  handleError(error: Error): void {
    this.fail(error);
  }

  handleReadyForQuery(): void {
    this.finish();
  }

  handleCommandComplete(): void {
    // How many rows were copied is known already.
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY's text format (PostgreSQL manual, "COPY", Text Format). */
export const copied = (value: unknown): string =>
  value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (letter) => ESCAPES[letter]!);
