import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { StoreError, type StoreFailure } from '@plumbline/platform/event-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notJson, ProblemError } from './problem';
import { writeProblem } from './write-problem';

export const HTTP_LOG = Symbol('HTTP_LOG');
/** Pino's shape. */
export interface HttpLog {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Errors of libraries and platform that have a sentence of their own; tried in order. A platform lib adds its own with `translate`. */
export type ErrorTranslation = (error: unknown) => ProblemError | undefined;

const STORE: Readonly<Record<StoreFailure, (error: StoreError) => ProblemError>> = {
  'stale-revision': (error) =>
    new ProblemError(409, 'someone-else-wrote-first', { detail: error.message, retryAfter: 1 }),
  'duplicate-event': (error) => new ProblemError(409, 'an-event-is-recorded-once', { detail: error.message }),
  'too-large': (error) => new ProblemError(413, 'one-append-has-its-limits', { detail: error.message }),
  'outcome-unknown': () =>
    new ProblemError(503, 'the-outcome-is-not-known-yet', {
      detail: 'Send the same request with the same Idempotency-Key again; it is done once.',
      retryAfter: 2,
    }),
  unavailable: () =>
    new ProblemError(503, 'the-log-cannot-be-reached', { detail: 'Nothing was recorded. Try again.', retryAfter: 2 }),
  'unfinished-act': (error) =>
    new ProblemError(503, 'what-is-recorded-in-parts-is-read-whole', { detail: error.message, retryAfter: 5 }),
  'stream-deleted': () =>
    new ProblemError(500, 'a-stream-of-the-log-is-never-deleted', {
      detail:
        'Somebody has deleted a part of the log in its store; which one stands in the log of the server. Put it back from a backup.',
    }),
  'unknown-position': (error) => new ProblemError(422, 'a-position-is-one-of-the-log', { detail: error.message }),
};

/** What Fastify or Nest refuse before a controller is reached; Nest makes its own exception of Fastify's and leaves nothing but the status. */
const fromStatus = (status: number, message: string): ProblemError => {
  if (status === 404)
    return new ProblemError(404, 'there-is-nothing-at-this-path', { detail: 'The paths are listed at /openapi.' });
  if (status === 413)
    return new ProblemError(413, 'a-request-body-has-a-limit', {
      detail: 'A command has at most 1 MiB; files go to /v1/uploads.',
    });
  if (status === 415) return notJson();
  return new ProblemError(status, 'a-request-is-well-formed', { detail: message });
};

const isRefusal = (error: unknown): error is Error & { readonly statusCode: number } => {
  const { statusCode } = (error ?? {}) as { readonly statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
};

/**
 * The database's server stopped, restarts, is out of something, has no connection free or took too long (SQLSTATE classes 08, 53, 57P and 57014), or the way to
 * it is broken. Nothing was half-done.
 */
const UNAVAILABLE =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|53\w{3}|57P\w{2}|57014)$/;
const fromDatabase = ({ code, message }: Partial<Record<'code' | 'message', unknown>>): ProblemError | undefined =>
  UNAVAILABLE.test(String(code)) ||
  /Connection terminated|timeout exceeded when trying to connect/.test(String(message))
    ? new ProblemError(503, 'the-database-cannot-be-reached', { detail: 'Try again.', retryAfter: 2 })
    : undefined;

/** What an error of the log or the database means for who asked; undefined for any other error. */
export function storeProblem(error: unknown): ProblemError | undefined {
  if (error instanceof StoreError) return STORE[error.failure](error);
  return typeof error === 'object' && error !== null ? fromDatabase(error) : undefined;
}

/** Writes every error as problem+json; what has no sentence is a 500 whose cause is in the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(HTTP_LOG) private readonly log: HttpLog,
    private readonly translations: readonly ErrorTranslation[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (reply.sent) return;
    writeProblem(reply, problem, request.url);
  }

  private problemOf(error: unknown, request: FastifyRequest): ProblemError {
    if (error instanceof ProblemError) return error;
    for (const translate of this.translations) {
      const problem = translate(error);
      if (problem) return problem;
    }
    if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
    if (isRefusal(error)) return fromStatus(error.statusCode, error.message);
    const known = storeProblem(error);
    if (known) {
      if (known.status === 500) this.log.error({ err: error }, 'the log is damaged');
      return known;
    }
    this.log.error({ err: error, method: request.method, url: request.routeOptions.url }, 'a request failed');
    return new ProblemError(500, 'this-should-not-have-happened', {
      detail: 'The cause is in the log of the server. Nothing beyond what an answer confirmed is sure to be recorded.',
    });
  }
}
