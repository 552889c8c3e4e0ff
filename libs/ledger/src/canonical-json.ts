/**
 * RFC 8785 (JSON Canonicalization Scheme), strict: one value has one text, and a value that JSON cannot hold is refused instead of being changed.
 *
 * Members are sorted by UTF-16 code units (§3.2.3); numbers and strings are written as ECMAScript writes them (§3.2.2), which is what
 * `JSON.stringify` does for a single number or string.
 */

/** Deeper nesting than this is taken for a cycle. */
const MAX_DEPTH = 256;
/** ECMAScript 2024 §22.1.3.10, which Node 20 has and the compiler's library does not know yet. */
const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();
const SIMPLE_NAME = /^[A-Za-z_$][\w$]*$/;

/** A value that has no canonical JSON. `path` names it from the root `$`: `$.data.rows[3].n`. */
export class NotCanonicalError extends TypeError {
  override readonly name = 'NotCanonicalError';
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

/** `$.data` and `n` give `$.data.n`; a name that is no identifier is quoted. */
export const memberPath = (path: string, name: string | number): string =>
  typeof name === 'number'
    ? `${path}[${name}]`
    : SIMPLE_NAME.test(name)
      ? `${path}.${name}`
      : `${path}[${JSON.stringify(name)}]`;

type Path = readonly (string | number)[];

function refuse(path: Path, problem: string): never {
  throw new NotCanonicalError(path.reduce<string>(memberPath, '$'), problem);
}

/** Printable ASCII but the two that are escaped: such text is its own JSON. */
const VERBATIM = /^[ !#-[\]-~]*$/;

function text(value: string, path: Path): string {
  if (VERBATIM.test(value)) return `"${value}"`;
  if (!isWellFormed(value)) refuse(path, 'holds half of a surrogate pair, which is not text');
  return JSON.stringify(value);
}

/** An object written as a literal or parsed from JSON, in whatever realm: nothing stands between it and the root prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function object(value: object, path: (string | number)[]): string {
  if (!isPlain(value)) refuse(path, `is a ${value.constructor?.name ?? 'class instance'}, not a plain object`);
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(path, 'has a symbol as a name');
  const record = value as Record<string, unknown>;
  let members = '';
  for (const name of Object.keys(record).sort()) {
    path.push(name);
    members += `${members === '' ? '' : ','}${text(name, path)}:${write(record[name], path)}`;
    path.pop();
  }
  return `{${members}}`;
}

function array(value: readonly unknown[], path: (string | number)[]): string {
  const items: string[] = [];
  for (let index = 0; index < value.length; index++) {
    path.push(index);
    items.push(write(value[index], path));
    path.pop();
  }
  return `[${items.join(',')}]`;
}

function write(value: unknown, path: (string | number)[]): string {
  if (path.length > MAX_DEPTH) refuse(path.slice(0, 8), `is nested deeper than ${MAX_DEPTH} levels, or holds itself`);
  switch (typeof value) {
    case 'string':
      return text(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : refuse(path, `is ${value}, which JSON cannot hold`);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? array(value, path) : object(value, path);
    case 'undefined':
      return refuse(path, 'is undefined; leave the name out instead');
    case 'bigint':
    case 'function':
    case 'symbol':
      return refuse(path, `is a ${typeof value}, which JSON cannot hold`);
  }
}

/**
 * The canonical text of a value (encode it as UTF-8 to hash it).
 *
 * Takes plain objects, arrays, strings of whole characters, finite numbers, booleans and null, in any nesting.
 * @throws NotCanonicalError on anything else (undefined, NaN, BigInt, Map, Date, class instances, lone surrogates, symbols, cycles), with its path.
 */
export const canonicalJson = (value: unknown): string => write(value, []);
