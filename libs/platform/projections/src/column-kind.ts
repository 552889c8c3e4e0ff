import { type ColumnKind, isDecimalString } from '@plumbline/kernel';

/** How one kind of column stands in PostgreSQL, and which values belong in it. */
export interface KindOfColumn {
  readonly sql: string;
  readonly nullable: boolean;
  /** May be part of a key: single values that compare the same in SQL and in JavaScript. */
  readonly keyable: boolean;
  /** Element type of the array that carries a page's values to an UNNEST; arrays travel as text literals. */
  readonly carrier: string;
  /** Whether a value (not null) is of this kind, exactly as it will be read back. */
  readonly holds: (value: unknown) => boolean;
  /** What is right, in words, for a fold that gave something else. */
  readonly words: string;
  /** A value on its way to the carrier. */
  readonly write: (value: never) => unknown;
  /** A value as pg gives it, as the fold gave it. */
  readonly read: (value: never) => unknown;
}

/** PostgreSQL's text holds no NUL and no lone surrogate. */
const storable = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);

const isJson = (value: unknown): boolean => {
  if (!storable(value)) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
};

/** An array as PostgreSQL writes it in text: every element quoted. */
export const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

const same = (value: unknown): unknown => value;
const text = (words: string, holds: (value: unknown) => boolean) => ({
  sql: 'text COLLATE "C"',
  keyable: true,
  carrier: 'text',
  holds,
  words,
  write: same,
  read: same,
});

const KINDS = {
  text: text('a text without NUL and lone surrogates', storable),
  date: text('a day (YYYY-MM-DD)', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)),
  instant: text(
    'an instant (YYYY-MM-DDThh:mm:ss.sssZ)',
    (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  ),
  decimal: text('a plain decimal, as text', (value) => typeof value === 'string' && isDecimalString(value)),
  json: { ...text('JSON text', isJson), keyable: false },
  integer: {
    sql: 'bigint',
    keyable: true,
    carrier: 'bigint',
    holds: (value: unknown) => Number.isSafeInteger(value) && !Object.is(value, -0),
    words: 'a whole number',
    write: same,
    read: (value: string) => Number(value),
  },
  boolean: {
    sql: 'boolean',
    keyable: true,
    carrier: 'boolean',
    holds: (value: unknown) => typeof value === 'boolean',
    words: 'true or false',
    write: same,
    read: same,
  },
  'text[]': {
    sql: 'text[]',
    keyable: false,
    carrier: 'text',
    holds: (value: unknown) => Array.isArray(value) && value.every(storable),
    words: 'a list of texts',
    write: arrayLiteral,
    read: same,
  },
} satisfies Record<string, Omit<KindOfColumn, 'nullable'>>;

/** What a declared kind means; a trailing `?` allows null. @throws RangeError for an unknown kind */
export function kindOfColumn(kind: ColumnKind): KindOfColumn {
  const nullable = kind.endsWith('?');
  const name = nullable ? kind.slice(0, -1) : kind;
  if (!Object.hasOwn(KINDS, name)) throw new RangeError(`"${kind}" is not a kind of column`);
  return { ...KINDS[name as keyof typeof KINDS], nullable };
}
