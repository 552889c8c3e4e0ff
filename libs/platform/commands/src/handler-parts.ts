import type { FactsPort } from './asked-facts';
import type { CommandRegistry } from './command-registry';
import type { CommandPorts } from './ports';
import { RecordedRefusalLimit } from './recorded-refusal-limit';
import { RegistryFacts } from './registry-facts';

/** Recorded refusals per actor and hour, unless the app says otherwise. */
export const RECORDED_REFUSALS_PER_HOUR = 30;

/** What both handlers, of single commands and of batches, are made of. */
export interface CommandHandlerParts extends CommandPorts {
  readonly registry: CommandRegistry;
  readonly facts: FactsPort;
  /** Shared by the handlers of a process. */
  readonly limit: RecordedRefusalLimit;
}

/**
 * Everything a handler is made of, from the app's ports and the registry. For apps without Nest and for specs.
 * @throws RangeError when the secret is shorter than 32 bytes
 */
export function handlerParts(ports: CommandPorts, registry: CommandRegistry): CommandHandlerParts {
  if (ports.secret.length < 32) throw new RangeError('the secret of a deployment has at least 32 bytes');
  const limit = new RecordedRefusalLimit(ports.recordedRefusalsPerHour ?? RECORDED_REFUSALS_PER_HOUR);
  return { ...ports, registry, facts: new RegistryFacts(registry), limit };
}
