import { createHash } from 'node:crypto';
import type { Actor, CommandBody } from '@plumbline/kernel';
import type { BatchCommand, BatchMeta, BatchOutcome, BatchResult, RefusedCommand } from '@plumbline/platform/commands';
import { uuidV8 } from '@plumbline/platform/event-store';
import { type CsvRecord, openCsv } from './csv';
import { FileRefused, type InspectedFile, inspectFile } from './file';
import type { DirectoryEntry, Importer, ImportOptions, ImportRow, RowPlan, RowProblem } from './importer';
import {
  checkColumns,
  countRow,
  type DeclaredCommand,
  DeclarationGatherer,
  isDropped,
  type LoadedMap,
  loadMap,
  mapRows,
  plainMap,
} from './map';

/** Problems listed in an answer; all are counted. */
export const MAX_LISTED_PROBLEMS = 200;

export interface ImportRequest {
  readonly kind: string;
  /** Path of the uploaded file. */
  readonly path: string;
  readonly fileName: string;
  /** Text of the map (YAML); left out when the header bears our column names. */
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly skipBadRows?: boolean;
  /** Why: then another value for a live period is recorded as a correction. */
  readonly corrections?: string;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'deciding' | 'recording';
  readonly done: number;
  /** Null while the file is read for the first time. */
  readonly total: number | null;
}

export interface ImportOutcome {
  readonly importId: string;
  /** `refused`: nothing was recorded. `unchanged`: everything was there already. */
  readonly state: 'recorded' | 'unchanged' | 'dry-run' | 'refused';
  readonly rows: number;
  readonly recorded: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly problems: readonly RowProblem[];
  /** Position of the import's last event, as a decimal string; null when nothing was recorded. */
  readonly position: string | null;
}

/** What an import stands on. */
export interface ImportPorts {
  batch(commands: AsyncIterable<BatchCommand>, meta: BatchMeta): Promise<BatchResult>;
  /** Whether the stream that a command would write exists. Asked for declarations only. */
  exists(commands: readonly CommandBody[]): Promise<readonly boolean[]>;
  personIdOf(key: string): string;
  upsertPersons(persons: readonly DirectoryEntry[]): Promise<void>;
  /** The commands that bracket an import in the log. */
  opening(about: ImportBracket): CommandBody;
  closing(
    about: ImportBracket,
    counts: { readonly recorded: number; readonly unchanged: number; readonly refused: number },
  ): CommandBody;
}

export interface ImportBracket {
  readonly importId: string;
  readonly kind: string;
  readonly fileHash: string;
  readonly mapHash: string;
  readonly rows: number;
}

/** uuid v8 of SHA-256(kind, file, map): the same file under the same map is the same import. */
export const importIdOf = (kind: string, fileHash: string, mapHash: string): string =>
  uuidV8(createHash('sha256').update(`import\u0000${kind}\u0000${fileHash}\u0000${mapHash}`).digest());

/**
 * uuid v8 of SHA-256(import id, who imports, which row and command, what it says): a row's command id, the same at every try. Another person, another name of the
 * file or a reason to correct make it another command, which finds what is there already.
 */
export const importCommandId = (importId: string, actorId: string, which: string, body: CommandBody): string =>
  uuidV8(
    createHash('sha256')
      .update([importId, actorId, which, body.type, JSON.stringify(body.data)].join('\u0000'))
      .digest(),
  );

class ProblemList {
  readonly listed: RowProblem[] = [];
  readonly lines = new Set<number>();
  add(problem: RowProblem): void {
    this.lines.add(problem.line);
    if (this.listed.length < MAX_LISTED_PROBLEMS) this.listed.push(problem);
  }
}

/** Two rows of one key must say the same; the second of two equal ones is nothing. */
class SeenKeys {
  private readonly seen = new Map<string, { readonly line: number; readonly content: string }>();

  /** @returns a problem, or the line of the row that this one repeats, or undefined. */
  check(plan: RowPlan, row: ImportRow): RowProblem | number | undefined {
    if (plan.key === undefined) return undefined;
    const before = this.seen.get(plan.key);
    if (before === undefined) {
      this.seen.set(plan.key, { line: row.line, content: plan.content ?? '' });
      return undefined;
    }
    if (before.content === (plan.content ?? '')) return before.line;
    return {
      line: row.line,
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
  /** Rows that repeat an earlier one, each with the line of that one. */
  readonly repeats: ReadonlyMap<number, number>;
  readonly declared: readonly DeclaredCommand[];
  readonly persons: readonly DirectoryEntry[];
}

/** One import from file to log: everything is validated first; then one batch records all of it or nothing, unless bad rows are to be skipped. */
export class ImportRun {
  private constructor(
    private readonly importer: Importer,
    private readonly request: ImportRequest,
    private readonly ports: ImportPorts,
    private readonly file: InspectedFile,
    private readonly loaded: LoadedMap,
    readonly importId: string,
    private readonly progress: (progress: ImportProgress) => void,
  ) {}

  /** @throws FileRefused when file or map cannot be read at all. */
  static async open(
    importer: Importer,
    request: ImportRequest,
    ports: ImportPorts,
    progress: (progress: ImportProgress) => void,
  ): Promise<ImportRun> {
    const file = await inspectFile(request.path);
    const { header, records } = await openCsv(file);
    await records[Symbol.asyncIterator]().return?.();
    const loaded = request.map === undefined ? plainMap(importer.kind, header) : loadMap(request.map);
    if (loaded.map.kind !== importer.kind)
      throw new FileRefused(
        'a-map-is-for-one-kind',
        `The map is for ${loaded.map.kind}, the import for ${importer.kind}.`,
      );
    checkColumns(loaded.map, header);
    const given = Object.keys(loaded.map.columns);
    const known = importer.columns.map(({ name }) => name);
    const unknown = given.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new FileRefused(
        'a-file-bears-the-columns-of-its-kind',
        `${importer.kind} have no column ${unknown.join(', ')}. They have: ${known.join(', ')}. A map (--map) can say which column is which.`,
        1,
      );
    const missing = importer.columns
      .filter(({ name, required }) => required && !given.includes(name))
      .map(({ name }) => name);
    if (missing.length > 0)
      throw new FileRefused(
        'a-file-bears-the-columns-of-its-kind',
        `The column ${missing.join(', ')} is missing; the file has: ${header.join(', ')}. A map (--map) can say which column is which.`,
        1,
      );
    return new ImportRun(
      importer,
      request,
      ports,
      file,
      loaded,
      importIdOf(importer.kind, file.sha256, loaded.sha256),
      progress,
    );
  }

  async run(actor: Actor): Promise<ImportOutcome> {
    const problems = new ProblemList();
    const { rows, planned, repeats, declared, persons } = await this.validate(problems);
    const outcome = (state: ImportOutcome['state'], counts: Partial<ImportOutcome> = {}): ImportOutcome => ({
      importId: this.importId,
      state,
      rows,
      recorded: 0,
      unchanged: 0,
      refused: problems.lines.size,
      problems: problems.listed,
      position: null,
      ...counts,
    });
    if (problems.lines.size > 0 && this.request.skipBadRows !== true) return outcome('refused');
    const exists = await this.ports.exists(declared);
    const missing = declared.filter(({ always }, index) => always || exists[index] !== true);

    const bracket: ImportBracket = {
      importId: this.importId,
      kind: this.importer.kind,
      fileHash: this.file.sha256,
      mapHash: this.loaded.sha256,
      rows,
    };
    const rowsOfCommands = new RowsOfCommands();
    const badLines = problems.lines.size;
    const commands = this.commands(actor.id, bracket, missing, problems.lines, repeats, rowsOfCommands);
    const result = await this.ports.batch(commands, {
      actor,
      correlationId: this.importId,
      skipRefused: this.request.skipBadRows === true,
      dryRun: this.request.dryRun === true,
      progress: ({ phase, done }) =>
        this.progress({ phase, done, total: Math.max(done, planned + missing.length + 1) }),
      decided: (index, became) => rowsOfCommands.decided(index, became),
      closing: () => {
        if (!rowsOfCommands.recordsAnything) return undefined;
        const { recorded, unchanged, refused } = rowsOfCommands.counts();
        const counts = { recorded, unchanged, refused: refused + badLines };
        const body = this.ports.closing(bracket, counts);
        return { commandId: importCommandId(this.importId, actor.id, 'completed', body), ...body };
      },
    });
    for (const refused of result.refused) problems.add(rowsOfCommands.problemOf(refused));
    const { recorded, unchanged, refused } = rowsOfCommands.counts();
    const counts = {
      recorded: result.accepted ? recorded : 0,
      unchanged,
      refused: badLines + refused,
      position: result.last === null ? null : result.last.toString(),
    };
    if (!result.accepted) return outcome('refused', { ...counts, position: null });
    if (this.request.dryRun === true) return outcome('dry-run', counts);
    if (persons.length > 0) await this.ports.upsertPersons(persons);
    return outcome(result.recorded > 0 ? 'recorded' : 'unchanged', counts);
  }

  /** First pass: every row is read, mapped and checked for itself and against the others. */
  private async validate(problems: ProblemList): Promise<Validated> {
    const gatherer = new DeclarationGatherer(this.loaded.map);
    const seen = new SeenKeys();
    const persons: DirectoryEntry[] = [];
    const repeats = new Map<number, number>();
    let [rows, planned] = [0, 0];
    for await (const record of await this.records()) {
      gatherer.see(record);
      for (const row of mapRows(this.loaded.map, record)) {
        rows = countRow(rows);
        const plan = this.importer.plan(row, this.options());
        for (const problem of plan.problems) problems.add(problem);
        const repeated = plan.problems.length === 0 ? seen.check(plan, row) : undefined;
        if (typeof repeated === 'object') problems.add(repeated);
        if (typeof repeated === 'number') repeats.set(rows, repeated);
        else planned += plan.commands.length;
        if (plan.person && plan.problems.length === 0 && repeated === undefined) persons.push(plan.person);
        if (rows % 5_000 === 0) this.progress({ phase: 'reading', done: rows, total: null });
      }
    }
    if (rows === 0) throw new FileRefused('a-file-has-rows', 'After the map no row is left.');
    this.progress({ phase: 'reading', done: rows, total: rows });
    return { rows, planned, repeats, declared: gatherer.declared(this.file.sha256), persons };
  }

  private async records(): Promise<AsyncIterable<CsvRecord>> {
    const { records } = await openCsv(this.file);
    const { map } = this.loaded;
    return (async function* () {
      for await (const record of records) if (!isDropped(map, record)) yield record;
    })();
  }

  private options(): ImportOptions {
    const { map } = this.loaded;
    return {
      importId: this.importId,
      source: map.source ?? this.request.fileName,
      ...(map.release === undefined ? {} : { release: map.release }),
      ...(this.request.corrections === undefined ? {} : { corrections: this.request.corrections }),
      personIdOf: (key) => this.ports.personIdOf(key),
    };
  }

  /** The batch's commands; read from the file anew each time it is walked, so that no row lies in memory. */
  private commands(
    actorId: string,
    bracket: ImportBracket,
    declared: readonly CommandBody[],
    bad: ReadonlySet<number>,
    repeats: ReadonlyMap<number, number>,
    rowsOfCommands: RowsOfCommands,
  ): AsyncIterable<BatchCommand> {
    const walk = async function* (this: ImportRun): AsyncGenerator<BatchCommand> {
      rowsOfCommands.restart();
      const command = (which: string, body: CommandBody, row: number, line: number): BatchCommand => {
        rowsOfCommands.push(row, line);
        const { type, data } = body;
        return { commandId: importCommandId(this.importId, actorId, which, body), type, data };
      };
      yield command('recorded', this.ports.opening(bracket), 0, 0);
      for (const [index, body] of declared.entries()) yield command(`declared ${index}`, body, 0, 0);
      let row = 0;
      for await (const record of await this.records()) {
        for (const mapped of mapRows(this.loaded.map, record)) {
          row += 1;
          const repeated = repeats.get(row);
          if (bad.has(mapped.line) || (repeated !== undefined && !bad.has(repeated))) continue;
          const plan = this.importer.plan(mapped, this.options());
          for (const [index, body] of plan.commands.entries())
            yield command(`row ${row} ${index}`, body, row, mapped.line);
        }
      }
    };
    return { [Symbol.asyncIterator]: () => walk.call(this) };
  }
}

/** Which row and line each command of the batch came from (0: brackets and what the map declares), and what became of each row. */
class RowsOfCommands {
  private rows: number[] = [];
  private lines: number[] = [];
  /** By row: the most that became of any of its commands. */
  private readonly became = new Map<number, BatchOutcome>();

  restart(): void {
    this.rows = [];
    this.lines = [];
    this.became.clear();
  }

  push(row: number, line: number): void {
    this.rows.push(row);
    this.lines.push(line);
  }

  decided(index: number, outcome: BatchOutcome): void {
    const row = this.rows[index] ?? 0;
    const before = this.became.get(row);
    if (before === undefined || WEIGHT[outcome] > WEIGHT[before]) this.became.set(row, outcome);
  }

  /** Whether a row, a declaration or the import's own opening is new. */
  get recordsAnything(): boolean {
    return [...this.became.values()].includes('recorded');
  }

  counts(): { readonly recorded: number; readonly unchanged: number; readonly refused: number } {
    const counts = { recorded: 0, unchanged: 0, refused: 0 };
    for (const [row, outcome] of this.became)
      if (row !== 0) counts[outcome === 'repeated' ? 'unchanged' : outcome] += 1;
    return counts;
  }

  problemOf({ index, refused, detail, problems }: RefusedCommand): RowProblem {
    const line = this.lines[index] ?? 0;
    const fields = problems?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    const words = [line === 0 ? 'In what the map declares.' : undefined, detail, fields]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
    return {
      line,
      rule: refused,
      ...(words === '' ? {} : { detail: words }),
      ...(problems?.[0] ? { column: problems[0].path } : {}),
    };
  }
}

/** A row with one refused command is refused, whatever became of its others. */
const WEIGHT: Readonly<Record<BatchOutcome, number>> = { repeated: 0, unchanged: 1, recorded: 2, refused: 3 };
