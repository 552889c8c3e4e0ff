import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { FileRefused, type InspectedFile } from './file';
import type { Table, TablePlaces } from './table';
import { DEEPEST, tableOf, type TreeNode } from './tree';

/** A YAML file is read whole, which takes many times its size in memory. */
export const MAX_YAML_BYTES = 8 * 1024 * 1024;
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

const tooDeep = (line: number): FileRefused =>
  new FileRefused('a-file-is-not-deep', `Line ${line}: more than ${DEEPEST} levels stand within each other.`, line);

function nodeOf(node: ParsedNode | null, lines: LineCounter, line: number, depth = 0): TreeNode {
  if (node === null) return { kind: 'scalar', line, text: '' };
  const here = lines.linePos(node.range[0]).line;
  if (depth > DEEPEST) throw tooDeep(here);
  if (isAlias(node))
    throw new FileRefused(
      'a-file-repeats-nothing',
      `Line ${here}: *${node.source} stands for something else. Write it out.`,
      here,
    );
  if (isScalar(node)) {
    const text = String(node.value ?? '');
    return { kind: 'scalar', line: here, text: node.type === 'PLAIN' && NULLS.has(text) ? '' : text };
  }
  if (isSeq(node))
    return { kind: 'list', line: here, items: node.items.map((item) => nodeOf(item, lines, here, depth + 1)) };
  if (!isMap(node))
    throw new FileRefused('a-file-is-yaml', `Line ${here}: this is neither value, list nor object.`, here);
  const fields = node.items.map(({ key, value }): [string, TreeNode] => {
    const name = nodeOf(key, lines, here, depth + 1);
    if (name.kind !== 'scalar')
      throw new FileRefused(
        'a-field-has-a-plain-name',
        `Line ${name.line}: a field is named by plain text.`,
        name.line,
      );
    // a row of fields begins where its name stands
    const member = nodeOf(value, lines, name.line, depth + 1);
    return [name.text, member.kind === 'object' ? { ...member, line: name.line } : member];
  });
  return { kind: 'object', line: here, fields: new Map(fields) };
}

/** Reads a YAML file (1.2, every scalar as it is written: no dates, no floats, no tags, no aliases). @throws FileRefused naming the line */
export async function openYaml(file: InspectedFile, { tables }: TablePlaces): Promise<Table> {
  if (file.bytes > MAX_YAML_BYTES)
    throw new FileRefused(
      'a-yaml-file-is-at-most-8-mib',
      `The file has ${file.bytes} bytes; of YAML at most ${MAX_YAML_BYTES} are taken. Send JSON or CSV instead.`,
    );
  const lines = new LineCounter();
  const document = parseDocument<ParsedNode>(await readFile(file.path, 'utf8'), {
    schema: 'failsafe',
    logLevel: 'silent',
    lineCounter: lines,
  });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) {
    const line = wrong.linePos?.[0].line;
    const said = wrong.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
    if (/call stack/.test(said)) throw tooDeep(line ?? 1);
    throw new FileRefused('a-file-is-yaml', `${line === undefined ? '' : `Line ${line}: `}${said}.`, line);
  }
  return tableOf(nodeOf(document.contents, lines, 1), tables);
}
