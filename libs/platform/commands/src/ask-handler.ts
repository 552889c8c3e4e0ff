import type { Actor } from '@plumbline/kernel';
import { authorise } from './authority';
import type { Reply } from './buses';
import { problemsOf } from './command-form';
import type { Refused } from './command-result';
import type { CommandHandlerParts } from './handler-parts';

/** Questions that come over the query bus: authorised like commands, answered as of a position. */
export class AskHandler {
  constructor(private readonly parts: Pick<CommandHandlerParts, 'registry' | 'store' | 'clock' | 'meter'>) {}

  /** @throws StoreError `unknown-position` */
  async handle(
    question: string,
    about: Readonly<Record<string, unknown>>,
    actor: Actor,
    asOf?: bigint,
  ): Promise<Reply | Refused> {
    const { registry, store, clock, meter } = this.parts;
    const ask = registry.ask(question);
    if (!ask) {
      const detail = 'nobody answers this question';
      return { accepted: false, kind: 'unknown', refused: 'a-question-has-a-known-name', detail };
    }
    const authority = await authorise(
      { type: question, roles: ask.roles },
      actor,
      undefined,
      registry.roleBook,
      clock.now(),
    );
    if ('refused' in authority) {
      meter.count(question, authority.refused);
      return authority;
    }
    const parsed = ask.about.safeParse(about);
    if (!parsed.success) {
      const problems = problemsOf(parsed.error);
      return { accepted: false, kind: 'invalid', refused: 'a-question-has-its-declared-form', problems };
    }
    const { answer, position } = await ask.answer(parsed.data, { actor, ...(asOf === undefined ? {} : { asOf }) });
    const event = position > 0n ? (await store.at(position)).event : null;
    meter.count(question, 'answered');
    return { accepted: true, answer, position, event };
  }
}
