import type { OpenAPIObject } from '@nestjs/swagger';
import { sentenceOf } from '@plumbline/kernel';
import type { RegisteredCommand } from '@plumbline/platform/commands';
import { z } from 'zod';
import { commandBody } from './commands.controller';
import type { RouteDefinition } from './route-table';

const jsonSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
};
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const parameter = (
  name: string,
  where: 'path' | 'query' | 'header',
  schema: unknown,
  required: boolean,
  description?: string,
) => ({
  name,
  in: where,
  required,
  schema,
  ...(description === undefined ? {} : { description }),
});

const REFUSALS = {
  '400': problem('The request is not as documented; `errors` name each field.'),
  '401': problem('No token, or one that is not accepted.'),
  '403': problem('The person holds no role that may do this.'),
  '404': problem('There is no such thing; the detail says where the list is.'),
  '409': problem('Others write the same record: send it again under the same Idempotency-Key.'),
  '412': problem('The stream is not at the revision of If-Match.'),
  '413': problem('Larger than the limit that the detail states.'),
  '415': problem('The body is of another media type.'),
  '422': problem('A rule refuses it; `rule` names it and `title` says it.'),
  '429': problem('Too many requests; see Retry-After.'),
  '503': problem('A part cannot be reached or lags behind; see Retry-After.'),
};

const commandOperation = (command: RegisteredCommand) => ({
  operationId: command.type,
  tags: [command.context],
  summary: command.summary,
  description: `Roles: ${command.roles.join(', ')}.`,
  parameters: [
    parameter(
      'Idempotency-Key',
      'header',
      { type: 'string', maxLength: 200 },
      false,
      'The command id: the same key with the same command is done once.',
    ),
    parameter(
      'If-Match',
      'header',
      { type: 'string' },
      false,
      'The revision you saw (ETag); then a stream that moved on answers 412.',
    ),
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: jsonSchema(commandBody.extend({ data: command.schema as z.ZodObject })),
        example: { data: command.example },
      },
    },
  },
  responses: {
    '200': {
      description: 'Nothing to record: it is so already.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Done' } } },
    },
    '201': {
      description: 'Recorded. `Position` names the place in the log: read it back with `?after=`.',
      headers: {
        Position: { schema: { type: 'string' } },
        ETag: { schema: { type: 'string' } },
        Location: { schema: { type: 'string' } },
      },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Done' } } },
    },
    ...REFUSALS,
  },
});

const routeOperation = (route: RouteDefinition) => {
  const path = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) =>
    parameter(name ?? '', 'path', { type: 'string' }, true),
  );
  const query = route.query
    ? Object.entries((jsonSchema(route.query)['properties'] ?? {}) as Record<string, { description?: string }>).map(
        ([name, schema]) =>
          parameter(
            name,
            'query',
            schema,
            !(route.query?.shape[name] as z.ZodType | undefined)?.safeParse(undefined).success,
            schema.description,
          ),
      )
    : [];
  const access =
    typeof route.access === 'object' ? `Roles: ${route.access.roles.join(', ')}.` : sentenceOf(route.access);
  return {
    operationId: `${route.method} ${route.path}`,
    tags: [route.path.startsWith('/v1/') ? (route.path.split('/')[2] ?? 'service') : 'service'],
    summary: route.summary,
    description: access,
    parameters: [...path, ...query],
    ...(route.body === 'stream'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : route.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body) } } } }
        : {}),
    responses: {
      [String(route.status ?? 200)]: { description: route.answer ?? route.summary },
      ...(route.access === 'public' ? {} : REFUSALS),
    },
    ...(route.access === 'public' ? { security: [] } : {}),
  };
};

/** The OpenAPI document, made from the commands' schemas and the routes' lines. Same registry, same bytes. */
export function openApiOf(
  commands: readonly RegisteredCommand[],
  routes: readonly RouteDefinition[],
  version: string,
): OpenAPIObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    if (route.access === 'by-command') continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: routeOperation(route) };
  }
  for (const command of commands) paths[`/v1/commands/${command.type}`] = { post: commandOperation(command) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plumbline',
      version,
      description:
        'Appending an event is the only way to change anything; every figure opens to the events it came from.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          required: ['type', 'title', 'status', 'rule'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            rule: { type: 'string' },
            detail: { type: 'string' },
            instance: { type: 'string' },
            errors: { type: 'array', items: { type: 'object' } },
          },
        },
        Done: {
          type: 'object',
          required: ['stream', 'revision', 'position', 'events', 'repeated'],
          properties: {
            stream: { type: 'string' },
            revision: { type: 'integer' },
            position: { type: ['string', 'null'] },
            events: { type: 'array', items: { type: 'string', format: 'uuid' } },
            repeated: { type: 'boolean' },
          },
        },
      },
    },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
  } as unknown as OpenAPIObject;
}
