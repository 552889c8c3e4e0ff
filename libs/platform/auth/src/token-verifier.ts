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
import { IssuerUnavailable, type Principal, TokenRefused } from './principal';

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

/** What jose throws about the token itself; anything else is about fetching the issuer's keys. */
const ABOUT_THE_TOKEN: readonly string[] = [
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWTInvalid.code,
];

const refusalOf = (error: unknown, local: boolean): Error => {
  if (error instanceof errors.JWTExpired)
    return new TokenRefused('a-token-is-used-before-it-expires', 'The token has expired. Sign in again.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefused(
      'a-token-is-meant-for-this-service',
      `The token's claim "${error.claim}" is not what this service expects.`,
    );
  if (local || (error instanceof errors.JOSEError && ABOUT_THE_TOKEN.includes(error.code))) return notSigned();
  return new IssuerUnavailable('the keys of the issuer cannot be fetched', { cause: error });
};

const notSigned = (): TokenRefused =>
  new TokenRefused('a-token-is-signed-by-the-issuer', 'The token is not signed by an issuer that this service trusts.');

/** The role a person asks to act in. An issuer may use the claim for something of its own; the local key's tokens are ours. */
const roleOf = (role: unknown, local: boolean): { readonly role?: Role } => {
  if (isRole(role)) return { role };
  if (role !== undefined && local)
    throw new TokenRefused('a-token-asks-for-a-role-there-is', `The roles are ${ROLES.join(', ')}.`);
  return {};
};

/**
 * Verifies bearer tokens (JWT, RFC 7519) by signature, issuer, audience and time. Algorithms are those of the keys: EdDSA for the local key;
 * RS256, PS256, ES256 or EdDSA for an issuer. `none` and symmetric algorithms are never accepted.
 */
export class TokenVerifier {
  private readonly remoteKeys: JWTVerifyGetKey | undefined;
  private localKey: ReturnType<typeof importJWK> | undefined;

  constructor(private readonly options: TokenVerifierOptions) {
    this.remoteKeys = options.issuer
      ? createRemoteJWKSet(new URL(options.issuer.jwksUrl), { timeoutDuration: 5_000 })
      : undefined;
  }

  /** @throws TokenRefused; IssuerUnavailable when the token may be good and the issuer's keys cannot be fetched */
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
      ...roleOf(claims['role'], local),
      ...(local ? { via: 'local-key' as const } : {}),
    };
  }

  private async claimsOf(token: string): Promise<JWTPayload> {
    const { localKey, issuer } = this.options;
    const local = localKey !== undefined && issuerOf(token) === LOCAL_ISSUER;
    try {
      if (local)
        return (
          await jwtVerify(token, await (this.localKey ??= importJWK(localKey, 'EdDSA')), {
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
      throw refusalOf(error, local);
    }
    throw notSigned();
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
