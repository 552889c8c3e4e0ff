import type { Decision, EventBody } from '@plumbline/kernel';
import type { CommandRegistry } from './command-registry';
import type { Refused } from './command-result';

/** A decider's refusal: the answer, and the events that record it (none for most rules). */
export interface DecidedRefusal {
  readonly answer: Refused;
  readonly events: readonly EventBody[];
}

/** Takes a refusal out of a decision. @throws Error when it is recorded without standing in the closed list of recorded refusals */
export function refusalIn(decision: Decision<EventBody>, registry: CommandRegistry): DecidedRefusal | undefined {
  if (decision.refused === undefined) return undefined;
  const { refused, detail, events = [] } = decision;
  const listed = registry.recordedBy(refused);
  const stray = events.find(({ type }) => !listed.includes(type));
  if (stray) throw new Error(`the refusal ${refused} is not one of those that ${stray.type} records`);
  return { answer: { accepted: false, kind: 'rule', refused, ...(detail === undefined ? {} : { detail }) }, events };
}
