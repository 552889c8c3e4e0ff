import {
  changeOn,
  type CitedRow,
  type EventBody,
  type PositionedEvent,
  type RecordedEvent,
  type Row,
  type RowChange,
  rowKey,
} from '@plumbline/kernel';
import { keptRow, OPEN, type ReadModelTable } from './table';

/** One version of a row: it stood from the event at `from` until the one at `to` (or stands still). */
export interface RowVersion {
  readonly row: CitedRow;
  readonly from: bigint;
  readonly to: bigint;
}

/** A version that stood before the page and that the page closes. */
export interface ClosedVersion {
  readonly row: Row;
  readonly from: bigint;
  readonly to: bigint;
}

/** What a page does to a table: nothing is updated but the one `to_position` of each version in `closed`. */
export interface PageChanges {
  readonly inserted: readonly RowVersion[];
  readonly closed: readonly ClosedVersion[];
}

/** One event that touches a model's rows, and which ones. */
export interface Touch {
  readonly position: bigint;
  readonly event: RecordedEvent;
  readonly change: RowChange<Row, EventBody>;
  readonly keys: readonly { readonly at: string; readonly key: Partial<Row> }[];
}

/** A fold, or its row, failed on one event: the read model is poisoned from there. */
export class FoldFailed extends Error {
  override readonly name = 'FoldFailed';
  constructor(table: ReadModelTable, { position, event }: Pick<PositionedEvent, 'position' | 'event'>, cause: unknown) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    super(`${table.name} cannot fold ${event.type} ${event.id} at position ${position}: ${problem}`, { cause });
  }
}

/** The events of a page that a model does not ignore, each with the keys it touches. @throws FoldFailed */
export function touchesOf(table: ReadModelTable, events: readonly PositionedEvent[]): readonly Touch[] {
  return events.flatMap(({ position, event }) => {
    const change = changeOn(table.model, event.type);
    if (!change) return [];
    try {
      const keys = change.keys(event).map((key) => {
        for (const { property, kind } of table.key)
          if (!kind.holds(key[property])) throw new RangeError(`key column ${property} takes ${kind.words}`);
        return { at: rowKey(table.model, key), key };
      });
      return keys.length === 0 ? [] : [{ position, event, change, keys }];
    } catch (cause) {
      throw new FoldFailed(table, { position, event }, cause);
    }
  });
}

/** The keys a page touches, each once, by row key. */
export const touchedKeys = (touches: readonly Touch[]): ReadonlyMap<string, Partial<Row>> =>
  new Map(touches.flatMap(({ keys }) => keys.map(({ at, key }) => [at, key])));

interface Standing {
  readonly row: CitedRow;
  readonly from: bigint;
  readonly before: boolean;
}

/**
 * Folds a page over the rows that stand open before it. Every event that changes a row gives a version, also when a later event of the page changes it
 * again; what an event does twice to one row is one version.
 * @param standing open versions of the touched keys, by row key
 * @throws FoldFailed
 */
export function foldPage(
  table: ReadModelTable,
  standing: ReadonlyMap<string, Pick<RowVersion, 'row' | 'from'>>,
  touches: readonly Touch[],
): PageChanges {
  const open = new Map<string, Standing>();
  for (const [at, version] of standing) open.set(at, { ...version, before: true });
  const inserted: RowVersion[] = [];
  const closed: ClosedVersion[] = [];
  const close = ({ row, from, before }: Standing, to: bigint): void => {
    if (from === to) return;
    if (before) closed.push({ row, from, to });
    else inserted.push({ row, from, to });
  };

  for (const { position, event, change, keys } of touches) {
    for (const { at, key } of keys) {
      const current = open.get(at);
      let after: CitedRow | undefined;
      try {
        const folded = change.fold(current?.row, event, key);
        if (folded === current?.row) continue;
        if (folded !== null) {
          if (rowKey(table.model, folded) !== at) throw new RangeError('the row it gives has another key');
          after = { ...keptRow(table, folded), events: [...(current?.row.events ?? []), event.id] };
        }
      } catch (cause) {
        throw new FoldFailed(table, { position, event }, cause);
      }
      if (current) close(current, position);
      if (after) open.set(at, { row: after, from: position, before: false });
      else open.delete(at);
    }
  }
  for (const { row, from, before } of open.values()) if (!before) inserted.push({ row, from, to: OPEN });
  return { inserted, closed };
}
