import type { FactsPort } from './asked-facts';
import type { CommandRegistry } from './command-registry';
import type { Answered } from './context-registration';

/** Questions of decisions, answered by what contexts registered. A question that nobody answers, or asked in a wrong form, is a programming error. */
export class RegistryFacts implements FactsPort {
  constructor(private readonly registry: CommandRegistry) {}

  async ask(question: string, about: Readonly<Record<string, unknown>>, asOf?: bigint): Promise<Answered> {
    const ask = this.registry.ask(question);
    if (!ask) throw new Error(`no context answers the question "${question}"`);
    return ask.answer(ask.about.parse(about), { actor: null, ...(asOf === undefined ? {} : { asOf }) });
  }
}
