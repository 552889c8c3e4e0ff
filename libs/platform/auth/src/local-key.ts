import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

export const LOCAL_ISSUER = 'urn:plumbline:local-key';
export const LOCAL_AUDIENCE = 'urn:plumbline:api';
/** File in the data directory, mode 0600: an Ed25519 key as a private JWK (RFC 8037). Whoever can read it can act as anyone here. */
export const LOCAL_KEY_FILE = 'local-key.json';

/** Loads the data directory's signing key, or makes it. */
export async function localKeyOf(dataDir: string): Promise<{ readonly privateKey: JWK; readonly publicKey: JWK }> {
  const path = join(dataDir, LOCAL_KEY_FILE);
  if (!existsSync(path)) {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const temporary = `${path}.${randomUUID()}`;
    writeFileSync(temporary, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
    renameSync(temporary, path);
  }
  const privateKey = JSON.parse(readFileSync(path, 'utf8')) as JWK;
  const { d: _secret, ...publicKey } = privateKey;
  return { privateKey, publicKey };
}

/** A token that the local key signs for a person: ten minutes. */
export async function signLocalToken(privateKey: JWK, subject: string, role?: string, seconds = 600): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return await new SignJWT(role === undefined ? {} : { role })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(await importJWK(privateKey, 'EdDSA'));
}
