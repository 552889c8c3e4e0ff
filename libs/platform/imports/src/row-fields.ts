import type { z } from 'zod';
import type { ImportRow, RowProblem } from './importer';

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

/** The items of a column that holds several, separated by semicolons or bars. */
export const list = (row: ImportRow, column: string): readonly string[] =>
  [...new Set((row.fields[column] ?? '').split(/[;|]/).map((item) => item.trim()))].filter((item) => item !== '');

const WHOLE = /^(0|[1-9]\d*)$/;

/** A whole number of a column, undefined when it is empty; what is none stays text, for the schema to refuse. */
export function count(row: ImportRow, column: string): number | string | undefined {
  const text = row.fields[column] ?? '';
  return text === '' ? undefined : WHOLE.test(text) ? Number(text) : text;
}

/** An object without the members that are undefined: what a row leaves out, its command leaves out. */
export const given = <T extends object>(data: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as never;

/** A code or key as it is compared: without regard to case or Unicode form. */
export const folded = (text: string | undefined): string => (text ?? '').normalize('NFC').toUpperCase();

/** What a command's schema finds wrong with data made of a row, by column. `columnOf`: columns of fields that bear another name. */
export function problemsIn(
  row: ImportRow,
  schema: z.ZodType,
  data: unknown,
  columnOf: Readonly<Record<string, string>> = {},
): readonly RowProblem[] {
  const parsed = schema.safeParse(data);
  return (parsed.error?.issues ?? []).map(({ path, message }) => {
    const whole = path.map(String).join('.');
    const field = String(path[0] ?? '');
    const column = columnOf[whole] ?? columnOf[field] ?? field;
    return { line: row.line, column, value: row.fields[column] ?? '', rule: 'a-field-has-its-form', detail: message };
  });
}
