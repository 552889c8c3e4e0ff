import type { EventBody, RecordedEvent } from './event';
import { changeOn, rowKey, RowsInMemory, typesOf } from './fold-rows';
import { anyReadModel, everyVersion, type ReadModel } from './read-model';

type Lamp = { readonly room: string; readonly lamp: string };
type LampEvent =
  | EventBody<'spec.LampLit.v1', Lamp>
  | EventBody<'spec.LampDimmed.v1', Lamp>
  | EventBody<'spec.LampRemoved.v1', Lamp>
  | EventBody<'spec.RoomLit.v1', { readonly room: string; readonly lamps: readonly string[] }>
  | EventBody<'spec.LampCleaned.v1', Lamp>;
type LampRow = { readonly room: string; readonly lamp: string; readonly light: number };

const byLamp = ({ data }: { data: { room: string; lamp: string } }) => [{ room: data.room, lamp: data.lamp }];
const lamps: ReadModel<LampRow, LampEvent> = {
  name: 'lamps',
  version: 1,
  key: ['room', 'lamp'],
  columns: { room: 'text', lamp: 'text', light: 'integer' },
  on: {
    'spec.LampLit.v1': { keys: byLamp, fold: (_row, { data }) => ({ ...data, light: 100 }) },
    'spec.LampDimmed.v1': {
      keys: byLamp,
      fold: (row) => (row ? (row.light === 50 ? row : { ...row, light: 50 }) : null),
    },
    'spec.LampRemoved.v1': { keys: byLamp, fold: () => null },
    'spec.RoomLit.v1': {
      keys: ({ data }) => data.lamps.map((one) => ({ room: data.room, lamp: one })),
      fold: (_row, { data }, key) => ({ room: data.room, lamp: key.lamp ?? '', light: 100 }),
    },
    'spec.LampCleaned.v1': 'ignored',
  },
};
const model = anyReadModel(lamps);

let count = 0;
const happened = (type: string, data: object): RecordedEvent =>
  ({ id: `e${(count += 1)}`, type, data }) as unknown as RecordedEvent;
const after = (...list: [type: string, data: object][]): RowsInMemory => {
  count = 0;
  const rows = new RowsInMemory(model);
  for (const [type, data] of list) rows.apply(happened(type, data));
  return rows;
};

describe('rows in memory', () => {
  it('are made, changed and ended by events, and cite all that made them', () => {
    const rows = after(
      ['spec.LampLit.v1', { room: 'hall', lamp: 'a' }],
      ['spec.LampDimmed.v1', { room: 'hall', lamp: 'a' }],
    );
    expect(rows.list()).toEqual([{ room: 'hall', lamp: 'a', light: 50, events: ['e1', 'e2'] }]);
    rows.apply(happened('spec.LampRemoved.v1', { room: 'hall', lamp: 'a' }));
    expect(rows.list()).toEqual([]);
  });
  it('begin anew after their end, without what was before', () => {
    const hall = { room: 'hall', lamp: 'a' };
    const rows = after(['spec.LampLit.v1', hall], ['spec.LampRemoved.v1', hall], ['spec.LampLit.v1', hall]);
    expect(rows.list()).toEqual([{ ...hall, light: 100, events: ['e3'] }]);
  });
  it('stay as they are, and cite nothing new, when a fold gives the row back', () => {
    const hall = { room: 'hall', lamp: 'a' };
    const rows = after(['spec.LampLit.v1', hall], ['spec.LampDimmed.v1', hall], ['spec.LampDimmed.v1', hall]);
    expect(rows.list()[0]?.events).toEqual(['e1', 'e2']);
  });
  it('are not made by an event that only changes them', () => {
    expect(after(['spec.LampDimmed.v1', { room: 'hall', lamp: 'a' }]).list()).toEqual([]);
  });
  it('are several by one event, in the order of their keys', () => {
    const rows = after(
      ['spec.RoomLit.v1', { room: 'hall', lamps: ['b', 'a'] }],
      ['spec.LampLit.v1', { room: 'attic', lamp: 'z' }],
    );
    expect(rows.list().map((row) => [row['room'], row['lamp']])).toEqual([
      ['attic', 'z'],
      ['hall', 'a'],
      ['hall', 'b'],
    ]);
  });
  it('take no notice of ignored and unknown events', () => {
    expect(after(['spec.LampCleaned.v1', { room: 'hall', lamp: 'a' }], ['other.Thing.v1', {}]).list()).toEqual([]);
  });
});

describe('a read model', () => {
  it('listens to what it does not ignore', () => {
    expect(typesOf(model)).toEqual(['spec.LampLit.v1', 'spec.LampDimmed.v1', 'spec.LampRemoved.v1', 'spec.RoomLit.v1']);
    expect(changeOn(model, 'spec.LampCleaned.v1')).toBeUndefined();
    expect(changeOn(model, 'other.Thing.v1')).toBeUndefined();
    expect(changeOn(model, 'toString')).toBeUndefined();
    expect(changeOn(model, 'constructor')).toBeUndefined();
  });
  it('tells keys apart that would read alike when joined', () => {
    expect(rowKey(model, { room: 'a', lamp: 'b,c' })).not.toBe(rowKey(model, { room: 'a,b', lamp: 'c' }));
    expect(rowKey(model, { room: 'a', lamp: '1' })).not.toBe(rowKey(model, { room: 'a', lamp: 1 }));
    expect(rowKey(model, { lamp: 'b', room: 'a' })).toBe(rowKey(model, { room: 'a', lamp: 'b' }));
  });
});

describe('every version of a row', () => {
  const hall = { room: 'hall', lamp: 'a' };
  const every = (...list: [type: string, data: object][]): RowsInMemory => {
    count = 0;
    const rows = new RowsInMemory(anyReadModel<LampRow, LampEvent>(everyVersion(lamps)));
    list.forEach(([type, data], index) => rows.apply(happened(type, data), BigInt(10 * (index + 1))));
    return rows;
  };

  it('is given with the position that made it, oldest first, the last among them', () => {
    expect(every(['spec.LampLit.v1', hall], ['spec.LampDimmed.v1', hall]).list()).toEqual([
      { ...hall, light: 100, events: ['e1'], since: 10n },
      { ...hall, light: 50, events: ['e1', 'e2'], since: 20n },
    ]);
  });
  it('is there still when the row has ended, and a fold that gives the row back makes none', () => {
    const rows = every(
      ['spec.LampLit.v1', hall],
      ['spec.LampDimmed.v1', hall],
      ['spec.LampDimmed.v1', hall],
      ['spec.LampRemoved.v1', hall],
    );
    expect(rows.list().map(({ light }) => light)).toEqual([100, 50]);
  });
  it('is one where one event makes the row twice, as in a table', () => {
    const twice = every(['spec.RoomLit.v1', { room: 'hall', lamps: ['b', 'a', 'b'] }]).list();
    expect(twice.map(({ lamp }) => lamp)).toEqual(['a', 'b']);
  });
  it('cannot be told apart without positions', () => {
    const rows = new RowsInMemory(anyReadModel<LampRow, LampEvent>(everyVersion(lamps)));
    expect(() => rows.apply(happened('spec.LampLit.v1', hall))).toThrow(RangeError);
  });
});
