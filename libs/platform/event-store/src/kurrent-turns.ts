/** Lets those who touch the same streams go one after the other, in the order in which they came; others pass. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Waits for everyone before who touches one of these. @returns what ends the turn */
  async take(streams: Iterable<string>): Promise<() => void> {
    const own = [...new Set(streams)];
    const before = own.flatMap((stream) => this.last.get(stream) ?? []);
    let done: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      done = resolve;
    });
    for (const stream of own) this.last.set(stream, turn);
    if (before.length > 0) await Promise.all(before);
    return () => {
      for (const stream of own) if (this.last.get(stream) === turn) this.last.delete(stream);
      done();
    };
  }
}
