import type { RecordedEvent } from './event';
import type { AnyReadModel, CitedRow, Row, RowChange } from './read-model';
import type { EventBody } from './event';

/** The key columns' values as one string: equal exactly when the keys are. */
export const rowKey = (model: Pick<AnyReadModel, 'key'>, row: Partial<Row>): string =>
  JSON.stringify(model.key.map((column) => row[column]));

/** The change a model makes on an event, or undefined when it ignores the type. */
export function changeOn(model: AnyReadModel, type: string): RowChange<Row, EventBody> | undefined {
  if (!Object.hasOwn(model.on, type)) return undefined;
  const on = (model.on as Record<string, 'ignored' | RowChange<Row, EventBody> | undefined>)[type];
  return on === undefined || on === 'ignored' ? undefined : on;
}

/** Event types a model listens to (those it does not ignore). */
export const typesOf = (model: AnyReadModel): readonly string[] =>
  Object.entries(model.on as Record<string, unknown>)
    .filter(([, change]) => change !== 'ignored')
    .map(([type]) => type);

/** The open rows of a model after a prefix of the log, by row key: the reference that every other way of keeping rows must equal. */
export class RowsInMemory {
  readonly rows = new Map<string, CitedRow>();
  constructor(readonly model: AnyReadModel) {}

  apply(event: RecordedEvent): void {
    const change = changeOn(this.model, event.type);
    if (!change) return;
    for (const key of change.keys(event)) {
      const at = rowKey(this.model, key);
      const before = this.rows.get(at);
      const after = change.fold(before, event, key);
      if (after === null) this.rows.delete(at);
      else if (after !== before) this.rows.set(at, { ...after, events: [...(before?.events ?? []), event.id] });
    }
  }

  /** Rows in the order of their keys. */
  list(): readonly CitedRow[] {
    return [...this.rows.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
}
