import { type AnyReadModel, anyReadModel, type EventBody, type ReadModel } from '@plumbline/kernel';
import { eventId, type EventStore, type NewEvent, uuidV8 } from '@plumbline/platform/event-store';
import type { RunnerLog } from './projection-runner';

/** A lending library: the events and read models of the specs. */
export type LibraryEvent =
  | EventBody<'library.BookLent.v1', { book: string; borrower: string; due: string; tags: string[]; year: number }>
  | EventBody<'library.LoanExtended.v1', { book: string; due: string; fee: string }>
  | EventBody<'library.BookReturned.v1', { book: string }>
  | EventBody<'library.ShelfMoved.v1', { books: string[]; shelf: string }>
  | EventBody<'library.BorrowersMerged.v1', { from: string; to: string; year: number }>
  | EventBody<'library.DoorOpened.v1', { times: number }>;

export type LoanRow = {
  readonly book: string;
  readonly borrower: string;
  readonly due: string;
  readonly fee: string | null;
  readonly shelf: string | null;
  readonly extended: boolean;
  readonly tags: readonly string[];
};

/** A row that begins, changes, and ends; one event touches many of them. */
export const loans: ReadModel<LoanRow, LibraryEvent> = {
  name: 'loans',
  version: 1,
  key: ['book'],
  columns: {
    book: 'text',
    borrower: 'text',
    due: 'date',
    fee: 'decimal?',
    shelf: 'text?',
    extended: 'boolean',
    tags: 'text[]',
  },
  indexes: [['borrower', 'due']],
  on: {
    'library.BookLent.v1': {
      keys: ({ data }) => [{ book: data.book }],
      fold: (row, { data: { book, borrower, due, tags } }) => ({
        book,
        borrower,
        due,
        fee: null,
        shelf: row?.shelf ?? null,
        extended: false,
        tags,
      }),
    },
    'library.LoanExtended.v1': {
      keys: ({ data }) => [{ book: data.book }],
      fold: (row, { data: { due, fee } }) => (row ? { ...row, due, fee, extended: true } : null),
    },
    'library.BookReturned.v1': { keys: ({ data }) => [{ book: data.book }], fold: () => null },
    'library.ShelfMoved.v1': {
      keys: ({ data }) => data.books.map((book) => ({ book })),
      fold: (row, { data: { shelf } }) => (row ? (row.shelf === shelf ? row : { ...row, shelf }) : null),
    },
    'library.BorrowersMerged.v1': 'ignored',
    'library.DoorOpened.v1': 'ignored',
  },
};

export type BorrowerYearRow = {
  readonly borrower: string;
  readonly year: number;
  readonly borrowed: number;
  readonly lastLoanAt: string;
  readonly mergedInto: string | null;
  readonly note: string;
};

/** A key of two columns, one of them a number; one event touches two rows, or the same row twice. */
export const borrowerYears: ReadModel<BorrowerYearRow, LibraryEvent> = {
  name: 'borrower_years',
  version: 2,
  key: ['borrower', 'year'],
  columns: {
    borrower: 'text',
    year: 'integer',
    borrowed: 'integer',
    lastLoanAt: 'instant',
    mergedInto: 'text?',
    note: 'json',
  },
  on: {
    'library.BookLent.v1': {
      keys: ({ data: { borrower, year } }) => [{ borrower, year }],
      fold: (row, { data: { borrower, year, book }, recordedAt }) => ({
        borrower,
        year,
        borrowed: (row?.borrowed ?? 0) + 1,
        lastLoanAt: recordedAt,
        mergedInto: row?.mergedInto ?? null,
        note: JSON.stringify({ last: book }),
      }),
    },
    'library.LoanExtended.v1': 'ignored',
    'library.BookReturned.v1': 'ignored',
    'library.ShelfMoved.v1': 'ignored',
    'library.BorrowersMerged.v1': {
      keys: ({ data: { from, to, year } }) => [
        { borrower: from, year },
        { borrower: to, year },
      ],
      fold: (row, { data: { to } }, { borrower }) =>
        row ? (borrower === to ? { ...row, borrowed: row.borrowed + 1 } : { ...row, mergedInto: to }) : null,
    },
    'library.DoorOpened.v1': 'ignored',
  },
};

export const LIBRARY: readonly AnyReadModel[] = [anyReadModel(loans), anyReadModel(borrowerYears)];

/** A model whose fold fails on a book of this name. */
export const failingOn = (book: string): AnyReadModel =>
  anyReadModel<{ readonly book: string }, LibraryEvent>({
    name: 'fragile',
    version: 1,
    key: ['book'],
    columns: { book: 'text' },
    on: {
      'library.BookLent.v1': {
        keys: ({ data }) => [{ book: data.book }],
        fold: (row, { data }) => {
          if (data.book === book) throw new Error('this book cannot be read');
          return row ?? { book: data.book };
        },
      },
      'library.LoanExtended.v1': 'ignored',
      'library.BookReturned.v1': 'ignored',
      'library.ShelfMoved.v1': 'ignored',
      'library.BorrowersMerged.v1': 'ignored',
      'library.DoorOpened.v1': 'ignored',
    },
  });

/** A uuid for a number. */
export const numbered = (n: number): string => uuidV8(Buffer.from(n.toString(16).padStart(32, '0'), 'hex'));

export const lent = (book: string, borrower = 'Ada', year = 2026): LibraryEvent => ({
  type: 'library.BookLent.v1',
  data: {
    book,
    borrower,
    due: `${String(year).padStart(4, '0')}-12-01`,
    tags: ['"quoted"', 'a,b', '{c}', '\\', ''],
    year,
  },
});
export const extended = (book: string, due = '2026-12-24'): LibraryEvent => ({
  type: 'library.LoanExtended.v1',
  data: { book, due, fee: '0.50' },
});
export const returned = (book: string): LibraryEvent => ({ type: 'library.BookReturned.v1', data: { book } });
export const moved = (books: string[], shelf: string): LibraryEvent => ({
  type: 'library.ShelfMoved.v1',
  data: { books, shelf },
});
export const merged = (from: string, to: string, year = 2026): LibraryEvent => ({
  type: 'library.BorrowersMerged.v1',
  data: { from, to, year },
});
export const doorOpened = (times = 1): LibraryEvent => ({ type: 'library.DoorOpened.v1', data: { times } });

/** Appends events to a stream of their own, and answers their ids. */
export async function record(store: EventStore, events: readonly LibraryEvent[]): Promise<readonly string[]> {
  if (events.length === 0) return [];
  const { revision } = await store.read(STREAM, 1_000_000);
  const commandId = numbered(revision === 'none' ? 0 : revision + 1);
  const writes = events.map((event, index): NewEvent => ({
    id: eventId(commandId, index),
    ...event,
    occurredAt: '2026-11-23T09:00:00.000Z',
    actor: { id: numbered(7), role: 'hr' },
    correlationId: commandId,
    causationId: commandId,
    commandId,
    commandHash: 'ab'.repeat(32),
    policyVersion: '1',
    salt: '00112233445566778899aabbccddeeff',
  }));
  const appended = await store.append([{ stream: STREAM, expected: revision, events: writes }]);
  return appended.events.map(({ id }) => id);
}
const STREAM = `library-${numbered(1)}`;

/** Says nothing, and keeps what it was told. */
export class KeptLog implements RunnerLog {
  readonly told: { level: 'info' | 'warn' | 'error'; details: object; message: string }[] = [];
  info(details: object, message: string): void {
    this.told.push({ level: 'info', details, message });
  }
  warn(details: object, message: string): void {
    this.told.push({ level: 'warn', details, message });
  }
  error(details: object, message: string): void {
    this.told.push({ level: 'error', details, message });
  }
}
