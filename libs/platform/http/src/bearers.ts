import { IssuerUnavailable, type Principal, TokenRefused, type TokenVerifier } from '@plumbline/platform/auth';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem';

/** Whose token a request bears. Each request's token is verified once, whoever asks. */
export class Bearers {
  private readonly asked = new WeakMap<FastifyRequest, Promise<Principal>>();

  constructor(private readonly tokens: TokenVerifier) {}

  /** @throws ProblemError 401 for a token that does not let its bearer in, 503 while that cannot be told */
  async principalOf(request: FastifyRequest): Promise<Principal> {
    const verified = this.asked.get(request) ?? this.tokens.verify(request.headers.authorization);
    this.asked.set(request, verified);
    try {
      return await verified;
    } catch (error) {
      if (error instanceof TokenRefused) throw new ProblemError(401, error.rule, { detail: error.message });
      if (error instanceof IssuerUnavailable)
        throw new ProblemError(503, 'the-issuer-of-tokens-can-be-reached', {
          detail: 'Whether your token is good cannot be told at the moment. Try again.',
          retryAfter: 5,
        });
      throw error;
    }
  }

  /** Whom a request counts against: the person, by however many tokens; the address when no token is accepted. Everyone behind one proxy has the same address. */
  async countedAgainst(request: FastifyRequest): Promise<string> {
    try {
      const { subject, via } = await this.principalOf(request);
      return `${via ?? 'issuer'} ${subject}`;
    } catch {
      return request.ip;
    }
  }
}
