import { decimal, isDecimalString, writeDecimal } from '@plumbline/kernel';
import { FileRefused, MAX_ROWS } from './file';
import type { ImportRow, RowProblem } from './importer';
import type { ColumnSource, ImportMap } from './map';
import type { FileRecord } from './table';

/** A row with the record it was made of, so that what is wrong with it can be named as the file has it. */
export interface MappedRow extends ImportRow {
  readonly record: FileRecord;
  /** The wide column that became this row, where the map pivots. */
  readonly wide: string | undefined;
}

export const isDropped = (map: ImportMap, record: FileRecord): boolean =>
  (map.drop ?? []).some(({ column, in: values }) => values.includes(record.fields[column] ?? ''));

export const scaled = (value: string, factor: string): string =>
  isDecimalString(value) ? writeDecimal(decimal(value).times(decimal(factor)), 12) : value;

function valueOf(from: ColumnSource, fields: Readonly<Record<string, string>>): string {
  if (typeof from === 'string') return fields[from] ?? '';
  if ('value' in from) return from.value;
  const parts = (fields[from.column] ?? '').split(from.of);
  return parts.length < from.parts ? '' : parts.slice(0, from.parts).join(from.of);
}

/** One record of the file as the rows it stands for: renamed, pivoted, recoded, scaled. Text that is no number is left for the importer to refuse. */
export function* mapRows(map: ImportMap, record: FileRecord): Generator<MappedRow> {
  for (const wide of map.pivot?.columns ?? [undefined]) {
    const fields =
      map.pivot && wide !== undefined
        ? { ...record.fields, [map.pivot.name]: wide, [map.pivot.value]: record.fields[wide] ?? '' }
        : record.fields;
    const row: Record<string, string> = {};
    for (const [ours, from] of Object.entries(map.columns)) row[ours] = valueOf(from, fields);
    for (const [column, codes] of Object.entries(map.recode ?? {}))
      row[column] = codes[row[column] ?? ''] ?? row[column] ?? '';
    if (map.skipEmpty?.some((column) => row[column] === '')) continue;
    for (const [column, factor] of Object.entries(map.scale ?? {})) row[column] = scaled(row[column] ?? '', factor);
    yield { line: record.line, fields: row, record, wide };
  }
}

/** A problem that names our column and value, in the file's own words: its column, and what stands there. */
export function inTheFile(map: ImportMap, row: MappedRow, problem: RowProblem): RowProblem {
  const ours = problem.column;
  const from = ours === undefined ? undefined : map.columns[ours];
  if (ours === undefined || from === undefined) return problem;
  if (typeof from === 'object' && 'value' in from)
    return { ...problem, column: `columns.${ours} of the map`, value: from.value };
  const named = typeof from === 'string' ? from : from.column;
  const column = map.pivot && (named === map.pivot.value || named === map.pivot.name) ? (row.wide ?? named) : named;
  const value = map.pivot && named === map.pivot.name ? column : row.record.fields[column];
  return {
    ...problem,
    column,
    ...(value === undefined ? {} : { value }),
    ...(column === ours ? {} : { field: ours }),
  };
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
