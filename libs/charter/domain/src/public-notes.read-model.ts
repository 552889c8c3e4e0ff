import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { EndingEvent } from './commitment-ending.events';

/** What is said of a commitment in public, once a second person has passed it. */
export type PublicNoteRow = {
  readonly noteId: string;
  readonly commitmentId: string;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenOn: LocalDate;
  readonly passedBy: string | null;
  readonly passedOn: LocalDate | null;
};

type NoteEvent = Extract<
  EndingEvent,
  { type: 'charter.CommitmentPublicNoteWritten.v1' | 'charter.PublicNotePassed.v1' }
>;

export const publicNotes: ReadModel<PublicNoteRow, NoteEvent> = {
  name: 'public_notes',
  version: 1,
  key: ['noteId'],
  columns: {
    noteId: 'text',
    commitmentId: 'text',
    text: 'text',
    writtenBy: 'text',
    writtenOn: 'date',
    passedBy: 'text?',
    passedOn: 'date?',
  },
  indexes: [['commitmentId']],
  on: {
    'charter.CommitmentPublicNoteWritten.v1': {
      keys: ({ data }) => [{ noteId: data.noteId }],
      fold: (_row, { data: { noteId, commitmentId, text, writtenBy, writtenOn } }) => ({
        noteId,
        commitmentId,
        text,
        writtenBy,
        writtenOn,
        passedBy: null,
        passedOn: null,
      }),
    },
    'charter.PublicNotePassed.v1': {
      keys: ({ data }) => [{ noteId: data.noteId }],
      fold: (row, { data }) => (row ? { ...row, passedBy: data.by, passedOn: data.passedOn } : null),
    },
  },
};
