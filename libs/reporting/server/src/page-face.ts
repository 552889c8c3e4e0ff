import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const PACKAGE = '@fontsource-variable/ibm-plex-sans';
const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';

/**
 * The face of every page as a style rule that loads nothing: IBM Plex Sans (SIL Open Font License 1.1), Latin, all weights, 46 kB. Other scripts take a face of
 * the reader's machine.
 */
export const PAGE_FACE: string = (() => {
  const file = createRequire(import.meta.url).resolve(`${PACKAGE}/files/ibm-plex-sans-latin-wght-normal.woff2`);
  const bytes = readFileSync(file).toString('base64');
  return `@font-face{font-family:"IBM Plex Sans";font-style:normal;font-weight:100 700;src:url(data:font/woff2;base64,${bytes}) format("woff2");unicode-range:${LATIN}}`;
})();
