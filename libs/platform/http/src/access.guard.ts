import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@plumbline/platform/auth';
import type { FastifyRequest } from 'fastify';
import type { Acting } from './acting';
import { Bearers } from './bearers';
import { ProblemError } from './problem';
import type { RouteTable } from './route-table';
import { ACTING, PERSON_IDS, ROUTES } from './tokens';

/** The pseudonymous id of the person that a token names. */
export interface PersonIds {
  idOf(principal: Principal): string;
}

/** Nothing is reached without a policy: the route's line in the table says who may pass. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(ROUTES) private readonly routes: RouteTable,
    @Inject(Bearers) private readonly bearers: Bearers,
    @Inject(PERSON_IDS) private readonly persons: PersonIds,
    @Inject(ACTING) private readonly acting: Acting,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = this.routes.find(request.method, request.routeOptions.url ?? '');
    if (!route) throw new ProblemError(403, 'a-route-has-a-policy', { detail: 'This path is not open to anyone.' });
    if (route.access === 'public') return true;
    const principal = await this.bearers.principalOf(request);
    const person = { id: this.persons.idOf(principal), principal };
    request.person = person;
    if (typeof route.access === 'object')
      request.actor = await this.acting.as(person, route.access.roles, route.summary);
    return true;
  }
}
