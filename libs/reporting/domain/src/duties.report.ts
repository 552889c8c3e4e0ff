import type { CitedRow, Refusal } from '@plumbline/kernel';
import type { DelegationRow } from '@plumbline/organization/domain';
import type { Disclosed } from '@plumbline/privacy';
import { type Line, headerOf, placeAsked, reportOf, wordLine } from './assembly';
import { DUTY_PAIRS, type DutyPair, type Exercised, namesIn } from './duties';
import { type DutyRows, dutyReads } from './duty-reads';
import { mayOpenWith } from './event-opening';
import { countCell, numberLine } from './plain-figures';
import { type Prefix, citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, isRefusal } from './report';
import { type SignedByTheKey, signedByTheKey } from './signed-by-the-key';

interface Found {
  readonly exercised: Exercised;
  readonly person: string;
  readonly as: 'ONE_PERSON' | 'MAY_BE_ONE';
  readonly waiver: string | null;
  readonly rows: readonly CitedRow[];
}

/** More ids than these do not help who reads a table; explaining the cell gives all. */
const EVENTS_SHOWN = 6;

const isPerson = (id: string | null): id is string => id !== null && !id.startsWith('process:');

function foundIn(
  { verb }: DutyPair,
  exercised: Exercised,
  delegated: readonly CitedRow<DelegationRow>[],
): readonly Found[] {
  const second = [...new Set(exercised.second.filter(isPerson))].sort();
  const { waiver = () => null, rows } = exercised;
  const one = second
    .filter((person) => exercised.first.some(({ by }) => by === person))
    .map((person) => ({ exercised, person, as: 'ONE_PERSON' as const, waiver: waiver(person), rows }));
  const others = delegated.filter(
    ({ personId, delegate, until, verbs }) =>
      verb !== null &&
      verbs.includes(verb) &&
      second.includes(personId) &&
      exercised.first.some(({ by, at }) => by === delegate && (at === null || at.slice(0, 10) <= until)),
  );
  const nameOf = ({ delegate, personId }: DelegationRow): string => `${delegate}, perhaps for ${personId}`;
  const maybe = [...new Map(others.map((row) => [nameOf(row), row]))].map(([person, { personId }]) => ({
    ...{ exercised, person, as: 'MAY_BE_ONE' as const, waiver: waiver(personId) },
    rows: [...rows, ...others.filter((row) => nameOf(row) === person)],
  }));
  return [...one, ...maybe.sort((a, b) => (a.person < b.person ? -1 : 1))];
}

function eventsWord(rows: readonly CitedRow[]): string {
  const ids = [...new Set(rows.flatMap(({ events }) => events))].sort();
  const shown = ids.slice(0, EVENTS_SHOWN).join(', ');
  return ids.length > EVENTS_SHOWN ? `${shown} and ${ids.length - EVENTS_SHOWN} more` : shown;
}

function findingLines(pair: DutyPair, { exercised, person, as, waiver, rows }: Found, index: number): readonly Line[] {
  const id = `${pair.id}:${exercised.id}:${index + 1}`;
  const cites = citing('target', rows);
  const word = (column: string, label: string, said: string): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
  return [
    word('object', 'Object', exercised.object),
    word('person', 'Person', person),
    word('duties', 'Duties', pair.duties),
    word('found-as', 'Found as', as),
    word('events', 'Events', eventsWord(rows)),
    word('rule', 'Rule', pair.rule),
    word('waiver', 'Waiver', waiver ?? 'NONE'),
  ];
}

const byObject = (a: Exercised, b: Exercised): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function pairLines(
  prefix: Prefix,
  pair: DutyPair,
  looked: readonly Exercised[],
  delegated: readonly CitedRow<DelegationRow>[],
): readonly Line[] {
  const found = [...looked].sort(byObject).map((exercised) => foundIn(pair, exercised, delegated));
  const all = found.flat();
  const count = (column: string, label: string, counted: number, rows: readonly CitedRow[]): Line =>
    numberLine(prefix, countCell(`${pair.id}/${column}`, `${label} · ${pair.id}`, counted, citing('target', rows)));
  const said = all.length === 0 ? 'Nothing found' : `${all.length} found`;
  const summary = looked.length === 0 ? 'Nothing to look at.' : `${said} in ${looked.length} looked at.`;
  return [
    wordLine(`${pair.id}/object`, `Result · ${pair.id}`, summary),
    wordLine(`${pair.id}/duties`, `Duties · ${pair.id}`, pair.duties),
    wordLine(`${pair.id}/rule`, `Rule · ${pair.id}`, pair.rule),
    count(
      ...(['found', 'Found', all.length] as const),
      all.flatMap(({ rows }) => rows),
    ),
    count(
      ...(['looked-at', 'Objects looked at', looked.length] as const),
      looked.flatMap(({ rows }) => rows),
    ),
    ...found.flatMap((those) => those.flatMap((each, index) => findingLines(pair, each, index))),
  ];
}

const KEY = 'local-key';
const KEY_DUTIES = 'acted by the key of the start itself';

function keyLines(prefix: Prefix, people: readonly SignedByTheKey[]): readonly Line[] {
  const all = people.flatMap(({ rows }) => rows);
  return [
    wordLine(`${KEY}/object`, `Result · ${KEY}`, people.length === 0 ? 'Nothing found.' : `${people.length} found.`),
    wordLine(`${KEY}/duties`, `Duties · ${KEY}`, KEY_DUTIES),
    numberLine(prefix, countCell(`${KEY}/found`, `Found · ${KEY}`, people.length, citing('target', all))),
    ...people.flatMap(({ id, person, acts, rows }) => {
      const cites = citing('target', rows);
      const word = (column: string, label: string, said: string): Line =>
        wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
      return [
        word('object', 'Object', acts),
        word('person', 'Person', person),
        word('duties', 'Duties', KEY_DUTIES),
        word('found-as', 'Found as', 'SIGNED_BY_THE_KEY'),
        word('events', 'Events', eventsWord(rows)),
      ];
    }),
  ];
}

const LIMITS = [
  'Under local-key stand acts that the key of the start itself signed (via local-key), of each kind and day the first: whoever held that key may have acted as several people. Which reports were read with it is not recorded.',
  'Rows say who acted, not for whom. Where a delegate did the first act and the person behind the delegation the second, it reads MAY_BE_ONE.',
  'Rows hold what stands: a figure before its correction, a target before it was proposed anew or a link before it was asked for again was not looked at.',
  'No audit engagement narrows the scope of an auditor: it is the whole organisation, for as long as the role was last held.',
] as const;

function compute(rows: DutyRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { unitId } = place.unit;
  const within = new Set([unitId, ...prefix.tree.descendants(unitId).map((unit) => unit.unitId)]);
  const covers = (each: Exercised): boolean =>
    (question.unit === undefined || (each.unitId !== null && within.has(each.unitId))) &&
    (question.period === undefined || each.period === question.period);
  const isNarrowed = question.unit !== undefined || question.period !== undefined;
  const names = namesIn(rows);
  const header = headerOf(dutiesReport, prefix, question, place.unit);
  const narrowing = isNarrowed ? ['Narrowed: what belongs to no unit or no period was left out.'] : [];
  return reportOf({ ...header, remarks: [...header.remarks, ...LIMITS, ...narrowing] }, [
    ...DUTY_PAIRS.flatMap((pair) => pairLines(prefix, pair, pair.looked(rows, names).filter(covers), rows.delegations)),
    ...keyLines(prefix, isNarrowed ? [] : signedByTheKey(rows.localKeyActs)),
  ]);
}

/** R17: acts that one person does not do on one object, looked for among those that were done. */
export const dutiesReport: ReportDefinition<typeof dutyReads> = {
  id: 'R17',
  name: 'Duties',
  question: 'Did one person do two things that two people should do?',
  audience: ['auditor', 'admin'],
  kind: 'lagging',
  version: 2,
  columns: [
    { id: 'row', title: 'Pair', align: 'left' },
    { id: 'object', title: 'Object', align: 'left' },
    { id: 'person', title: 'Person', align: 'left' },
    { id: 'duties', title: 'Duties', align: 'left' },
    { id: 'found-as', title: 'As', align: 'left' },
    { id: 'events', title: 'Events', align: 'left' },
    { id: 'rule', title: 'Rule', align: 'left' },
    { id: 'waiver', title: 'Waiver', align: 'left' },
    { id: 'found', title: 'Found', align: 'right' },
    { id: 'looked-at', title: 'Looked at', align: 'right' },
  ],
  reads: dutyReads,
  compute,
  mayOpen: mayOpenWith,
};
