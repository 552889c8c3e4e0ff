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

export interface InspectedFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  readonly delimiter: ',' | ';' | '\t';
}

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0x00, 0x00]],
  ['UTF-32', [0x00, 0x00, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['a spreadsheet or zip archive', [0x50, 0x4b, 0x03, 0x04]],
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
 * Reads a file once, in bounded memory: its size, its SHA-256, its delimiter, and that it is text in UTF-8 (a byte-order mark is allowed).
 * @throws FileRefused `a-file-has-rows` | `a-file-is-at-most-128-mib` | `a-file-is-text` | `a-file-is-utf-8`
 */
export async function inspectFile(path: string): Promise<InspectedFile> {
  const { size } = await stat(path);
  if (size === 0) throw new FileRefused('a-file-has-rows', 'The file is empty.');
  if (size > MAX_FILE_BYTES)
    throw new FileRefused(
      'a-file-is-at-most-128-mib',
      `The file has ${size} bytes; at most ${MAX_FILE_BYTES} are taken. Split it by rows and keep the header in each part.`,
    );
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let header = '';
  let headerDone = false;
  let lines = 1;
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (first) {
      first = false;
      const mark = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(chunk, bytes));
      if (mark) throw new FileRefused('a-file-is-utf-8', `The file is in ${mark[0]}. Save it again as CSV in UTF-8.`);
      const signature = SIGNATURES.find(([, bytes]) => startsWith(chunk, bytes));
      if (signature)
        throw new FileRefused('a-file-is-text', `The file is ${signature[0]}, not CSV. Export it as CSV in UTF-8.`);
    }
    if (chunk.includes(0))
      throw new FileRefused('a-file-is-text', 'The file holds zero bytes: it is not text. Export it as CSV in UTF-8.');
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      const line = lines + linesBeforeBadByte(chunk);
      throw new FileRefused(
        'a-file-is-utf-8',
        `Near line ${line} there are bytes that are not UTF-8. Save the file again as CSV in UTF-8.`,
        line,
      );
    }
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
    if (!headerDone) {
      header += text;
      headerDone = /[\r\n]/.test(header);
    }
  }
  try {
    decoder.decode();
  } catch {
    throw new FileRefused(
      'a-file-is-utf-8',
      `The file ends in the middle of a character, on line ${lines}. Save it again as CSV in UTF-8.`,
      lines,
    );
  }
  return { path, bytes: size, sha256: hash.digest('hex'), delimiter: delimiterOf(header.split(/[\r\n]/, 1)[0] ?? '') };
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
