import { z } from 'zod';

const FORMS: Readonly<Record<string, string>> = {
  uuid: 'an id as 5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55',
  url: 'an address as https://example.org/page',
  email: 'an e-mail address as name@example.org',
  date: 'a calendar day as 2026-11-23',
  datetime: 'an instant in UTC as 2026-11-23T09:41:00.000Z',
};
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object of fields',
  record: 'an object of fields',
  null: 'null',
  undefined: 'nothing',
};
const UNITS: Readonly<Record<string, string>> = {
  string: 'characters',
  array: 'items',
  set: 'items',
  map: 'entries',
  file: 'bytes',
};
const MOST_SHOWN = 20;

const listed = (values: readonly unknown[]): string =>
  values.slice(0, MOST_SHOWN).map(String).join(', ') + (values.length > MOST_SHOWN ? ', …' : '');
const bound = (origin: string, word: string, limit: number | bigint): string =>
  UNITS[origin] === undefined
    ? `write ${word === 'at most' ? `${limit} or less` : `${limit} or more`}`
    : limit === 1 && word === 'at least' && origin === 'string'
      ? 'is empty; fill it or leave it out'
      : `write ${word} ${limit} ${UNITS[origin]}`;

const inForms = (errors: readonly (readonly z.core.$ZodIssue[])[]): string => {
  const forms = errors.flatMap(([issue]) =>
    issue === undefined ? [] : [`${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`],
  );
  return [...new Set(forms)].slice(0, 4).join('; or ');
};

interface Described {
  readonly _zod?: { readonly def: Readonly<Record<string, unknown>>; readonly optin?: string };
}

/** What one item of a list looks like, twice where that says more. */
function itemsOf(schema: unknown): string {
  const { def } = (schema as Described | undefined)?._zod ?? {};
  switch (def?.['type']) {
    case 'string':
      return '"…", "…"';
    case 'number':
      return '1, 2';
    case 'enum':
      return Object.values(def['entries'] as Readonly<Record<string, unknown>>)
        .slice(0, 2)
        .map((word) => JSON.stringify(word))
        .join(', ');
    case 'object':
      return `{${Object.entries(def['shape'] as Readonly<Record<string, Described>>)
        .filter(([, field]) => field._zod?.optin !== 'optional')
        .map(([name]) => `${JSON.stringify(name)}: …`)
        .join(', ')}}`;
    default:
      return '…';
  }
}

const listForm = (list: unknown): string =>
  `in square brackets, as [${itemsOf((list as Described | undefined)?._zod?.def['element'])}]`;

/** Says in plain words what is wrong with a value and what to write instead. Never repeats the value. */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'array')
        return `${issue.input === undefined ? 'is missing; write a list' : 'is no list; write one'} ${listForm(issue.inst)}`;
      return issue.input === undefined
        ? `is missing; write ${TYPES[issue.expected] ?? issue.expected}`
        : `write ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `write ${String(issue.values[0])}` : `write one of ${listed(issue.values)}`;
    case 'too_big':
      return bound(issue.origin, 'at most', issue.maximum);
    case 'too_small':
      return bound(issue.origin, 'at least', issue.minimum);
    case 'invalid_format':
      return `write ${FORMS[issue.format] ?? 'it in the form that is described'}`;
    case 'not_multiple_of':
      return `write a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `there is no field ${listed(issue.keys.map((key) => `"${key}"`))}; leave it out or check its spelling`;
    case 'invalid_union':
      return inForms(issue.errors) || 'fits none of the forms that are described';
    case 'invalid_key':
      return 'has a name that is not allowed here';
    case 'invalid_element':
      return 'holds something that is not allowed here';
    case 'custom':
      return 'is not as described';
  }
}

// every schema of the product says so, wherever it is read: commands, questions, maps, files
z.config({ localeError: plainWords });
