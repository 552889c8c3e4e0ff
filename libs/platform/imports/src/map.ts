import { createHash } from 'node:crypto';
import { isDecimalString } from '@plumbline/kernel';
import { Alias, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { FileRefused } from './file';

const text = z.string().min(1).max(400);
const constant = z.strictObject({ value: z.union([z.string(), z.number().int(), z.boolean()]).transform(String) });
/** `{column: code, parts: 2, of: '.'}`: the first two parts of C01.2.3, C01.2; nothing where there are fewer parts. */
const firstParts = z.strictObject({ column: text, parts: z.int().min(1).max(20), of: z.string().min(1).max(4) });
const source = z.union([text, constant, firstParts]);
export type ColumnSource = z.infer<typeof source>;

/** Takes values from rows: an object that maps `key` to `value` over the rows where the columns read so. */
export const collect = z.strictObject({
  collect: z.strictObject({ where: z.record(text, text), key: text, value: text, scale: text.optional() }),
});

const declaration = z.strictObject({
  command: text.describe('type of a command, for example organization.RegisterUnit'),
  forEach: text.optional().describe('a source column: one command for each value that occurs'),
  except: z.array(text).optional().describe('values of forEach that are left out'),
  only: z.array(text).optional().describe('values of forEach that are taken'),
  always: z
    .boolean()
    .optional()
    .describe('sent at every import, also where its stream exists: for commands that record nothing then'),
  data: z.record(z.string(), z.unknown()),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe('by value of forEach: fields that differ'),
});
export type Declaration = z.infer<typeof declaration>;

/** A step into a YAML or JSON file: a field's name, an item's number from 0, or the item that has these values. */
const step = z.union([text, z.int().min(0), z.record(text, z.string())]);
export type PathStep = z.infer<typeof step>;

const table = z.strictObject({
  at: z.array(step).describe('where the rows lie: a list of objects, or an object with one row a field'),
  set: z.record(text, z.string()).optional().describe('columns that every row of this table has'),
});
export type TablePlace = z.infer<typeof table>;

const mapSchema = z.strictObject({
  map: text.describe('name of the map'),
  kind: text.describe('observations, commitments, targets, actions, organization or people'),
  about: z.string().optional(),
  source: text.optional().describe('who made the figures; recorded with each of them'),
  sheet: text.optional().describe('name of the sheet of a workbook; its first when left out'),
  tables: z.array(table).min(1).optional().describe('where the rows of a YAML or JSON file lie; its top when left out'),
  columns: z
    .record(text, source)
    .describe('our column: the column of the file, {value: constant}, or the first parts of a column'),
  pivot: z
    .strictObject({
      columns: z.array(z.union([text, z.number().int().transform(String)])).min(1),
      name: text,
      value: text,
    })
    .optional()
    .describe('wide columns become rows: the column name goes to `name`, the field to `value`'),
  drop: z.array(z.strictObject({ column: text, in: z.array(text).min(1), because: text })).optional(),
  skipEmpty: z.array(text).optional().describe('our columns: a row with an empty one is no row'),
  recode: z.record(text, z.record(z.string(), z.string())).optional(),
  scale: z
    .record(text, text)
    .optional()
    .describe('our column: factor, for example "100" for fractions that are percentages'),
  complete: z.boolean().optional().describe('what the file does not name is gone (organization: its unit is closed)'),
  release: text.optional().describe('code of the release that the figures come from'),
  declare: z
    .array(declaration)
    .optional()
    .describe('commands sent before the rows; left out when what they declare exists'),
});
export type ImportMap = z.infer<typeof mapSchema>;

export interface LoadedMap {
  readonly map: ImportMap;
  /** SHA-256 of the map's text, hex. */
  readonly sha256: string;
}

/** More repetitions (`*name`) than this are no map but an attempt to fill the memory. */
const MOST_ALIASES = 20;

/** A YAML text as plain data; what only warns is refused too. @throws FileRefused naming line and rule */
function plainData(text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { logLevel: 'silent', lineCounter: lines });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) {
    const line = wrong.linePos?.[0].line;
    const said = wrong.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
    const place = line === undefined ? '' : `, line ${line}`;
    if (wrong.code === 'TAG_RESOLVE_FAILED')
      throw new FileRefused('a-map-holds-plain-values', `The map${place}: ${said}. Leave the tag (!…) out.`, line);
    throw new FileRefused('a-map-is-yaml', `The map is not YAML${place}: ${said}.`, line);
  }
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const first = aliases[0];
  if (first && aliases.length > MOST_ALIASES) throw tooMuchRepeated(first, lines);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (first && error instanceof ReferenceError) throw tooMuchRepeated(first, lines);
    throw error;
  }
}

function tooMuchRepeated(first: Alias, lines: LineCounter): FileRefused {
  const { line } = lines.linePos(first.range?.[0] ?? 0);
  return new FileRefused(
    'a-map-repeats-little',
    `The map, line ${line}: *${first.source} and what follows it repeat too much. Write it out instead; at most ${MOST_ALIASES} repetitions are taken.`,
    line,
  );
}

/** @throws FileRefused `a-map-is-yaml` | `a-map-holds-plain-values` | `a-map-repeats-little` | `a-map-says-only-what-maps-know`, naming line or path. */
export function loadMap(source: string): LoadedMap {
  const parsed = mapSchema.safeParse(plainData(source) ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FileRefused(
      'a-map-says-only-what-maps-know',
      `The map is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    );
  }
  for (const [column, factor] of Object.entries(parsed.data.scale ?? {}))
    if (!isDecimalString(factor))
      throw new FileRefused(
        'a-map-says-only-what-maps-know',
        `The map's scale.${column} is "${factor}", not a plain decimal number.`,
      );
  return { map: parsed.data, sha256: createHash('sha256').update(source).digest('hex') };
}

/** The map of a file whose header already bears our column names. */
export const plainMap = (kind: string, header: readonly string[]): LoadedMap => ({
  map: { map: 'plain', kind, columns: Object.fromEntries(header.map((name) => [name, name])) },
  sha256: createHash('sha256').update(`plain:${kind}`).digest('hex'),
});

const columnOf = (from: ColumnSource): string | undefined =>
  typeof from === 'string' ? from : 'column' in from ? from.column : undefined;

/** Columns of the file that the map names. @throws FileRefused `a-map-names-columns-of-the-file` */
export function checkColumns(map: ImportMap, header: readonly string[]): void {
  const named = [
    ...Object.values(map.columns).flatMap((from) => columnOf(from) ?? []),
    ...(map.pivot?.columns ?? []),
    ...(map.drop ?? []).map(({ column }) => column),
    ...(map.declare ?? []).flatMap(({ forEach }) => (forEach === undefined ? [] : [forEach])),
  ];
  const missing = [
    ...new Set(
      named.filter((column) => !header.includes(column) && column !== map.pivot?.name && column !== map.pivot?.value),
    ),
  ];
  if (missing.length > 0)
    throw new FileRefused(
      'a-map-names-columns-of-the-file',
      `The file has no column ${missing.map((column) => `"${column}"`).join(', ')}. It has: ${header.join(', ')}.`,
      1,
    );
}
