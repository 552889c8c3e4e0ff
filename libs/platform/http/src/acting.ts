import type { Actor, ActorRole, Role } from '@plumbline/kernel';
import type { Principal } from '@plumbline/platform/auth';
import type { Clock, RoleBook } from '@plumbline/platform/commands';
import { ProblemError } from './problem';

/** The person a request comes from, with the pseudonymous id that events carry. */
export interface Person {
  readonly id: string;
  readonly principal: Principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    person?: Person;
    actor?: Actor;
  }
}

const actorOf = ({ id, principal }: Person, role: Role): Actor => ({
  id,
  role,
  ...(principal.via ? { via: principal.via } : {}),
});

/**
 * Finds the role a person acts in: the one the token asks for, else the first of the allowed that they hold at this moment. Who acts for another under a
 * delegation acts in a role of that other; whether a delegation covers the command is the command handler's question.
 */
export class Acting {
  constructor(
    private readonly roles: () => RoleBook,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError 403 when the person, or the one acted for, holds none of the roles. */
  async as(person: Person, allowed: readonly ActorRole[], what: string, onBehalfOf?: string): Promise<Actor> {
    const asked = person.principal.role;
    const candidates = allowed.filter(
      (role): role is Role => role !== 'process' && (asked === undefined || role === asked),
    );
    const now = this.clock.now();
    for (const role of candidates)
      if ((await this.roles().holds(onBehalfOf ?? person.id, role, now)).holds) return actorOf(person, role);
    const needed = allowed.filter((role) => role !== 'process').join(', ');
    if (needed === '')
      throw new ProblemError(403, 'a-person-acts-in-a-role-they-hold', { detail: `${what} needs the product itself.` });
    const holds = candidates.length === 0 || onBehalfOf !== undefined ? '' : ', which you do not hold';
    const said = [
      `${what} needs one of the roles: ${needed}`,
      ...(asked === undefined ? [] : [`you ask to act as ${asked}${holds}`]),
      ...(onBehalfOf === undefined ? [] : ['the one you act for holds none of them']),
    ];
    throw new ProblemError(403, 'a-person-acts-in-a-role-they-hold', {
      detail: `${said.join('; ')}. An admin grants roles (organization.GrantRole).`,
    });
  }
}
