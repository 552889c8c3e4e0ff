import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { TokenVerifier } from '@plumbline/platform/auth';
import { AccessGuard, type PersonIds } from './access.guard';
import type { Acting } from './acting';
import { Bearers } from './bearers';
import { CommandsController, commandRoutes } from './commands.controller';
import { type Health, HealthController, healthRoutes } from './health.controller';
import type { KnownPeople } from './known-people';
import { type ErrorTranslation, type HttpLog, ProblemFilter } from './problem.filter';
import { QuestionsController, questionRoutes } from './questions.controller';
import { type RouteDefinition, RouteTable } from './route-table';
import { ACTING, HEALTH, KNOWN_PEOPLE, PERSON_IDS, ROUTES } from './tokens';

export interface HttpParts {
  readonly tokens: TokenVerifier;
  readonly persons: PersonIds;
  readonly acting: Acting;
  readonly people: KnownPeople;
  readonly health: Health;
  readonly log: HttpLog;
  readonly translations: readonly ErrorTranslation[];
  /** Controllers of contexts, with their lines of the route table and what they inject. */
  readonly controllers: readonly Type[];
  readonly routes: readonly RouteDefinition[];
  readonly providers: readonly Provider[];
  readonly imports: NonNullable<DynamicModule['imports']>;
}

/** Every route of a process: the platform's own and the contexts'. @throws Error when one is declared twice */
export const routeTable = (routes: readonly RouteDefinition[]): RouteTable =>
  new RouteTable(commandRoutes, questionRoutes, healthRoutes, routes);

/** Puts guards, problem filter, the generic controllers and the contexts' controllers into one Nest module. */
@Module({})
export class HttpModule {
  static with(parts: HttpParts): DynamicModule {
    return {
      module: HttpModule,
      imports: [...parts.imports],
      controllers: [CommandsController, QuestionsController, HealthController, ...parts.controllers],
      providers: [
        { provide: ROUTES, useValue: routeTable(parts.routes) },
        { provide: Bearers, useValue: new Bearers(parts.tokens) },
        { provide: PERSON_IDS, useValue: parts.persons },
        { provide: ACTING, useValue: parts.acting },
        { provide: KNOWN_PEOPLE, useValue: parts.people },
        { provide: HEALTH, useValue: parts.health },
        { provide: APP_FILTER, useValue: new ProblemFilter(parts.log, parts.translations) },
        { provide: APP_GUARD, useClass: AccessGuard },
        ...parts.providers,
      ],
    };
  }
}
