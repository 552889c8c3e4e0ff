import type { Sheet, SheetCell } from '@plumbline/reporting/domain';
import writeExcelFile, { type CellObject } from 'write-excel-file/node';

const WIDEST = 60;
const FORMATS: Readonly<Record<number, string>> = { 0: '#,##0', 1: '#,##0.0', 3: '0.000' };

/** Cells are typed, so that a text is never taken for a formula, whatever it begins with. */
function cellOf(cell: SheetCell): CellObject | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return { type: String, value: cell, alignVertical: 'top', wrap: cell.length > WIDEST };
  return { type: Number, value: Number(cell.number), format: FORMATS[cell.decimals] ?? '0.0', alignVertical: 'top' };
}

const shownLength = (cell: SheetCell): number => (cell === null ? 0 : typeof cell === 'string' ? cell.length : 10);
const widthOf = ({ heads, rows }: Sheet, column: number): number =>
  Math.min(
    WIDEST,
    Math.max(8, ...[heads[column] ?? '', ...rows.map((row) => row[column] ?? null)].map(shownLength)) + 2,
  );

const SIGNATURE = { end: 0x06054b50, central: 0x02014b50 } as const;
const FIRST_DAY = 0x0021_0000;

/** The archive with every entry dated 1 January 1980, the first day it can say (APPNOTE 6.3.10, §4.4.6): the same sheets are the same bytes at any time. */
export function undated(archive: Buffer): Buffer {
  const bytes = Buffer.from(archive);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== SIGNATURE.end) end -= 1;
  if (end < 0) throw new RangeError('this is no archive: it has no end record');
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(entry) !== SIGNATURE.central) throw new RangeError(`there is no entry at byte ${entry}`);
    bytes.writeUInt32LE(FIRST_DAY, entry + 12);
    bytes.writeUInt32LE(FIRST_DAY, bytes.readUInt32LE(entry + 42) + 10);
    entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return bytes;
}

/** Sheets as a workbook (Office Open XML). The same sheets give the same bytes. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const archive = await writeExcelFile(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      stickyRowsCount: 1,
      columns: sheet.heads.map((_, column) => ({ width: widthOf(sheet, column) })),
      data: [
        sheet.heads.map((head): CellObject => ({ type: String, value: head, fontWeight: 'bold', wrap: true })),
        ...sheet.rows.map((row) => row.map(cellOf)),
      ],
    })),
  ).toBuffer();
  return undated(archive);
}
