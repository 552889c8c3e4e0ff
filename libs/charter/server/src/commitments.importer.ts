import { commitmentCommands } from '@plumbline/charter/domain';
import type { CommandBody } from '@plumbline/kernel';
import {
  count,
  fields,
  flag,
  folded,
  given,
  list,
  problemsIn,
  type ImportColumn,
  type Importer,
  type ImportOptions,
  type ImportRow,
  type RowPlan,
  type RowProblem,
} from '@plumbline/platform/imports';

const columns: readonly ImportColumn[] = [
  { name: 'commitment', required: true, meaning: 'Code of the commitment; matched without regard to case' },
  { name: 'milestone', required: false, meaning: 'Id of the milestone, as C07.1: then the row is about it' },
  { name: 'indicator', required: false, meaning: 'Id of the indicator, as C07.1.1: then the row is about it' },
  { name: 'text', required: true, meaning: 'What the commitment is called, what is reached, or what is to be seen' },
  { name: 'statement', required: false, meaning: 'What a commitment promises in full; its text when empty' },
  { name: 'unit', required: false, meaning: 'Code of the unit that a commitment is for' },
  { name: 'level', required: false, meaning: 'INSTITUTION, DIVISION or UNIT, of a commitment' },
  { name: 'evidenceRule', required: false, meaning: 'What will show that a commitment was kept' },
  {
    name: 'owner',
    required: false,
    meaning: 'Key of whoever is asked to keep a commitment; they accept it in their own name',
  },
  {
    name: 'office',
    required: false,
    meaning: 'The office that keeps a commitment or sees to an indicator, never a name',
  },
  { name: 'charter', required: false, meaning: 'Code of the charter that a commitment serves' },
  { name: 'principles', required: false, meaning: 'Ids of the principles it serves, separated by semicolons' },
  { name: 'parent', required: false, meaning: 'Code of the commitment it is a part of; its row stands earlier' },
  { name: 'structuralChange', required: false, meaning: 'yes when it changes a practice, policy or norm' },
  { name: 'weight', required: false, meaning: 'Weight of a milestone, a whole number; 1 when empty' },
  {
    name: 'due',
    required: false,
    meaning:
      'Day YYYY-MM-DD, or month YYYY-MM which means its last day; a milestone without one is due at its latest indicator',
  },
  { name: 'kind', required: false, meaning: 'PROCESS or OUTCOME, of an indicator; PROCESS when empty' },
  { name: 'metric', required: false, meaning: 'Code of the metric that measures an indicator' },
];

const about = (row: ImportRow): 'indicator' | 'milestone' | 'commitment' => {
  const { indicator, milestone } = fields(row);
  return indicator !== undefined ? 'indicator' : milestone !== undefined ? 'milestone' : 'commitment';
};

function proposal(row: ImportRow, { personIdOf }: ImportOptions): CommandBody {
  const { commitment, text, statement = text, unit, level, evidenceRule, owner, office, charter, parent } = fields(row);
  const principles = list(row, 'principles');
  return {
    type: 'charter.ProposeCommitment',
    data: given({
      ...{ commitment, title: text, statement, unit, level, evidenceRule, office, charter, parent },
      owner: owner === undefined ? undefined : personIdOf(owner),
      principles: principles.length === 0 ? undefined : principles,
      structuralChange: flag(row, 'structuralChange') === true ? true : undefined,
    }),
  };
}

function milestoneOf(row: ImportRow): CommandBody {
  const { commitment, milestone, text, due } = fields(row);
  return {
    type: 'charter.AddMilestone',
    data: given({ commitment, milestone, title: text, weight: count(row, 'weight'), due }),
  };
}

function indicatorOf(row: ImportRow): CommandBody {
  const { commitment, milestone, indicator, text, office, kind = 'PROCESS', metric, due } = fields(row);
  return {
    type: 'charter.AddIndicator',
    data: given({ commitment, milestone, indicator, text, office, kind, metric, due }),
  };
}

const COMMANDS = { commitment: proposal, milestone: milestoneOf, indicator: indicatorOf };
const COLUMN_OF = { title: 'text' };

function dateOfTheWhole(row: ImportRow): readonly RowProblem[] {
  const { due } = fields(row);
  return about(row) !== 'commitment' || due === undefined
    ? []
    : [
        {
          line: row.line,
          column: 'due',
          value: due,
          rule: 'a-commitment-is-due-with-its-milestones',
          detail: 'Add a row with milestone and due, and leave it empty here.',
        },
      ];
}

function plan(row: ImportRow, options: ImportOptions): RowPlan {
  const { commitment, milestone, indicator } = fields(row);
  const command = COMMANDS[about(row)](row, options);
  const structural = flag(row, 'structuralChange');
  const problems = [
    ...problemsIn(row, commitmentCommands[command.type as 'charter.AddMilestone'].data, command.data, COLUMN_OF),
    ...dateOfTheWhole(row),
    ...(typeof structural === 'object' ? [structural] : []),
  ];
  if (problems.length > 0) return { commands: [], problems };
  return {
    commands: [command],
    problems: [],
    key: JSON.stringify([folded(commitment), folded(milestone), folded(indicator)]),
    content: JSON.stringify(command.data),
  };
}

const WORDS: Readonly<Record<string, (said: Readonly<Record<string, string>>) => string>> = {
  'charter.ProposeCommitment': ({ commitment, title, unit }) => `${commitment} "${title}" is proposed for ${unit}`,
  'charter.AddMilestone': ({ milestone, title, due }) =>
    `${milestone} "${title}"${due === undefined ? '' : `, due ${due}`}`,
  'charter.AddIndicator': ({ indicator, text, due }) =>
    `${indicator} "${text}"${due === undefined ? '' : `, due ${due}`}`,
};

/** Commitments with their milestones and indicators, one row each. They are proposed: each counts from the day on which its owner accepts it. */
export const commitmentsImporter: Importer = {
  kind: 'commitments',
  summary: 'Commitments with milestones and indicators, proposed for their owners to accept',
  columns,
  plan,
  words: ({ type, data }) => WORDS[type]?.(data as Record<string, string>),
};
