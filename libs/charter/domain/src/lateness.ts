import { daysBetween, refuse, toSeal, type DecisionContext, type LocalDate, type Refusal } from '@plumbline/kernel';
import { organizationIn } from './organization-facts';

/** What is said of a day that lies longer before the record than the policy allows bears a reason. */
export function againstLateness(
  day: LocalDate,
  recordedOn: LocalDate,
  reason: string | undefined,
  context: DecisionContext,
): Refusal | null {
  const { maxBackdateDays } = organizationIn(context).policy;
  return reason === undefined && daysBetween(day, recordedOn) > maxBackdateDays
    ? refuse('what-is-recorded-late-bears-a-reason', `It lies more than ${maxBackdateDays} days back. Give a reason.`)
    : null;
}

export const lateReasonOf = (reason: string | undefined, { actor }: DecisionContext) =>
  reason === undefined ? null : toSeal(reason, [actor.id]);
