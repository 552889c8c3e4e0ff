import { createHash } from 'node:crypto';
import type { Actor, CommandBody, LocalDate } from '@plumbline/kernel';
import type { BatchCommand, BatchMeta, BatchResult, Refused } from '@plumbline/platform/commands';
import { uuidV8 } from '@plumbline/platform/event-store';
import type { DirectoryEntry, RowProblem } from './importer';

export interface ImportRequest {
  readonly kind: string;
  /** Path of the uploaded file. */
  readonly path: string;
  /** Its ending says what the file is: csv, xlsx, yaml, json. */
  readonly fileName: string;
  /** Text of the map (YAML); left out when the header bears our column names. */
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly skipBadRows?: boolean;
  /** Why: then another value for a live period is recorded as a correction. */
  readonly corrections?: string;
  /** What the file does not name is gone. */
  readonly complete?: boolean;
  /** Day from which what the file changes holds; today when left out. */
  readonly effective?: LocalDate;
  /** Id of the import that this is meant to finish: refused when file and map are those of another. */
  readonly resume?: string;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'deciding' | 'recording' | 'waiting';
  readonly done: number;
  /** Null while it is not known: when the file is read for the first time, when events are recorded, and when the log cannot be reached for the rest of them. */
  readonly total: number | null;
}

/** What became of an import. Every row that was read is recorded, unchanged, refused or repeated. */
export interface ImportOutcome {
  readonly importId: string;
  /** `refused`: nothing was recorded. `unchanged`: everything was there already. */
  readonly state: 'recorded' | 'unchanged' | 'dry-run' | 'refused';
  readonly rows: number;
  readonly recorded: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Rows that say again what an earlier row of the file says. */
  readonly repeated: number;
  /** What was recorded beside the rows because of all of them together: posts that ended, units that closed. */
  readonly followed: number;
  readonly problems: readonly RowProblem[];
  /** Of a dry run: what would be recorded, in words, where the kind puts it into words; at most `MAX_LISTED_PLANS`. */
  readonly plans: readonly string[];
  /** Position of the import's last event, as a decimal string; null when nothing was recorded. */
  readonly position: string | null;
  /** An earlier try recorded it in part, and it is not finished: reports stand before it. */
  readonly unfinished: boolean;
}

/** An import that is recorded in part. */
export interface UnfinishedImport {
  readonly importId: string;
  /** Of its opening event. */
  readonly event: string;
  readonly position: bigint;
}

/** What an import stands on. */
export interface ImportPorts {
  batch(commands: AsyncIterable<BatchCommand>, meta: BatchMeta): Promise<BatchResult>;
  /** Whether a command is one that declares something: then a map may leave it out where its stream exists. */
  declares(type: string): boolean;
  /** Why the actor may not send a command of this type, or undefined. */
  refusalOf(type: string, actor: Actor): Promise<Refused | undefined>;
  /** Whether the stream that a command would write exists. Asked for declarations only. */
  exists(commands: readonly CommandBody[]): Promise<readonly boolean[]>;
  /** Answers a question as of the end of the log. */
  ask(question: string): Promise<unknown>;
  today(): Promise<LocalDate>;
  personIdOf(key: string): string;
  upsertPersons(persons: readonly DirectoryEntry[]): Promise<void>;
  /** The import of this id as it stands when an earlier try recorded it in part. */
  unfinished(importId: string): Promise<UnfinishedImport | undefined>;
  /** The commands that bracket an import in the log. */
  opening(about: ImportBracket): CommandBody;
  /** Before an import that ended is recorded again in several appends. */
  reopening(about: ImportBracket): CommandBody;
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
