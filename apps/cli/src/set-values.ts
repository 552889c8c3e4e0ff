import { BadUsage } from './exit';

/** The part of JSON Schema that command schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  /** The id of a person: the command line takes a key or an office in its place. */
  readonly 'x-person'?: boolean;
}

const alternatives = (schema: JsonSchema | undefined): readonly JsonSchema[] =>
  schema
    ? (schema.anyOf ?? schema.oneOf ?? [schema]).flatMap((one) =>
        (one.anyOf ?? one.oneOf) ? alternatives(one) : [one],
      )
    : [];
const types = (schema: JsonSchema | undefined): readonly string[] =>
  alternatives(schema).flatMap((one) => (one.type === undefined ? [] : ([one.type].flat() as string[])));

/** Text from the command line as the type its schema wants: text stays text, `2020` for a period too. */
function coerce(text: string, schema: JsonSchema | undefined, path: string): unknown {
  const wanted = types(schema);
  if (text === 'null' && wanted.includes('null')) return null;
  if (wanted.includes('string')) return text;
  if (wanted.includes('integer') || wanted.includes('number')) {
    if (!/^-?\d+$/.test(text)) throw new BadUsage(`--set ${path}: "${text}" is not a whole number.`);
    return Number(text);
  }
  if (wanted.includes('boolean')) {
    if (text !== 'true' && text !== 'false') throw new BadUsage(`--set ${path}: "${text}" is neither true nor false.`);
    return text === 'true';
  }
  if (wanted.includes('array') && !text.startsWith('['))
    return text === ''
      ? []
      : text
          .split(',')
          .map((item) => coerce(item.trim(), alternatives(schema).find(({ items }) => items)?.items, path));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `data.a.b=value` pairs put into an object, typed by the command's schema. @throws BadUsage */
export function applySets(
  data: Record<string, unknown>,
  sets: readonly string[],
  schema: JsonSchema,
): Record<string, unknown> {
  for (const set of sets) {
    const at = set.indexOf('=');
    if (at < 1) throw new BadUsage(`--set wants path=value, not "${set}".`);
    const path = set.slice(0, at).split('.');
    let target = data;
    let here: JsonSchema | undefined = schema;
    for (const [index, name] of path.entries()) {
      if (name === '__proto__' || name === 'constructor' || name === 'prototype')
        throw new BadUsage(`--set ${set.slice(0, at)}: "${name}" is not a field.`);
      here = alternatives(here).find(({ properties }) => properties?.[name])?.properties?.[name] ?? undefined;
      if (index === path.length - 1) target[name] = coerce(set.slice(at + 1), here, set.slice(0, at));
      else {
        const inner = (target[name] ??= {});
        if (typeof inner !== 'object')
          throw new BadUsage(`--set ${set.slice(0, at)}: "${name}" holds a value already, so it has no fields.`);
        target = inner as Record<string, unknown>;
      }
    }
  }
  return data;
}

/** The fields of a command's schema as lines of help. */
export function describeFields(schema: JsonSchema, prefix = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = alternatives(field).find(({ properties }) => properties);
    const needed = schema.required?.includes(name) ? '' : ' (optional)';
    const choices = alternatives(field).flatMap((one) => one.enum ?? (one.const === undefined ? [] : [one.const]));
    const isPerson = alternatives(field).some((one) => one['x-person'] === true || one.items?.['x-person'] === true);
    const plain = isPerson ? 'person' : types(field).join(' or ') || 'value';
    const type = choices.length > 0 ? choices.join(' | ') : plain;
    const line = `  ${prefix}${name}${needed}: ${type}${field.description === undefined ? '' : `  - ${field.description}`}`;
    return inner ? [line, ...describeFields(inner, `${prefix}${name}.`)] : [line];
  });
}
