import { type AnyReadModel, anyReadModel } from '@plumbline/kernel';
import { checkpointsDdl, ddlOf } from './ddl';
import { ReadModelMisdeclared, tableOf, tablesOf } from './table';
import { borrowerYears, loans } from './library.testing';

const declared = (change: Partial<AnyReadModel>): AnyReadModel => ({ ...anyReadModel(loans), ...change });

describe('the table of a read model', () => {
  it('is made from its columns, its version in the name', () => {
    expect(ddlOf(tableOf(anyReadModel(loans)))).toEqual({
      create: [
        `CREATE TABLE "read_models"."loans_v1" (
  "book" text COLLATE "C" NOT NULL,
  "borrower" text COLLATE "C" NOT NULL,
  "due" text COLLATE "C" NOT NULL,
  "fee" text COLLATE "C",
  "shelf" text COLLATE "C",
  "extended" boolean NOT NULL,
  "tags" text[] NOT NULL,
  "from_position" bigint NOT NULL,
  "to_position" bigint NOT NULL DEFAULT 9223372036854775807,
  "events" uuid[] NOT NULL,
  CONSTRAINT "loans_v1_order" CHECK ("from_position" < "to_position")
)`,
        `CREATE UNIQUE INDEX "loans_v1_open" ON "read_models"."loans_v1" ("book") WHERE "to_position" = 9223372036854775807`,
      ],
      primaryKey: `ALTER TABLE "read_models"."loans_v1" ADD CONSTRAINT "loans_v1_pkey" PRIMARY KEY ("book", "from_position") INCLUDE ("to_position")`,
      indexes: [
        `CREATE INDEX IF NOT EXISTS "loans_v1_1" ON "read_models"."loans_v1" ("borrower", "due", "from_position", "to_position")`,
      ],
    });
  });

  it('names columns in snake case and keeps whole numbers as bigint', () => {
    const { create, primaryKey } = ddlOf(tableOf(anyReadModel(borrowerYears), 'aside'));
    const [table, open] = create;
    expect(primaryKey).toContain('PRIMARY KEY ("borrower", "year", "from_position")');
    expect(table).toBe(`CREATE TABLE "aside"."borrower_years_v2" (
  "borrower" text COLLATE "C" NOT NULL,
  "year" bigint NOT NULL,
  "borrowed" bigint NOT NULL,
  "last_loan_at" text COLLATE "C" NOT NULL,
  "merged_into" text COLLATE "C",
  "note" text COLLATE "C" NOT NULL,
  "from_position" bigint NOT NULL,
  "to_position" bigint NOT NULL DEFAULT 9223372036854775807,
  "events" uuid[] NOT NULL,
  CONSTRAINT "borrower_years_v2_order" CHECK ("from_position" < "to_position")
)`);
    expect(open).toBe(
      `CREATE UNIQUE INDEX "borrower_years_v2_open" ON "aside"."borrower_years_v2" ("borrower", "year") WHERE "to_position" = 9223372036854775807`,
    );
  });

  it('stands beside the checkpoints', () => {
    expect(checkpointsDdl('read_models')).toEqual([
      'CREATE SCHEMA IF NOT EXISTS "read_models"',
      `CREATE TABLE IF NOT EXISTS "read_models"."checkpoints" (
  "model" text COLLATE "C" PRIMARY KEY,
  "position" bigint NOT NULL DEFAULT 0,
  "event" uuid,
  "status" text NOT NULL DEFAULT 'building' CHECK ("status" IN ('building', 'live', 'poisoned')),
  "error" text,
  "definition" text NOT NULL,
  "updated" timestamptz NOT NULL DEFAULT now()
)`,
    ]);
  });

  it.each<[string, Partial<AnyReadModel>, string]>([
    ['a name that is not snake case', { name: 'Loans' }, 'its name is snake case'],
    ['a name too long for PostgreSQL', { name: 'l'.repeat(60) }, 'more than 55 letters'],
    ['a version below 1', { version: 0 }, 'its version is 1, 2, 3'],
    ['no key', { key: [] }, 'it has no key'],
    ['a key that may be null', { key: ['fee'] }, 'column fee cannot be part of the key'],
    ['a key that is a list', { key: ['tags'] }, 'column tags cannot be part of the key'],
    ['a key that is no column', { key: ['title'] }, '"title" is not one of its columns'],
    ['an index over no column', { indexes: [['title']] }, '"title" is not one of its columns'],
    [
      'a column of the platform',
      { key: ['events'], columns: { events: 'text' } },
      "column events is the platform's own",
    ],
    ['a column that is not camel case', { columns: { 'a-b': 'text' } }, 'column "a-b" is not camel case'],
    ['two columns of one name', { columns: { aB: 'text', a_b: 'text' } }, 'is not camel case'],
    ['an unknown kind of column', { columns: { book: 'float' as never } }, '"float" is not a kind of column'],
  ])('is refused with %s', (_, change, problem) => {
    expect(() => tableOf(declared(change))).toThrow(problem);
  });

  it('belongs to one model only', () => {
    expect(() => tablesOf([anyReadModel(loans), anyReadModel(loans)])).toThrow(ReadModelMisdeclared);
  });
});
