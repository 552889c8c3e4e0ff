import type { ImportRow, RowProblem } from '@plumbline/platform/imports';
import type { z } from 'zod';

/** The fields of a row that are not empty. */
export const fields = (row: ImportRow): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(row.fields).filter(([, value]) => value !== ''));

const YES = ['yes', 'true', '1'];
const NO = ['no', 'false', '0', ''];

/** A column that says yes or no; empty is no. */
export function flag(row: ImportRow, column: string): boolean | RowProblem {
  const value = (row.fields[column] ?? '').toLowerCase();
  if (YES.includes(value)) return true;
  return NO.includes(value)
    ? false
    : {
        line: row.line,
        column,
        value: row.fields[column] ?? '',
        rule: 'a-flag-says-yes-or-no',
        detail: 'Write yes or no.',
      };
}

/** What a command's schema finds wrong with data made of a row, by column. `columnOf`: columns of fields that bear another name. */
export function problemsIn(
  row: ImportRow,
  schema: z.ZodType,
  data: unknown,
  columnOf: Readonly<Record<string, string>> = {},
): readonly RowProblem[] {
  const parsed = schema.safeParse(data);
  return (parsed.error?.issues ?? []).map(({ path, message }) => {
    const field = String(path[0] ?? '');
    const column = columnOf[field] ?? field;
    return { line: row.line, column, value: row.fields[column] ?? '', rule: 'a-field-has-its-form', detail: message };
  });
}
