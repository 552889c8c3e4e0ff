import { components, easilyForgotten, moments, structures } from '@plumbline/frameworks';
import { type Refusal, ROLES } from '@plumbline/kernel';
import type { Disclosed } from '@plumbline/privacy';
import { type ActionView, actionCites, actionViews } from './action-cells';
import { type Line, cellAt, headerOf, placeAsked, reportOf, wordLine } from './assembly';
import { coveringMetrics } from './coverage';
import { mayOpenWith } from './event-opening';
import type { Metric } from './figure-book';
import { leadLagReads } from './lead-lag.report';
import { numberLine } from './plain-figures';
import { type Prefix, citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, isRefusal } from './report';

type Family = 'moment' | 'structure' | 'component';

/** What is done and observed in one area. */
interface Area {
  readonly id: string;
  readonly title: string;
  readonly actions: readonly ActionView[];
  readonly metrics: readonly Metric[];
}

/** What a metric says of itself by tags as `moment:JOINING`; what a survey asks people is perception unless it says otherwise. */
function tagOf({ frameworkTags, level }: Metric, family: Family): string | null {
  const tag = frameworkTags.find((each) => each.toLowerCase().startsWith(`${family}:`));
  if (tag !== undefined) return tag.slice(family.length + 1).toUpperCase();
  return family === 'component' && level === 'CLIMATE' ? 'PERCEPTION' : null;
}

export type Flag = 'PERCEPTION_ONLY' | 'COMPETENCY_WITHOUT_OPPORTUNITY' | 'EMPTY';

/** What is wrong with an area: people are asked how it feels and no door is opened, or taught and no door is opened, or nobody looks where people are forgotten. */
function flagsOf({ actions, metrics }: Area, mayNotBeEmpty: boolean): readonly Flag[] {
  const done = actions.map(({ row }) => row.component);
  const asked = metrics.map((metric) => tagOf(metric, 'component'));
  if (done.length + asked.length === 0) return mayNotBeEmpty ? ['EMPTY'] : [];
  if (done.includes('OPPORTUNITY')) return [];
  const isPerception = (asked.length > 0 ? asked : done).every((component) => component === 'PERCEPTION');
  return [
    ...(isPerception ? (['PERCEPTION_ONLY'] as const) : []),
    ...(done.includes('COMPETENCY') ? (['COMPETENCY_WITHOUT_OPPORTUNITY'] as const) : []),
  ];
}

function componentsSaid({ actions, metrics }: Area): string | null {
  const counts = components.flatMap(({ code }) => {
    const count =
      actions.filter(({ row }) => row.component === code).length +
      metrics.filter((metric) => tagOf(metric, 'component') === code).length;
    return count === 0 ? [] : [`${code} ${count}`];
  });
  return counts.length === 0 ? null : counts.join(', ');
}

function areaLines(prefix: Prefix, area: Area, flags: readonly Flag[]): readonly Line[] {
  const { id, title, actions, metrics } = area;
  const done = actions.flatMap(actionCites);
  const asked = citing('target', metrics);
  const count = (column: string, label: string, value: number, cites: Line['cell']['cites']): Line =>
    numberLine(prefix, cellAt(`${id}/${column}`, `${label} · ${id}`, { value: String(value), unit: 'count', cites }));
  return [
    wordLine(`${id}/area`, `Area · ${id}`, title),
    count('actions', 'Actions', actions.length, done),
    count(
      'delivered',
      'Delivered',
      actions.reduce((sum, { delivered }) => sum + delivered, 0),
      done,
    ),
    count('metrics', 'Metrics', metrics.length, asked),
    wordLine(`${id}/components`, `Components · ${id}`, componentsSaid(area), [...done, ...asked]),
    wordLine(`${id}/flags`, `Flags · ${id}`, flags.length === 0 ? 'NONE' : flags.join(', '), [...done, ...asked]),
  ];
}

function compute(rows: RowsOf<typeof leadLagReads>, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { unitId } = place.unit;
  const within = new Set([unitId, ...prefix.tree.descendants(unitId).map((unit) => unit.unitId)]);
  const actions = actionViews(rows).filter(({ row }) => row.state !== 'CANCELLED' && within.has(row.unitId));
  const metrics = [...coveringMetrics(rows.metrics)].sort((a, b) => (a.code < b.code ? -1 : 1));
  const area = (family: Family, code: string, title: string): Area => ({
    id: `${family}:${code}`,
    title,
    actions: actions.filter(({ row }) => row[family] === code),
    metrics: metrics.filter((metric) => tagOf(metric, family) === code),
  });
  const forgotten = (code: string): boolean => easilyForgotten.some((moment) => moment === code);
  const all: Area = { id: 'TOTAL', title: 'All together', actions, metrics };
  const lines = [
    ...moments.map(({ code, title }) => ({ area: area('moment', code, title), mayNotBeEmpty: forgotten(code) })),
    ...structures.map(({ code, title }) => ({ area: area('structure', code, title), mayNotBeEmpty: false })),
  ].flatMap(({ area: each, mayNotBeEmpty }) => areaLines(prefix, each, flagsOf(each, mayNotBeEmpty)));
  const parts = components.flatMap(({ code, title }) => areaLines(prefix, area('component', code, title), []));
  return reportOf(headerOf(belongingMatrixReport, prefix, question, place.unit), [
    ...lines,
    ...parts,
    ...areaLines(prefix, all, flagsOf(all, false)),
  ]);
}

/** R15: in which moments, structures and components something is done or observed, and where one is blind. */
export const belongingMatrixReport: ReportDefinition<typeof leadLagReads> = {
  id: 'R15',
  name: 'Moments, structures and components',
  question: 'Where do we act, where do we only ask, and where do we not look?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  columns: [
    { id: 'row', title: 'Area', align: 'left' },
    { id: 'area', title: 'What it is', align: 'left' },
    { id: 'actions', title: 'Actions', align: 'right' },
    { id: 'delivered', title: 'Delivered', align: 'right' },
    { id: 'metrics', title: 'Metrics', align: 'right' },
    { id: 'components', title: 'Components', align: 'left' },
    { id: 'flags', title: 'Flags', align: 'left' },
  ],
  reads: leadLagReads,
  compute,
  mayOpen: mayOpenWith,
};
