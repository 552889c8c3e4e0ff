import { accept, createdKey, idKey, naturalKey, refuse, streamFact, type Decider } from '@plumbline/kernel';
import { legalReviewCommands, type LegalReviewCommand } from './legal-review.commands';
import { legalReviewEvents, type LegalReviewEvent } from './legal-review.events';
import { legalReviewFacts, type LegalReviewFacts } from './legal-review.facts';
import { holdsRole, personFacts } from './person.facts';

const personKey = (id: string) => idKey('person', id);

export const legalReviewDecider: Decider<LegalReviewFacts, LegalReviewCommand, LegalReviewEvent> = {
  ...legalReviewFacts,
  commands: legalReviewCommands,
  events: legalReviewEvents,
  stream: () => createdKey('legal-review'),
  facts: ({ data }) => (data.reviewer === undefined ? [] : [streamFact(personFacts, personKey(data.reviewer))]),
  decide: ({ data }, _state, context) => {
    const { kind, metric, id: given, version = null } = data.object;
    const id = kind === 'metric' && metric !== undefined ? context.idOf(naturalKey('metric', metric)) : given;
    if (id === undefined || (metric !== undefined && (kind !== 'metric' || given !== undefined)))
      return refuse('a-review-names-one-object', 'Give object.metric for the kind metric, object.id for the others.');
    if (data.expiresAt < context.today)
      return refuse('a-review-has-not-expired-when-it-is-recorded', 'expiresAt lies before today.');
    if (data.reviewer !== undefined && !holdsRole(context.facts.stream(personFacts, personKey(data.reviewer)), 'legal'))
      return refuse('a-reviewer-holds-the-role-legal', 'Have an admin grant it, EXTERNAL for outside counsel.');
    return accept({
      type: 'organization.LegalReviewRecorded.v1',
      data: {
        reviewId: context.id,
        object: { kind, id, version },
        decision: data.decision,
        reviewer: data.reviewer ?? context.actor.id,
        jurisdiction: data.jurisdiction,
        expiresAt: data.expiresAt,
        conditions: data.conditions ?? [],
      },
    });
  },
};
