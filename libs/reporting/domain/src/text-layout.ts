/** Width of a page of text. */
export const WIDTH = 120;

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);
export const left = (text: string, width: number): string => clip(text, width).padEnd(width);
export const right = (text: string, width: number): string => clip(text, width).padStart(width);

/** Breaks at spaces into lines of a width; a word that is longer stands alone and sticks out. */
export function lines(text: string, width: number): string[] {
  const broken: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      broken.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...broken, line];
}

/** Breaks at spaces; every line is indented alike. */
export const wrap = (text: string, indent: number): string[] =>
  lines(text, WIDTH - indent).map((line) => ' '.repeat(indent) + line);
