import type { ActorRole } from '@plumbline/kernel';
import type { z } from 'zod';

/**
 * Who may use a route. `public`: without a token. `signed-in`: any verified person. `by-command`: the roles of the command named in the path, checked by the
 * command handler. `roles`: one of these, held at this moment.
 */
export type Access = 'public' | 'signed-in' | 'by-command' | { readonly roles: readonly ActorRole[] };

/** One route: its policy and its documentation in one line of one table. A route that no table declares is refused, and fails a spec. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As Fastify writes it: `/v1/reports/:id`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType | 'stream';
  readonly answer?: string;
  /** Status of the answer; 200 unless said. */
  readonly status?: 200 | 201 | 202;
}

export const routeKey = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;

/** All routes of the process. @throws Error when two tables declare one route. */
export class RouteTable {
  private readonly routes = new Map<string, RouteDefinition>();

  constructor(...tables: readonly (readonly RouteDefinition[])[]) {
    for (const route of tables.flat()) {
      const key = routeKey(route.method, route.path);
      if (this.routes.has(key)) throw new Error(`the route ${key} is declared twice`);
      this.routes.set(key, route);
    }
  }

  find(method: string, path: string): RouteDefinition | undefined {
    return this.routes.get(routeKey(method === 'HEAD' ? 'GET' : method, path));
  }

  all(): readonly RouteDefinition[] {
    return [...this.routes.values()];
  }
}
