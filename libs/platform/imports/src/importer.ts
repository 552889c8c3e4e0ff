import type { CommandBody } from '@plumbline/kernel';

/** A row of the file after the map has renamed, pivoted, recoded and scaled it: plain column names, trimmed text, `''` for an empty field. */
export interface ImportRow {
  /** Line of the file on which the record begins, 1 = the header. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Why a row is refused: which line and column, the value as the file has it, the rule, and the cure. */
export interface RowProblem {
  readonly line: number;
  readonly column?: string;
  readonly value?: string;
  readonly rule: string;
  readonly detail?: string;
}

/** A person for the directory: the only place that holds names. Never part of a command. */
export interface DirectoryEntry {
  readonly key: string;
  readonly name: string;
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
  /** Name of the source, from the map or the file's name. */
  readonly source: string;
  /** Person id of a directory key. */
  readonly personIdOf: (key: string) => string;
}

export interface ImportColumn {
  readonly name: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** How a context takes rows in: one file, one kind, pure. Registered by the context's server. */
export interface Importer {
  readonly kind: string;
  readonly summary: string;
  /** Columns the mapped row has; a file without a map must bear these names in its header. */
  readonly columns: readonly ImportColumn[];
  readonly plan: (row: ImportRow, options: ImportOptions) => RowPlan;
}
