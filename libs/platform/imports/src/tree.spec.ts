import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileRefused, inspectFile } from './file';
import type { TablePlace } from './map';
import { type FileRecord, openTable } from './table';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

async function read(name: string, text: string, tables?: readonly TablePlace[]) {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, text);
  const table = await openTable(await inspectFile(path, name), { tables });
  const records: FileRecord[] = [];
  for await (const record of table.records()) records.push(record);
  return { header: table.header, records };
}
const refusal = async (...given: Parameters<typeof read>): Promise<FileRefused> => {
  const outcome = await read(...given).catch((error: unknown) => error);
  if (!(outcome instanceof FileRefused)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
};

describe.each([
  [
    'YAML',
    'a.yaml',
    '- unit: GPA\n  value: 1.10\n  due: 2023-12\n- unit: HMPS\n  value: 58\n  deadline: {en: By 2023}\n  tags: [a, b]\n',
  ],
  [
    'JSON',
    'a.json',
    '[{"unit": "GPA",\n "value": 1.10, "due": "2023-12"},\n\n {"unit": "HMPS", "value": 58, "deadline": {"en": "By 2023"}, "tags": ["a", "b"]}]\n',
  ],
])('rows in %s', (_, name, text) => {
  it('are a list of objects: numbers and days stay as they are written, inner fields are named by their path', async () => {
    const { header, records } = await read(name, text);
    expect(header).toEqual(['unit', 'value', 'due', 'deadline.en', 'tags']);
    expect(records.map(({ line, fields }) => [line, { ...fields }])).toEqual([
      [1, { unit: 'GPA', value: '1.10', due: '2023-12' }],
      [4, { unit: 'HMPS', value: '58', 'deadline.en': 'By 2023', tags: 'a;b' }],
    ]);
  });
});

const TRACKER = `
resources:
- name: tracker
  fields:
  - id: period
    choices: {2022-03: 2022-03}
  - id: promises
    choices:
      C01: {en: Climate}
      C02:
        en: Democracy
        note: null
`;

describe('rows at a place of a file', () => {
  it('are found by names, numbers and values, one row a field of an object', async () => {
    const at = ['resources', 0, 'fields', { id: 'promises' }, 'choices'];
    const { header, records } = await read('t.yaml', TRACKER, [{ at, set: { level: 'commitment' } }]);
    expect(header).toEqual(['key', 'en', 'level', 'note']);
    expect(records.map(({ line, fields }) => [line, { ...fields }])).toEqual([
      [9, { key: 'C01', en: 'Climate', level: 'commitment' }],
      [10, { key: 'C02', en: 'Democracy', note: '', level: 'commitment' }],
    ]);
  });
  it('may lie at several places', async () => {
    const place = (id: string): TablePlace => ({ at: ['resources', 0, 'fields', { id }, 'choices'] });
    const { records } = await read('t.yml', TRACKER, [place('period'), place('promises')]);
    expect(records.map(({ fields }) => [fields['key'], fields['value']])).toEqual([
      ['2022-03', '2022-03'],
      ['C01', undefined],
      ['C02', undefined],
    ]);
  });
  it('are missed by name', async () => {
    const refused = await refusal('t.yaml', TRACKER, [{ at: ['resources', 0, 'columns'] }]);
    expect(refused.rule).toBe('a-map-names-places-of-the-file');
    expect(refused.message).toContain('resources / 0 / columns');
  });
});

describe('a YAML or JSON file is refused', () => {
  it.each([
    ['an alias', 'a.yaml', '- &a {x: 1}\n- *a\n', 'a-file-repeats-nothing', 2],
    ['a tag', 'a.yaml', '- x: 1\n- !!js/function x\n', 'a-file-is-yaml', 2],
    ['a field named twice in YAML', 'a.yaml', '- x: 1\n  x: 2\n', 'a-file-is-yaml', 2],
    ['a field named twice in JSON', 'a.json', '[{"x": 1,\n"x": 2}]', 'a-field-is-named-once', 2],
    ['a single value', 'a.yaml', 'hello\n', 'rows-are-a-list-or-an-object', 1],
    ['a field named by a list', 'a.yaml', '- x: 1\n  ? [a, b]\n  : 2\n', 'a-field-has-a-plain-name', 2],
    ['no rows', 'a.json', '[]', 'a-file-has-rows', undefined],
    ['a row within a row', 'a.json', '[{"x": [{"y": 1}]}]', 'a-row-holds-plain-values', 1],
    ['a comma too many', 'a.json', '[{"x": 1},\n]', 'a-file-is-json', 2],
    ['a line break in a text', 'a.json', '[{"x": "a\nb"}]', 'a-file-is-json', 1],
    ['a text that does not end', 'a.json', '[{"x": "a', 'a-file-is-json', 1],
    ['more after its end', 'a.json', '[{"x": 1}] x', 'a-file-is-json', 1],
    ['a thousand levels', 'a.json', '['.repeat(1_000), 'a-file-is-not-deep', 1],
    ['a thousand levels of YAML', 'a.yaml', '['.repeat(1_000) + ']'.repeat(1_000), 'a-file-is-not-deep', 1],
  ])('with %s', async (_, name, text, rule, line) => {
    const refused = await refusal(name, text);
    expect([refused.rule, refused.line]).toEqual([rule, line]);
  });
  it('with more YAML than is read at once', async () => {
    expect((await refusal('a.yaml', `- ${'x'.repeat(9 * 1024 * 1024)}\n`)).rule).toBe('a-yaml-file-is-at-most-8-mib');
  });
  it('when its map names a sheet, or places in CSV', async () => {
    const path = join(folder, 'plain.csv');
    writeFileSync(path, 'a\n1\n');
    const file = await inspectFile(path);
    await expect(openTable(file, { sheet: 'S' })).rejects.toMatchObject({ rule: 'only-a-workbook-has-sheets' });
    await expect(openTable(file, { tables: [{ at: [] }] })).rejects.toMatchObject({
      rule: 'only-yaml-and-json-hold-rows-at-a-place',
    });
  });
});
