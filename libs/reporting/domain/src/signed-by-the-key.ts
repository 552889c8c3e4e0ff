import type { CitedRow } from '@plumbline/kernel';
import { grouped } from './duties';
import type { LocalKeyActRow } from './local-key-acts.read-model';

type Act = CitedRow<LocalKeyActRow>;

/** What one person did in one role with the key of the start itself. */
export interface SignedByTheKey {
  readonly id: string;
  readonly person: string;
  readonly acts: string;
  readonly rows: readonly Act[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const typeWord = (type: string): string => type.replace(/\.v\d+$/, '');

function actsIn(rows: readonly Act[]): string {
  const days = rows.map(({ day }) => day).sort(byText);
  const [first, last] = [days[0], days.at(-1)];
  const counts = new Map<string, number>();
  for (const { type } of rows) counts.set(typeWord(type), (counts.get(typeWord(type)) ?? 0) + 1);
  const told = [...counts]
    .sort(([a], [b]) => byText(a, b))
    .map(([type, count]) => `${type} on ${count} ${count === 1 ? 'day' : 'days'}`);
  return `${first === last ? `on ${first}` : `from ${first} to ${last}`}: ${told.join(', ')}`;
}

export function signedByTheKey(rows: readonly Act[]): readonly SignedByTheKey[] {
  return [...grouped(rows, ({ personId, role }) => `${personId}:${role}`)]
    .sort(([a], [b]) => byText(a, b))
    .map(([id, its]) => ({
      id: `local-key:${id}`,
      person: its[0]?.personId ?? '',
      acts: `as ${its[0]?.role}, ${actsIn(its)}`,
      rows: its,
    }));
}
