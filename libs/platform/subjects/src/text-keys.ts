/** A wrapped key of one text, and where the text stands. */
export interface TextKey {
  readonly keyId: string;
  readonly eventId: string;
  readonly field: string;
  readonly subjects: readonly string[];
  readonly wrapped: Uint8Array;
  /** Fingerprint of the master key that wrapped it. */
  readonly master: string;
  readonly withheld: boolean;
}

/** Where keys of texts are kept: beside the log, never in it. */
export interface TextKeys {
  /** Stores all or none; when it answers they outlive a crash. */
  insert(keys: readonly TextKey[]): Promise<void>;
  /** Those that exist, by key id. */
  find(keyIds: readonly string[]): Promise<ReadonlyMap<string, TextKey>>;
  remove(keyIds: readonly string[]): Promise<void>;
  /** Hides a text, or shows it again; false when it has no key. */
  setWithheld(eventId: string, field: string, withheld: boolean): Promise<boolean>;
}

/** Keys in memory: for specs. */
export class MemoryTextKeys implements TextKeys {
  private readonly keys = new Map<string, TextKey>();

  async insert(keys: readonly TextKey[]): Promise<void> {
    for (const key of keys) this.keys.set(key.keyId, key);
  }

  async find(keyIds: readonly string[]): Promise<ReadonlyMap<string, TextKey>> {
    return new Map(keyIds.flatMap((id) => (this.keys.has(id) ? [[id, this.keys.get(id)!] as const] : [])));
  }

  async remove(keyIds: readonly string[]): Promise<void> {
    for (const id of keyIds) this.keys.delete(id);
  }

  async setWithheld(eventId: string, field: string, withheld: boolean): Promise<boolean> {
    const found = [...this.keys.values()].filter((key) => key.eventId === eventId && key.field === field);
    for (const key of found) this.keys.set(key.keyId, { ...key, withheld });
    return found.length > 0;
  }
}
