import type { FastifyReply } from 'fastify';

/** Requests whose answer is not out yet: a service that closes lets them finish, so that nobody loses the answer to what was recorded. */
export class RequestsInHand {
  private count = 0;
  private none: (() => void) | undefined;

  take(reply: FastifyReply): void {
    this.count += 1;
    reply.raw.once('close', () => {
      this.count -= 1;
      if (this.count === 0) this.none?.();
    });
  }

  /** Resolves when all are answered, or the time is over. */
  async done(withinMs: number): Promise<void> {
    if (this.count === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => (this.none = resolve)),
      new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs))),
    ]);
    clearTimeout(timer);
  }
}
