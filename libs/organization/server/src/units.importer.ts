import type { CommandBody } from '@plumbline/kernel';
import { rootCommands, unitCommands } from '@plumbline/organization/domain';
import type {
  ImportColumn,
  Importer,
  ImportOptions,
  ImportRow,
  RowPlan,
  RowProblem,
} from '@plumbline/platform/imports';
import { fields, flag, problemsIn } from './row-fields';

const columns: readonly ImportColumn[] = [
  { name: 'code', required: true, meaning: 'Code of the unit; matched without regard to case' },
  { name: 'name', required: true, meaning: 'What the unit is called' },
  {
    name: 'parent',
    required: false,
    meaning: 'Code of the unit above; its row stands earlier in the file. Empty for the root',
  },
  { name: 'validFrom', required: false, meaning: 'First day of the unit, YYYY-MM-DD; today when empty' },
  { name: 'outsideTree', required: false, meaning: 'yes for a benchmark beside the organisation' },
  {
    name: 'classDefined',
    required: false,
    meaning: 'yes when a protected class of people defines it: never evaluated',
  },
  { name: 'leader', required: false, meaning: 'Key of someone who leads it; one row for each leader' },
  { name: 'leaderRole', required: false, meaning: 'The post of the leader, never a name' },
  { name: 'leaderFrom', required: false, meaning: 'First day in the post; that of the unit when empty' },
];

/** Columns by the fields of the commands, where they differ. */
const COLUMN_OF = { role: 'leaderRole', from: 'leaderFrom', unit: 'code' };

function leaderCommand(row: ImportRow, options: ImportOptions): CommandBody | RowProblem | null {
  const { leader, leaderRole, leaderFrom, validFrom, code } = fields(row);
  if (leader === undefined) return null;
  const from = leaderFrom ?? validFrom;
  if (leaderRole === undefined || from === undefined)
    return {
      line: row.line,
      column: leaderRole === undefined ? 'leaderRole' : 'leaderFrom',
      value: '',
      rule: 'a-leader-has-a-post-and-a-first-day',
      detail: 'Fill leaderRole, and leaderFrom or validFrom.',
    };
  const data = { unit: code, leader: options.personIdOf(leader), role: leaderRole, from };
  return { type: 'organization.AssignLeader', data };
}

function plan(row: ImportRow, options: ImportOptions): RowPlan {
  const { code, name, parent, validFrom } = fields(row);
  const outsideTree = flag(row, 'outsideTree');
  const classDefined = flag(row, 'classDefined');
  const data = {
    code,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(outsideTree === true ? { outsideTree } : {}),
    ...(classDefined === true ? { classDefined } : {}),
  };
  const leader = leaderCommand(row, options);
  const problems = [
    ...[outsideTree, classDefined].filter((value) => typeof value === 'object'),
    ...problemsIn(row, unitCommands['organization.RegisterUnit'].data, data),
    ...(leader === null ? [] : 'rule' in leader ? [leader] : leaderProblems(row, leader)),
  ];
  if (problems.length > 0) return { commands: [], problems };
  const isRoot = parent === undefined && outsideTree !== true;
  const commands: CommandBody[] = [
    ...(isRoot
      ? [
          {
            type: 'organization.NameRootUnit',
            data: rootCommands['organization.NameRootUnit'].data.parse({ unit: code }),
          },
        ]
      : []),
    { type: 'organization.RegisterUnit', data },
    ...(leader === null || 'rule' in leader ? [] : [leader]),
  ];
  const folded = (text: string | undefined): string => (text ?? '').normalize('NFC').toUpperCase();
  return {
    commands,
    problems: [],
    key: `unit ${folded(code)} ${fields(row)['leader'] ?? ''} ${fields(row)['leaderRole'] ?? ''}`,
    content: JSON.stringify(commands),
  };
}

const leaderProblems = (row: ImportRow, leader: CommandBody): readonly RowProblem[] =>
  problemsIn(row, unitCommands['organization.AssignLeader'].data, leader.data, COLUMN_OF);

/** Units with their leaders, one row a unit and leader. A unit that is there already must be as the file says; renames and moves are commands of their own. */
export const unitsImporter: Importer = {
  kind: 'organization',
  summary: 'Units of the organisation with parents and leaders',
  columns,
  plan,
};
