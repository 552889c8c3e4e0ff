import { PAGE_FACE } from './page-face';

describe('the face of a page', () => {
  it('comes along in the page: a woff2 of less than 50 kB, and nothing to load', () => {
    const [, base64 = ''] = /url\(data:font\/woff2;base64,([A-Za-z0-9+/=]+)\)/.exec(PAGE_FACE) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('wOF2');
    expect(bytes.length).toBeLessThan(50_000);
    expect(PAGE_FACE.match(/url\((?!data:)/g)).toBeNull();
    expect(PAGE_FACE).not.toMatch(/https?:|<\//);
  });
});
