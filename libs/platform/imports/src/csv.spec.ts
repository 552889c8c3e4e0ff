import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCsv } from './csv';
import { delimiterOf, FileRefused, inspectFile, MAX_ROWS } from './file';
import type { FileRecord } from './table';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const fileOf = (content: string | Uint8Array): string => {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, content);
  return path;
};
const read = async (content: string | Uint8Array): Promise<{ header: readonly string[]; records: FileRecord[] }> => {
  const csv = await openCsv(await inspectFile(fileOf(content)));
  const records: FileRecord[] = [];
  for await (const record of csv.records()) records.push(record);
  return { header: csv.header, records };
};
const refusal = async (content: string | Uint8Array): Promise<FileRefused> => {
  const outcome = await read(content).catch((error: unknown) => error);
  if (!(outcome instanceof FileRefused)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
};

describe('a CSV file', () => {
  it('may begin with a byte-order mark', async () => {
    const { header, records } = await read('\uFEFFunit,value\nGPA,1.02\n');
    expect(header).toEqual(['unit', 'value']);
    expect(records).toEqual([{ line: 2, fields: { unit: 'GPA', value: '1.02' } }]);
  });
  it('may hold line breaks inside quotes, and the lines after them keep their numbers', async () => {
    const { records } = await read('unit,note\r\nA,"one\r\ntwo\r\nthree"\r\nB,x\r\n');
    expect(records.map(({ line, fields }) => [line, fields['unit'], fields['note']])).toEqual([
      [2, 'A', 'one\r\ntwo\r\nthree'],
      [5, 'B', 'x'],
    ]);
  });
  it('is read with commas, semicolons or tabs, whichever its header uses', async () => {
    expect(delimiterOf('unit;value')).toBe(';');
    expect(delimiterOf('unit\tvalue')).toBe('\t');
    expect(delimiterOf('"a;b;c",value')).toBe(',');
    expect((await read('unit\tvalue\nA\t1\n')).records[0]?.fields).toEqual({ unit: 'A', value: '1' });
  });
  it('skips empty lines and still names the right line', async () => {
    const { records } = await read('unit,value\n\n\nA,1\n');
    expect(records[0]?.line).toBe(4);
  });
  it('is read again from its beginning at each walk', async () => {
    const csv = await openCsv(await inspectFile(fileOf('unit\nA\nB\n')));
    const walk = async () => {
      const units: string[] = [];
      for await (const { fields } of csv.records()) units.push(fields['unit'] ?? '');
      return units;
    };
    expect(await walk()).toEqual(['A', 'B']);
    expect(await walk()).toEqual(['A', 'B']);
  });
  it('reads a last line without a line break, and old line endings', async () => {
    expect((await read('unit,value\rA,1\rB,2')).records.map(({ fields }) => fields['unit'])).toEqual(['A', 'B']);
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['empty', '', 'a-file-has-rows'],
    ['only a header', 'unit,value\n', 'a-file-has-rows'],
    ['UTF-16', Buffer.from('\uFEFFunit,value\nA,1', 'utf16le'), 'a-file-is-utf-8'],
    ['Latin-1', Buffer.from('unit,value\nA,1\nMünchen,2\n', 'latin1'), 'a-file-is-utf-8'],
    ['cut inside a character', Buffer.concat([Buffer.from('unit,value\nA,'), Buffer.from([0xc3])]), 'a-file-is-utf-8'],
    ['a gzip archive', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), 'a-file-is-text'],
    ['zero bytes', Buffer.from('unit,value\nA,\u0000\n'), 'a-file-is-text'],
    ['a field too many', 'unit,value\nA,1\nB,1,2\n', 'every-row-has-as-many-fields-as-the-header'],
    ['an open quote', 'unit,value\nA,"1\n', 'a-quote-that-opens-is-closed'],
    ['a quote within a field', 'unit,value\nA,1"2\n', 'a-quote-stands-at-the-start-of-a-field'],
    ['text after a closing quote', 'unit,value\nA,"1"2\n', 'after-a-closing-quote-the-field-ends'],
    ['a row without end', `unit,value\nA,${'x'.repeat(70_000)}\n`, 'a-row-is-at-most-64-kib'],
    ['a column named twice', 'unit,unit\nA,1\n', 'a-column-name-is-used-once'],
    ['a column without a name', 'unit,\nA,1\n', 'every-column-has-a-name'],
  ])('when it is %s', async (_, content, rule) => {
    expect((await refusal(content)).rule).toBe(rule);
  });
  it('and the line is named', async () => {
    expect((await refusal(Buffer.from('unit,value\nA,1\nMünchen,2\n', 'latin1'))).line).toBe(3);
    expect((await refusal('unit,value\nA,1\nB,1,2\n')).line).toBe(3);
  });
  it('when it has more rows than the limit, 200,000 unless said', async () => {
    expect(MAX_ROWS).toBe(200_000);
    const csv = await openCsv(await inspectFile(fileOf('unit\n' + 'A\n'.repeat(11))), {}, 10);
    const reading = (async () => {
      for await (const _record of csv.records());
    })();
    await expect(reading).rejects.toMatchObject({ rule: 'an-import-has-at-most-200000-rows' });
  });
  it('when it is larger than 128 MiB', async () => {
    const path = fileOf('');
    (await import('node:fs')).truncateSync(path, 128 * 1024 * 1024 + 1);
    await expect(inspectFile(path)).rejects.toMatchObject({ rule: 'a-file-is-at-most-128-mib' });
  });
});
