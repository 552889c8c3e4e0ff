import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { FileRefused } from './file';

/** An entry of a zip archive, as the archive's own list (its central directory, APPNOTE 4.3.12) has it. */
export interface ZipEntry {
  readonly name: string;
  readonly compressed: number;
  /** Size that the list claims. What is unpacked is held to it. */
  readonly size: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly offset: number;
}

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 2_000;
const unpack = promisify(inflateRaw) as (data: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const damaged = (what: string): FileRefused =>
  new FileRefused('a-workbook-is-a-whole-archive', `${what} Save the workbook again, or export CSV.`);

/** The list of a zip archive that is held in memory. @throws FileRefused when it is not whole, or larger than a workbook's */
export function entriesOf(archive: Buffer): readonly ZipEntry[] {
  const from = Math.max(0, archive.length - 65_557);
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < from || end + 22 > archive.length || archive.readUInt32LE(end) !== END)
    throw damaged('The archive has no list of its parts: it is cut short.');
  const count = archive.readUInt16LE(end + 10);
  if (count !== archive.readUInt16LE(end + 8)) throw damaged('The archive is one of several.');
  if (count > MOST_ENTRIES)
    throw new FileRefused(
      'a-workbook-has-few-parts',
      `The archive claims ${count} parts; at most ${MOST_ENTRIES} are read.`,
    );
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || archive.readUInt32LE(at) !== LISTED) throw damaged('The list of the archive is damaged.');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      compressed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      method: archive.readUInt16LE(at + 10),
      encrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** The bytes of one entry. @throws FileRefused when it unpacks to more than its list claims, or not at all */
export async function unpacked(archive: Buffer, entry: ZipEntry): Promise<Buffer> {
  const { offset, compressed, size, method, name } = entry;
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== LOCAL)
    throw damaged(`The part ${name} is not where the list says.`);
  const begin = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const data = archive.subarray(begin, begin + compressed);
  if (method === 0 && data.length === size) return data;
  if (method !== 8) throw damaged(`The part ${name} is packed in an unknown way.`);
  const bytes = await unpack(data, { maxOutputLength: Math.max(1, size) }).catch(() => undefined);
  if (bytes?.length === size) return bytes;
  throw damaged(`The part ${name} does not unpack to the size that the list claims.`);
}

export async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
