import { readFile } from 'node:fs/promises';
import { FileRefused, type InspectedFile } from './file';
import type { Table, TablePlaces } from './table';
import { DEEPEST, tableOf, type TreeNode } from './tree';

const BLANK = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Reads JSON (RFC 8259) into nodes that know their line and keep numbers as they are written, which `JSON.parse` does not. */
class JsonReader {
  private at = 0;
  private line = 1;
  constructor(private readonly text: string) {}

  document(): TreeNode {
    const node = this.value(0);
    this.blank();
    if (this.at < this.text.length) throw this.wrong('the end of the file');
    return node;
  }

  private value(depth: number): TreeNode {
    this.blank();
    const { line } = this;
    if (depth > DEEPEST)
      throw new FileRefused(
        'a-file-is-not-deep',
        `Line ${line}: more than ${DEEPEST} levels stand within each other.`,
        line,
      );
    if (this.take('[')) return { kind: 'list', line, items: this.items(depth) };
    if (this.take('{')) return { kind: 'object', line, fields: this.fields(depth) };
    if (this.text[this.at] === '"') return { kind: 'scalar', line, text: this.string() };
    const text = this.match(NUMBER) ?? this.match(WORD);
    if (text === undefined) throw this.wrong('a value');
    return { kind: 'scalar', line, text: text === 'null' ? '' : text };
  }

  private items(depth: number): readonly TreeNode[] {
    const items: TreeNode[] = [];
    this.blank();
    if (this.take(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.blank();
      if (this.take(']')) return items;
      if (!this.take(',')) throw this.wrong('a comma or the end of the list');
    }
  }

  private fields(depth: number): ReadonlyMap<string, TreeNode> {
    const fields = new Map<string, TreeNode>();
    this.blank();
    if (this.take('}')) return fields;
    for (;;) {
      this.blank();
      const { line } = this;
      const name = this.string();
      if (fields.has(name))
        throw new FileRefused(
          'a-field-is-named-once',
          `Line ${line}: the field "${name}" stands twice in one object.`,
          line,
        );
      this.blank();
      if (!this.take(':')) throw this.wrong('a colon');
      fields.set(name, this.value(depth + 1));
      this.blank();
      if (this.take('}')) return fields;
      if (!this.take(',')) throw this.wrong('a comma or the end of the object');
    }
  }

  private string(): string {
    const from = this.at;
    if (!this.take('"')) throw this.wrong('a text in double quotes');
    for (;;) {
      const end = this.text.indexOf('"', this.at);
      if (end === -1) throw this.wrong('the end of a text that opens here');
      this.at = end + 1;
      let escapes = 0;
      while (this.text[end - 1 - escapes] === '\\') escapes += 1;
      if (escapes % 2 === 0) break;
    }
    try {
      return JSON.parse(this.text.slice(from, this.at)) as string;
    } catch {
      throw this.wrong('a text whose line breaks and control characters are written as \\n and the like');
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private blank(): void {
    const from = this.at;
    this.match(BLANK);
    for (let at = from; at < this.at; at++) if (this.text[at] === '\n') this.line += 1;
  }

  private wrong(expected: string): FileRefused {
    return new FileRefused('a-file-is-json', `Line ${this.line}: ${expected} is expected here.`, this.line);
  }
}

/** Reads a JSON file whole. @throws FileRefused naming the line */
export async function openJson(file: InspectedFile, { tables }: TablePlaces): Promise<Table> {
  const text = await readFile(file.path, 'utf8');
  return tableOf(new JsonReader(text.replace(/^\uFEFF/, '')).document(), tables);
}
