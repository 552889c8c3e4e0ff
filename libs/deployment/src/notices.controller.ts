import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ROLES } from '@plumbline/kernel';
import type { AskHandler } from '@plumbline/platform/commands';
import { ProblemError, type RouteDefinition } from '@plumbline/platform/http';
import type { FastifyRequest } from 'fastify';

const ASKS = Symbol('ASKS');

export const noticeRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/notices',
    access: { roles: ROLES },
    summary: 'What you were given notice of: by day and thing, the latest first',
  },
];

/** Everyone’s own notices, whether or not they were sent by mail. */
@Controller('v1/notices')
export class NoticesController {
  static readonly ASKS = ASKS;
  constructor(@Inject(ASKS) private readonly asks: AskHandler) {}

  @Get()
  async own(@Req() request: FastifyRequest) {
    if (!request.actor) throw new ProblemError(401, 'a-request-bears-a-token');
    const reply = await this.asks.handle('organization.notices', {}, request.actor);
    if (!reply.accepted) throw new ProblemError(403, reply.refused);
    return { position: reply.position.toString(), notices: reply.answer };
  }
}
