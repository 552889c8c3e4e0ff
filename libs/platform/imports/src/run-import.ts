import { randomUUID } from 'node:crypto';
import type { Actor, CommandBody } from '@plumbline/kernel';
import type { BatchCommand } from '@plumbline/platform/commands';
import { type DeclaredCommand, DeclarationGatherer } from './declarations';
import { FileRefused, type InspectedFile, inspectFile } from './file';
import {
  type ImportBracket,
  importCommandId,
  importIdOf,
  type ImportOutcome,
  type ImportPorts,
  type ImportProgress,
  type ImportRequest,
} from './import-request';
import type { DirectoryEntry, Importer, ImportOptions, ImportRow, RowPlan, RowProblem, WholePlan } from './importer';
import { checkColumns, type LoadedMap, loadMap, plainMap } from './map';
import { countRow, inTheFile, isDropped, type MappedRow, mapRows } from './map-rows';
import { PlannedCommands } from './planned-commands';
import { ProblemList } from './problems';
import { openTable, type Table } from './table';

/** Two rows of one key must say the same; the second of two equal ones is nothing. */
class SeenKeys {
  private readonly seen = new Map<string, { readonly row: number; readonly line: number; readonly content: string }>();

  /** @returns a problem, or the number of the row that this one repeats, or undefined. */
  check(plan: RowPlan, row: number, line: number): RowProblem | number | undefined {
    if (plan.key === undefined) return undefined;
    const before = this.seen.get(plan.key);
    if (before === undefined) {
      this.seen.set(plan.key, { row, line, content: plan.content ?? '' });
      return undefined;
    }
    if (before.content === (plan.content ?? '')) return before.row;
    return {
      line,
      rule: 'two-rows-of-one-key-say-the-same',
      detail: `Line ${before.line} says something else about the same; keep one of them.`,
    };
  }
}

/** What the first pass over a file found. */
interface Validated {
  readonly rows: number;
  /** Commands that all rows together stand for. */
  readonly planned: number;
  /** Rows that repeat an earlier one, each with the number of that one. */
  readonly repeats: ReadonlyMap<number, number>;
  readonly declared: readonly DeclaredCommand[];
  readonly whole: WholePlan;
  readonly persons: readonly DirectoryEntry[];
}

const NOTHING: WholePlan = { commands: [], problems: [] };

/** One import from file to log: everything is validated first; then one batch records all of it or nothing, unless bad rows are to be skipped. */
export class ImportRun {
  private constructor(
    private readonly importer: Importer,
    private readonly request: ImportRequest,
    private readonly ports: ImportPorts,
    private readonly file: InspectedFile,
    private readonly table: Table,
    private readonly loaded: LoadedMap,
    private readonly options: ImportOptions,
    private readonly progress: (progress: ImportProgress) => void,
  ) {}

  /** @throws FileRefused when file or map cannot be read at all. */
  static async open(
    importer: Importer,
    request: ImportRequest,
    ports: ImportPorts,
    progress: (progress: ImportProgress) => void,
  ): Promise<ImportRun> {
    const { kind } = importer;
    const file = await inspectFile(request.path, request.fileName);
    const given = request.map === undefined ? undefined : loadMap(request.map);
    if (given && given.map.kind !== kind)
      throw new FileRefused('a-map-is-for-one-kind', `The map is for ${given.map.kind}, the import for ${kind}.`);
    const table = await openTable(file, { sheet: given?.map.sheet, tables: given?.map.tables });
    const loaded = given ?? plainMap(kind, table.header);
    checkColumns(loaded.map, table.header);
    checkKind(importer, Object.keys(loaded.map.columns), table.header);
    const { map } = loaded;
    const { corrections } = request;
    const importId = importIdOf(kind, file.sha256, loaded.sha256);
    if (request.resume !== undefined && request.resume !== importId)
      throw new FileRefused(
        'an-import-goes-on-with-its-own-file',
        `This file under this map is import ${importId}, not ${request.resume}. Send the file and the map that were sent first.`,
      );
    const options: ImportOptions = {
      importId,
      source: map.source ?? request.fileName,
      complete: request.complete ?? map.complete ?? false,
      effective: request.effective ?? (await ports.today()),
      ...(map.release === undefined ? {} : { release: map.release }),
      ...(corrections === undefined ? {} : { corrections }),
      ...(importer.asks === undefined ? {} : { known: await ports.ask(importer.asks) }),
      personIdOf: (key) => ports.personIdOf(key),
    };
    return new ImportRun(importer, request, ports, file, table, loaded, options, progress);
  }

  async run(actor: Actor): Promise<ImportOutcome> {
    const problems = new ProblemList();
    const { rows, planned, repeats, declared, whole, persons } = await this.validate(problems);
    await this.checkDeclared(declared, actor, problems);
    const commands = new PlannedCommands();
    const bad = new Set(problems.rows);
    const repeated = [...repeats].filter(([row, of]) => !bad.has(row) && !bad.has(of)).length;
    const outcome = (state: ImportOutcome['state'], counts: Partial<ImportOutcome> = {}): ImportOutcome => ({
      importId: this.options.importId,
      state,
      rows,
      recorded: 0,
      unchanged: 0,
      refused: problems.rows.size,
      repeated,
      followed: 0,
      problems: problems.listed,
      plans: [],
      position: null,
      unfinished: false,
      ...counts,
    });
    const { importId } = this.options;
    let goesOn = await this.ports.unfinished(importId);
    const refused = (counts: Partial<ImportOutcome> = {}) =>
      outcome('refused', { ...counts, unfinished: goesOn !== undefined });
    if (problems.refusesWhole || (problems.rows.size > 0 && this.request.skipBadRows !== true)) return refused();
    const exists = await this.ports.exists(declared);
    const missing = declared.filter(({ always }, index) => always || exists[index] !== true);

    const bracket: ImportBracket = {
      importId,
      kind: this.importer.kind,
      fileHash: this.file.sha256,
      mapHash: this.loaded.sha256,
      rows,
    };
    const total = planned + missing.length + whole.commands.length + 1;
    // rows whose commands come to nothing, or that ask for none, are unchanged
    const counts = () => {
      const { recorded, refused } = commands.counts();
      const all = refused + bad.size;
      return { recorded, refused: all, unchanged: rows - recorded - all - repeated };
    };
    const result = await this.ports.batch(this.commands(actor.id, bracket, missing, bad, repeats, whole, commands), {
      actor,
      correlationId: importId,
      skipRefused: this.request.skipBadRows === true,
      firm: missing.length + 1,
      dryRun: this.request.dryRun === true,
      progress: ({ phase, done }) =>
        this.progress({ phase, done, total: phase === 'deciding' ? Math.max(done, total) : null }),
      decided: (index, became) => commands.decided(index, became),
      act: importId,
      goesOn: async () => (goesOn = await this.ports.unfinished(importId))?.position,
      opening: () => {
        if (commands.opensAnew) return undefined;
        const body = this.ports.reopening(bracket);
        return { commandId: importCommandId(importId, actor.id, `reopened ${randomUUID()}`, body), ...body };
      },
      closing: () => {
        if (!commands.recordsAnything && goesOn === undefined) return undefined;
        const body = this.ports.closing(bracket, counts());
        const which = goesOn === undefined ? 'completed' : `completed after ${goesOn.event}`;
        return { commandId: importCommandId(importId, actor.id, which, body), ...body };
      },
    });
    for (const refused of result.refused) {
      const { problem, row } = commands.problemOf(refused);
      problems.add(row === 0 ? problem : this.inOurColumn(problem), row);
    }
    const position = result.last === null ? null : result.last.toString();
    if (!result.accepted) return refused({ ...counts(), recorded: 0, unchanged: 0 });
    const became = { ...counts(), followed: commands.followed };
    if (this.request.dryRun === true) return outcome('dry-run', { ...became, plans: commands.planned });
    if (persons.length > 0) await this.ports.upsertPersons(persons);
    return outcome(result.recorded > 0 ? 'recorded' : 'unchanged', { ...became, position });
  }

  /** A map does nothing that its sender could not do by hand: each command it declares is authorised, also one that is left out because what it declares is there. */
  private async checkDeclared(
    declared: readonly DeclaredCommand[],
    actor: Actor,
    problems: ProblemList,
  ): Promise<void> {
    for (const type of new Set(declared.map((command) => command.type))) {
      const refused = await this.ports.refusalOf(type, actor);
      if (refused)
        problems.add(
          {
            line: 0,
            rule: refused.refused,
            detail: `In what the map declares: ${type}. ${refused.detail ?? ''}`.trim(),
          },
          0,
        );
      else if (!this.ports.declares(type) && declared.some((command) => command.type === type && !command.always))
        problems.add(
          {
            line: 0,
            rule: 'a-map-leaves-out-only-what-is-declared-once',
            detail: `${type} declares nothing that could be there already: give it always: true, and it is sent at every import.`,
          },
          0,
        );
    }
  }

  /** First pass: every row is read, mapped and checked for itself and against the others. */
  private async validate(problems: ProblemList): Promise<Validated> {
    const gatherer = new DeclarationGatherer(this.loaded.map);
    const seen = new SeenKeys();
    const persons: DirectoryEntry[] = [];
    const repeats = new Map<number, number>();
    const good: ImportRow[] = [];
    const numbers = new Map<number, number>();
    let [rows, planned] = [0, 0];
    for await (const row of this.rows((record) => gatherer.see(record))) {
      rows = countRow(rows);
      const plan = this.importer.plan(row, this.options);
      for (const problem of plan.problems) problems.add(inTheFile(this.loaded.map, row, problem), rows);
      const repeated = plan.problems.length === 0 ? seen.check(plan, rows, row.line) : undefined;
      if (typeof repeated === 'object') problems.add(repeated, rows);
      if (typeof repeated === 'number') repeats.set(rows, repeated);
      else planned += plan.commands.length;
      if (plan.person && plan.problems.length === 0 && repeated === undefined) persons.push(plan.person);
      if (this.importer.whole && plan.problems.length === 0 && typeof repeated !== 'object') {
        good.push({ line: row.line, fields: row.fields });
        numbers.set(row.line, rows);
      }
      if (rows % 5_000 === 0) this.progress({ phase: 'reading', done: rows, total: null });
    }
    if (rows === 0) throw new FileRefused('a-file-has-rows', 'After the map no row is left.');
    this.progress({ phase: 'reading', done: rows, total: rows });
    const whole = this.importer.whole?.(good, this.options) ?? NOTHING;
    for (const problem of whole.problems) problems.add(problem, numbers.get(problem.line) ?? 0);
    return { rows, planned, repeats, declared: gatherer.declared(this.file.sha256), whole, persons };
  }

  /** The mapped rows; `see` is shown each record first. */
  private async *rows(see: (record: MappedRow['record']) => void = () => undefined): AsyncGenerator<MappedRow> {
    const { map } = this.loaded;
    for await (const record of this.table.records()) {
      if (isDropped(map, record)) continue;
      see(record);
      yield* mapRows(map, record);
    }
  }

  /** A decider's problem names a field of the command: the file's column where one bears its name. */
  private inOurColumn(problem: RowProblem): RowProblem {
    const field = problem.column?.split(/[.[]/, 1)[0];
    const from = field === undefined ? undefined : this.loaded.map.columns[field];
    const column = typeof from === 'string' ? from : from !== undefined && 'column' in from ? from.column : undefined;
    if (field === undefined || column === undefined) return problem;
    return { ...problem, column, ...(column === field ? {} : { field }) };
  }

  /** The batch's commands; made from the file anew each time it is walked, so that no row lies in memory. */
  private commands(
    actorId: string,
    bracket: ImportBracket,
    declared: readonly CommandBody[],
    bad: ReadonlySet<number>,
    repeats: ReadonlyMap<number, number>,
    whole: WholePlan,
    planned: PlannedCommands,
  ): AsyncIterable<BatchCommand> {
    const { importer, options, ports, request } = this;
    const words = (body: CommandBody): string | undefined =>
      request.dryRun === true ? importer.words?.(body) : undefined;
    const command = (which: string, { type, data }: CommandBody): BatchCommand => ({
      commandId: importCommandId(options.importId, actorId, which, { type, data }),
      type,
      data,
    });
    const walk = async function* (this: ImportRun): AsyncGenerator<BatchCommand> {
      planned.restart();
      planned.push(0, 0, 'map');
      yield command('recorded', ports.opening(bracket));
      for (const [index, body] of declared.entries()) {
        planned.push(0, 0, 'map', words(body));
        yield command(`declared ${index}`, body);
      }
      let number = 0;
      for await (const row of this.rows()) {
        number += 1;
        const repeated = repeats.get(number);
        if (bad.has(number) || (repeated !== undefined && !bad.has(repeated))) continue;
        for (const [index, body] of importer.plan(row, options).commands.entries()) {
          planned.push(number, row.line, 'row', words(body));
          yield command(`row ${number} ${index}`, body);
        }
      }
      for (const [index, { line, body }] of whole.commands.entries()) {
        planned.push(0, line, 'whole', words(body));
        yield command(`whole ${index}`, body);
      }
    };
    return { [Symbol.asyncIterator]: () => walk.call(this) };
  }
}

/** @throws FileRefused `a-file-bears-the-columns-of-its-kind` */
function checkKind({ kind, columns }: Importer, given: readonly string[], header: readonly string[]): void {
  const known = columns.map(({ name }) => name);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new FileRefused(
      'a-file-bears-the-columns-of-its-kind',
      `${kind} have no column ${unknown.join(', ')}. They have: ${known.join(', ')}. A map (--map) can say which column is which.`,
      1,
    );
  const missing = columns.filter(({ name, required }) => required && !given.includes(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new FileRefused(
      'a-file-bears-the-columns-of-its-kind',
      `The column ${missing.join(', ')} is missing; the file has: ${header.join(', ')}. A map (--map) can say which column is which.`,
      1,
    );
}
