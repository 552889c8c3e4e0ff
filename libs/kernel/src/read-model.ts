import type { EventBody, RecordedEvent } from './event';

/**
 * Kinds of column. `decimal` and `date` are kept as text, so that what is read is what was written, byte for byte; `json` is canonical JSON text.
 * A trailing `?` allows null.
 */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'decimal'
  | 'text[]'
  | 'json'
  | 'text?'
  | 'integer?'
  | 'boolean?'
  | 'date?'
  | 'instant?'
  | 'decimal?'
  | 'json?';

export type Row = Readonly<Record<string, unknown>>;

/** How one event type changes rows: `keys` names the rows it touches, `fold` gives each its next version (null: the row ends). */
export interface RowChange<R extends Row, E extends EventBody> {
  readonly keys: (event: RecordedEvent<E>) => readonly Partial<R>[];
  readonly fold: (row: R | undefined, event: RecordedEvent<E>, key: Partial<R>) => R | null;
}

/**
 * A read model: a fold from events to rows that are versioned by position. Pure; lives in a domain lib. The platform makes its table and writes it,
 * the verifier folds the same object in memory. A row holds only what its own streams say; joins over time happen in the query.
 *
 * Platform adds to every row version: `from_position`, `to_position` (open = maximum) and `events` (ids of all events that made this row, in order).
 */
export interface ReadModel<R extends Row = Row, E extends EventBody = EventBody> {
  /** Table name in snake case; the table is `<name>_v<version>`. */
  readonly name: string;
  /** Raised whenever columns or fold change: the new build reads its own table, rebuilt beside the old one. */
  readonly version: number;
  readonly key: readonly (keyof R & string)[];
  readonly columns: { readonly [C in keyof R & string]: ColumnKind };
  /** Extra indexes beside the key's, each a list of columns. */
  readonly indexes?: readonly (readonly (keyof R & string)[])[];
  /** Total over the event union: forgetting one does not compile; `'ignored'` is the explicit way out. */
  readonly on: { readonly [T in E['type']]: 'ignored' | RowChange<R, Extract<E, { type: T }>> };
  /** Set by `everyVersion`: whoever reads it is given each version a row ever had, not the one that stands. */
  readonly versions?: 'every';
}

/**
 * The same read model as far as someone reads it: rows with these columns, among them its key. What it folds stays whole.
 * @throws RangeError when a column of the key is left out
 */
export const onlyColumns = <R extends Row, E extends EventBody, C extends keyof R & string>(
  model: ReadModel<R, E>,
  columns: readonly C[],
): ReadModel<Pick<R, C>, E> => {
  const missing = model.key.find((column) => !columns.some((each) => each === column));
  if (missing !== undefined) throw new RangeError(`${model.name} is not read without ${missing}, a part of its key`);
  const kinds = Object.fromEntries(columns.map((column) => [column, model.columns[column]]));
  return { ...model, columns: kinds, indexes: [] } as unknown as ReadModel<Pick<R, C>, E>;
};

/** A row with the ids of the events that made it. What reports compute from. */
export type CitedRow<R extends Row = Row> = R & { readonly events: readonly string[] };

/**
 * One version of a row. `since` is the position of the event that made it: good for telling what came before what within one log, and for nothing that is
 * stored or shown.
 */
export type RowVersion<R extends Row = Row> = CitedRow<R> & { readonly since: bigint };

/** A read model read with all that its rows have ever been. */
export interface EveryVersion<R extends Row = Row, E extends EventBody = EventBody> extends ReadModel<R, E> {
  readonly versions: 'every';
}

/** The same read model with each version its rows ever had, in the order in which they came about; the end of a row makes none. */
export const everyVersion = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): EveryVersion<R, E> => ({
  ...model,
  versions: 'every',
});

export type AnyReadModel = ReadModel<Row, EventBody<string, never>>;
export const anyReadModel = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): AnyReadModel =>
  model as unknown as AnyReadModel;
