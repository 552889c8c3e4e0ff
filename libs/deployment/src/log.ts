import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Structured log as JSON lines: to a file, or to standard error. Level by `LOG_LEVEL`, else as given. Authorization headers never reach it. */
export const openLog = (file?: string, level = 'info'): Log =>
  pino(
    { level: process.env['LOG_LEVEL'] ?? level, redact: ['req.headers.authorization', '*.password'], base: undefined },
    pino.destination(
      file === undefined ? { dest: 2, sync: true } : { dest: file, sync: true, mkdir: true, mode: 0o600 },
    ),
  );
