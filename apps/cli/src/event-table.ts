import { table } from './text-table';

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

/** What ids of an answer are called: offices of persons, codes of all else. */
export type Named = Readonly<Record<string, string>>;

export const shortType = (type: string): string => type.replace(/\.v\d+$/, '');

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const OPAQUE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{64}$/;
const IDS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const SEALED = /^sealed:[^/]+\//;

/** A text with what its ids are called in their place. */
export const withNames = (text: string, names: Named): string => text.replaceAll(IDS, (id) => names[id] ?? id);

/** Texts that this reader has not opened are said to be there, not where they lie. */
export const openedWord = (word: string): string => (SEALED.test(word) ? '(sealed)' : word);

/** Fields that say what an event is about, in the order in which they are read. */
const ABOUT = [
  ...['code', 'commitmentId', 'milestoneId', 'actionId', 'hypothesisId', 'metricId', 'unitId', 'cycleId', 'leader'],
  ...['personId', 'componentId', 'group', 'role', 'period', 'date', 'process'],
] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = ({ data }: ShownEvent): Readonly<Record<string, unknown>> => (isRecord(data) ? data : {});

/** What tells an event from its neighbours: unit, metric, promise, period, office. */
export function aboutOf(event: ShownEvent, names: Named): string {
  const fields = fieldsOf(event);
  const words = ABOUT.flatMap((name) => {
    const value = fields[name];
    if (typeof value !== 'string' || value === '') return [];
    return ID.test(value) ? (names[value] ?? []) : [value];
  });
  return [...new Set(words)].join(' · ');
}

/** Plain values, nested ones by their path. Ids and hashes that nothing is called by are left out: `--format json` or ndjson gives all of it. */
function plainValues(value: unknown, path: string, names: Named): readonly string[] {
  if (value === null || value === '') return [];
  if (typeof value === 'string') {
    const word = openedWord(names[value] ?? value);
    return OPAQUE.test(word) ? [] : [`${path} ${word}`];
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    const words = value.flatMap((item) => (typeof item === 'object' ? [] : [names[String(item)] ?? String(item)]));
    const told = words.filter((word) => !OPAQUE.test(word));
    return told.length === value.length ? [`${path} ${told.join(', ')}`] : [`${path} (${value.length})`];
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>);
    return entries.length > 20
      ? [`${path} (${entries.length})`]
      : entries.flatMap(([name, member]) => plainValues(member, path === '' ? name : `${path}.${name}`, names));
  }
  return [`${path} ${String(value)}`];
}

const summary = (event: ShownEvent, names: Named): string => {
  if (event.payload === 'withheld') return 'withheld';
  const rest = Object.entries(fieldsOf(event)).filter(([name]) => !(ABOUT as readonly string[]).includes(name));
  return plainValues(Object.fromEntries(rest), '', names).join(', ');
};
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** `HR analyst (hr)`; the role alone where nothing is called by the id. */
const byWhom = ({ actor }: ShownEvent, names: Named): string => {
  if (!actor) return '';
  const office = names[actor.id];
  return office === undefined || office.startsWith(`${actor.role} `) ? actor.role : `${office} (${actor.role})`;
};

/** Events as a table: what each is about, who recorded it when, and what it says beside that. */
export const eventTable = (events: readonly ShownEvent[], names: Named): string =>
  table<ShownEvent>(
    [
      { head: 'Position', of: ({ position }) => position },
      { head: 'Event', of: ({ type }) => shortType(type) },
      { head: 'About', of: (event) => aboutOf(event, names) },
      { head: 'Recorded', of: ({ recordedAt }) => recordedAt ?? '' },
      { head: 'By', of: (event) => byWhom(event, names) },
      ...(events.some(({ because }) => because !== undefined)
        ? [{ head: 'Because', of: ({ because }: ShownEvent) => because ?? '' }]
        : []),
      { head: 'Says', of: (event) => cut(summary(event, names), process.stdout.isTTY ? 90 : 240) },
    ],
    events,
  );
