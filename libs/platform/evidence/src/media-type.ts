const starts = (bytes: Buffer, ...head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte);

/** Text as people write it: UTF-8 without control characters but blanks, tabs and ends of lines. `bytes` may end within a character. */
function isText(bytes: Buffer): boolean {
  if (bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * What a file seems to be, by its first bytes: for display only, nothing is decided by it. Never a type that a browser would run: markup and drawings are
 * plain text.
 * @param head the first bytes, a few dozen at least where there are as many
 */
export function mediaTypeOf(head: Buffer): string {
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  if (starts(head, 0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) return 'application/zip';
  return head.length > 0 && isText(head) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
