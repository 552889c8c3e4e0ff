import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Largest file an import takes. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** Most rows an import takes, counted in the file and again after a map has pivoted it. */
export const MAX_ROWS = 200_000;

/** A file that cannot be imported as a whole. `rule` is a kebab-case sentence, `message` says what was found and what to do. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  constructor(
    readonly rule: string,
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

export type FileFormat = 'csv' | 'xlsx' | 'yaml' | 'json';

export interface InspectedFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  readonly format: FileFormat;
  /** Of CSV. */
  readonly delimiter: ',' | ';' | '\t';
}

/** What a file is by its name; CSV when the name does not say. */
const FORMAT_OF: Readonly<Record<string, FileFormat>> = {
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
};
const SAVE_AGAIN: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV in UTF-8',
  xlsx: 'XLSX',
  yaml: 'YAML in UTF-8',
  json: 'JSON in UTF-8',
};
const formatOf = (fileName: string): FileFormat =>
  FORMAT_OF[/\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''] ?? 'csv';

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0x00, 0x00]],
  ['UTF-32', [0x00, 0x00, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['an old spreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
];
const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that occurs most often in the header, outside quotes; a comma when none does. */
export function delimiterOf(header: string): ',' | ';' | '\t' {
  const unquoted = header.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => [delimiter, unquoted.split(delimiter).length - 1] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/**
 * Reads a file once, in bounded memory: its size, its SHA-256, its format, and of text that it is in UTF-8 (a byte-order mark is allowed).
 * @param fileName says by its ending what the file is; a workbook is known by its bytes, whatever it is called
 * @throws FileRefused `a-file-has-rows` | `a-file-is-at-most-128-mib` | `a-file-is-text` | `a-file-is-utf-8`
 */
export async function inspectFile(path: string, fileName = path): Promise<InspectedFile> {
  const { size } = await stat(path);
  if (size === 0) throw new FileRefused('a-file-has-rows', 'The file is empty.');
  if (size > MAX_FILE_BYTES)
    throw new FileRefused(
      'a-file-is-at-most-128-mib',
      `The file has ${size} bytes; at most ${MAX_FILE_BYTES} are taken. Split it by rows and keep the header in each part.`,
    );
  const named = formatOf(fileName);
  const hash = createHash('sha256');
  let text: TextOfFile | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (text === undefined && startsWith(chunk, ZIP)) return await hashed(path, size);
    if (named === 'xlsx')
      throw new FileRefused('a-workbook-is-xlsx', 'The file is no workbook in XLSX. Save it again as XLSX or CSV.');
    hash.update(chunk);
    text ??= new TextOfFile(chunk, SAVE_AGAIN[named]);
    text.see(chunk);
  }
  text?.end();
  const sha256 = hash.digest('hex');
  return { path, bytes: size, sha256, format: named, delimiter: delimiterOf(text?.header ?? '') };
}

/** A workbook: its bytes are not text. */
async function hashed(path: string, bytes: number): Promise<InspectedFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return { path, bytes, sha256: hash.digest('hex'), format: 'xlsx', delimiter: ',' };
}

/** Checks that bytes are UTF-8 as they pass by, and keeps the first line. */
class TextOfFile {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private lines = 1;
  private first = '';

  constructor(
    chunk: Buffer,
    private readonly saveAs: string,
  ) {
    const mark = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(chunk, bytes));
    if (mark) throw new FileRefused('a-file-is-utf-8', `The file is in ${mark[0]}. Save it again as ${saveAs}.`);
    const signature = SIGNATURES.find(([, bytes]) => startsWith(chunk, bytes));
    if (signature)
      throw new FileRefused('a-file-is-text', `The file is ${signature[0]}. Send CSV, XLSX, YAML or JSON.`);
  }

  /** The first line. */
  get header(): string {
    return this.first.split(/[\r\n]/, 1)[0] ?? '';
  }

  see(chunk: Buffer): void {
    if (chunk.includes(0))
      throw new FileRefused('a-file-is-text', `The file holds zero bytes: it is not text. Save it as ${this.saveAs}.`);
    let text: string;
    try {
      text = this.decoder.decode(chunk, { stream: true });
    } catch {
      const line = this.lines + linesBeforeBadByte(chunk);
      throw new FileRefused(
        'a-file-is-utf-8',
        `Near line ${line} there are bytes that are not UTF-8. Save the file again as ${this.saveAs}.`,
        line,
      );
    }
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.lines += 1;
    if (!/[\r\n]/.test(this.first)) this.first += text;
  }

  end(): void {
    try {
      this.decoder.decode();
    } catch {
      throw new FileRefused(
        'a-file-is-utf-8',
        `The file ends in the middle of a character, on line ${this.lines}. Save it again as ${this.saveAs}.`,
        this.lines,
      );
    }
  }
}

/** Line breaks before the first byte that is not UTF-8, found by halving. */
function linesBeforeBadByte(chunk: Buffer): number {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return chunk.subarray(0, good).reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
}
