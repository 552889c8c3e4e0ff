import type { LocalDate } from '@plumbline/kernel';
import {
  type LeaderPostRow,
  leadersAsOf,
  type RoleGrantRow,
  treeAsOf,
  type UnitRegisterRow,
} from '@plumbline/organization/domain';
import { type Disclosed, derived } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';

/** What the log tells of the offices that people hold, and, by person id, the office that the directory gives to who holds no post. */
export interface OfficeSources {
  readonly posts: readonly LeaderPostRow[];
  readonly grants: readonly Pick<RoleGrantRow, 'personId' | 'role' | 'held'>[];
  readonly units: readonly UnitRegisterRow[];
  readonly directory: ReadonlyMap<string, string>;
}

/** What people are called where their ids stand: by person id. */
export type Offices = ReadonlyMap<string, string>;

/** Items by what they have in common. */
function grouped<T>(items: readonly T[], by: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

const unique = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** `Head of Imaging`, with the unit where others bear the same title. */
function heldOffices({ posts, units }: OfficeSources, day: LocalDate): (person: string) => string | undefined {
  const tree = treeAsOf(units, day);
  const codes = new Map(units.map(({ unitId, code }) => [unitId, tree.unit(unitId)?.code ?? code]));
  const held = leadersAsOf(posts, day);
  const byPerson = grouped(held, ({ leader }) => leader);
  const byTitle = grouped(held, ({ role }) => role);
  return (person) => {
    const own = byPerson.get(person) ?? [];
    const titled = unique(own.map(({ role }) => role)).map((title) => {
      if (byTitle.get(title)?.every(({ leader }) => leader === person)) return title;
      const led = own.filter(({ role }) => role === title).map(({ unitId }) => codes.get(unitId) ?? unitId);
      return `${title}, ${unique(led).join(', ')}`;
    });
    return titled.length === 0 ? undefined : titled.join('; ');
  };
}

/** `Head of Imaging until 2026-04-30`. */
function lastOffice(person: string, { posts }: OfficeSources, day: LocalDate): string | undefined {
  const [last] = posts
    .filter(({ leader, heldTo }) => leader === person && heldTo !== null && heldTo < day)
    .sort((a, b) => ((a.heldTo ?? '') < (b.heldTo ?? '') ? 1 : -1));
  return last && `${last.role} until ${last.heldTo}`;
}

const shortId = (person: string): string => person.slice(0, 8);

/** Roles, and enough of the id to tell two with the same roles apart. */
function rolesOf(person: string, { grants }: OfficeSources): string | undefined {
  const roles = unique(grants.filter(({ personId, held }) => personId === person && held).map(({ role }) => role));
  return roles.length === 0 ? undefined : `${roles.join(', ')} ${shortId(person)}`;
}

/**
 * The office of each person as it stood on a day: the posts they hold, else the office the directory knows, else their last post, else their roles. Never a name.
 * Who is known by none of these is left out, and two of one office are told apart by their ids.
 */
export function officesOn(persons: readonly string[], sources: OfficeSources, day: LocalDate): Offices {
  const held = heldOffices(sources, day);
  const found = unique(persons).flatMap((person): [string, string][] => {
    const office =
      held(person) ?? sources.directory.get(person) ?? lastOffice(person, sources, day) ?? rolesOf(person, sources);
    return office === undefined ? [] : [[person, office]];
  });
  const bearers = grouped(found, ([, office]) => office);
  return new Map(
    found.map(([person, office]) => [
      person,
      (bearers.get(office)?.length ?? 0) > 1 ? `${office} ${shortId(person)}` : office,
    ]),
  );
}

const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Every id that a text holds. */
export const idsIn = (text: string): readonly string[] => text.match(ID) ?? [];

const named = (text: string, offices: Offices): string => text.replaceAll(ID, (id) => offices.get(id) ?? id);

/** A row's id keeps its own signs to itself: an office with a dot or a slash would read as a row below another. */
const inRow = (key: string, offices: Offices): string =>
  key.replaceAll(ID, (id) => offices.get(id)?.replaceAll(/[/:|]/g, ' ').replaceAll('.', '') ?? id);

/** Every id in what a report says, whatever it is the id of. */
export const idsInReport = ({ cells, narrowed = {} }: Pick<Report, 'cells' | 'narrowed'>): readonly string[] => [
  ...new Set([
    ...cells.flatMap(({ key, label, word, remarks }) => [key, label, word ?? '', ...remarks].flatMap(idsIn)),
    ...Object.values(narrowed).flatMap(idsIn),
  ]),
];

const cellWithOffices = (cell: ReportCell, offices: Offices): ReportCell => ({
  ...cell,
  key: inRow(cell.key, offices),
  label: named(cell.label, offices),
  word: cell.word === null ? null : named(cell.word, offices),
  remarks: cell.remarks.map((remark) => named(remark, offices)),
});

/** The report as people read it: offices where it holds the ids of persons. What is stored, hashed and answered as JSON keeps the ids. */
export function withOffices(report: Disclosed<Report>, offices: Offices): Disclosed<Report> {
  if (offices.size === 0) return report;
  const { cells, narrowed } = report;
  return derived(report, (said) => ({
    ...said,
    cells: cells.map((cell) => cellWithOffices(cell, offices)),
    ...(narrowed && {
      narrowed: Object.fromEntries(Object.entries(narrowed).map(([name, value]) => [name, named(value, offices)])),
    }),
  }));
}
