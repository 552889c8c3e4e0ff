import type { CommandBody, LocalDate } from '@plumbline/kernel';

/** A row of the file after the map has renamed, pivoted, recoded and scaled it: plain column names, trimmed text, `''` for an empty field. */
export interface ImportRow {
  /** Line of the file on which the record begins, 1 = the header. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Why a row is refused: which line and column, the value as the file has it, the rule, and the cure. An importer names its own column and value; the file's are put in their place. */
export interface RowProblem {
  /** 0: what the map declares. */
  readonly line: number;
  readonly column?: string;
  readonly value?: string;
  /** Our column, where the file's bears another name. */
  readonly field?: string;
  readonly rule: string;
  readonly detail?: string;
  /** How many rows are refused for this same reason, where it is more than one; `line` is the first of them. */
  readonly alike?: number;
  /** Line of the last of them. */
  readonly lastLine?: number;
}

/** A person for the directory: the only place that holds names. Never part of a command. */
export interface DirectoryEntry {
  readonly key: string;
  readonly name: string;
  /** What reports call them; never a name. */
  readonly office?: string;
  readonly email?: string;
  readonly locale?: string;
}

/** What a row asks for. */
export interface RowPlan {
  readonly commands: readonly CommandBody[];
  readonly problems: readonly RowProblem[];
  /** What the row is about (series and period, unit code, person key): two rows of one key must say the same. */
  readonly key?: string;
  /** What it says about that, as text: compared for rows of one key. */
  readonly content?: string;
  readonly person?: DirectoryEntry;
}

export interface ImportOptions {
  readonly importId: string;
  /** Code of the release the figures come from, when the map declares one. */
  readonly release?: string;
  /** Reason given with `--corrections`: another value for a live period becomes a correction. */
  readonly corrections?: string;
  /** What the file does not name is gone. */
  readonly complete: boolean;
  /** Day from which what the file changes holds: today unless said. */
  readonly effective: LocalDate;
  /** Name of the source, from the map or the file's name. */
  readonly source: string;
  /** Answer to what the importer asks, as it was before the first row. */
  readonly known?: unknown;
  /** Person id of a directory key. */
  readonly personIdOf: (key: string) => string;
}

export interface ImportColumn {
  readonly name: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** What all rows together ask for, beside what each does. */
export interface WholePlan {
  /** `line`: the row that it is about, 0 where it is about what the file does not name. */
  readonly commands: readonly { readonly line: number; readonly body: CommandBody }[];
  readonly problems: readonly RowProblem[];
}

/** How a context takes rows in: one file, one kind, pure. Registered by the context's server. */
export interface Importer {
  readonly kind: string;
  readonly summary: string;
  /** Columns the mapped row has; a file without a map must bear these names in its header. */
  readonly columns: readonly ImportColumn[];
  /** A question whose answer `plan` and `whole` need: what is recorded already. Asked once, before the first row. */
  readonly asks?: string;
  readonly plan: (row: ImportRow, options: ImportOptions) => RowPlan;
  /** Told all rows without problems when the last is read. Only for kinds whose rows are few: they are held in memory. */
  readonly whole?: (rows: readonly ImportRow[], options: ImportOptions) => WholePlan;
  /** A planned command in words, for a dry run. */
  readonly words?: (command: CommandBody) => string | undefined;
}
