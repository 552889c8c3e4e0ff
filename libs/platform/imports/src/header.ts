import { FileRefused } from './file';

/** The names of a table's columns. @throws FileRefused `every-column-has-a-name` | `a-column-name-is-used-once` */
export function checkHeader(header: readonly string[]): readonly string[] {
  const empty = header.indexOf('');
  if (empty !== -1)
    throw new FileRefused('every-column-has-a-name', `Column ${empty + 1} of the header has no name.`, 1);
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined)
    throw new FileRefused('a-column-name-is-used-once', `The header names "${twice}" twice. Rename one of them.`, 1);
  return header;
}
