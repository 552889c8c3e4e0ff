import type { ApiClient } from '@plumbline/api-client';
import { BadUsage } from './exit';

interface Column<T> {
  readonly head: string;
  readonly of: (row: T) => string;
}

/** Plain columns, two blanks apart; the last one takes what is left. */
function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => (index === columns.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

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

/** An event as the API gives it: its payload, or the word that it is withheld. */
export interface ShownEvent {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly recordedAt?: string;
  readonly occurredAt?: string;
  readonly actor?: { readonly id: string; readonly role: string };
  readonly payload?: 'withheld';
  readonly data?: unknown;
  readonly because?: string;
}

const shortType = (type: string): string => type.replace(/\.v\d+$/, '');
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{64}$/;

/** What an event says beside ids and hashes: its plain values, nested ones by their path. `--format json` or ndjson gives all of it. */
function plainValues(value: unknown, path: string): readonly string[] {
  if (value === null || value === '' || (typeof value === 'string' && ID.test(value))) return [];
  if (Array.isArray(value))
    return value.every((item) => typeof item !== 'object')
      ? value.length === 0
        ? []
        : [`${path} ${value.join(' ')}`]
      : [`${path} (${value.length})`];
  if (typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>);
    return entries.length > 20
      ? [`${path} (${entries.length})`]
      : entries.flatMap(([name, member]) => plainValues(member, path === '' ? name : `${path}.${name}`));
  }
  return [`${path} ${String(value)}`];
}

const summary = (event: ShownEvent): string =>
  event.payload === 'withheld' ? 'withheld' : plainValues(event.data ?? {}, '').join(', ');
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const eventTable = (events: readonly ShownEvent[]): string =>
  table<ShownEvent>(
    [
      { head: 'Position', of: ({ position }) => position },
      { head: 'Event', of: ({ type }) => shortType(type) },
      { head: 'Recorded', of: ({ recordedAt }) => recordedAt ?? '' },
      { head: 'By', of: ({ actor }) => (actor ? actor.role : '') },
      ...(events.some(({ because }) => because !== undefined)
        ? [{ head: 'Because', of: ({ because }: ShownEvent) => because ?? '' }]
        : []),
      { head: 'Says', of: (event) => cut(summary(event), process.stdout.isTTY ? 90 : 240) },
    ],
    events,
  );

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
  if (value === null) return word ?? '';
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
  const { says, events } = body;
  return [
    `${says.label}: ${cellText(says)}`,
    ...says.remarks,
    '',
    events.length === 0 ? 'No events to show.' : eventTable(events),
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
      { head: 'Cell', of: ({ key }) => key },
      { head: 'Then', of: ({ then }) => cellText(then) },
      { head: 'Now', of: ({ now }) => cellText(now) },
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
      const text = eventTable(body.events);
      yield first ? text : text.slice(text.indexOf('\n') + 1);
    } else if (first) yield 'No events.';
    first = false;
    if (body.next === null) return;
    after = body.next;
  }
  if (options.limit === undefined && options.format !== 'ndjson') yield `… more: plumbline events --after ${after}`;
}
