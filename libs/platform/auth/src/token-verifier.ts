import { ROLES, type Role } from '@plumbline/kernel';
import {
  createRemoteJWKSet,
  errors,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from './local-key';
import { type Principal, TokenRefused } from './principal';

/** An OpenID Connect issuer whose tokens are accepted. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** Claim that names the person as the directory does; `sub` unless said. */
  readonly personClaim?: string;
}

export interface TokenVerifierOptions {
  /** Public half of this deployment's own key (standalone only). */
  readonly localKey?: JWK;
  readonly issuer?: TrustedIssuer;
}

const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && (ROLES as readonly string[]).includes(value);

const refusalOf = (error: unknown): TokenRefused => {
  if (error instanceof errors.JWTExpired)
    return new TokenRefused('a-token-is-used-before-it-expires', 'The token has expired. Sign in again.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefused(
      'a-token-is-meant-for-this-service',
      `The token's claim "${error.claim}" is not what this service expects.`,
    );
  return new TokenRefused(
    'a-token-is-signed-by-the-issuer',
    'The token is not signed by an issuer that this service trusts.',
  );
};

/**
 * Verifies bearer tokens (JWT, RFC 7519) by signature, issuer, audience and time. Algorithms are those of the keys: EdDSA for the local key;
 * RS256, PS256, ES256 or EdDSA for an issuer. `none` and symmetric algorithms are never accepted.
 */
export class TokenVerifier {
  private readonly remoteKeys: JWTVerifyGetKey | undefined;

  constructor(private readonly options: TokenVerifierOptions) {
    this.remoteKeys = options.issuer
      ? createRemoteJWKSet(new URL(options.issuer.jwksUrl), { timeoutDuration: 5_000 })
      : undefined;
  }

  /** @throws TokenRefused */
  async verify(authorization: string | undefined): Promise<Principal> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new TokenRefused('a-request-bears-a-token', 'Send the header "Authorization: Bearer <token>".');
    const claims = await this.claimsOf(token);
    const issuer = this.options.issuer;
    const local = claims.iss === LOCAL_ISSUER;
    const subject = claims[local ? 'sub' : (issuer?.personClaim ?? 'sub')];
    if (typeof subject !== 'string' || subject === '')
      throw new TokenRefused('a-token-is-meant-for-this-service', 'The token does not say who it is for.');
    return {
      subject,
      ...(isRole(claims['role']) ? { role: claims['role'] } : {}),
      ...(local ? { via: 'local-key' as const } : {}),
    };
  }

  private async claimsOf(token: string): Promise<JWTPayload> {
    const { localKey, issuer } = this.options;
    try {
      if (localKey && issuerOf(token) === LOCAL_ISSUER)
        return (
          await jwtVerify(token, await importJWK(localKey, 'EdDSA'), {
            issuer: LOCAL_ISSUER,
            audience: LOCAL_AUDIENCE,
            algorithms: ['EdDSA'],
            requiredClaims: ['exp'],
          })
        ).payload;
      if (issuer && this.remoteKeys)
        return (
          await jwtVerify(token, this.remoteKeys, {
            issuer: issuer.issuer,
            audience: issuer.audience,
            algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
            requiredClaims: ['exp'],
            clockTolerance: 5,
          })
        ).payload;
    } catch (error) {
      throw refusalOf(error);
    }
    throw new TokenRefused(
      'a-token-is-signed-by-the-issuer',
      'The token is not signed by an issuer that this service trusts.',
    );
  }
}

/** Only to choose the key; nothing is believed before the signature holds. */
function issuerOf(token: string): unknown {
  try {
    return (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as JWTPayload).iss;
  } catch {
    return undefined;
  }
}
