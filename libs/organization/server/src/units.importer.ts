import { addDays, type CommandBody, type LocalDate } from '@plumbline/kernel';
import {
  leadersAsOf,
  rootCommands,
  treeAsOf,
  unitCommands,
  type LeaderPostRow,
  type TreeUnit,
  type UnitRegisterRow,
  type UnitTree,
} from '@plumbline/organization/domain';
import {
  fields,
  flag,
  folded,
  given,
  problemsIn,
  type ImportColumn,
  type Importer,
  type ImportOptions,
  type ImportRow,
  type RowPlan,
  type RowProblem,
} from '@plumbline/platform/imports';
import { planWhole } from './units-as-a-whole';
import { inWords } from './units-in-words';

const columns: readonly ImportColumn[] = [
  { name: 'code', required: true, meaning: 'Code of the unit; matched without regard to case' },
  { name: 'name', required: true, meaning: 'What the unit is called; another name renames it' },
  {
    name: 'parent',
    required: false,
    meaning:
      'Code of the unit above; its row stands earlier in the file. Another one moves the unit. Empty for the root',
  },
  {
    name: 'validFrom',
    required: false,
    meaning: 'First day of the unit, YYYY-MM-DD; when empty the day from which the file holds',
  },
  { name: 'outsideTree', required: false, meaning: 'yes for a benchmark beside the organisation' },
  {
    name: 'classDefined',
    required: false,
    meaning: 'yes when a protected class of people defines it: never evaluated',
  },
  {
    name: 'leader',
    required: false,
    meaning: 'Key of someone who leads it; one row for each leader. Whoever is not named any more leads it no longer',
  },
  { name: 'leaderRole', required: false, meaning: 'The post of the leader, never a name' },
  {
    name: 'leaderFrom',
    required: false,
    meaning:
      'First day in the post; when empty that of the unit for its first leader, for others the day from which the file holds',
  },
];

/** Columns by the fields of the commands, where they differ. */
const COLUMN_OF = { role: 'leaderRole', from: 'leaderFrom', unit: 'code' };

/** What `organization.structure` answers. */
export interface Structure {
  readonly units: readonly UnitRegisterRow[];
  readonly posts: readonly LeaderPostRow[];
}

/** The organisation as it stands on the day from which the file holds. */
export interface Standing {
  readonly tree: UnitTree<UnitRegisterRow>;
  readonly register: ReadonlyMap<string, UnitRegisterRow>;
  readonly posts: readonly LeaderPostRow[];
  /** Units that somebody has led at any time. */
  readonly led: ReadonlySet<string>;
}

const standings = new WeakMap<object, Standing>();

/** Made once an import: every row asks for it. */
export function standingOf({ known, effective }: ImportOptions): Standing {
  const structure = known as Structure;
  let standing = standings.get(structure);
  if (!standing) {
    standing = {
      tree: treeAsOf(structure.units, effective),
      register: new Map(structure.units.map((unit) => [folded(unit.code), unit])),
      posts: leadersAsOf(structure.posts, effective),
      led: new Set(structure.posts.map(({ unitId }) => unitId)),
    };
    standings.set(structure, standing);
  }
  return standing;
}

/** The day on which a change takes hold: a unit that begins later changes when it begins. */
const changeDay = (unit: UnitRegisterRow, effective: LocalDate): LocalDate =>
  unit.validFrom > effective ? unit.validFrom : effective;

function leaderCommand(row: ImportRow, options: ImportOptions): CommandBody | RowProblem | null {
  const { leader, leaderRole, leaderFrom, validFrom, code } = fields(row);
  if (leader === undefined) return null;
  const { register, posts, led } = standingOf(options);
  const unit = register.get(folded(code));
  // whoever is the first to be recorded has led it from its beginning, as far as anybody knows
  const from = leaderFrom ?? (unit && led.has(unit.unitId) ? changeDay(unit, options.effective) : validFrom);
  if (leaderRole === undefined || from === undefined)
    return {
      line: row.line,
      column: leaderRole === undefined ? 'leaderRole' : 'leaderFrom',
      value: '',
      rule: 'a-leader-has-a-post-and-a-first-day',
      detail: 'Fill leaderRole, and leaderFrom or validFrom.',
    };
  const person = options.personIdOf(leader);
  const holds = posts.some(
    (post) => post.unitId === unit?.unitId && post.leader === person && post.role === leaderRole,
  );
  return holds
    ? null
    : { type: 'organization.AssignLeader', data: { unit: code, leader: person, role: leaderRole, from } };
}

/** A unit that is not there yet. */
function registration(row: ImportRow, { effective }: ImportOptions): readonly CommandBody[] {
  const { code, name, parent, validFrom = effective } = fields(row);
  const outsideTree = flag(row, 'outsideTree') === true ? true : undefined;
  const classDefined = flag(row, 'classDefined') === true ? true : undefined;
  return [
    ...(parent === undefined && outsideTree === undefined
      ? [{ type: 'organization.NameRootUnit', data: { unit: code } }]
      : []),
    {
      type: 'organization.RegisterUnit',
      data: given({ code, name, parent, validFrom, outsideTree, classDefined }),
    },
  ];
}

/** What a row says of a unit that no file changes. */
function againstFixed(row: ImportRow, unit: UnitRegisterRow, { effective }: ImportOptions): readonly RowProblem[] {
  const { validFrom, parent } = fields(row);
  const says = (column: string) => ({ line: row.line, column, value: row.fields[column] ?? '' });
  const problems: RowProblem[] = [];
  if (unit.closedFrom !== null && unit.closedFrom <= effective)
    problems.push({
      ...says('code'),
      rule: 'a-unit-that-is-closed-stays-closed',
      detail: `It is closed from ${unit.closedFrom} on. Leave the row out, or give a new unit a code of its own.`,
    });
  if (validFrom !== undefined && validFrom !== unit.validFrom)
    problems.push({
      ...says('validFrom'),
      rule: 'a-unit-keeps-its-first-day',
      detail: `It was registered from ${unit.validFrom} on.`,
    });
  if (row.fields['outsideTree'] !== undefined && (flag(row, 'outsideTree') === true) !== unit.outsideTree)
    problems.push({
      ...says('outsideTree'),
      rule: 'a-unit-stays-in-the-tree-or-outside-it',
      detail: unit.outsideTree ? 'It is a benchmark outside the tree.' : 'It is a unit of the tree.',
    });
  const hasParent = unit.parentFrom.length > 0;
  if (row.fields['parent'] !== undefined && (parent === undefined) === hasParent)
    problems.push({
      ...says('parent'),
      rule: 'the-root-stays-the-root',
      detail: hasParent ? 'It stands under another unit; name that one.' : 'Nothing stands above it; leave it empty.',
    });
  return problems;
}

/** What a row changes of a unit that is there. */
function changes(row: ImportRow, unit: UnitRegisterRow, options: ImportOptions): readonly CommandBody[] {
  const { tree } = standingOf(options);
  const { code, name, parent } = fields(row);
  const validFrom = changeDay(unit, options.effective);
  const now: TreeUnit | undefined = tree.unit(unit.unitId);
  const [nowCalled, nowUnder] = [now?.name ?? unit.name, tree.unit(now?.parentId ?? '')?.code];
  return [
    ...(name === nowCalled ? [] : [{ type: 'organization.RenameUnit', data: { unit: code, name, validFrom } }]),
    ...(parent === undefined || folded(parent) === folded(nowUnder)
      ? []
      : [{ type: 'organization.MoveUnit', data: { unit: code, parent, validFrom } }]),
    ...(flag(row, 'classDefined') === true && !unit.classDefined
      ? [{ type: 'organization.MarkUnitClassDefined', data: { unit: code } }]
      : []),
  ];
}

const SCHEMAS = { ...unitCommands, ...rootCommands };

const misshapen = (row: ImportRow, { type, data }: CommandBody): readonly RowProblem[] =>
  problemsIn(row, SCHEMAS[type as keyof typeof SCHEMAS].data, data, type.endsWith('RegisterUnit') ? {} : COLUMN_OF);

function plan(row: ImportRow, options: ImportOptions): RowPlan {
  const { code, leader, leaderRole } = fields(row);
  const unit = standingOf(options).register.get(folded(code));
  const flags = [flag(row, 'outsideTree'), flag(row, 'classDefined')].filter((value) => typeof value === 'object');
  const assigns = leaderCommand(row, options);
  const own = unit ? changes(row, unit, options) : registration(row, options);
  const problems = [
    ...flags,
    // a row that changes nothing is held to the form of a unit all the same
    ...own.concat(unit ? registration(row, options).slice(-1) : []).flatMap((command) => misshapen(row, command)),
    ...(unit ? againstFixed(row, unit, options) : []),
    ...(assigns === null ? [] : 'rule' in assigns ? [assigns] : misshapen(row, assigns)),
  ];
  if (problems.length > 0) return { commands: [], problems };
  const commands = assigns === null || 'rule' in assigns ? own : [...own, assigns];
  return {
    commands,
    problems: [],
    key: `unit ${folded(code)} ${leader ?? ''} ${leaderRole ?? ''}`,
    content: JSON.stringify(commands),
  };
}

/**
 * Units with their leaders, one row a unit and leader. Of what is there already only what differs is recorded: renames, moves, new leaders and leaders who are not
 * named any more, and in a complete file the closing of units that are not named; all from the day on from which the file holds.
 */
export const unitsImporter: Importer = {
  kind: 'organization',
  summary: 'Units of the organisation with parents and leaders, or what has changed of them',
  columns,
  asks: 'organization.structure',
  plan,
  whole: (rows, options) => planWhole(rows, standingOf(options), options, addDays(options.effective, -1)),
  words: inWords,
};
