import type { CommandRegistry } from '@plumbline/platform/commands';
import { evidenceRoutes } from '@plumbline/platform/evidence';
import { openApiOf, type RouteDefinition, routeTable } from '@plumbline/platform/http';
import { importRoutes } from '@plumbline/platform/imports';
import { documentRoutes, reportRoutes } from '@plumbline/reporting/server';
import { clockRoutes } from './clock.controller';
import { directoryRoutes } from './directory.controller';
import { meterRoutes } from './meters.controller';
import { noticeRoutes } from './notices.controller';

/** Raised with the API's golden document. */
export const API_VERSION = '0.1.0';

/** Routes of this product beside the platform's own: each line says who may pass. */
export const apiRoutes: readonly RouteDefinition[] = [
  ...reportRoutes,
  ...documentRoutes,
  ...importRoutes,
  ...evidenceRoutes,
  ...directoryRoutes,
  ...meterRoutes,
  ...clockRoutes,
  ...noticeRoutes,
];

/** The OpenAPI document that a running service serves at /openapi.json. */
export const apiDocument = (registry: CommandRegistry) =>
  openApiOf(registry.all(), routeTable(apiRoutes).all(), API_VERSION);
