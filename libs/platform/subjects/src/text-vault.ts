import { randomUUID } from 'node:crypto';
import type { SealedText } from '@plumbline/kernel';
import { boundTo, decrypt, encrypt, freshKey } from './cipher';
import type { MasterKey } from './master-key';
import type { OpenedText, Opener, SealedInEvent, Sealer, TextOfEvent } from './ports';
import type { TextKey, TextKeys } from './text-keys';

/**
 * Seals and opens texts: AES-256-GCM, one key a text, additional data = event id ‖ 0x00 ‖ field ‖ 0x00 ‖ key id; keys lie wrapped in `TextKeys`. A text that is
 * moved to another event, field or key does not open.
 */
export class TextVault implements Sealer, Opener {
  constructor(
    private readonly master: MasterKey,
    private readonly keys: TextKeys,
  ) {}

  async seal(texts: readonly TextOfEvent[]): Promise<readonly SealedText[]> {
    if (texts.length === 0) return [];
    const keys: TextKey[] = [];
    const sealed = texts.map(({ eventId, field, text, subjects }): SealedText => {
      const keyId = randomUUID();
      const key = freshKey();
      const bytes = encrypt(key, Buffer.from(text, 'utf8'), boundTo(eventId, field, keyId));
      const wrapped = this.master.wrap(keyId, key);
      keys.push({ keyId, eventId, field, subjects, wrapped, master: this.master.fingerprint, withheld: false });
      return { key: keyId, sealed: bytes.toString('base64url'), subjects };
    });
    await this.keys.insert(keys);
    return sealed;
  }

  async discard(keyIds: readonly string[]): Promise<void> {
    if (keyIds.length > 0) await this.keys.remove(keyIds);
  }

  async open(texts: readonly SealedInEvent[]): Promise<readonly OpenedText[]> {
    if (texts.length === 0) return [];
    const keys = await this.keys.find(texts.map(({ sealed }) => sealed.key));
    return texts.map(({ eventId, field, sealed }): OpenedText => {
      const found = keys.get(sealed.key);
      if (!found) return { state: 'erased' };
      if (found.withheld) return { state: 'withheld' };
      if (found.master !== this.master.fingerprint) {
        throw new Error(
          `the key of a text was wrapped by the master key ${found.master}, and this start has ${this.master.fingerprint}: bring back the right master key`,
        );
      }
      const key = this.master.unwrap(found.keyId, found.wrapped);
      const bytes = decrypt(key, Buffer.from(sealed.sealed, 'base64url'), boundTo(eventId, field, sealed.key));
      return { state: 'open', text: bytes.toString('utf8') };
    });
  }

  /** Hides a text from every answer; `restore` shows it again. False when the event has no such text. */
  withhold(eventId: string, field: string): Promise<boolean> {
    return this.keys.setWithheld(eventId, field, true);
  }

  restore(eventId: string, field: string): Promise<boolean> {
    return this.keys.setWithheld(eventId, field, false);
  }
}
