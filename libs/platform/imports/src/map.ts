import { createHash } from 'node:crypto';
import { decimal, isDecimalString, writeDecimal } from '@plumbline/kernel';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { CsvRecord } from './csv';
import { FileRefused, MAX_ROWS } from './file';
import type { ImportRow } from './importer';

const text = z.string().min(1).max(400);
const constant = z.strictObject({ value: z.union([z.string(), z.number().int(), z.boolean()]).transform(String) });

/** Takes values from rows: an object that maps `key` to `value` over the rows where the columns read so. */
const collect = z.strictObject({
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
    .describe('sent even where what it declares exists: for commands that record nothing then'),
  data: z.record(z.string(), z.unknown()),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe('by value of forEach: fields that differ'),
});
export type Declaration = z.infer<typeof declaration>;

const mapSchema = z.strictObject({
  map: text.describe('name of the map'),
  kind: text.describe('observations, organization or people'),
  about: z.string().optional(),
  source: text.optional().describe('who made the figures; recorded with each of them'),
  columns: z
    .record(text, z.union([text, constant]))
    .describe('our column: the column of the file, or {value: constant}'),
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

/** @throws FileRefused `a-map-is-yaml` | `a-map-says-only-what-maps-know`, naming line or path. */
export function loadMap(source: string): LoadedMap {
  let document: unknown;
  try {
    document = parseYaml(source, { maxAliasCount: 20 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new FileRefused('a-map-is-yaml', `The map is not YAML: ${error.message}`, error.linePos?.[0].line);
  }
  const parsed = mapSchema.safeParse(document);
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

/** Columns of the file that the map names. @throws FileRefused `a-map-names-columns-of-the-file` */
export function checkColumns(map: ImportMap, header: readonly string[]): void {
  const named = [
    ...Object.values(map.columns).filter((source): source is string => typeof source === 'string'),
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
      `The file has no column ${missing.map((column) => `"${column}"`).join(', ')}. Its header has: ${header.join(', ')}.`,
      1,
    );
}

export const isDropped = (map: ImportMap, record: CsvRecord): boolean =>
  (map.drop ?? []).some(({ column, in: values }) => values.includes(record.fields[column] ?? ''));

/** One record of the file as the rows it stands for: renamed, pivoted, recoded, scaled. Text that is no number is left for the importer to refuse. */
export function* mapRows(map: ImportMap, record: CsvRecord): Generator<ImportRow> {
  const wide = map.pivot
    ? map.pivot.columns.map((column) => ({
        ...record.fields,
        [map.pivot?.name ?? '']: column,
        [map.pivot?.value ?? '']: record.fields[column] ?? '',
      }))
    : [record.fields];
  for (const fields of wide) {
    const row: Record<string, string> = {};
    for (const [ours, source] of Object.entries(map.columns))
      row[ours] = typeof source === 'string' ? ((fields as Record<string, string>)[source] ?? '') : source.value;
    for (const [column, codes] of Object.entries(map.recode ?? {}))
      row[column] = codes[row[column] ?? ''] ?? row[column] ?? '';
    if (map.skipEmpty?.some((column) => row[column] === '')) continue;
    for (const [column, factor] of Object.entries(map.scale ?? {})) row[column] = scaled(row[column] ?? '', factor);
    yield { line: record.line, fields: row };
  }
}

const scaled = (value: string, factor: string): string =>
  isDecimalString(value) ? writeDecimal(decimal(value).times(decimal(factor)), 12) : value;

/** A command that a map declares. Left out when what it declares exists, unless `always`. */
export interface DeclaredCommand {
  readonly type: string;
  readonly always: boolean;
  readonly data: Record<string, unknown>;
}

/** Gathers, while the records pass by, what declarations take from the file: the values of `forEach` columns and of `collect` fields. */
export class DeclarationGatherer {
  private readonly values = new Map<string, Map<string, CsvRecord>>();
  private readonly collected: {
    readonly spec: z.infer<typeof collect>['collect'];
    readonly entries: Map<string, string>;
  }[] = [];

  constructor(private readonly map: ImportMap) {
    for (const { forEach, data } of map.declare ?? []) {
      if (forEach !== undefined && !this.values.has(forEach)) this.values.set(forEach, new Map());
      for (const value of Object.values(data)) {
        const wanted = collect.safeParse(value);
        if (wanted.success) this.collected.push({ spec: wanted.data.collect, entries: new Map() });
      }
    }
  }

  see(record: CsvRecord): void {
    for (const [column, seen] of this.values) {
      const value = record.fields[column] ?? '';
      const folded = value.normalize('NFC').toUpperCase();
      if (value !== '' && !seen.has(folded)) seen.set(folded, record);
    }
    for (const { spec, entries } of this.collected)
      if (Object.entries(spec.where).every(([column, wanted]) => record.fields[column] === wanted)) {
        const value = record.fields[spec.value] ?? '';
        if (value !== '')
          entries.set(record.fields[spec.key] ?? '', spec.scale === undefined ? value : scaled(value, spec.scale));
      }
  }

  /** The declared commands' types and data, placeholders filled in: `{column}` of the record, `{column|upper}` in capitals, `{fileHash}`. */
  declared(fileHash: string): readonly DeclaredCommand[] {
    let nextCollected = 0;
    return (this.map.declare ?? []).flatMap((declaration) => {
      const collectedHere = Object.fromEntries(
        Object.entries(declaration.data)
          .filter(([, value]) => collect.safeParse(value).success)
          .map(([field]) => [field, Object.fromEntries(this.collected[nextCollected++]?.entries ?? [])]),
      );
      const fill = (value: unknown, record: CsvRecord | undefined): unknown =>
        typeof value === 'string'
          ? value.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
              const [column = '', modifier] = name.split('|');
              if (column === 'fileHash') return fileHash;
              const filled = record?.fields[column] ?? whole;
              return modifier === 'upper' ? filled.toUpperCase() : filled;
            })
          : Array.isArray(value)
            ? value.map((item) => fill(item, record))
            : typeof value === 'object' && value !== null
              ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, record)]))
              : value;
      const one = (record: CsvRecord | undefined, overrides: Record<string, unknown> = {}) => ({
        type: declaration.command,
        always: declaration.always === true,
        data: fill({ ...declaration.data, ...collectedHere, ...overrides }, record) as Record<string, unknown>,
      });
      if (declaration.forEach === undefined) return [one(undefined)];
      const folded = (codes: readonly string[] | undefined) =>
        codes?.map((code) => code.normalize('NFC').toUpperCase());
      const except = folded(declaration.except);
      const only = folded(declaration.only);
      const overrides = new Map(
        Object.entries(declaration.overrides ?? {}).map(([code, fields]) => [
          code.normalize('NFC').toUpperCase(),
          fields,
        ]),
      );
      return [...(this.values.get(declaration.forEach) ?? [])]
        .filter(([code]) => !except?.includes(code) && (only === undefined || only.includes(code)))
        .map(([code, record]) => one(record, overrides.get(code)));
    });
  }
}

/** Counts mapped rows against the limit. */
export function countRow(count: number): number {
  if (count >= MAX_ROWS)
    throw new FileRefused(
      'an-import-has-at-most-200000-rows',
      `With the map the file gives more than ${MAX_ROWS} rows. Split it and keep the header in each part.`,
    );
  return count + 1;
}
