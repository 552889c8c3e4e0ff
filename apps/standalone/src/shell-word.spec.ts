import { shellWord } from './shell-word';

describe('a word for a shell', () => {
  it.each([
    ['/srv/plumbline', '/srv/plumbline'],
    ['/srv/my data', "'/srv/my data'"],
    ['/srv/Ostmäre', "'/srv/Ostmäre'"],
    ["/srv/owner's", "'/srv/owner'\\''s'"],
    ['$(true)', "'$(true)'"],
    ['', "''"],
  ])('of %j is %s', (text, word) => expect(shellWord(text)).toBe(word));
});
