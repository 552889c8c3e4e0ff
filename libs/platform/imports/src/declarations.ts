import type { z } from 'zod';
import { collect, type Declaration, type ImportMap } from './map';
import { scaled } from './map-rows';
import type { FileRecord } from './table';

/** A command that a map declares. Left out when what it declares exists, unless `always`. */
export interface DeclaredCommand {
  readonly type: string;
  readonly always: boolean;
  readonly data: Record<string, unknown>;
}

const folded = (code: string): string => code.normalize('NFC').toUpperCase();

/** `{column}` of the record, `{column|upper}` in capitals, `{fileHash}`. */
function fill(value: unknown, record: FileRecord | undefined, fileHash: string): unknown {
  if (typeof value === 'string')
    return value.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const [column = '', modifier] = name.split('|');
      if (column === 'fileHash') return fileHash;
      const filled = record?.fields[column] ?? whole;
      return modifier === 'upper' ? filled.toUpperCase() : filled;
    });
  if (Array.isArray(value)) return value.map((item) => fill(item, record, fileHash));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, record, fileHash)]))
    : value;
}

/** Gathers, while the records pass by, what declarations take from the file: the values of `forEach` columns and of `collect` fields. */
export class DeclarationGatherer {
  private readonly values = new Map<string, Map<string, FileRecord>>();
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

  see(record: FileRecord): void {
    for (const [column, seen] of this.values) {
      const value = record.fields[column] ?? '';
      if (value !== '' && !seen.has(folded(value))) seen.set(folded(value), record);
    }
    for (const { spec, entries } of this.collected)
      if (Object.entries(spec.where).every(([column, wanted]) => record.fields[column] === wanted)) {
        const value = record.fields[spec.value] ?? '';
        if (value !== '')
          entries.set(record.fields[spec.key] ?? '', spec.scale === undefined ? value : scaled(value, spec.scale));
      }
  }

  /** The declared commands' types and data, placeholders filled in. */
  declared(fileHash: string): readonly DeclaredCommand[] {
    let nextCollected = 0;
    return (this.map.declare ?? []).flatMap((declaration) => {
      const collectedHere = Object.fromEntries(
        Object.entries(declaration.data)
          .filter(([, value]) => collect.safeParse(value).success)
          .map(([field]) => [field, Object.fromEntries(this.collected[nextCollected++]?.entries ?? [])]),
      );
      return this.commandsOf(declaration, collectedHere, fileHash);
    });
  }

  private commandsOf(
    declaration: Declaration,
    collectedHere: Record<string, unknown>,
    fileHash: string,
  ): readonly DeclaredCommand[] {
    const one = (record: FileRecord | undefined, overrides: Record<string, unknown> = {}): DeclaredCommand => ({
      type: declaration.command,
      always: declaration.always === true,
      data: fill({ ...declaration.data, ...collectedHere, ...overrides }, record, fileHash) as Record<string, unknown>,
    });
    if (declaration.forEach === undefined) return [one(undefined)];
    const except = declaration.except?.map(folded);
    const only = declaration.only?.map(folded);
    const overrides = new Map(
      Object.entries(declaration.overrides ?? {}).map(([code, fields]) => [folded(code), fields]),
    );
    return [...(this.values.get(declaration.forEach) ?? [])]
      .filter(([code]) => !except?.includes(code) && (only === undefined || only.includes(code)))
      .map(([code, record]) => one(record, overrides.get(code)));
  }
}
