import { isSealedText, type PositionedEvent, type SealedReference } from '@plumbline/kernel';
import type { EventStore } from '@plumbline/platform/event-store';
import type { OpenedText, Opener, SealedInEvent } from './ports';

/** What is read where a text was, once its key is gone. */
export const ERASED_TEXT = 'erased';
/** What is read while a text is withheld. */
export const WITHHELD_TEXT = 'withheld';

const REFERENCE = /^sealed:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([\w.-]+)$/;
const ENVELOPE = 'envelope.';

export const isSealedReference = (value: unknown): value is SealedReference =>
  typeof value === 'string' && REFERENCE.test(value);

function references(value: unknown, found: Set<string>): void {
  if (isSealedReference(value)) found.add(value);
  else if (Array.isArray(value)) value.forEach((item) => references(item, found));
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach((item) => references(item, found));
}

function replaced(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, texts)]));
}

function textIn({ event }: PositionedEvent, field: string): unknown {
  const [from, path] = field.startsWith(ENVELOPE) ? [event, field.slice(ENVELOPE.length)] : [event.data, field];
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, name)
          ? (at as Record<string, unknown>)[name]
          : undefined,
      from,
    );
}

const shown = (opened: OpenedText): string => {
  switch (opened.state) {
    case 'open':
      return opened.text;
    case 'erased':
      return ERASED_TEXT;
    case 'withheld':
      return WITHHELD_TEXT;
  }
};

/** Opens the texts of an answer: the last step before it is written out, after it was authorised. */
export class AnswerTexts {
  constructor(
    private readonly store: Pick<EventStore, 'readByIds'>,
    private readonly opener: Opener,
  ) {}

  /**
   * A copy of plain data with every `sealed:<event id>/<field>` replaced by its text, `erased` or `withheld`. All texts are opened in one go.
   * Words that only look like a reference (anyone may write them into a plain field) stay as they are.
   */
  async openTexts<T>(answer: T): Promise<T> {
    const found = new Set<string>();
    references(answer, found);
    if (found.size === 0) return answer;
    const places = [...found].map((reference) => {
      const [, eventId = '', field = ''] = REFERENCE.exec(reference) ?? [];
      return { reference, eventId, field };
    });
    const events = await this.store.readByIds([...new Set(places.map(({ eventId }) => eventId))]);
    const byId = new Map(events.map((each) => [each.event.id, each]));
    const texts = places.flatMap(
      ({ reference, eventId, field }): (SealedInEvent & { readonly reference: string })[] => {
        const event = byId.get(eventId);
        const sealed = event && textIn(event, field);
        return isSealedText(sealed) ? [{ reference, eventId, field, sealed }] : [];
      },
    );
    const opened = await this.opener.open(texts.map(({ reference: _reference, ...text }) => text));
    return replaced(answer, new Map(texts.map(({ reference }, index) => [reference, shown(opened[index]!)]))) as T;
  }
}
