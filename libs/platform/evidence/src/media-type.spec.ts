import { mediaTypeOf } from './media-type';

describe('what a file seems to be', () => {
  it.each([
    ['%PDF-1.7 …', 'application/pdf'],
    ['Minutes of the fourth of May\n\tpoint 1', 'text/plain; charset=utf-8'],
    ['Zoë – 日本', 'text/plain; charset=utf-8'],
    ['<html><script>alert(1)</script>', 'text/plain; charset=utf-8'],
    ['<svg onload="alert(1)">', 'text/plain; charset=utf-8'],
    ['text\u0000with a zero byte', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('is told of %j by its first bytes', (text, type) => {
    expect(mediaTypeOf(Buffer.from(text))).toBe(type);
  });

  it.each([
    [[0x89, 0x50, 0x4e, 0x47, 0x0d], 'image/png'],
    [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
    [[0x50, 0x4b, 0x03, 0x04], 'application/zip'],
    [[0xff, 0xfe, 0x41, 0x00], 'application/octet-stream'],
  ])('is told of %j', (bytes, type) => {
    expect(mediaTypeOf(Buffer.from(bytes))).toBe(type);
  });

  it('takes a text that is cut within a character for a text', () => {
    expect(mediaTypeOf(Buffer.from('Zoë').subarray(0, 3))).toBe('text/plain; charset=utf-8');
  });
});
