import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, CommandBody } from '@plumbline/kernel';
import type { BatchCommand, BatchMeta, BatchOutcome, RefusedCommand } from '@plumbline/platform/commands';
import type { Importer, RowProblem } from './importer';
import type { ImportOutcome, ImportPorts, ImportProgress, ImportRequest } from './import-request';
import { ImportRun } from './run-import';

const STEWARD: Actor = { id: 'aaaaaaaa-0000-8000-8000-00000000000a', role: 'data-steward' };

/** A kind with one command a row: a word for a key. */
const words: Importer = {
  kind: 'words',
  summary: 'Words',
  columns: [
    { name: 'key', required: true, meaning: 'what it is about' },
    { name: 'word', required: false, meaning: 'a word of letters' },
  ],
  plan: ({ line, fields: { key = '', word = '' } }, { source }) =>
    /^[a-z]*$/.test(word)
      ? {
          commands: word === '' ? [] : [{ type: 'toy.Say', data: { key, word, source } }],
          problems: [],
          key,
          content: word,
        }
      : { commands: [], problems: [{ line, column: 'word', value: word, rule: 'a-word-has-letters' }] },
  words: ({ data }) => `Say ${(data as { word: string }).word}`,
};

/** A log of words: says what it holds already, refuses what it is told to refuse, and keeps what stands. */
class ToyLog {
  readonly said: CommandBody[] = [];
  readonly asked: string[] = [];
  /** An earlier try was cut off in part. */
  begun = false;
  meta: BatchMeta | undefined;
  refuse: (command: CommandBody) => RefusedCommand['refused'] | undefined = () => undefined;
  readonly ports: ImportPorts = {
    batch: async (commands, meta) => {
      this.meta = meta;
      await meta.goesOn?.();
      let [index, recorded] = [0, 0];
      const refused: RefusedCommand[] = [];
      const drafts: CommandBody[] = [];
      const take = (command: BatchCommand) => {
        const body = { type: command.type, data: command.data };
        const rule = this.refuse(body);
        const known = this.said.some((said) => JSON.stringify(said) === JSON.stringify(body));
        const became: BatchOutcome = rule !== undefined ? 'refused' : known ? 'unchanged' : 'recorded';
        if (rule !== undefined) refused.push({ index, commandId: command.commandId, kind: 'rule', refused: rule });
        if (became === 'recorded') drafts.push(body);
        recorded += became === 'recorded' ? 1 : 0;
        meta.decided?.(index++, became);
      };
      for await (const command of commands) take(command);
      meta.progress?.({ phase: 'deciding', done: index });
      const firmly = refused.some((each) => each.index < (meta.firm ?? 0));
      const accepted = refused.length === 0 || (meta.skipRefused === true && !firmly);
      const closing = accepted && meta.dryRun !== true ? meta.closing?.() : undefined;
      if (closing) take(closing);
      if (accepted && meta.dryRun !== true) this.said.push(...drafts);
      return {
        ...{ accepted, commands: index, recorded, events: recorded, unchanged: 0, repeated: 0 },
        ...{ refusedCount: refused.length, refused, first: null, last: accepted && recorded > 0 ? 9n : null },
      };
    },
    declares: (type) => type === 'toy.Declare',
    refusalOf: async (type) =>
      type === 'toy.Crown'
        ? { accepted: false, kind: 'forbidden', refused: 'a-command-is-sent-in-one-of-its-roles', detail: 'for admin' }
        : undefined,
    exists: async (commands) => commands.map(() => true),
    ask: async (question) => {
      this.asked.push(question);
      return [];
    },
    today: async () => '2026-11-23',
    personIdOf: (key) => key,
    upsertPersons: async () => undefined,
    unfinished: async (importId) =>
      this.begun ? { importId, event: 'event of the opening', position: 3n } : undefined,
    opening: ({ importId, rows }) => ({ type: 'toy.Begin', data: { importId, rows } }),
    reopening: ({ importId }) => ({ type: 'toy.BeginAgain', data: { importId } }),
    closing: ({ importId }, counts) => ({ type: 'toy.End', data: { importId, ...counts } }),
  };
}

describe('an import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-run-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let log: ToyLog;
  let progress: ImportProgress[];
  beforeEach(() => {
    log = new ToyLog();
    progress = [];
  });
  const run = async (
    rows: readonly string[],
    { importer = words, ...more }: Partial<ImportRequest> & { importer?: Importer } = {},
  ): Promise<ImportOutcome> => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, `${['key,word', ...rows].join('\n')}\n`);
    const request = { kind: 'words', path, fileName: 'a.csv', ...more };
    return (await ImportRun.open(importer, request, log.ports, (each) => progress.push(each))).run(STEWARD);
  };
  const types = () => log.said.map(({ type }) => type);

  it('counts every row once: recorded, unchanged, refused or repeated', async () => {
    await run(['a,one']);
    const outcome = await run(['a,one', 'b,two', 'b,two', 'c,', 'd,4', 'b,two'], { skipBadRows: true });
    expect(outcome).toMatchObject({ rows: 6, recorded: 1, unchanged: 2, refused: 1, repeated: 2 });
    expect(log.said.at(-1)).toMatchObject({ type: 'toy.End', data: { recorded: 1, unchanged: 2, refused: 1 } });
  });
  it('counts a row whose original is refused by itself', async () => {
    log.refuse = ({ data }) => ((data as { word?: string }).word === 'no' ? 'nobody-says-no' : undefined);
    const outcome = await run(['a,no', 'a,no', 'b,yes'], { skipBadRows: true });
    expect(outcome).toMatchObject({ rows: 3, recorded: 1, refused: 1, repeated: 1 });
  });
  it('says once what many rows are refused for, with the first and the last line', async () => {
    log.refuse = ({ type }) => (type === 'toy.Say' ? 'a-release-is-verified' : undefined);
    const outcome = await run(Array.from({ length: 80 }, (_, index) => `k${index},word`));
    expect(outcome).toMatchObject({ state: 'refused', refused: 80, recorded: 0 });
    expect(outcome.problems).toEqual([{ line: 2, rule: 'a-release-is-verified', alike: 80, lastLine: 81 }]);
  });
  it('never says that more is decided than there is to decide', async () => {
    await run(['a,one', 'b,two', 'a,one', 'c,']);
    const deciding = progress.filter(({ phase }) => phase === 'deciding');
    expect(deciding).toEqual([{ phase: 'deciding', done: 3, total: 3 }]);
  });
  it('names the column and the value of the file, not ours', async () => {
    const map = 'map: m\nkind: words\ncolumns: {key: key, word: word}\nrecode: {word: {X: "4"}}';
    const { problems } = await run(['a,X'], { map: map.replace('word: word', 'word: word') });
    expect(problems).toEqual<RowProblem[]>([{ line: 2, column: 'word', value: 'X', rule: 'a-word-has-letters' }]);
  });
  it('takes a map of its own kind only', async () => {
    const map = 'map: m\nkind: figures\ncolumns: {key: key}';
    await expect(run(['a,one'], { map })).rejects.toMatchObject({ rule: 'a-map-is-for-one-kind' });
  });
  it('says in words, as a dry run, what it would record', async () => {
    await run(['a,one']);
    const outcome = await run(['a,one', 'b,two'], { dryRun: true });
    expect(outcome).toMatchObject({ state: 'dry-run', recorded: 1, unchanged: 1, plans: ['Say two'] });
  });

  describe('under a map that declares commands', () => {
    const mapWith = (declaration: string) =>
      `map: m\nkind: words\ncolumns: {key: key, word: word}\ndeclare:\n  - ${declaration}`;
    const forbidden = mapWith('{command: toy.Crown, data: {who: me}}');

    it('is refused whole when its sender may not send one of them, though what it declares may be there', async () => {
      const outcome = await run(['a,one'], { map: forbidden });
      expect(outcome).toMatchObject({ state: 'refused', recorded: 0, refused: 0, rows: 1 });
      expect(outcome.problems).toEqual([
        {
          line: 0,
          rule: 'a-command-is-sent-in-one-of-its-roles',
          detail: 'In what the map declares: toy.Crown. for admin',
        },
      ]);
      expect(log.said).toEqual([]);
    });
    it('is refused whole also when bad rows are skipped', async () => {
      expect(await run(['a,one', 'b,2'], { map: forbidden, skipBadRows: true })).toMatchObject({ state: 'refused' });
      expect(log.said).toEqual([]);
    });
    it('is refused whole when a rule refuses one of them, also when bad rows are skipped', async () => {
      log.refuse = ({ type }) => (type === 'toy.Crown' ? 'there-is-no-crown' : undefined);
      log.ports.refusalOf = async () => undefined;
      const map = mapWith('{command: toy.Crown, always: true, data: {who: me}}');
      const outcome = await run(['a,one'], { map, skipBadRows: true });
      expect(outcome).toMatchObject({ state: 'refused', recorded: 0 });
      expect(outcome.problems).toMatchObject([{ line: 0, rule: 'there-is-no-crown' }]);
      expect(log.said).toEqual([]);
    });
    it('leaves out what is there already, and nothing that declares nothing', async () => {
      await run(['a,one'], { map: mapWith('{command: toy.Declare, data: {code: X}}') });
      expect(types()).toEqual(['toy.Begin', 'toy.Say', 'toy.End']);
      const outcome = await run(['b,two'], { map: mapWith('{command: toy.Grant, data: {role: hr}}') });
      expect(outcome.problems).toMatchObject([{ line: 0, rule: 'a-map-leaves-out-only-what-is-declared-once' }]);
      await run(['b,two'], { map: mapWith('{command: toy.Grant, always: true, data: {role: hr}}') });
      expect(types().filter((type) => type === 'toy.Grant')).toHaveLength(1);
    });
  });

  describe('of a kind that looks at all rows', () => {
    const tidy: Importer = {
      ...words,
      asks: 'toy.words',
      whole: (rows, { effective, complete, known }) => ({
        commands: complete
          ? [{ line: 0, body: { type: 'toy.Tidy', data: { rows: rows.length, effective, known } } }]
          : [],
        problems: rows.length > 2 ? [{ line: rows[0]!.line, rule: 'few-words-are-enough' }] : [],
      }),
    };
    it('asks once what is known, and lets what follows from all rows be recorded with them', async () => {
      const outcome = await run(['a,one', 'b,two'], { importer: tidy, complete: true, effective: '2026-04-01' });
      expect(outcome).toMatchObject({ rows: 2, recorded: 2, followed: 1 });
      expect(log.asked).toEqual(['toy.words']);
      expect(log.said).toContainEqual({
        type: 'toy.Tidy',
        data: { rows: 2, effective: '2026-04-01', known: [] },
      });
    });
    it('is refused by line for what all rows together do wrong', async () => {
      const outcome = await run(['a,one', 'b,two', 'c,three'], { importer: tidy });
      expect(outcome).toMatchObject({ state: 'refused', problems: [{ line: 2, rule: 'few-words-are-enough' }] });
    });
  });

  describe('that was cut off when it was recorded in part', () => {
    it('completes though every row is recorded already', async () => {
      await run(['a,one']);
      expect(types()).toEqual(['toy.Begin', 'toy.Say', 'toy.End']);
      await run(['a,one']);
      expect(types()).toHaveLength(3);
      log.begun = true;
      expect(await run(['a,one'])).toMatchObject({ state: 'recorded', recorded: 0, unchanged: 1 });
      expect(types()).toEqual(['toy.Begin', 'toy.Say', 'toy.End', 'toy.End']);
    });

    it('says that it is not finished when rows are refused', async () => {
      log.begun = true;
      expect(await run(['a,1'])).toMatchObject({ state: 'refused', unfinished: true });
      log.refuse = ({ type }) => (type === 'toy.Say' ? 'a-word-is-said-once' : undefined);
      expect(await run(['a,one'])).toMatchObject({ state: 'refused', unfinished: true });
      expect(await run(['a,one'], { skipBadRows: true })).toMatchObject({ state: 'recorded', unfinished: false });
      log.begun = false;
      expect(await run(['a,1'])).toMatchObject({ state: 'refused', unfinished: false });
    });

    it('goes on with its own file only', async () => {
      const { importId } = await run(['a,one']);
      expect(await run(['a,one'], { resume: importId })).toMatchObject({ importId });
      await expect(run(['a,two'], { resume: importId })).rejects.toMatchObject({
        rule: 'an-import-goes-on-with-its-own-file',
      });
    });

    it('is one act under its own id, opened again after it had ended', async () => {
      const { importId } = await run(['a,one']);
      expect(log.meta?.act).toBe(importId);
      expect(log.meta?.opening?.()).toBeUndefined();
      await run(['a,one']);
      const [again, oncemore] = [log.meta?.opening?.(), log.meta?.opening?.()];
      expect(again).toMatchObject({ type: 'toy.BeginAgain', data: { importId } });
      expect(again?.commandId).not.toBe(oncemore?.commandId);
    });
  });
});
