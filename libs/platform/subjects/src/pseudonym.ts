import { naturalKey } from '@plumbline/kernel';
import { uuidOf } from '@plumbline/platform/event-store';

/**
 * The pseudonymous id of a person: the uuid v8 of the HMAC-SHA-256 of their key under the deployment's secret, so that nobody without the secret can tell whose id
 * it is, even by trying every key. Keys match without regard to case, Unicode form and surrounding blanks.
 */
export const personIdOf = (secret: Uint8Array, key: string): string =>
  uuidOf(naturalKey('person', key.trim()), { secret, commandId: '' });
