import { type CitedRow, type EventBody, type ReadModel, type Row, rowKey, type RowVersion } from '@plumbline/kernel';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { VERSION } from './entity';
import { packedRows } from './packed-rows';
import { type Column, readRow, type ReadModelTable } from './table';

/** Equality by column: a value, null, or a list of values of which one must match. */
export type Where<R extends Row> = {
  readonly [C in keyof R & string as R[C] extends readonly unknown[] ? never : C]?: R[C] | readonly R[C][];
};

/** The alias under which a query of a view names the row: `row.period <= :last`. */
export const ROW = 'row';

export interface RowsOptions<R extends Row> {
  readonly where?: Where<R>;
  /** Further conditions on TypeORM's query builder; columns are `row.<property>`. It must not change what is selected. */
  readonly refine?: (query: SelectQueryBuilder<ObjectLiteral>) => unknown;
}

/** A position of the log and what was known by then. */
export interface KnownPosition {
  /** 0n before the first event. */
  readonly position: bigint;
  /** Id of the event at the position. */
  readonly event: string | null;
  /** Running maximum of `recordedAt` up to the position: the date of an as-of answer. */
  readonly knownAt: string | null;
}

/** Read models as they stood at one position, all in one transaction. It is of use only until the callback it was given to has ended. */
export class AsOfView implements KnownPosition {
  readonly position: bigint;
  readonly event: string | null;
  readonly knownAt: string | null;

  constructor(
    known: KnownPosition,
    private readonly manager: EntityManager,
    private readonly tables: readonly ReadModelTable[],
  ) {
    this.position = known.position;
    this.event = known.event;
    this.knownAt = known.knownAt;
  }

  /** Rows that stood at the position (of a model read with `everyVersion`: all versions until then, oldest first, each with `since`), with the columns that `model` declares (some of the table's will do: `onlyColumns`), each with the ids of the events that made it, in the order of their keys (the order of `RowsInMemory.list`). */
  async rows<R extends Row, E extends EventBody>(
    model: ReadModel<R, E>,
    { where = {}, refine }: RowsOptions<R> = {},
  ): Promise<readonly CitedRow<R>[]> {
    const table = this.tableOf(model);
    const query = this.query(model);
    for (const [property, value] of Object.entries(where as Record<string, unknown>)) {
      if (value === undefined) continue;
      if (value === null) query.andWhere(`${ROW}.${property} IS NULL`);
      else if (Array.isArray(value))
        query.andWhere(`${ROW}.${property} = ANY(:where_${property})`, { [`where_${property}`]: value });
      else query.andWhere(`${ROW}.${property} = :where_${property}`, { [`where_${property}`]: value });
    }
    refine?.(query);
    const columns = table.columns.filter(({ property }) => Object.hasOwn(model.columns, property));
    query.select(`${ROW}.${VERSION.events}`, 'events');
    for (const { property } of columns) query.addSelect(`${ROW}.${property}`, property);
    if (model.versions === 'every') return await this.versions(table, query, columns);
    const rows =
      (await packedRows(this.manager, query.getQueryAndParameters() as [string, unknown[]], columns)) ??
      (await query.getRawMany<Row>()).map((raw) => readRow(columns, raw));
    return rows
      .map((row) => ({ row, at: rowKey(table.model, row) }))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map(({ row }) => row as CitedRow<R>);
  }

  private async versions<R extends Row>(
    table: ReadModelTable,
    query: SelectQueryBuilder<ObjectLiteral>,
    columns: readonly Column[],
  ): Promise<readonly CitedRow<R>[]> {
    query.addSelect(`${ROW}.${VERSION.from}`, 'since');
    const raws = await query.getRawMany<Row & { readonly since: string }>();
    return raws
      .map((raw): RowVersion => ({ ...readRow(columns, raw), since: BigInt(raw.since) }))
      .map((row) => ({ row, at: rowKey(table.model, row) }))
      .sort((a, b) => Number(a.row.since - b.row.since) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map(({ row }) => row as unknown as CitedRow<R>);
  }

  /** The one row that stood under a key. */
  async row<R extends Row, E extends EventBody>(
    model: ReadModel<R, E>,
    key: Where<R>,
  ): Promise<CitedRow<R> | undefined> {
    const missing = model.key.find((column) => (key as Row)[column] === undefined);
    if (missing !== undefined) throw new RangeError(`the key of ${model.name} also needs ${missing}`);
    return (await this.rows(model, { where: key }))[0];
  }

  /** A query over the rows that stood at the position (or every version until then), as `row`, for what `rows` cannot ask: aggregates, joins with another `query`. */
  query<R extends Row, E extends EventBody>(
    model: ReadModel<R, E>,
    alias: string = ROW,
  ): SelectQueryBuilder<ObjectLiteral> {
    const table = this.tableOf(model);
    const until = model.versions === 'every' ? '' : ` AND ${alias}.${VERSION.to} > :asOfPosition`;
    return this.manager
      .createQueryBuilder<ObjectLiteral>(table.name, alias)
      .where(`${alias}.${VERSION.from} <= :asOfPosition${until}`, { asOfPosition: this.position.toString() });
  }

  private tableOf<R extends Row, E extends EventBody>(model: ReadModel<R, E>): ReadModelTable {
    const table =
      this.tables.find((each) => (each.model as unknown) === model) ??
      this.tables.find(({ name }) => name === `${model.name}_v${model.version}`);
    if (!table || Object.keys(model.columns).some((property) => !Object.hasOwn(table.model.columns, property)))
      throw new RangeError(`${model.name} is not among the read models this view was asked for`);
    return table;
  }
}
