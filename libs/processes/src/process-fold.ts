import {
  type AnyReadModel,
  type CitedRow,
  type EventBody,
  type ReadModel,
  type RecordedEvent,
  type Row,
  RowsInMemory,
  typesOf,
} from '@plumbline/kernel';
import type { Process, ProcessRows } from './process';

/** What processes know: each of their read models once, folded event by event. */
export class ProcessFold {
  private readonly models = new Map<string, RowsInMemory>();
  private readonly listeners = new Map<string, RowsInMemory[]>();

  constructor(processes: readonly Process[], others: readonly AnyReadModel[] = []) {
    for (const model of [...processes.flatMap(({ reads }) => reads), ...others]) {
      if (this.models.has(model.name)) continue;
      const rows = new RowsInMemory(model);
      this.models.set(model.name, rows);
      for (const type of typesOf(model)) this.listeners.set(type, [...(this.listeners.get(type) ?? []), rows]);
    }
  }

  /** Event types that change what processes know. */
  get types(): readonly string[] {
    return [...this.listeners.keys()];
  }

  apply(event: RecordedEvent): void {
    for (const rows of this.listeners.get(event.type) ?? []) rows.apply(event);
  }

  /** What one process may see of it: the models it declares. */
  rowsFor({ name, reads }: Pick<Process, 'name' | 'reads'>): ProcessRows {
    return {
      of: <R extends Row, E extends EventBody>(model: ReadModel<R, E>): readonly CitedRow<R>[] => {
        if (!reads.some((each) => each.name === model.name))
          throw new Error(`the process ${name} does not declare that it reads ${model.name}`);
        return this.models.get(model.name)!.list() as readonly CitedRow<R>[];
      },
    };
  }
}
