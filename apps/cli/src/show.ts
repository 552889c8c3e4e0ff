import type { ApiClient } from '@plumbline/api-client';
import { eventTable, type Named, openedWord, type ShownEvent, shortType, withNames } from './event-table';
import { BadUsage } from './exit';
import { table } from './text-table';

interface ReportLine {
  readonly id: string;
  readonly question: string;
  readonly audience: string;
  readonly kind: string;
}

export async function reportsText(api: ApiClient): Promise<string> {
  const { reports } = (await api.get<{ reports: readonly ReportLine[] }>('/v1/reports')).body;
  return table<ReportLine>(
    [
      { head: 'Report', of: ({ id }) => id },
      { head: 'Kind', of: ({ kind }) => kind },
      { head: 'For', of: ({ audience }) => String(audience) },
      { head: 'Question', of: ({ question }) => question },
    ],
    reports,
  );
}

export interface FilterOptions {
  readonly unit?: string;
  readonly period?: string;
  readonly cycle?: string;
  readonly leader?: string;
  readonly filter?: readonly string[];
}

/** The query parameters that narrow a report. */
export const filterQuery = ({ unit, period, cycle, leader, filter }: FilterOptions) => ({
  ...{ unit, period, cycle, leader },
  filter: filter?.length === 0 ? undefined : filter,
});

interface QueryOptions extends FilterOptions {
  readonly asOf?: string;
  readonly format: string;
}

/** A cell as the API gives it, its figures as text. */
export interface ShownCell {
  readonly key: string;
  readonly label: string;
  readonly value: string | null;
  readonly unit: string;
  readonly state: string;
  readonly reasonCode: string | null;
  readonly word: string | null;
  readonly margin: string | null;
  readonly remarks: readonly string[];
}

/** What a difference gives in place of a figure of few people that moved a little. */
const CHANGED = 'changed';

function figureText({ value, unit, margin, word }: ShownCell): string {
  if (value === null) return openedWord(word ?? '');
  if (value === CHANGED) return CHANGED;
  const withUnit = `${value}${unit === '' ? '' : ` ${unit}`}`;
  return margin === null || margin === CHANGED ? withUnit : `${withUnit} ± ${margin}`;
}

export const cellText = (cell: ShownCell | null): string => {
  if (!cell) return 'not there';
  const { state, reasonCode } = cell;
  const figure = figureText(cell);
  const standing = state === 'OK' ? '' : reasonCode === null ? state : `${state} (${reasonCode})`;
  return [figure, standing].filter((part) => part !== '').join(' ') || 'OK';
};

interface Explained {
  readonly cell: string;
  readonly says: ShownCell;
  readonly events: readonly ShownEvent[];
  readonly names: Named;
}

export async function explainText(
  api: ApiClient,
  report: string,
  cell: string,
  options: QueryOptions,
): Promise<string> {
  const { asOf, format } = options;
  const { body } = await api.get<Explained>(`/v1/reports/${encodeURIComponent(report)}/explain`, {
    cell,
    ...filterQuery(options),
    asOf,
    after: asOf === undefined ? 'head' : undefined,
  });
  if (format === 'json') return JSON.stringify(body, null, 2);
  const { says, events, names } = body;
  return [
    ...[`${says.label}: ${cellText(says)}`, ...says.remarks].map((line) => withNames(line, names)),
    '',
    events.length === 0 ? 'No events to show.' : eventTable(events, names),
  ].join('\n');
}

interface Change {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly then: ShownCell | null;
  readonly now: ShownCell | null;
  readonly causes: readonly { readonly event: string; readonly as: string }[];
}
interface Diffed {
  readonly changes: readonly Change[];
  readonly summary: string;
  readonly events: readonly ShownEvent[];
  readonly names: Named;
}

export async function diffText(
  api: ApiClient,
  report: string,
  options: QueryOptions & { from: string; to: string },
): Promise<string> {
  const { from, to, format } = options;
  const { body } = await api.get<Diffed>(`/v1/reports/${encodeURIComponent(report)}/diff`, {
    ...{ from, to },
    ...filterQuery(options),
  });
  if (format === 'json') return JSON.stringify(body, null, 2);
  const events = new Map(body.events.map((event) => [event.id, event]));
  const cause = ({ event }: Change['causes'][number]): string => {
    const found = events.get(event);
    return found ? `${found.position} ${shortType(found.type).split('.').pop() ?? ''}` : event;
  };
  const rows = table<Change>(
    [
      { head: 'Cell', of: ({ key }) => withNames(key, body.names) },
      { head: 'Then', of: ({ then }) => withNames(cellText(then), body.names) },
      { head: 'Now', of: ({ now }) => withNames(cellText(now), body.names) },
      { head: 'Kind', of: ({ kind }) => kind },
      {
        head: 'Because of',
        of: ({ causes }) =>
          causes.slice(0, 4).map(cause).join(', ') + (causes.length > 4 ? ` and ${causes.length - 4} more` : ''),
      },
    ],
    body.changes,
  );
  return `${body.changes.length === 0 ? 'Nothing changed.' : rows}\n\n${body.summary}.`;
}

interface EventsPage {
  readonly events: readonly ShownEvent[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly names: Named;
}

export async function* eventsText(
  api: ApiClient,
  options: {
    readonly stream?: string;
    readonly type?: string;
    readonly after?: string;
    readonly limit?: string;
    readonly format: string;
  },
): AsyncGenerator<string> {
  if (options.limit !== undefined && !/^[1-9]\d{0,8}$/.test(options.limit))
    throw new BadUsage(`--limit "${options.limit}" is not a whole number above zero.`);
  let left = options.limit === undefined ? (options.format === 'ndjson' ? Infinity : 100) : Number(options.limit);
  let after: string | undefined = options.after;
  let first = true;
  while (left > 0) {
    const { body }: { body: EventsPage } = await api.get<EventsPage>('/v1/events', {
      stream: options.stream,
      type: options.type,
      after,
      limit: Math.min(left, 500),
    });
    left -= body.events.length;
    if (options.format === 'ndjson') {
      if (body.events.length > 0) yield body.events.map((event) => JSON.stringify(event)).join('\n');
    } else if (body.events.length > 0) {
      const text = eventTable(body.events, body.names);
      yield first ? text : text.slice(text.indexOf('\n') + 1);
    } else if (first) yield 'No events.';
    first = false;
    if (body.next === null) return;
    after = body.next;
  }
  if (options.limit === undefined && options.format !== 'ndjson') yield `… more: plumbline events --after ${after}`;
}
