import { Body, Controller, Get, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  type CommandMeta,
  CommandRegistry,
  type CommandResult,
  Execute,
  type RefusalKind,
  type RegisteredCommand,
} from '@plumbline/platform/commands';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Acting } from './acting';
import { type KnownPeople, refuseStrangers } from './known-people';
import { nearest } from './nearest';
import { header, parse } from './parse';
import { ProblemError } from './problem';
import type { RouteDefinition } from './route-table';
import { ACTING, KNOWN_PEOPLE } from './tokens';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unknown: 404,
  forbidden: 403,
  rule: 422,
  precondition: 412,
  conflict: 409,
  'too-large': 413,
};

/** A command as sent: its data, and what its envelope may say. */
export const commandBody = z.strictObject({
  data: z.record(z.string(), z.unknown()),
  occurredAt: z.iso.datetime().optional().describe('when it happened (UTC), if not now; long past needs a reason'),
  reason: z.string().min(1).max(4_000).optional().describe('why, in your words; stored sealed'),
  onBehalfOf: z.uuid().optional().describe('person id of the one you act for, under a delegation'),
  evidence: z.array(z.string().min(1).max(400)).max(50).optional(),
});

export const commandRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/commands',
    access: 'signed-in',
    summary: 'Every command: type, summary, roles, schema, example',
  },
  {
    method: 'GET',
    path: '/v1/commands/:type',
    access: 'signed-in',
    summary: 'One command: type, summary, roles, schema, example',
  },
  { method: 'POST', path: '/v1/commands/:type', access: 'by-command', summary: 'Send a command', body: commandBody },
];

export const describeCommand = ({ type, context, summary, roles, schema, example }: RegisteredCommand) => ({
  type,
  context,
  summary,
  roles,
  schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  example,
});

/** `"12"` or `12` → 12; `"none"` → none. */
const revisionOf = (etag: string | undefined): number | 'none' | undefined => {
  if (etag === undefined) return undefined;
  const text = etag.replace(/^"(.*)"$/, '$1');
  if (text === 'none') return 'none';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ProblemError(400, 'a-request-is-well-formed', {
    detail: 'If-Match is the revision you saw, as in ETag: "12", or "none".',
  });
};

/**
 * The command id: the sender's id and their `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header: a quoted or bare string of 1–200 visible characters; made
 * here when left out). A key is its sender's own: nobody can use up another person's, or one that the product itself will send under.
 */
const commandIdOf = (sender: string, key: string = randomUUID()): string => {
  const text = key.replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(text))
    throw new ProblemError(400, 'a-request-is-well-formed', {
      detail: 'Idempotency-Key has 1 to 200 visible ASCII characters.',
    });
  return `${sender}/${text}`;
};

/** @throws ProblemError by the kind of refusal. */
export function answerOf(result: CommandResult) {
  if (!result.accepted)
    throw new ProblemError(STATUS[result.kind], result.refused, {
      ...(result.detail === undefined ? {} : { detail: result.detail }),
      ...(result.problems ? { errors: result.problems } : {}),
      ...(result.kind === 'conflict' ? { retryAfter: 1 } : {}),
      ...(result.recordedEvents ? { extensions: { recordedEvents: result.recordedEvents } } : {}),
    });
  return {
    stream: result.stream,
    revision: result.revision,
    position: result.position === null ? null : result.position.toString(),
    events: result.events,
    repeated: result.repeated,
  };
}

/** The one door for commands: each type of the registry is a path of its own. */
@Controller('v1/commands')
export class CommandsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(ACTING) private readonly acting: Acting,
    @Inject(KNOWN_PEOPLE) private readonly people: KnownPeople,
  ) {}

  @Get()
  list() {
    return { commands: this.registry.all().map(describeCommand) };
  }

  @Get(':type')
  one(@Param('type') type: string) {
    return describeCommand(this.find(type));
  }

  @Post(':type')
  async execute(
    @Param('type') type: string,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = this.find(type);
    const { data, ...envelope } = parse(commandBody, body, 'body');
    if (!request.person) throw new ProblemError(401, 'a-request-bears-a-token');
    const ifMatch = revisionOf(header(headers, 'If-Match'));
    const meta: CommandMeta = {
      ...envelope,
      commandId: commandIdOf(request.person.id, header(headers, 'Idempotency-Key')),
      actor: await this.acting.as(request.person, command.roles, type, envelope.onBehalfOf),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    await refuseStrangers(command, data, this.people);
    const answer = answerOf(await this.bus.execute(new Execute({ type, data }, meta)));
    void reply.status(answer.events.length > 0 ? 201 : 200).header('Location', `/v1/streams/${answer.stream}`);
    if (answer.revision !== 'none') void reply.header('ETag', `"${answer.revision}"`);
    if (answer.position !== null) void reply.header('Position', answer.position);
    return answer;
  }

  private find(type: string): RegisteredCommand {
    const command = this.registry.command(type);
    if (command) return command;
    const near = nearest(
      type,
      this.registry.all().map((candidate) => candidate.type),
    );
    throw new ProblemError(404, 'a-command-is-one-of-the-list', {
      detail: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'GET /v1/commands lists them.',
    });
  }
}
