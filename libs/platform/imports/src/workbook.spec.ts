import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import writeWorkbook from 'write-excel-file/node';
import { FileRefused, inspectFile } from './file';
import type { FileRecord } from './table';
import { openWorkbook, plainNumber } from './workbook';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-workbook-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

type Cell = string | number | boolean | Date | null;
const cellOf = (value: Cell) =>
  value === null
    ? null
    : value instanceof Date
      ? { value, type: Date, format: 'dd/mm/yyyy hh:mm' }
      : { value, type: typeof value === 'number' ? Number : typeof value === 'boolean' ? Boolean : String };
const bytesOf = async (rows: readonly (readonly Cell[])[], sheet = 'Figures'): Promise<Buffer> =>
  (await writeWorkbook(rows.map((row) => row.map(cellOf)) as never, { sheet } as never).toBuffer()) as Buffer;

/** A zip archive of these parts; `claims` puts another size into its list. */
function archiveOf(parts: Readonly<Record<string, string>>, claims: Readonly<Record<string, number>> = {}): Buffer {
  const local: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const data = deflateRawSync(Buffer.from(text));
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(claims[name] ?? text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), data);
    listed.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(parts).length, at);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}
/** The parts of a workbook with one sheet of this XML. */
const partsOf = (sheetData: string): Readonly<Record<string, string>> => ({
  'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/sharedStrings.xml': '<sst/>',
  'xl/styles.xml': '<styleSheet/>',
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
});

async function read(bytes: Buffer, sheet?: string, name = 'a.xlsx') {
  const path = join(folder, `${files++}.bin`);
  writeFileSync(path, bytes);
  const table = await openWorkbook(await inspectFile(path, name), sheet === undefined ? {} : { sheet });
  const records: FileRecord[] = [];
  for await (const record of table.records()) records.push(record);
  return { header: table.header, records };
}
const refusal = async (bytes: Buffer, sheet?: string, name?: string): Promise<FileRefused> => {
  const outcome = await read(bytes, sheet, name).catch((error: unknown) => error);
  if (!(outcome instanceof FileRefused)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
};

describe('a workbook', () => {
  it('is read by rows, its first row the header, empty rows left out and the others by their number', async () => {
    const { header, records } = await read(
      await bytesOf([
        ['unit', 'value', 'due', 'nil'],
        ['GPA', 1.02, new Date('2024-02-29T00:00:00Z'), true],
        [null, null, null, null],
        [' HMPS ', 58, new Date('2024-02-29T12:30:00Z'), null],
      ]),
    );
    expect(header).toEqual(['unit', 'value', 'due', 'nil']);
    expect(records).toEqual([
      { line: 2, fields: { unit: 'GPA', value: '1.02', due: '2024-02-29', nil: 'true' } },
      { line: 4, fields: { unit: 'HMPS', value: '58', due: '2024-02-29T12:30:00Z', nil: '' } },
    ]);
  });
  it.each([
    ['0.30000000000000004', '0.3'],
    ['0.57999999999999996', '0.58'],
    ['1e-7', '0.0000001'],
    ['-12.5', '-12.5'],
    ['1.5E+3', '1500'],
    ['0', '0'],
    ['-0', '0'],
    ['123456789012345680', '123456789012346000'],
  ])('gives its number %s as its user sees it: %s', (written, plain) => {
    expect(plainNumber(written)).toBe(plain);
  });
  it('is known by its bytes, whatever it is called', async () => {
    const { records } = await read(await bytesOf([['unit'], ['GPA']]), undefined, 'figures.csv');
    expect(records[0]?.fields).toEqual({ unit: 'GPA' });
  });
  it('is read from the sheet that is named', async () => {
    const bytes = await bytesOf([['unit'], ['GPA']], 'Staff 2026');
    expect((await read(bytes, 'Staff 2026')).records).toHaveLength(1);
    expect((await refusal(bytes, 'Staff 2025')).rule).toBe('a-workbook-has-the-sheet-of-the-map');
  });
});

describe('a workbook is refused', () => {
  it('with macros in it', async () => {
    const macros = { ...partsOf('<row r="1"/>'), 'xl/vbaProject.bin': 'x' };
    expect((await refusal(archiveOf(macros))).rule).toBe('a-workbook-holds-no-macros');
  });
  it('that unpacks to more than its list claims', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(1_000);
    const bytes = archiveOf(partsOf(rows), { 'xl/worksheets/sheet1.xml': 100 });
    expect((await refusal(bytes)).rule).toBe('a-workbook-is-a-whole-archive');
  });
  it('that claims to unpack to more than is taken', async () => {
    const bytes = archiveOf(partsOf(''), { 'xl/worksheets/sheet1.xml': 300 * 1024 * 1024 });
    expect((await refusal(bytes)).rule).toBe('a-workbook-unpacks-to-at-most-192-mib');
  });
  it.each([
    [
      'a cell far to the right and below',
      '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      'an-import-has-at-most-200000-rows',
    ],
    ['a cell far to the right', '<row r="1"><c s="1" r="XFD1"><v>1</v></c></row>', 'a-sheet-is-a-table'],
  ])('with %s, before any memory is taken for what lies between', async (_, sheet, rule) => {
    expect((await refusal(archiveOf(partsOf(sheet)))).rule).toBe(rule);
  });
  it('that is encrypted', async () => {
    const bytes = archiveOf(partsOf(''));
    bytes.writeUInt16LE(1, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 8);
    expect((await refusal(bytes)).rule).toBe('a-workbook-opens-without-a-password');
  });
  it('of thousands of parts', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`xl/${index}.xml`, 'x']));
    expect((await refusal(archiveOf(parts))).rule).toBe('a-workbook-has-few-parts');
  });
  it('with entities', async () => {
    const parts = { ...partsOf(''), 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst/>' };
    expect((await refusal(archiveOf(parts))).rule).toBe('a-workbook-declares-no-entities');
  });
  it('cut short, or holding something else', async () => {
    const bytes = await bytesOf([['unit'], ['GPA']]);
    expect((await refusal(bytes.subarray(0, bytes.length - 60))).rule).toBe('a-workbook-is-a-whole-archive');
    expect((await refusal(archiveOf({ 'a.txt': 'x' }))).rule).toBe('a-workbook-can-be-read');
    expect((await refusal(Buffer.from('unit\nGPA\n'))).rule).toBe('a-workbook-is-xlsx');
  });
  it('without rows below its header', async () => {
    expect((await refusal(await bytesOf([['unit'], [null]]))).rule).toBe('a-file-has-rows');
  });
  it('with an error in a cell, by its row', async () => {
    const sheet = '<row r="1"><c r="A1" t="str"><v>unit</v></c></row><row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>';
    const refused = await refusal(archiveOf(partsOf(sheet)));
    expect([refused.rule, refused.line]).toEqual(['a-workbook-can-be-read', 2]);
  });
});
