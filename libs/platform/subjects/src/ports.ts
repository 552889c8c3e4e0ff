import type { SealedText } from '@plumbline/kernel';

/** A text on its way into an event. `field` is its path in the event's data (`reason`, `changes.0.note`), `envelope.reason` for the envelope's reason. */
export interface TextOfEvent {
  readonly eventId: string;
  readonly field: string;
  readonly text: string;
  /** Pseudonymous person ids: the author and whom it is about. */
  readonly subjects: readonly string[];
}

/** A sealed text as an event holds it, with the event and field it was sealed for. */
export interface SealedInEvent {
  readonly eventId: string;
  readonly field: string;
  readonly sealed: SealedText;
}

/** `erased`: its key is gone for good. `withheld`: hidden for now, reversibly. */
export type OpenedText =
  { readonly state: 'open'; readonly text: string } | { readonly state: 'erased' } | { readonly state: 'withheld' };

/** Seals texts before their events are encoded. Keys are stored before the answer comes, so that no event can outlive its key by a crash. */
export interface Sealer {
  /** Seals many texts at once, each under a key of its own; answers in the order given. */
  seal(texts: readonly TextOfEvent[]): Promise<readonly SealedText[]>;
  /** Forgets keys of texts whose events were certainly not recorded. */
  discard(keyIds: readonly string[]): Promise<void>;
}

/** Opens sealed texts; the caller has authorised the answer. */
export interface Opener {
  /** Opens many at once, in the order given. @throws Error when a ciphertext does not belong to its event and field. */
  open(texts: readonly SealedInEvent[]): Promise<readonly OpenedText[]>;
}

/** A person as the directory knows them: the only place that holds names. */
export interface DirectoryPerson {
  readonly personId: string;
  /** The key the organisation knows them by (a personnel number, a login). */
  readonly key: string;
  readonly name: string;
  /** What the organisation calls the office they hold, never a name: shown wherever their id is. */
  readonly office?: string;
  readonly email?: string;
  readonly locale?: string;
}

/** Directory of persons. Rows are encrypted like texts; an erased person is not found. */
export interface Directory {
  /** The pseudonymous id that a key stands for, whether or not the directory knows the person. Keys match without regard to case. */
  personIdOf(key: string): string;
  /** Adds or replaces by key; answers the ids in the order given. */
  upsert(persons: readonly Omit<DirectoryPerson, 'personId'>[]): Promise<readonly string[]>;
  find(keyOrId: string): Promise<DirectoryPerson | null>;
  /** Those of these person ids that are known. */
  resolve(personIds: readonly string[]): Promise<ReadonlyMap<string, DirectoryPerson>>;
  /** Everyone. Each row is opened: for questions that no index can answer. */
  all(): Promise<readonly DirectoryPerson[]>;
}
