import type {
  AnyReadModel,
  CitedRow,
  CommandBody,
  EventBody,
  LocalDate,
  ReadModel,
  RecordedEvent,
  Row,
} from '@plumbline/kernel';

/** A command that a process sends, and what it is about in codes and periods: how people find it when it is refused, and how it is not sent again after that. */
export interface ProcessStep {
  readonly command: CommandBody;
  readonly about: string;
  /** Sent in one batch with its neighbours that say the same: for many commands of one kind. */
  readonly together?: boolean;
}

/** The read models of a process, folded in memory up to and including the event it reacts to. */
export interface ProcessRows {
  /** Rows in the order of their keys. @throws Error when the process does not declare the model among its `reads` */
  of<R extends Row, E extends EventBody>(model: ReadModel<R, E>): readonly CitedRow<R>[];
}

/**
 * One sentence: when this happens, then that is to be done. Pure: the same events give the same commands, whenever and by whomever they are read. Everything it
 * knows is what its read models say up to the event; the clock it goes by is the day that has begun.
 */
export interface Process {
  /** Kebab case; the actor of its commands is `process:<name>`. */
  readonly name: string;
  /** Raised when it would give other commands: the new version acts on what comes after its start only. */
  readonly version: number;
  readonly sentence: string;
  readonly reads: readonly AnyReadModel[];
  /** By event type, what it does on it. */
  readonly on: Readonly<Record<string, (event: RecordedEvent, rows: ProcessRows) => readonly ProcessStep[]>>;
}

/** A process that acts whenever a day has begun. */
export const onEachDay =
  (react: (day: LocalDate, rows: ProcessRows) => readonly ProcessStep[]) =>
  (event: RecordedEvent, rows: ProcessRows): readonly ProcessStep[] =>
    react((event.data as { readonly date: LocalDate }).date, rows);

/** A step whose command is one of a context's. */
export const step = <C extends CommandBody>(command: C, about: string): ProcessStep => ({ command, about });
