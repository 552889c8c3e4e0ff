import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal, nothing elsewhere; on standard error. */
export class Bar {
  private bar: SingleBar | undefined;
  constructor(private readonly what: string) {}

  show(done: number, of: number): void {
    if (!process.stderr.isTTY) return;
    if (!this.bar) {
      this.bar = new SingleBar(
        { format: `${this.what} {bar} {value}/{total}`, stream: process.stderr, hideCursor: true },
        Presets.rect,
      );
      this.bar.start(of, done);
    }
    this.bar.setTotal(of);
    this.bar.update(done);
  }

  end(): void {
    this.bar?.stop();
  }
}
