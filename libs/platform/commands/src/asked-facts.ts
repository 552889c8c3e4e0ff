import { canonicalJson } from '@plumbline/ledger';
import type { EventStore } from '@plumbline/platform/event-store';
import type { Answered } from './context-registration';
import { withoutUndefined } from './plain-data';

/** Answers questions that decisions rest on: the registry's asks in the product. */
export interface FactsPort {
  /** @throws Error when nobody answers this question, or it is asked in a form it does not have */
  ask(question: string, about: Readonly<Record<string, unknown>>, asOf?: bigint): Promise<Answered>;
}

export const askKey = (question: string, about: Readonly<Record<string, unknown>>): string =>
  `${question} ${canonicalJson(withoutUndefined(about))}`;

/** Answers of one attempt at deciding. All are as of one position, the first answer's, and each question is asked once. */
export class AskedFacts {
  private readonly answers = new Map<string, unknown>();
  private position: bigint | undefined;
  private event: string | undefined;

  constructor(
    private readonly port: FactsPort,
    private readonly store: EventStore,
  ) {}

  async need(question: string, about: Readonly<Record<string, unknown>>): Promise<void> {
    const key = askKey(question, about);
    if (this.answers.has(key)) return;
    const { answer, position } = await this.port.ask(question, about, this.position);
    if (this.position === undefined) {
      this.position = position;
      this.event = position > 0n ? (await this.store.at(position)).event : undefined;
    } else if (position !== this.position) {
      throw new Error(`${question} was answered as of ${position} when asked as of ${this.position}`);
    }
    this.answers.set(key, answer);
  }

  answer(question: string, about: Readonly<Record<string, unknown>>): unknown {
    return this.answers.get(askKey(question, about));
  }

  /** Id of the event as of which questions were answered; undefined when none was asked or the log was empty. */
  get factsAt(): string | undefined {
    return this.event;
  }
}
