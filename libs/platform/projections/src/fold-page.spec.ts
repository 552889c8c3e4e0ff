import { type AnyReadModel, anyReadModel, type PositionedEvent, rowKey } from '@plumbline/kernel';
import { FoldFailed, foldPage, type RowVersion, touchedKeys, touchesOf } from './fold-page';
import { OPEN, tableOf } from './table';
import {
  borrowerYears,
  doorOpened,
  extended,
  failingOn,
  lent,
  type LibraryEvent,
  loans,
  merged,
  moved,
  returned,
} from './library.testing';

const at = (position: number, event: LibraryEvent): PositionedEvent =>
  ({
    position: BigInt(position),
    event: { ...event, id: `e${position}`, recordedAt: `2026-11-23T09:00:0${position}.000Z` },
  }) as PositionedEvent;

const fold = (model: AnyReadModel, page: PositionedEvent[], standing: Pick<RowVersion, 'row' | 'from'>[] = []) => {
  const table = tableOf(model);
  const open = new Map(standing.map((version) => [rowKey(model, version.row), version]));
  return foldPage(table, open, touchesOf(table, page));
};
const spans = (versions: readonly { from: bigint; to: bigint }[]) =>
  versions.map(({ from, to }) => [Number(from), to === OPEN ? 'open' : Number(to)]);

const loan = anyReadModel(loans);
const standing = {
  row: { ...fold(loan, [at(1, lent('Emma'))]).inserted[0]!.row },
  from: 1n,
};

describe('folding a page', () => {
  it('gives a row version for every event that changes a row, also inside the page', () => {
    const { inserted, closed } = fold(loan, [
      at(1, lent('Emma')),
      at(2, extended('Emma')),
      at(3, moved(['Emma'], 'A')),
    ]);
    expect(spans(inserted)).toEqual([
      [1, 2],
      [2, 3],
      [3, 'open'],
    ]);
    expect(closed).toEqual([]);
  });

  it('inserts a row closed that is opened and closed in the page', () => {
    const { inserted, closed } = fold(loan, [at(1, lent('Emma')), at(2, returned('Emma'))]);
    expect(spans(inserted)).toEqual([[1, 2]]);
    expect(closed).toEqual([]);
  });

  it('sets the end of a version that stood before the page once', () => {
    const { inserted, closed } = fold(loan, [at(4, extended('Emma')), at(5, returned('Emma'))], [standing]);
    expect(spans(closed)).toEqual([[1, 4]]);
    expect(spans(inserted)).toEqual([[4, 5]]);
  });

  it('lists the events that made a row in order, and begins anew after the row ended', () => {
    const page = [at(1, lent('Emma')), at(2, extended('Emma')), at(3, returned('Emma')), at(4, lent('Emma'))];
    expect(fold(loan, page).inserted.map(({ row }) => row.events)).toEqual([['e1'], ['e1', 'e2'], ['e4']]);
  });

  it('gives no version for an event that leaves a row as it is', () => {
    const page = [at(1, lent('Emma')), at(2, moved(['Emma'], 'A')), at(3, moved(['Emma', 'Persuasion'], 'A'))];
    expect(spans(fold(loan, page).inserted)).toEqual([
      [1, 2],
      [2, 'open'],
    ]);
  });

  it('changes every row that one event touches', () => {
    const page = [at(1, lent('Emma')), at(2, lent('Persuasion')), at(3, moved(['Emma', 'Persuasion'], 'A'))];
    expect(spans(fold(loan, page).inserted)).toEqual([
      [1, 3],
      [2, 3],
      [3, 'open'],
      [3, 'open'],
    ]);
  });

  it('gives one version for a row that one event changes twice', () => {
    const { inserted } = fold(anyReadModel(borrowerYears), [at(1, lent('Emma')), at(2, merged('Ada', 'Ada'))]);
    expect(spans(inserted)).toEqual([
      [1, 2],
      [2, 'open'],
    ]);
    expect(inserted[1]!.row).toMatchObject({ borrowed: 3, events: ['e1', 'e2', 'e2'] });
  });

  it('passes over events that the model ignores, and asks for each key once', () => {
    const table = tableOf(loan);
    const touches = touchesOf(table, [at(1, doorOpened()), at(2, lent('Emma')), at(3, extended('Emma'))]);
    expect(touches.map(({ position }) => position)).toEqual([2n, 3n]);
    expect([...touchedKeys(touches).values()]).toEqual([{ book: 'Emma' }]);
  });

  it('keeps the declared columns only', () => {
    const wide = { ...loan, columns: { book: 'text' }, key: ['book'], indexes: [] } as unknown as AnyReadModel;
    expect(fold(wide, [at(1, lent('Emma'))]).inserted[0]!.row).toEqual({ book: 'Emma', events: ['e1'] });
  });
});

describe('a fold that fails', () => {
  it('names the model, the event and its position', () => {
    const page = [at(1, lent('Emma')), at(2, lent('Ulysses'))];
    expect(() => fold(failingOn('Ulysses'), page)).toThrow(FoldFailed);
    expect(() => fold(failingOn('Ulysses'), page)).toThrow(
      'fragile_v1 cannot fold library.BookLent.v1 e2 at position 2: this book cannot be read',
    );
  });

  const giving = (row: unknown): AnyReadModel =>
    ({
      ...loan,
      on: { 'library.BookLent.v1': { keys: () => [{ book: 'Emma' }], fold: () => row } },
    }) as unknown as AnyReadModel;
  const good = { book: 'Emma', borrower: 'Ada', due: '2026-12-01', fee: null, shelf: null, extended: false, tags: [] };

  it.each([
    ['a missing column', { ...good, due: undefined }, 'column due of loans_v1 takes a day (YYYY-MM-DD)'],
    ['null where none may be', { ...good, borrower: null }, 'column borrower of loans_v1 takes a text'],
    ['a number for a decimal', { ...good, fee: 0.5 }, 'column fee of loans_v1 takes a plain decimal, as text or null'],
    ['text that PostgreSQL cannot keep', { ...good, borrower: 'A\u0000' }, 'column borrower of loans_v1 takes a text'],
    ['a text for a truth', { ...good, extended: 'no' }, 'column extended of loans_v1 takes true or false'],
    ['a list of numbers', { ...good, tags: [1] }, 'column tags of loans_v1 takes a list of texts'],
    ['a row of another key', { ...good, book: 'Persuasion' }, 'the row it gives has another key'],
  ])('is one that gives %s', (_, row, problem) => {
    expect(() => fold(giving(row), [at(1, lent('Emma'))])).toThrow(problem);
  });

  it('is one whose key lacks a column', () => {
    const keyless = {
      ...loan,
      on: { 'library.BookLent.v1': { keys: () => [{}], fold: () => good } },
    } as unknown as AnyReadModel;
    expect(() => fold(keyless, [at(1, lent('Emma'))])).toThrow('key column book takes a text');
  });
});
