import { readSheet } from 'read-excel-file/universal';
import { FileRefused, type InspectedFile, MAX_ROWS } from './file';
import { checkHeader } from './header';
import type { FileRecord, Table, TablePlaces } from './table';
import { entriesOf, readWhole, unpacked, type ZipEntry } from './zip';

/** What the parts of a workbook may unpack to, together. */
export const MAX_UNPACKED_BYTES = 192 * 1024 * 1024;
const MOST_COLUMNS = 500;
const MOST_CELLS = 8_000_000;

const MACROS = /(^|\/)(vbaProject[^/]*\.bin|macrosheets\/|dialogsheets\/)/i;
/** A cell or row of a sheet by its place: `<c r="AB12"`, `<row r="12"`. */
const PLACE = /<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r="([A-Z]{0,3})(\d{1,7})"/g;

/** A formula that gave an error, which a reader takes for an empty cell: `<c r="B7" t="e"`. */
const ERROR =
  /<(?:\w+:)?c\s(?=[^<>]*\st="e")[^<>]*?r="[A-Z]{1,3}(\d{1,7})"|<(?:\w+:)?c\st="e"[^<>]*?r="[A-Z]{1,3}(\d{1,7})"/;

const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

const unreadable = (line: number): FileRefused =>
  new FileRefused(
    'a-workbook-can-be-read',
    line > 0
      ? `Row ${line}: a cell holds an error or a value that cannot be read. Mend it, or export CSV.`
      : 'The workbook cannot be read. Save it again as XLSX, or export CSV.',
    ...(line > 0 ? [line] : []),
  );

/** A reader fills the gaps of a sheet: a single cell far away would take all memory. */
function checkExtent(name: string, xml: string): void {
  let [rows, columns] = [0, 0];
  for (const [, letters = '', row = ''] of xml.matchAll(PLACE)) {
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (rows > MAX_ROWS + 1)
    throw new FileRefused(
      'an-import-has-at-most-200000-rows',
      `The sheet goes down to row ${rows}; at most ${MAX_ROWS} rows below a header are taken. Remove what stands below the table, or split it.`,
    );
  if (columns > MOST_COLUMNS || rows * columns > MOST_CELLS)
    throw new FileRefused(
      'a-sheet-is-a-table',
      `The sheet spans ${rows} rows and ${columns} columns (${name}). Remove what stands beside the table.`,
    );
}

async function checkParts(archive: Buffer, entries: readonly ZipEntry[]): Promise<void> {
  if (entries.some(({ encrypted }) => encrypted))
    throw new FileRefused(
      'a-workbook-opens-without-a-password',
      'The workbook is encrypted. Save it without a password.',
    );
  if (entries.some(({ name }) => MACROS.test(name)))
    throw new FileRefused(
      'a-workbook-holds-no-macros',
      'The workbook holds macros. Save it as XLSX without them, or as CSV.',
    );
  const read = entries.filter(({ name }) => name.endsWith('.xml') || name.endsWith('.rels'));
  const size = read.reduce((sum, entry) => sum + entry.size, 0);
  if (size > MAX_UNPACKED_BYTES)
    throw new FileRefused(
      'a-workbook-unpacks-to-at-most-192-mib',
      `The workbook unpacks to ${size} bytes; at most ${MAX_UNPACKED_BYTES} are taken. Split it, or export CSV.`,
    );
  for (const entry of read) {
    const xml = (await unpacked(archive, entry)).toString('latin1');
    if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY'))
      throw new FileRefused(
        'a-workbook-declares-no-entities',
        `The part ${entry.name} declares entities. Save it again.`,
      );
    // any part may be a sheet: the workbook says which
    checkExtent(entry.name, xml);
    const error = ERROR.exec(xml);
    if (error) throw unreadable(Number(error[1] ?? error[2]));
  }
}

/** A workbook's number is a double written with up to 17 digits: 0.1 + 0.2 stands there as 0.30000000000000004. What its user sees are 15. */
export function plainNumber(written: string): string {
  const number = Number(written);
  if (!Number.isFinite(number)) return written;
  const [digits = '', exponent = '0'] = number.toExponential(14).split('e');
  const sign = digits.startsWith('-') ? '-' : '';
  const figures = digits.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  const point = Number(exponent) + 1;
  if (figures === '0') return '0';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${figures}`;
  if (point >= figures.length) return `${sign}${figures}${'0'.repeat(point - figures.length)}`;
  return `${sign}${figures.slice(0, point)}.${figures.slice(point)}`;
}

/** A day as 2026-11-23; with a time of day as 2026-11-23T09:41:00Z. Dates are doubles too: they are read to the second. */
function plainDate(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  return Object.prototype.toString.call(cell) === '[object Date]' ? plainDate(cell as Date) : String(cell).trim();
};

function refusedBy(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'SheetNotFoundError')
    return new FileRefused('a-workbook-has-the-sheet-of-the-map', `${error.message}.`);
  return unreadable(Number(/at row (\d+)/.exec(error.message)?.[1] ?? 0));
}

/** Reads one sheet of a workbook (XLSX), its first row the header. Formulas count by the value that was saved with them. @throws FileRefused */
export async function openWorkbook(file: InspectedFile, { sheet }: TablePlaces): Promise<Table> {
  const archive = await readWhole(file.path);
  await checkParts(archive, entriesOf(archive));
  const bytes = archive.buffer.slice(archive.byteOffset, archive.byteOffset + archive.length) as ArrayBuffer;
  let rows: readonly (readonly unknown[])[];
  try {
    rows = await readSheet(bytes, sheet ?? 1, { parseNumber: plainNumber });
  } catch (error) {
    throw refusedBy(error);
  }
  const [first, ...below] = rows;
  if (!first) throw new FileRefused('a-file-has-rows', 'The sheet is empty.');
  const header = checkHeader(first.map(cellText));
  const texts = below.map((row) => row.map(cellText));
  if (texts.every((row) => row.every((text) => text === '')))
    throw new FileRefused('a-file-has-rows', 'The sheet has a header but no rows.');
  return {
    header,
    async *records(): AsyncGenerator<FileRecord> {
      for (const [index, row] of texts.entries())
        if (row.some((text) => text !== ''))
          yield { line: index + 2, fields: Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])) };
    },
  };
}
