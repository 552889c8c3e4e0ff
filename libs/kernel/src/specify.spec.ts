import { z } from 'zod';
import {
  askFact,
  createdKey,
  defineCommand,
  idKey,
  naturalKey,
  streamFact,
  type CommandOf,
  type Decider,
  type Fold,
} from './decider';
import { defineEvent, type EventOf } from './event';
import { accept, refuse, type Decision } from './rule';
import { sealedText, toSeal } from './sealed';
import { specify, stateOf } from './specify';

const named = z.strictObject({ name: z.string() });
const events = { 'spec.DoorOpened.v1': defineEvent('opened', named, { name: 'front' }) };
type DoorEvent = EventOf<typeof events>;
const commands = { 'spec.OpenDoor': defineCommand('open', ['hr'], named, { name: 'front' }) };
type DoorCommand = CommandOf<typeof commands>;

const house: Fold<{ locked: boolean }, { type: 'spec.HouseLocked.v1'; data: object }> = {
  concept: 'house',
  initial: { locked: false },
  evolve: () => ({ locked: true }),
};
type Asks = 'house' | 'weather' | 'both' | 'nothing';
const door = (declares: Asks, asks: Asks): Decider<{ open: boolean }, DoorCommand, DoorEvent> => ({
  concept: 'door',
  initial: { open: false },
  evolve: () => ({ open: true }),
  commands,
  events,
  stream: ({ data }) => naturalKey('door', data.name),
  facts: () => [
    ...(declares === 'house' || declares === 'both' ? [streamFact(house, naturalKey('house', 'home'))] : []),
    ...(declares === 'weather' || declares === 'both' ? [askFact('weather', { day: 1 })] : []),
  ],
  decide: ({ data }, state, { facts }) => {
    if (state.open) return accept();
    if ((asks === 'house' || asks === 'both') && facts.stream(house, naturalKey('house', 'HOME')).locked)
      return refuse('a-locked-house-stays-shut');
    if ((asks === 'weather' || asks === 'both') && facts.ask<string>('weather', { day: 1 }) === 'rain')
      return refuse('doors-stay-shut-in-the-rain');
    return accept({ type: 'spec.DoorOpened.v1', data });
  },
});
const open: DoorCommand = { type: 'spec.OpenDoor', data: { name: 'front' } };
const opened: DoorEvent = { type: 'spec.DoorOpened.v1', data: { name: 'front' } };
const locked = stateOf(house, { type: 'spec.HouseLocked.v1', data: {} });

describe('given / when', () => {
  it('decides on the state after the given events', () => {
    expect(specify(door('nothing', 'nothing')).given().when(open)).toEqual(accept(opened));
    expect(specify(door('nothing', 'nothing')).given(opened).when(open)).toEqual(accept());
  });
  it('gives facts of other streams by name, and their beginning where none is named', () => {
    const spec = specify(door('house', 'house')).given();
    expect(spec.when(open, { streams: { 'house:HOME': locked } })).toEqual(refuse('a-locked-house-stays-shut'));
    expect(spec.when(open)).toEqual(accept(opened));
  });
  it('gives answers to questions', () => {
    const spec = specify(door('weather', 'weather')).given();
    expect(spec.when(open, { answers: { weather: 'rain' } })).toEqual(refuse('doors-stay-shut-in-the-rain'));
    expect(() => spec.when(open)).toThrow('the spec gives no answer to "weather"');
  });
  it('throws when a decider asks for a fact it did not declare', () => {
    expect(() => specify(door('nothing', 'house')).given().when(open)).toThrow(
      'asks for house|house:HOME but declares only []',
    );
    expect(() =>
      specify(door('house', 'both'))
        .given()
        .when(open, { answers: { weather: 'sun' } }),
    ).toThrow('ask|weather|{"day":1}');
  });
  it('lets a decider name further facts when it knows the first ones', () => {
    const curious: Decider<{ open: boolean }, DoorCommand, DoorEvent> = {
      ...door('house', 'both'),
      furtherFacts: (_command, _state, known) =>
        known.stream(house, naturalKey('house', 'home')).locked ? [] : [askFact('weather', { day: 1 })],
    };
    const spec = specify(curious).given();
    expect(spec.when(open, { answers: { weather: 'rain' } })).toEqual(refuse('doors-stay-shut-in-the-rain'));
    expect(spec.when(open, { streams: { 'house:HOME': locked } })).toEqual(refuse('a-locked-house-stays-shut'));
  });
  it('throws when a decider appends what it does not declare, or refuses in a detail that says nothing', () => {
    const deciding = (decision: Decision<DoorEvent>) =>
      specify({ ...door('nothing', 'nothing'), decide: () => decision }).given();
    const undeclared = { ...opened, type: 'spec.DoorClosed.v1' } as unknown as DoorEvent;
    expect(() => deciding(accept(undeclared)).when(open)).toThrow('appends "spec.DoorClosed.v1"');
    const recorded = { ...refuse('doors-stay-shut', 'Ask the porter.'), events: [undeclared] };
    expect(() => deciding(recorded).when(open)).toThrow('appends "spec.DoorClosed.v1"');
    const nameless = { ...opened, data: {} } as unknown as DoorEvent;
    expect(() => deciding(accept(nameless)).when(open)).toThrow('the schema of spec.DoorOpened.v1 refuses');
    const more = { ...opened, data: { name: 'front', colour: 'red' } } as DoorEvent;
    expect(() => deciding(accept(more)).when(open)).toThrow('the schema of spec.DoorOpened.v1 refuses');
    for (const detail of ['', ' ', 'Porter.'])
      expect(() => deciding(refuse('doors-stay-shut', detail)).when(open)).toThrow('a detail without words');
    expect(deciding(refuse('doors-stay-shut', 'Ask the porter.')).when(open).refused).toBe('doors-stay-shut');
    expect(deciding(refuse('doors-stay-shut')).when(open).refused).toBe('doors-stay-shut');
  });
  it('seals texts as the door does, and throws when a text is about nobody', () => {
    const letter = z.strictObject({ house: z.uuid(), texts: z.array(sealedText) });
    const example = { house: '5d9f7a3e-8c21-8b64-a0f3-7e1d2c4b6a95', texts: [] };
    const writing = (...subjects: readonly string[]) =>
      specify({
        ...door('nothing', 'nothing'),
        events: { 'spec.LetterWritten.v1': defineEvent('written', letter, example) },
        decide: () =>
          accept({ type: 'spec.LetterWritten.v1', data: { house: 'h', texts: [toSeal('Dear', subjects)] } } as never),
      }).given();
    expect(writing('person-a').when(open).events).toMatchObject([{ data: { texts: [{ toSeal: 'Dear' }] } }]);
    expect(() => writing().when(open)).toThrow('seals a text about nobody: "Dear"');
  });
  it('spells ids by natural key, id or creation', () => {
    const seen: string[] = [];
    const spelling: Decider<{ open: boolean }, DoorCommand, DoorEvent> = {
      ...door('nothing', 'nothing'),
      decide: (_command, _state, { id, idOf }) => {
        seen.push(
          id,
          idOf(naturalKey('metric', 'lc_ts', '2026')),
          idOf(idKey('person', 'p-1')),
          idOf(createdKey('wave')),
        );
        return accept();
      },
    };
    specify(spelling).given().when(open);
    expect(seen).toEqual(['door:FRONT', 'metric:LC_TS/2026', 'p-1', 'wave:created']);
  });
  it('gives what matters of an envelope when the spec says so, and plain defaults else', () => {
    const seen: string[] = [];
    const fold: Fold<number, DoorEvent> = {
      concept: 'door',
      initial: 0,
      evolve: (n, event) => {
        seen.push(`${event.id} ${event.actor.id} ${event.revision}`);
        return n + 1;
      },
    };
    expect(stateOf(fold, opened, { ...opened, id: 'mine', actor: { id: 'someone', role: 'legal' } })).toBe(2);
    expect(seen).toEqual(['event-0 person-a 0', 'mine someone 1']);
  });
  it('has a time of its own that the spec may set', () => {
    const seen: string[] = [];
    const telling: Decider<{ open: boolean }, DoorCommand, DoorEvent> = {
      ...door('nothing', 'nothing'),
      decide: (_command, _state, { now, today, occurredAt }) => {
        seen.push(now, today, occurredAt);
        return accept();
      },
    };
    specify(telling).given().when(open, { now: '2027-01-02T03:04:05.000Z', today: '2027-01-02' });
    expect(seen).toEqual(['2027-01-02T03:04:05.000Z', '2027-01-02', '2027-01-02T03:04:05.000Z']);
  });
});

describe('a natural key', () => {
  it('is the same in any case and Unicode form', () => {
    expect(naturalKey('unit', 'gpa')).toEqual(naturalKey('unit', 'GPA'));
    expect(naturalKey('unit', 'é')).toEqual(naturalKey('unit', 'e\u0301'));
    expect(naturalKey('unit', '\u0390')).toEqual(naturalKey('unit', '\u03aa\u0301'));
    expect(naturalKey('unit', 'a', 'b')).not.toEqual(naturalKey('unit', 'ab'));
  });
});
