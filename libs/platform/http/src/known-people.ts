import type { RegisteredCommand } from '@plumbline/platform/commands';
import { z } from 'zod';
import { ProblemError } from './problem';

/** Who is known: by the directory, or by what is recorded of them. */
export interface KnownPeople {
  /** Those of the person ids that nothing knows. */
  unknown(personIds: readonly string[]): Promise<readonly string[]>;
}

interface Schema {
  readonly 'x-person'?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Named {
  readonly path: string;
  readonly personId: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The persons that a command names: each field that its schema marks as one, with its place. What is no id is left to the form. */
export function personsIn(data: unknown, schema: Schema, path = ''): readonly Named[] {
  if (typeof data === 'string')
    return schema['x-person'] === true && ID.test(data)
      ? [{ path, personId: data.toLowerCase() }]
      : alternatives(schema).flatMap((one) => personsIn(data, one, path));
  if (Array.isArray(data))
    return [
      ...(schema.items ? data.flatMap((item, index) => personsIn(item, schema.items!, `${path}[${index}]`)) : []),
      ...alternatives(schema).flatMap((one) => personsIn(data, one, path)),
    ];
  if (typeof data !== 'object' || data === null) return [];
  const more = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return [
    ...Object.entries(data).flatMap(([name, value]) => {
      const field = schema.properties?.[name] ?? more;
      return field ? personsIn(value, field, path === '' ? name : `${path}.${name}`) : [];
    }),
    ...alternatives(schema).flatMap((one) => personsIn(data, one, path)),
  ];
}
const alternatives = ({ anyOf = [], oneOf = [], allOf = [] }: Schema): readonly Schema[] => [
  ...anyOf,
  ...oneOf,
  ...allOf,
];

const schemas = new WeakMap<RegisteredCommand, Schema>();
function schemaOf(command: RegisteredCommand): Schema {
  const known = schemas.get(command);
  if (known) return known;
  const made = z.toJSONSchema(command.schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  schemas.set(command, made);
  return made;
}

/**
 * A mistyped id is somebody nobody knows, and would stay so for ever in what is recorded.
 * @throws ProblemError 422 `a-person-is-known-before-they-are-named`, naming the field
 */
export async function refuseStrangers(command: RegisteredCommand, data: unknown, people: KnownPeople): Promise<void> {
  const named = personsIn(data, schemaOf(command));
  if (named.length === 0) return;
  const unknown = new Set(await people.unknown([...new Set(named.map(({ personId }) => personId))]));
  const stranger = named.find(({ personId }) => unknown.has(personId));
  if (stranger)
    throw new ProblemError(422, 'a-person-is-known-before-they-are-named', {
      detail: `${stranger.path}: nobody is known by the id ${stranger.personId}. Look it up (GET /v1/people?named=…), or add them to the directory first (PUT /v1/people/KEY, or an import of people).`,
    });
}
