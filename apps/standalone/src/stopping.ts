/** Told by a signal to stop while something was being started: nothing failed. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor() {
    super('Stopped before everything was started.');
  }
}

/** A signal that a terminal sends to all of a group, and its parent passes on, arrives twice: that is one Ctrl-C. */
const ONE_KEYSTROKE_MS = 400;

export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, so that what is going on ends cleanly; a second one ends the process at once (an interrupted start or stop
 * leaves the log whole: the next start takes over).
 */
export function stopOnSignal(
  source: SignalSource,
  say: (words: string) => void,
  now: () => number = () => performance.now(),
): AbortSignal {
  const stop = new AbortController();
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    source.on(signal, () => {
      if (first === undefined) {
        first = now();
        say('Stopping …');
        stop.abort(new Stopped());
      } else if (now() - first > ONE_KEYSTROKE_MS) source.exit(130);
    });
  return stop.signal;
}
