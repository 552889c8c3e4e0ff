import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';

/** Counts requests per bearer, not per address: everyone behind one proxy has the same address. Health is never counted. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override async getTracker(request: FastifyRequest): Promise<string> {
    const bearer = request.headers.authorization;
    return bearer === undefined ? request.ip : createHash('sha256').update(bearer).digest('base64url');
  }

  protected override async shouldSkip(context: Parameters<ThrottlerGuard['canActivate']>[0]): Promise<boolean> {
    return context.switchToHttp().getRequest<FastifyRequest>().url.startsWith('/health/');
  }
}
