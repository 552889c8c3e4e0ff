import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal, a line every five seconds elsewhere; nothing on standard output. */
export class Progress {
  private bar: SingleBar | undefined;
  private phase = '';
  private saidAt = 0;

  show(phase: string, done: number, total: number | null): void {
    if (process.stderr.isTTY) {
      if (phase !== this.phase) {
        this.end();
        this.bar = new SingleBar(
          {
            format: `${phase.padEnd(10)} {bar} {value}${total === null ? '' : '/{total}'}`,
            stream: process.stderr,
            hideCursor: true,
          },
          Presets.rect,
        );
        this.bar.start(total ?? Math.max(done, 1), done);
      }
      if (total !== null) this.bar?.setTotal(total);
      else if (done > 0) this.bar?.setTotal(done);
      this.bar?.update(done);
    } else if (phase !== this.phase || Date.now() - this.saidAt > 5_000) {
      process.stderr.write(`${phase} ${done}${total === null ? '' : ` of ${total}`}\n`);
      this.saidAt = Date.now();
    }
    this.phase = phase;
  }

  end(): void {
    this.bar?.stop();
    this.bar = undefined;
    this.phase = '';
  }
}
