import { createServer } from 'node:net';

const HOST = '127.0.0.1';
const UNUSABLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be opened by this user',
};

/** The port that the command line names; undefined where it names none. @throws Error in words when it is no port */
export const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error(`--port ${text} is not a port.`);
  return Number(text);
};

/** What a failure to listen says in words, where words are known for it. */
export const wordsOfPort = (port: number, error: unknown): unknown => {
  const words = UNUSABLE[(error as NodeJS.ErrnoException).code ?? ''];
  if (words === undefined) return error;
  return new Error(`Port ${port} ${words}. Give another with --port, or 0 for any free one.`, { cause: error });
};

/** Takes a port and gives it back. @throws Error in words when it can not be had, before anything was made for whoever would listen there */
export async function tryPort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(wordsOfPort(port, error) as Error));
    server.listen(port, HOST, () => server.close(() => resolve()));
  });
}
