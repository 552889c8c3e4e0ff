import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ApiClient } from '@plumbline/api-client';
import { importJWK, type JWK, SignJWT } from 'jose';
import { BadUsage } from './exit';

export interface ConnectionOptions {
  readonly dataDir?: string;
  readonly url?: string;
  readonly as?: string;
}

export const DEFAULT_DATA_DIR = '.plumbline';

/** Written by a running instance into its data directory. */
interface InstanceFile {
  readonly url: string;
}

function readJson<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BadUsage(
      `${path} is damaged. Start the instance again: it writes it anew, or says what is wrong with it.`,
    );
  }
}

/** Written by an instance that is not ready yet. */
interface StartingFile {
  readonly pid: number;
  readonly doing: string;
  readonly done?: number;
  readonly of?: number;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Why nothing answers for a data directory: it is being started, or nobody started it. */
export function notRunning(dataDir: string): string {
  const starting = readJson<StartingFile>(join(dataDir, 'starting.json'));
  if (starting === undefined || !isRunning(starting.pid))
    return `No running instance is known in ${dataDir}. Start one with "npm start", or name one with --data-dir or --url.`;
  const { doing, done, of } = starting;
  const far = done === undefined || of === undefined ? '' : `, ${done} of ${of} days`;
  return `The instance in ${dataDir} is still starting: ${doing}${far}. Ask again when it says that it is ready.`;
}

/** `PERSON[:ROLE]` → who the local key signs for. */
const parseAs = (as: string | undefined): { subject: string; role?: string } => {
  if (as === undefined) return { subject: 'operator' };
  const at = as.lastIndexOf(':');
  return at === -1 ? { subject: as } : { subject: as.slice(0, at), role: as.slice(at + 1) };
};

/** Finds the running instance and signs in: with PLUMBLINE_TOKEN, else with the key in its data directory. */
export function connect(options: ConnectionOptions): ApiClient {
  const dataDir = resolve(options.dataDir ?? process.env['PLUMBLINE_DATA_DIR'] ?? DEFAULT_DATA_DIR);
  const url = options.url ?? readJson<InstanceFile>(join(dataDir, 'instance.json'))?.url;
  if (url === undefined) throw new BadUsage(notRunning(dataDir));
  const token = process.env['PLUMBLINE_TOKEN'];
  if (token !== undefined && options.as !== undefined)
    throw new BadUsage(
      '--as needs the key in a data directory; with PLUMBLINE_TOKEN you act as the person the token names.',
    );
  const key = token === undefined ? readJson<JWK>(join(dataDir, 'local-key.json')) : undefined;
  if (token === undefined && key === undefined)
    throw new BadUsage(
      `There is no key in ${dataDir} to sign in with. Give --data-dir of the instance, or set PLUMBLINE_TOKEN.`,
    );
  const { subject, role } = parseAs(options.as);
  return new ApiClient({ url, token: async () => token ?? (await sign(key as JWK, subject, role)) });
}

async function sign(key: JWK, subject: string, role: string | undefined): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return await new SignJWT(role === undefined ? {} : { role })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('urn:plumbline:local-key')
    .setAudience('urn:plumbline:api')
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .sign(await importJWK(key, 'EdDSA'));
}
