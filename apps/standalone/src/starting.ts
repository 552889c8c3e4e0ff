import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MS_BETWEEN = 250;

/** What an instance does before it answers, in a file of its data directory: the command line says it to whoever asks too early. */
export class Starting {
  private readonly file: string;
  private saidAt = 0;
  private doing = '';

  constructor(
    dataDir: string,
    private readonly now: () => number = Date.now,
  ) {
    this.file = join(dataDir, 'starting.json');
  }

  /** Something new is written at once; how far it has come, four times a second at most. */
  tell(doing: string, done?: number, of?: number): void {
    if (doing === this.doing && this.now() - this.saidAt < MS_BETWEEN) return;
    if (statSync(dirname(this.file), { throwIfNoEntry: false })?.isDirectory() !== true) return;
    [this.doing, this.saidAt] = [doing, this.now()];
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ pid: process.pid, doing, done, of })}\n`, { mode: 0o600 });
    renameSync(draft, this.file);
  }

  /** A start that was refused before it did anything leaves the file of the one that runs. */
  end(): void {
    if (this.doing !== '') rmSync(this.file, { force: true });
  }
}
