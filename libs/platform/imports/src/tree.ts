import { FileRefused, MAX_ROWS } from './file';
import type { PathStep, TablePlace } from './map';
import type { FileRecord, Table } from './table';

/** A value of a YAML or JSON file with the line it begins on. Scalars are kept as written: no number becomes a float. */
export type TreeNode =
  | { readonly kind: 'scalar'; readonly line: number; readonly text: string }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly TreeNode[] }
  | { readonly kind: 'object'; readonly line: number; readonly fields: ReadonlyMap<string, TreeNode> };

/** Objects within objects deeper than this are no table. */
export const DEEPEST = 64;

const stepWords = (step: PathStep): string => (typeof step === 'object' ? JSON.stringify(step) : String(step));
const isScalar = (node: TreeNode | undefined, text: string): boolean => node?.kind === 'scalar' && node.text === text;

function stepInto(node: TreeNode, step: PathStep): TreeNode | undefined {
  if (typeof step === 'string') return node.kind === 'object' ? node.fields.get(step) : undefined;
  if (node.kind !== 'list') return undefined;
  if (typeof step === 'number') return node.items[step];
  return node.items.find(
    (item) =>
      item.kind === 'object' && Object.entries(step).every(([name, text]) => isScalar(item.fields.get(name), text)),
  );
}

function nodeAt(tree: TreeNode, { at }: TablePlace): TreeNode {
  let node = tree;
  for (const [index, step] of at.entries()) {
    const next = stepInto(node, step);
    if (!next)
      throw new FileRefused(
        'a-map-names-places-of-the-file',
        `The file has nothing at ${at
          .slice(0, index + 1)
          .map(stepWords)
          .join(' / ')}.`,
        node.line,
      );
    node = next;
  }
  return node;
}

/** A row's fields: nested objects by their path (`deadline.en`), lists of plain values joined by semicolons. */
function flatten(node: TreeNode, path: string, fields: Record<string, string>): void {
  switch (node.kind) {
    case 'scalar':
      fields[path] = node.text.trim();
      return;
    case 'list':
      if (node.items.some(({ kind }) => kind !== 'scalar'))
        throw new FileRefused(
          'a-row-holds-plain-values',
          `Line ${node.line}: "${path}" is a list of more than plain values. Give its rows a place of their own (tables).`,
          node.line,
        );
      fields[path] = node.items.map((item) => (item.kind === 'scalar' ? item.text.trim() : '')).join(';');
      return;
    case 'object':
      for (const [name, member] of node.fields) flatten(member, path === '' ? name : `${path}.${name}`, fields);
  }
}

function* recordsAt(tree: TreeNode, place: TablePlace): Generator<FileRecord> {
  const node = nodeAt(tree, place);
  const one = (key: string | undefined, row: TreeNode): FileRecord => {
    const fields: Record<string, string> = Object.assign(Object.create(null), key === undefined ? {} : { key });
    flatten(row, row.kind === 'object' ? '' : 'value', fields);
    return { line: row.line, fields: Object.assign(fields, place.set) };
  };
  if (node.kind === 'scalar')
    throw new FileRefused(
      'rows-are-a-list-or-an-object',
      `Line ${node.line}: there is a single value where rows should be. Name their place in the map (tables).`,
      node.line,
    );
  if (node.kind === 'list') for (const item of node.items) yield one(undefined, item);
  else for (const [key, row] of node.fields) yield one(key, row);
}

/** The rows of a YAML or JSON file: those at each place, in the order of the places; a list of objects at the top when no place is named. */
export function tableOf(tree: TreeNode, places: readonly TablePlace[] = [{ at: [] }], maxRows = MAX_ROWS): Table {
  const header = new Set<string>();
  let count = 0;
  for (const place of places)
    for (const { fields } of recordsAt(tree, place)) {
      count += 1;
      if (count > maxRows)
        throw new FileRefused(
          'an-import-has-at-most-200000-rows',
          `The file has more than ${maxRows} rows. Split it by rows.`,
        );
      for (const name of Object.keys(fields)) header.add(name);
    }
  if (count === 0) throw new FileRefused('a-file-has-rows', 'The file has no rows.');
  return {
    header: [...header],
    async *records() {
      for (const place of places) yield* recordsAt(tree, place);
    },
  };
}
