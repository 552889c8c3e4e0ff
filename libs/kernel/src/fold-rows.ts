import type { RecordedEvent } from './event';
import type { AnyReadModel, CitedRow, Row, RowChange, RowVersion } from './read-model';
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
  private readonly versions: { readonly at: string; readonly row: RowVersion }[] = [];
  constructor(readonly model: AnyReadModel) {}

  /** @param position of the event; without one, a model that is read with every version cannot be folded (RangeError) */
  apply(event: RecordedEvent, position?: bigint): void {
    const change = changeOn(this.model, event.type);
    if (!change) return;
    for (const key of change.keys(event)) {
      const at = rowKey(this.model, key);
      const before = this.rows.get(at);
      const after = change.fold(before, event, key);
      if (after === null) this.rows.delete(at);
      else if (after !== before) {
        const row = { ...after, events: [...(before?.events ?? []), event.id] };
        this.rows.set(at, row);
        if (this.model.versions === 'every') this.keep(at, row, position);
      }
    }
  }

  /** A row that one event makes twice has but the last of the two. */
  private keep(at: string, row: CitedRow, since: bigint | undefined): void {
    if (since === undefined) throw new RangeError(`versions of ${this.model.name} are told apart by positions`);
    const last = this.versions.findLastIndex((version) => version.row.since === since && version.at === at);
    if (last >= 0) this.versions.splice(last, 1);
    this.versions.push({ at, row: { ...row, since } });
  }

  /** Rows in the order of their keys; of a model that is read with every version, all of them, oldest first. */
  list(): readonly CitedRow[] {
    if (this.model.versions === 'every')
      return [...this.versions]
        .sort((a, b) => Number(a.row.since - b.row.since) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        .map(({ row }) => row);
    return [...this.rows.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
}
