import type { RecordedEvent } from '@plumbline/kernel';
import type { EventStore } from './port';

/** Types of the events that begin and end an act which may take several appends, as an import does. Both stand in one stream. */
export interface ActBrackets {
  readonly opens: readonly string[];
  readonly closes: readonly string[];
}

/** An act that took several appends: other events may stand between its own. */
export interface PartedAct {
  readonly act: string;
  /** Of its opening event. */
  readonly stream: string;
  readonly event: string;
  readonly actor: string;
  readonly recordedAt: string;
  readonly first: bigint;
  /** Where its closing event stands; null while it is not finished. */
  readonly last: bigint | null;
}

const PAGE = 500;

/** An opening event that comes alone, or begins an append, is an act by itself; one that names another act began one in parts. */
const opensParts = ({ act, id }: RecordedEvent): boolean => act !== undefined && act !== id;

/**
 * Which acts were recorded in parts, and from where to where. Folds the events that begin and end them, no others, as far as it is asked; a log in which
 * everything was recorded whole has none.
 */
export class PartedActs {
  private readonly acts: PartedAct[] = [];
  private readonly openByStream = new Map<string, number>();
  private readonly ids = new Set<string>();
  private readonly types: readonly string[];
  private read = 0n;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<EventStore, 'readPage'>,
    private readonly brackets: ActBrackets,
  ) {
    this.types = [...brackets.opens, ...brackets.closes];
  }

  /** Acts that had begun and not ended as of a position, whether or not they have ended since, in order of their beginnings. */
  async openAt(position: bigint): Promise<readonly PartedAct[]> {
    if (this.read < position || this.openByStream.size > 0) await this.follow();
    return this.acts.filter(({ first, last }) => first <= position && (last === null || last > position));
  }

  /** Acts that are not finished now. */
  async unfinished(): Promise<readonly PartedAct[]> {
    await this.follow();
    return this.acts.filter(({ last }) => last === null);
  }

  /** Whether events say that they belong to an act in parts: where one of them stands, nothing is known of its neighbours. */
  async isParted(act: string): Promise<boolean> {
    await this.follow();
    return this.ids.has(act);
  }

  /** Reads what the log holds of beginnings and ends since it was read last; of several that ask at once one reads at a time. */
  private async follow(): Promise<void> {
    const next = this.reading.then(() => this.readOn());
    this.reading = next.catch(() => undefined);
    await next;
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const page = await this.store.readPage(this.read, PAGE, { types: this.types });
      for (const { event, position } of page.events) this.take(event, position);
      const done = page.through === this.read || page.events.length === 0;
      this.read = page.through;
      if (done) return;
    }
  }

  private take(event: RecordedEvent, position: bigint): void {
    const { stream, act, id, recordedAt, actor } = event;
    const open = this.openByStream.get(stream);
    if (this.brackets.opens.includes(event.type)) {
      if (open !== undefined || !opensParts(event)) return;
      this.openByStream.set(stream, this.acts.length);
      this.ids.add(act!);
      this.acts.push({ act: act!, stream, event: id, actor: actor.id, recordedAt, first: position, last: null });
      return;
    }
    if (open === undefined) return;
    this.acts[open] = { ...this.acts[open]!, last: position };
    this.openByStream.delete(stream);
  }
}
