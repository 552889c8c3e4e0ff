import { z } from 'zod';
import { defineEvent } from './event';
import type { AnyReadModel } from './read-model';
import { readModelFaults } from './read-model-faults';

const shape = z.strictObject({ code: z.string(), day: z.string(), share: z.string(), people: z.int() });
const example = { code: 'A', day: '2026-01-31', share: '-0.5', people: 3 };
const events = { 'spec.DoorMade.v1': defineEvent('A door was made', shape, example) };
type Event = { readonly id: string; readonly recordedAt: string; readonly data: typeof example };

const doors = {
  name: 'door_register',
  version: 1,
  key: ['code'],
  columns: {
    code: 'text',
    day: 'date',
    madeAt: 'instant',
    share: 'decimal',
    people: 'integer',
    open: 'boolean',
    tags: 'text[]',
    more: 'json',
    note: 'text?',
  },
  indexes: [['day', 'people']],
  on: {
    'spec.DoorMade.v1': {
      keys: ({ data }: Event) => [{ code: data.code }],
      fold: (_row: unknown, { data, recordedAt }: Event) => ({
        ...{ ...data, madeAt: recordedAt, open: false, tags: ['oak'], more: '{"a":1}', note: null },
      }),
    },
    'spec.DoorLost.v1': 'ignored',
  },
};
const faults = (change: object = {}): readonly string[] =>
  readModelFaults([{ ...doors, ...change } as unknown as AnyReadModel], [{ events }]);
const folding = (row: object): object => ({
  on: {
    'spec.DoorMade.v1': {
      keys: () => [{ code: 'A' }],
      fold: (_row: unknown, event: Event) => ({
        ...(doors.on['spec.DoorMade.v1'].fold(_row, event) as object),
        ...row,
      }),
    },
  },
});

it('finds nothing where rows fit the columns and every event is folded or ignored', () => {
  expect(faults()).toEqual([]);
  expect(faults(folding({ note: 'seen', tags: [] }))).toEqual([]);
  expect(faults({ indexes: undefined })).toEqual([]);
});

it.each([
  ['a name that is no table’s', { name: '' }, ': its name is not in snake case'],
  ['a name with capitals', { name: 'doorRegister' }, 'doorRegister: its name is not in snake case'],
  ['a version below 1', { version: 0 }, 'door_register: its version is not 1 or above'],
  ['no key', { key: [] }, 'door_register: its key has no column'],
  ['a key without a column', { key: ['code', 'lock'] }, 'door_register: its key has no column lock'],
  ['a key that may be null', { key: ['code', 'note'] }, 'door_register: its key may be null: note'],
  ['an index on nothing', { indexes: [[]] }, 'door_register: an index has no column'],
  ['an index on what is no column', { indexes: [['lock']] }, 'door_register: an index has no column lock'],
  [
    'a column of no kind',
    { columns: { ...doors.columns, day: 'varchar' } },
    'door_register: the column day is of no kind a table has: "varchar"',
  ],
  [
    'an event that is neither folded nor ignored',
    { on: { ...doors.on, 'spec.DoorLost.v1': '' } },
    'door_register: it neither folds nor ignores spec.DoorLost.v1',
  ],
  [
    'an event that nothing appends',
    { on: { 'spec.DoorFound.v1': doors.on['spec.DoorMade.v1'] } },
    'door_register: nothing appends spec.DoorFound.v1',
  ],
])('finds %s', (_what, change, fault) => {
  expect(faults(change)).toContain(fault);
});

it.each([
  ['code', 1, 'text'],
  ['code', null, 'text'],
  ['day', '2026-01', 'date'],
  ['madeAt', '2026-01-31', 'instant'],
  ['share', '1e3', 'decimal'],
  ['share', 0.5, 'decimal'],
  ['people', 0.5, 'integer'],
  ['open', 'yes', 'boolean'],
  ['tags', ['oak', 1], 'text[]'],
  ['tags', null, 'text[]'],
  ['more', { a: 1 }, 'json'],
  ['more', 'words', 'json'],
  ['note', 7, 'text?'],
])('finds a row whose %s is %j', (column, value, kind) => {
  expect(faults(folding({ [column]: value }))).toEqual([
    `door_register: after spec.DoorMade.v1, ${column} is no ${kind}: ${JSON.stringify(value)}`,
  ]);
});

it('finds a row that holds more or less than its columns', () => {
  expect(faults(folding({ lock: 'x' }))).toEqual([
    'door_register: after spec.DoorMade.v1, it holds lock, for which there is no column',
  ]);
  expect(faults(folding({ note: undefined }))).toEqual([
    'door_register: after spec.DoorMade.v1, note is no text?: undefined',
  ]);
});

it('finds two read models of one name', () => {
  const twice = [doors, { ...doors, version: 2 }] as unknown as readonly AnyReadModel[];
  expect(readModelFaults(twice, [{ events }])).toEqual(['door_register: two have this name']);
});
