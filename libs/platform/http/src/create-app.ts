import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { CommandRegistry } from '@plumbline/platform/commands';
import type { FastifyRequest } from 'fastify';
import { Bearers } from './bearers';
import { openApiOf } from './openapi';
import { notJson, ProblemError } from './problem';
import { RequestsInHand } from './requests-in-hand';
import { RouteTable, routeKey } from './route-table';
import { ROUTES } from './tokens';
import { refuseConnection, refusePath } from './write-problem';

/** Largest JSON body: a command. Files are streamed to /v1/uploads and have a limit of their own. */
export const MAX_BODY_BYTES = 1024 * 1024;

const CLOSE_WITHIN_MS = 10_000;

export interface HttpApp {
  readonly app: NestFastifyApplication;
  /** Routes that Fastify serves, `GET /v1/reports/:id`: a spec compares them with the route table. */
  readonly served: readonly string[];
  listen(port: number, host?: string): Promise<string>;
}

/** Builds the HTTP service: Fastify with security headers, bounded bodies and time-outs, OpenAPI at /openapi and /openapi.json. */
export async function createHttpApp(
  module: DynamicModule,
  options: {
    readonly registry: CommandRegistry;
    readonly version: string;
    readonly requestsPerTenSeconds: number;
    /** How long a close waits for requests in hand; then their connections are cut. 10 seconds unless said. */
    readonly closeWithinMs?: number;
    readonly logger?: LoggerService | false;
  },
): Promise<HttpApp> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 120_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 512 },
    forceCloseConnections: true,
    frameworkErrors: refusePath,
    clientErrorHandler: refuseConnection,
  });
  const fastify = adapter.getInstance();
  const served: string[] = [];
  fastify.addHook('onRoute', (route) => {
    for (const method of [route.method].flat())
      if (method !== 'HEAD' && method !== 'OPTIONS') served.push(routeKey(method, route.url));
  });
  const inHand = new RequestsInHand();
  fastify.addHook('onRequest', async (request, reply) => {
    inHand.take(reply);
    void reply.header('Cache-Control', 'no-store');
    if (/%00/.test(request.url))
      throw new ProblemError(400, 'a-request-is-well-formed', { detail: 'The character U+0000 is not text.' });
  });
  fastify.addHook('preClose', () => inHand.done(options.closeWithinMs ?? CLOSE_WITHIN_MS));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: options.logger ?? false,
    abortOnError: false,
  });
  const bearers = app.get(Bearers);
  const routes = app.get<RouteTable>(ROUTES);
  // the body goes on as a stream, where a route takes one: an upload never lies in memory
  fastify.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    const takesBytes = routes.find(request.method, request.routeOptions.url ?? '')?.body === 'stream';
    done(takesBytes ? null : notJson(), payload);
  });
  await app.register(rateLimit as never, {
    global: true,
    max: options.requestsPerTenSeconds,
    timeWindow: 10_000,
    allowList: (request: FastifyRequest) => request.url.startsWith('/health/'),
    keyGenerator: (request: FastifyRequest) => bearers.countedAgainst(request),
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { readonly ttl: number }) =>
      new ProblemError(429, 'requests-come-at-a-bounded-rate', {
        detail: `At most ${options.requestsPerTenSeconds} requests in ten seconds. Wait and send it again.`,
        retryAfter: Math.ceil(ttl / 1000),
      }),
  });
  await app.register(helmet as never, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null, // on loopback there is no TLS to upgrade to
      },
    },
  });
  const document = openApiOf(options.registry.all(), routes.all(), options.version);
  SwaggerModule.setup('openapi', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Plumbline API' });
  return {
    app,
    served,
    listen: async (port, host = '127.0.0.1') => {
      await app.listen(port, host);
      return await app.getUrl();
    },
  };
}
