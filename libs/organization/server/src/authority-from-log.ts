import { idKey, naturalKey, type Instant, type RecordedEvent, type Role } from '@plumbline/kernel';
import {
  delegationCovers,
  holdsRole,
  organizationFacts,
  personFacts,
  policyInForce,
  type PersonFacts,
} from '@plumbline/organization/facts';
import {
  localDay,
  NotAnId,
  type PolicyInForce,
  type PolicyPort,
  type RoleBook,
  type Standing,
  type StreamNames,
} from '@plumbline/platform/commands';
import type { EventStore, Unchanged } from '@plumbline/platform/event-store';
import { FollowedStream } from './followed-stream';

const NOBODY: Standing = { holds: false, unchanged: [] };

/** Who may act as what and under which policy, read from the streams themselves: what was revoked a moment ago no longer counts. */
export class AuthorityFromLog implements RoleBook, PolicyPort {
  private readonly organization: FollowedStream<typeof organizationFacts.initial, never>;

  constructor(
    private readonly store: EventStore,
    private readonly names: StreamNames,
  ) {
    const key = naturalKey('organization', 'organization');
    this.organization = new FollowedStream(store, organizationFacts, names, key);
  }

  async holds(person: string, role: Role): Promise<Standing> {
    const found = await this.person(person);
    return found ? { holds: holdsRole(found.state, role), unchanged: [found.at] } : NOBODY;
  }

  async actsFor(delegate: string, principal: string, commandType: string, at: Instant): Promise<Standing> {
    const found = await this.person(principal);
    if (!found) return NOBODY;
    const { timeZone } = await this.inForce();
    const holds = delegationCovers(found.state, delegate, commandType, localDay(at, timeZone));
    return { holds, unchanged: [found.at] };
  }

  async inForce(): Promise<PolicyInForce> {
    const { state } = await this.organization.now();
    const { version, policy } = policyInForce(state);
    return { version, maxBackdateDays: policy.maxBackdateDays, timeZone: state.timeZone };
  }

  private async person(id: string): Promise<{ readonly state: PersonFacts; readonly at: Unchanged } | undefined> {
    try {
      const { stream, revision, events } = await this.store.read(this.names.of(idKey('person', id)));
      const state = events.reduce(
        (before, { event }) => personFacts.evolve(before, event as RecordedEvent<never>),
        personFacts.initial,
      );
      return { state, at: { stream, revision } };
    } catch (error) {
      if (error instanceof NotAnId) return undefined;
      throw error;
    }
  }
}
