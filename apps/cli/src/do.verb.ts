import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ApiClient } from '@plumbline/api-client';
import { parse as parseYaml } from 'yaml';
import { BadUsage } from './exit';
import { Persons } from './persons';
import { applySets, describeFields, type JsonSchema } from './set-values';
import { storeFiles } from './stored-file';

interface CommandDescription {
  readonly type: string;
  readonly context: string;
  readonly summary: string;
  readonly roles: readonly string[];
  readonly schema: JsonSchema;
  readonly example: unknown;
}

export interface DoOptions {
  readonly list?: boolean;
  readonly describe?: boolean;
  readonly stream?: string;
  readonly set: readonly string[];
  readonly file?: string;
  readonly ifMatch?: string;
  readonly reason?: string;
  readonly occurredAt?: string;
  readonly onBehalfOf?: string;
  readonly key?: string;
}

export async function listCommands(api: ApiClient): Promise<string> {
  const { commands } = (await api.get<{ commands: readonly CommandDescription[] }>('/v1/commands')).body;
  const width = Math.max(...commands.map(({ type }) => type.length));
  return commands
    .map(({ type, summary, roles }) => `${type.padEnd(width)}  ${summary} [${roles.join(', ')}]`)
    .join('\n');
}

export async function describeCommand(api: ApiClient, type: string): Promise<string> {
  const command = (await api.get<CommandDescription>(`/v1/commands/${encodeURIComponent(type)}`)).body;
  return [
    `${command.type}: ${command.summary}`,
    `Roles: ${command.roles.join(', ')}`,
    '',
    'Fields (--set path=value, --set file=@path to send a file as evidence, or --file with YAML or JSON;',
    'where a person is wanted, a key of the directory or an office will do):',
    ...describeFields(command.schema),
    '',
    'Example (--file):',
    JSON.stringify(command.example, null, 2),
  ].join('\n');
}

const fileData = (path: string): Record<string, unknown> => {
  const text = readFileSync(path === '-' ? 0 : path, 'utf8');
  let data: unknown;
  try {
    data = parseYaml(text, { logLevel: 'error' });
  } catch (error) {
    throw new BadUsage(`${path} is neither YAML nor JSON: ${(error as Error).message.trim()}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new BadUsage(`${path} does not hold an object of fields.`);
  return data as Record<string, unknown>;
};

/** Puts the uuid of `--stream unit-<uuid>` into the command's id field (`unitId`, or `unit`). */
const fromStream = (stream: string, schema: JsonSchema): Record<string, unknown> => {
  const match = /^([a-z-]+)-([0-9a-f]{8}-[0-9a-f-]{27})$/.exec(stream);
  if (!match) throw new BadUsage(`--stream "${stream}" is not the name of a stream (<concept>-<uuid>).`);
  const concept = (match[1] ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const field = [`${concept}Id`, concept, 'id'].find((name) => schema.properties?.[name]);
  if (field === undefined)
    throw new BadUsage(`This command does not name its ${concept} by id; see --help of the command.`);
  return { [field]: match[2] };
};

export async function sendCommand(api: ApiClient, type: string, options: DoOptions): Promise<unknown> {
  const { schema } = (await api.get<CommandDescription>(`/v1/commands/${encodeURIComponent(type)}`)).body;
  const data = applySets(
    {
      ...(options.stream === undefined ? {} : fromStream(options.stream, schema)),
      ...(options.file === undefined ? {} : fileData(options.file)),
    },
    await storeFiles(api, options.set),
    schema,
  );
  const persons = new Persons(api);
  const { reason, occurredAt } = options;
  const onBehalfOf =
    options.onBehalfOf === undefined ? undefined : await persons.idOf(options.onBehalfOf, '--on-behalf-of');
  const answer = await api.post<unknown>(
    `/v1/commands/${encodeURIComponent(type)}`,
    {
      data: await persons.inData(data, schema),
      ...(reason === undefined ? {} : { reason }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    },
    {
      'idempotency-key': options.key ?? randomUUID(),
      ...(options.ifMatch === undefined ? {} : { 'if-match': `"${options.ifMatch}"` }),
    },
  );
  return answer.body;
}
