import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, LOCAL_KEY_FILE, localKeyOf, signLocalToken } from './local-key';
import { IssuerUnavailable } from './principal';
import { TokenVerifier } from './token-verifier';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-key-'));
let local: { privateKey: JWK; publicKey: JWK };
let server: Server;
let issuer: { issuer: string; audience: string; jwksUrl: string };
let issuerKey: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  local = await localKeyOf(folder);
  issuerKey = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(issuerKey.publicKey)), kid: 'one', alg: 'ES256' }] });
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = {
    issuer: 'https://login.example',
    audience: 'plumbline',
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
  };
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
const fromIssuer = (claims: Record<string, unknown>, audience = 'plumbline', expires = '5m') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer('https://login.example')
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(issuerKey.privateKey);

describe('the local key', () => {
  it('is kept for its owner alone and stays the same at the next start', async () => {
    expect(statSync(join(folder, LOCAL_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect((await localKeyOf(folder)).publicKey).toEqual(local.publicKey);
    expect(local.publicKey).not.toHaveProperty('d');
  });
  it('signs for a person in a role, and the principal says that it was the local key', async () => {
    const verifier = new TokenVerifier({ localKey: local.publicKey });
    const token = await signLocalToken(local.privateKey, 'director-nursing', 'executive');
    await expect(verifier.verify(`Bearer ${token}`)).resolves.toEqual({
      subject: 'director-nursing',
      role: 'executive',
      via: 'local-key',
    });
  });
});

describe('a token', () => {
  it('of the trusted issuer is accepted', async () => {
    const verifier = new TokenVerifier({ localKey: local.publicKey, issuer });
    await expect(verifier.verify(`Bearer ${await fromIssuer({ sub: 'director-nursing' })}`)).resolves.toEqual({
      subject: 'director-nursing',
    });
  });
  it('may name the person by another claim', async () => {
    const verifier = new TokenVerifier({ issuer: { ...issuer, personClaim: 'employee' } });
    await expect(verifier.verify(`Bearer ${await fromIssuer({ sub: 'x', employee: '4711' })}`)).resolves.toEqual({
      subject: '4711',
    });
  });
  it.each([
    ['missing', () => Promise.resolve(undefined), 'a-request-bears-a-token'],
    ['no JWT', () => Promise.resolve('Bearer nonsense'), 'a-request-bears-a-token'],
    [
      'expired',
      async () => `Bearer ${await signLocalToken(local.privateKey, 'a', undefined, -60)}`,
      'a-token-is-used-before-it-expires',
    ],
    [
      'for another service',
      async () => `Bearer ${await fromIssuer({ sub: 'a' }, 'payroll')}`,
      'a-token-is-meant-for-this-service',
    ],
    ['for nobody', async () => `Bearer ${await fromIssuer({})}`, 'a-token-is-meant-for-this-service'],
    [
      'unsigned',
      () =>
        Promise.resolve(
          `Bearer ${new UnsecuredJWT({ sub: 'a' }).setIssuer(LOCAL_ISSUER).setAudience(LOCAL_AUDIENCE).setExpirationTime('5m').encode()}`,
        ),
      'a-request-bears-a-token',
    ],
    [
      'asking for a role that there is not',
      async () => `Bearer ${await signLocalToken(local.privateKey, 'a', 'emperor')}`,
      'a-token-asks-for-a-role-there-is',
    ],
    [
      'of a form that no JWT has',
      () =>
        Promise.resolve(`Bearer ${['{', '}', 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')}`),
      'a-token-is-signed-by-the-issuer',
    ],
    [
      'signed by a key the issuer does not publish',
      async () =>
        `Bearer ${await new SignJWT({ sub: 'a' })
          .setProtectedHeader({ alg: 'ES256', kid: 'two' })
          .setIssuer('https://login.example')
          .setAudience('plumbline')
          .setExpirationTime('5m')
          .sign((await generateKeyPair('ES256')).privateKey)}`,
      'a-token-is-signed-by-the-issuer',
    ],
    [
      'signed by another key in the local name',
      async () =>
        `Bearer ${await signLocalToken(await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).privateKey), 'a')}`,
      'a-token-is-signed-by-the-issuer',
    ],
  ])('that is %s is refused', async (_, header, rule) => {
    const verifier = new TokenVerifier({ localKey: local.publicKey, issuer });
    await expect(header().then((value) => verifier.verify(value))).rejects.toMatchObject({ rule });
  });
  it('of the local key is refused where no local key is configured', async () => {
    const verifier = new TokenVerifier({ issuer });
    await expect(verifier.verify(`Bearer ${await signLocalToken(local.privateKey, 'a')}`)).rejects.toMatchObject({
      rule: 'a-token-is-signed-by-the-issuer',
    });
  });
  it('of the trusted issuer keeps a claim that is called role and means something else there', async () => {
    const verifier = new TokenVerifier({ issuer });
    await expect(verifier.verify(`Bearer ${await fromIssuer({ sub: 'a', role: 'ward-manager' })}`)).resolves.toEqual({
      subject: 'a',
    });
  });
  it('is neither good nor bad while the issuer’s keys cannot be fetched', async () => {
    const verifier = new TokenVerifier({
      localKey: local.publicKey,
      issuer: { ...issuer, jwksUrl: issuer.jwksUrl.replace(/:\d+/, ':1') },
    });
    await expect(verifier.verify(`Bearer ${await fromIssuer({ sub: 'a' })}`)).rejects.toBeInstanceOf(IssuerUnavailable);
    await expect(verifier.verify(`Bearer ${await signLocalToken(local.privateKey, 'a')}`)).resolves.toMatchObject({
      subject: 'a',
    });
  });
});
