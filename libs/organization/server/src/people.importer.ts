import { ROLES, type Role } from '@plumbline/kernel';
import {
  fields,
  flag,
  type ImportColumn,
  type Importer,
  type ImportOptions,
  type ImportRow,
  type RowPlan,
  type RowProblem,
} from '@plumbline/platform/imports';
import { isSealedReference } from '@plumbline/platform/subjects';

const columns: readonly ImportColumn[] = [
  { name: 'key', required: true, meaning: 'What the organisation knows the person by: a personnel number, a login' },
  { name: 'name', required: true, meaning: 'Name; kept in the directory only, encrypted' },
  {
    name: 'office',
    required: false,
    meaning: 'What reports call them, never a name; a post in the register goes before it',
  },
  { name: 'email', required: false, meaning: 'E-mail address; kept in the directory only' },
  { name: 'locale', required: false, meaning: 'Language the person reads: en-GB' },
  { name: 'roles', required: false, meaning: `Roles, separated by semicolons: ${ROLES.join('; ')}` },
  { name: 'external', required: false, meaning: 'yes when not of the organisation' },
];

const LONGEST = { key: 120, name: 200, office: 200, email: 254, locale: 35, roles: 400, external: 10 } as const;

function problemsOf(row: ImportRow, roles: readonly string[]): readonly RowProblem[] {
  const given = fields(row);
  const missing = (['key', 'name'] as const)
    .filter((column) => given[column] === undefined)
    .map((column) => ({ line: row.line, column, value: '', rule: 'a-person-has-a-key-and-a-name' }));
  const long = Object.entries(LONGEST)
    .filter(([column, most]) => (given[column]?.length ?? 0) > most)
    .map(([column, most]) => ({
      line: row.line,
      column,
      rule: 'a-field-has-a-greatest-length',
      detail: `At most ${most} characters.`,
    }));
  const unknown = roles
    .filter((role) => !(ROLES as readonly string[]).includes(role))
    .map((value) => ({
      line: row.line,
      column: 'roles',
      value,
      rule: 'a-role-is-one-of-the-list',
      detail: `The roles are ${ROLES.join(', ')}.`,
    }));
  const address = given['email'];
  const unreachable =
    address !== undefined && !/^[^\s@]+@[^\s@]+$/.test(address)
      ? [{ line: row.line, column: 'email', value: address, rule: 'an-e-mail-address-has-one-at-sign' }]
      : [];
  const sealed = (['key', 'name', 'office', 'email'] as const)
    .filter((column) => isSealedReference(given[column]))
    .map((column) => ({ line: row.line, column, rule: 'a-name-is-not-the-place-of-a-sealed-text' }));
  return [...missing, ...long, ...unknown, ...unreachable, ...sealed];
}

function plan(row: ImportRow, options: ImportOptions): RowPlan {
  const { key = '', name = '', office, email, locale, roles: list = '' } = fields(row);
  const roles = [...new Set(list.split(/[;|]/).map((role) => role.trim()))].filter((role) => role !== '').sort();
  const external = flag(row, 'external');
  const problems = [...problemsOf(row, roles), ...(typeof external === 'object' ? [external] : [])];
  if (problems.length > 0) return { commands: [], problems };
  const person = options.personIdOf(key);
  const entry = {
    key,
    name,
    ...(office === undefined ? {} : { office }),
    ...(email === undefined ? {} : { email }),
    ...(locale === undefined ? {} : { locale }),
  };
  return {
    commands: roles.map((role) => ({
      type: 'organization.GrantRole',
      data: { person, role: role as Role, external: external === true },
    })),
    problems: [],
    key: `person ${person}`,
    content: JSON.stringify([entry, roles, external === true]),
    person: entry,
  };
}

/** People with their roles. Names and addresses go to the directory; the log learns pseudonyms and roles only. */
export const peopleImporter: Importer = {
  kind: 'people',
  summary: 'People and the roles they hold',
  columns,
  plan,
};
