import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '@plumbline/platform/event-store';
import { ProblemError, storeProblem } from '@plumbline/platform/http';
import type { Log } from './log';

export interface WaitingRoomOptions {
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** Milliseconds between tries; the last one is kept to. */
  readonly pauses?: readonly number[];
}

const PAUSES = [500, 1_000, 2_000, 5_000];
const RETRY_AFTER_SECONDS = 5;

const NOT_STARTED = new ProblemError(503, 'the-log-cannot-be-reached', {
  detail:
    'This process has not started yet: the log or the database cannot be reached. Nothing was recorded. Try again.',
  extensions: { ready: false, parts: { log: 'cannot be reached' } },
});

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether trying again may help: the log or the database cannot be reached. */
const isAway = (error: unknown): boolean =>
  error instanceof StoreError ? error.failure === 'unavailable' : storeProblem(error)?.status === 503;

/**
 * Opens what a process needs, however long the log or the database stay away. Meanwhile the process answers on its port: it is alive, it is not ready, and
 * whoever asks may ask again after some seconds.
 * @throws whatever `open` throws that is no matter of waiting
 */
export async function openWhenThere<T>(
  open: () => Promise<T>,
  { port, host, log, pauses = PAUSES }: WaitingRoomOptions,
): Promise<T> {
  let server: Server | undefined;
  try {
    for (let tries = 0; ; tries++) {
      try {
        return await open();
      } catch (error) {
        if (!isAway(error)) throw error;
        log.warn({ err: error }, `not started yet: ${wordsOf(error)}`);
        server ??= await listen(port, host);
        await delay(pauses[Math.min(tries, pauses.length - 1)]);
      }
    }
  } finally {
    await new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/health/live') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ live: true }));
      return;
    }
    response
      .writeHead(503, {
        'content-type': 'application/problem+json',
        'retry-after': String(RETRY_AFTER_SECONDS),
        connection: 'close',
      })
      .end(JSON.stringify(NOT_STARTED.toProblem(request.url)));
  });
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
