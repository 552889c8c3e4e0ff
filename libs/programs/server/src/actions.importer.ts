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
} from '@plumbline/platform/imports';
import { programsCommands } from '@plumbline/programs/domain';

const columns: readonly ImportColumn[] = [
  { name: 'action', required: true, meaning: 'Code of the action; matched without regard to case' },
  { name: 'title', required: true, meaning: 'What it is, in words; no names of people' },
  {
    name: 'type',
    required: true,
    meaning: 'Type from the catalogue, as BUDDY; it brings component, moment and structure',
  },
  { name: 'unit', required: true, meaning: 'Code of the unit it is for' },
  { name: 'decisionRight', required: true, meaning: 'INFORM, CONSULT, CO_DECIDE or STAFF_DECIDE' },
  { name: 'from', required: true, meaning: 'First day of the plan, YYYY-MM-DD' },
  { name: 'to', required: true, meaning: 'Last day of the plan' },
  { name: 'program', required: false, meaning: 'Code of the program it is part of' },
  { name: 'commitments', required: false, meaning: 'Codes of the commitments it serves, separated by semicolons' },
  { name: 'leadingMetrics', required: false, meaning: 'Codes of the leading metrics it should move, likewise' },
  { name: 'livedExperienceMetric', required: false, meaning: 'Code of the climate metric that tells how it is lived' },
  { name: 'hypothesis', required: false, meaning: 'Code of the hypothesis it rests on' },
  { name: 'plannedDeliveries', required: false, meaning: 'How many deliveries are planned; 1 when empty' },
  { name: 'structuralChange', required: false, meaning: 'yes when it changes how things are done for good' },
  { name: 'lead', required: false, meaning: 'Key of whoever leads it; whoever imports when empty' },
  { name: 'eligibility', required: false, meaning: 'Who may take part, in words; no names of people' },
  { name: 'openToAll', required: false, meaning: 'yes when everyone in the same circumstances may take part' },
  { name: 'classLimited', required: false, meaning: 'yes when only people of one class may; needs legalReview' },
  { name: 'legalReview', required: false, meaning: 'Id of a legal review that clears this action' },
  { name: 'budget', required: false, meaning: 'Money for the whole plan, with currency' },
  { name: 'currency', required: false, meaning: 'Currency of the budget, as GBP' },
  { name: 'fte', required: false, meaning: 'Full-time equivalents' },
  { name: 'protectedHours', required: false, meaning: 'Hours of working time kept free for it' },
  { name: 'resourceSource', required: false, meaning: 'Where the resources come from' },
];

const COLUMN_OF = {
  code: 'action',
  rule: 'eligibility',
  source: 'resourceSource',
  'budget.amount': 'budget',
  'budget.currency': 'currency',
};

const severalOrNone = (row: ImportRow, column: string): readonly string[] | undefined => {
  const items = list(row, column);
  return items.length === 0 ? undefined : items;
};
const yes = (row: ImportRow, column: string): true | undefined => (flag(row, column) === true ? true : undefined);

function planned(row: ImportRow, { personIdOf }: ImportOptions): CommandBody {
  const { action, title, program, type, unit, livedExperienceMetric, hypothesis, decisionRight, from, to, lead } =
    fields(row);
  return {
    type: 'programs.PlanAction',
    data: given({
      ...{ code: action, title, program, type, unit, livedExperienceMetric, hypothesis, decisionRight, from, to },
      commitments: severalOrNone(row, 'commitments'),
      leadingMetrics: severalOrNone(row, 'leadingMetrics'),
      plannedDeliveries: count(row, 'plannedDeliveries'),
      structuralChange: yes(row, 'structuralChange'),
      lead: lead === undefined ? undefined : personIdOf(lead),
    }),
  };
}

function eligibility(row: ImportRow): readonly CommandBody[] {
  const { action, eligibility: rule, legalReview, openToAll, classLimited } = fields(row);
  if ([rule, legalReview, openToAll, classLimited].every((value) => value === undefined)) return [];
  return [
    {
      type: 'programs.DeclareEligibility',
      data: given({
        ...{ action, rule, openToAll: flag(row, 'openToAll') === true, legalReview },
        classLimited: yes(row, 'classLimited'),
      }),
    },
  ];
}

function resources(row: ImportRow): readonly CommandBody[] {
  const { action, budget: amount, currency, fte, protectedHours, resourceSource: source } = fields(row);
  if ([amount, currency, fte, protectedHours, source].every((value) => value === undefined)) return [];
  const budget = amount === undefined && currency === undefined ? undefined : given({ amount, currency });
  return [{ type: 'programs.ResourceAction', data: given({ action, budget, fte, protectedHours, source }) }];
}

function plan(row: ImportRow, options: ImportOptions): RowPlan {
  const commands = [planned(row, options), ...eligibility(row), ...resources(row)];
  const problems = [
    ...['structuralChange', 'openToAll', 'classLimited']
      .map((column) => flag(row, column))
      .filter((value) => typeof value === 'object'),
    ...commands.flatMap(({ type, data }) =>
      problemsIn(row, programsCommands[type as 'programs.PlanAction'].data, data, COLUMN_OF),
    ),
  ];
  if (problems.length > 0) return { commands: [], problems };
  return {
    commands,
    problems: [],
    key: folded(fields(row)['action']),
    content: JSON.stringify(commands.map(({ data }) => data)),
  };
}

const WORDS: Readonly<Record<string, (said: Readonly<Record<string, string>>) => string>> = {
  'programs.PlanAction': ({ code, title, unit, from, to }) =>
    `${code} "${title}" is planned for ${unit}, ${from} to ${to}`,
  'programs.DeclareEligibility': ({ action, rule }) => `${action} is for: ${rule}`,
  'programs.ResourceAction': ({ action, source }) => `${action} is given resources from ${source}`,
};

/** Actions as they are planned, one row each, with who may take part and what they are given. */
export const actionsImporter: Importer = {
  kind: 'actions',
  summary: 'Actions: what is planned, for which promise and metric, for whom, and with what',
  columns,
  plan,
  words: ({ type, data }) => WORDS[type]?.(data as Record<string, string>),
};
