import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem';

const MEDIA_TYPE = 'application/problem+json';

/** Answers with a problem (RFC 9457), and with the headers that its status asks for. */
export function writeProblem(reply: FastifyReply, problem: ProblemError, instance: string): void {
  const { retryAfter } = problem.options;
  if (retryAfter !== undefined) void reply.header('Retry-After', String(retryAfter));
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="plumbline"');
  void reply
    .status(problem.status)
    .header('Content-Type', MEDIA_TYPE)
    // as bytes: to text Fastify adds a charset, which JSON has not
    .send(Buffer.from(JSON.stringify(problem.toProblem(instance))));
}

/** Answers a path that cannot be read, so that no route is reached. */
export function refusePath(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const tooLong = error.statusCode === 414;
  const detail = tooLong ? 'A part of the path is too long.' : 'The path is not percent-encoded UTF-8.';
  writeProblem(reply, new ProblemError(tooLong ? 414 : 400, 'a-request-is-well-formed', { detail }), request.url);
}

const BY_CODE: Readonly<Record<string, readonly [status: number, reason: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers have more than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request was not sent whole in two minutes.'],
};

/** Answers bytes that are no HTTP request, on the bare connection, and ends it. */
export function refuseConnection(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, detail] = BY_CODE[error.code ?? ''] ?? [400, 'Bad Request', 'This is not an HTTP request.'];
  const body = JSON.stringify(new ProblemError(status, 'a-request-is-well-formed', { detail }).toProblem());
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      `Content-Type: ${MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
