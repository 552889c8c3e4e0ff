import { scryptSync } from 'node:crypto';
import { Client, type DatabaseError } from 'pg';

/**
 * `plumbline_owner` owns the tables; `plumbline_writer` appends and reads, and cannot change what is written; `plumbline_reader` only reads.
 * Names are the same in every database of a server.
 */
export const ROLE_NAMES = { owner: 'plumbline_owner', writer: 'plumbline_writer', reader: 'plumbline_reader' } as const;
type RoleName = keyof typeof ROLE_NAMES;
const NAMES = Object.keys(ROLE_NAMES) as readonly RoleName[];

/** Addresses to connect with. When roles could not be made all three are the one that was given, and `problem` says why: show it at start and in health. */
export interface DatabaseRoles {
  readonly separate: boolean;
  readonly problem?: string;
  readonly ownerUrl: string;
  readonly writerUrl: string;
  readonly readerUrl: string;
}

const WRONG_PASSWORD = '28P01';
const INSUFFICIENT_PRIVILEGE = '42501';
/** Another start makes the same roles at the same moment: duplicate_object, unique_violation, "tuple concurrently updated". */
const CONCURRENT = ['42710', '23505', 'XX000'];

const codeOf = (error: unknown): string | undefined => (error as DatabaseError).code;

/** Passwords derived from the given address's own: the server keeps them, no file does, and none of them gives another away. */
function passwords(secret: string): Record<RoleName, string> {
  const bytes = scryptSync(secret, 'plumbline database roles', 96).toString('base64url');
  return { owner: bytes.slice(0, 40), writer: bytes.slice(40, 80), reader: bytes.slice(80, 120) };
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

async function unlessConcurrent(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!CONCURRENT.includes(codeOf(error) ?? '')) throw error;
  }
}

async function makeMissing(client: Client, secrets: Record<RoleName, string>): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
    Object.values(ROLE_NAMES),
  ]);
  const there = new Set(rows.map(({ rolname }) => rolname));
  for (const name of NAMES.filter((candidate) => !there.has(ROLE_NAMES[candidate]))) {
    await unlessConcurrent(
      client.query(
        `CREATE ROLE ${ROLE_NAMES[name]} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(secrets[name])}`,
      ),
    );
  }
}

async function mayLogIn(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (codeOf(error) === WRONG_PASSWORD) return false;
    throw error;
  }
}

/**
 * Makes the roles if they are not there (safe to call at every start, and at once from several processes) and lets the owner make its schemas.
 * @param adminUrl of a superuser, or of a user that may make roles
 */
export async function makeRoles(adminUrl: string): Promise<DatabaseRoles> {
  const given = new URL(adminUrl);
  const shared = (problem: string): DatabaseRoles => ({
    separate: false,
    problem,
    ownerUrl: adminUrl,
    writerUrl: adminUrl,
    readerUrl: adminUrl,
  });
  if (!given.password)
    return shared(
      'the database address has no password, so no roles were made: the program that writes the log could also change it',
    );
  const secrets = passwords(decodeURIComponent(given.password));
  const urlOf = (name: RoleName): string => {
    const url = new URL(adminUrl);
    url.username = ROLE_NAMES[name];
    url.password = secrets[name];
    return url.href;
  };
  try {
    await withClient(adminUrl, async (client) => {
      await makeMissing(client, secrets);
      for (const name of NAMES) {
        if (await mayLogIn(urlOf(name))) continue;
        await unlessConcurrent(
          client.query(`ALTER ROLE ${ROLE_NAMES[name]} PASSWORD ${client.escapeLiteral(secrets[name])}`),
        );
        if (!(await mayLogIn(urlOf(name)))) throw new Error(`the role ${ROLE_NAMES[name]} cannot log in`);
      }
      const { rows } = await client.query<{ name: string; may: boolean }>(
        `SELECT current_database() AS name, has_database_privilege('${ROLE_NAMES.owner}', current_database(), 'CREATE') AS may`,
      );
      if (!rows[0]!.may)
        await unlessConcurrent(
          client.query(`GRANT CREATE ON DATABASE ${client.escapeIdentifier(rows[0]!.name)} TO ${ROLE_NAMES.owner}`),
        );
    });
  } catch (error) {
    if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    return shared(
      `the database user ${decodeURIComponent(given.username)} may not make roles: the program that writes the log could also change it`,
    );
  }
  return { separate: true, ownerUrl: urlOf('owner'), writerUrl: urlOf('writer'), readerUrl: urlOf('reader') };
}
