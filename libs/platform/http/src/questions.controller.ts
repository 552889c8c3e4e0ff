import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Ask, CommandRegistry } from '@plumbline/platform/commands';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Acting } from './acting';
import { ProblemError } from './problem';
import type { RouteDefinition } from './route-table';
import { ACTING } from './tokens';

export const questionRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/questions',
    access: 'signed-in',
    summary: 'Questions that read models answer: name, summary, roles, what they are about',
  },
  {
    method: 'GET',
    path: '/v1/questions/:question',
    access: 'signed-in',
    summary: 'Ask a question; its parameters are in the query, `asOf` a position',
  },
];

@Controller('v1/questions')
export class QuestionsController {
  constructor(
    @Inject(QueryBus) private readonly bus: QueryBus,
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(ACTING) private readonly acting: Acting,
  ) {}

  @Get()
  list() {
    const open = this.registry.allAsks().filter(({ roles }) => roles.length > 0);
    return {
      questions: open.map(({ question, summary, roles, about }) => ({
        question,
        summary,
        roles,
        about: z.toJSONSchema(about, { io: 'input', unrepresentable: 'any' }),
      })),
    };
  }

  @Get(':question')
  async ask(
    @Param('question') question: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ) {
    const known = this.registry.ask(question);
    if (!known || known.roles.length === 0)
      throw new ProblemError(404, 'a-question-is-one-of-the-list', { detail: 'GET /v1/questions lists them.' });
    if (!request.person) throw new ProblemError(401, 'a-request-bears-a-token');
    const { asOf, ...about } = query;
    if (asOf !== undefined && !(typeof asOf === 'string' && /^\d{1,18}$/.test(asOf)))
      throw new ProblemError(400, 'a-request-is-well-formed', { detail: 'asOf is a position of the log.' });
    const actor = await this.acting.as(request.person, known.roles, question);
    const reply = await this.bus.execute(
      new Ask(question, about, actor, asOf === undefined ? undefined : BigInt(asOf)),
    );
    if (!reply.accepted)
      throw new ProblemError(reply.kind === 'invalid' ? 400 : reply.kind === 'unknown' ? 404 : 403, reply.refused, {
        ...(reply.detail === undefined ? {} : { detail: reply.detail }),
        ...(reply.problems ? { errors: reply.problems } : {}),
      });
    return { question, position: reply.position.toString(), event: reply.event, answer: reply.answer };
  }
}
