import type { StreamKey } from '@plumbline/kernel';
import { uuidOf } from '@plumbline/platform/event-store';

/** A key whose id is no uuid: the sender's mistake, answered as one. */
export class NotAnId extends Error {
  override readonly name = 'NotAnId';
}

/** Natural keys whose ids are remembered: a batch asks for the same few metrics and units again and again. */
const MOST_REMEMBERED = 20_000;

/** Names of streams under the deployment's secret. @throws NotAnId when a key's id is no uuid */
export class StreamNames {
  private readonly remembered = new Map<string, string>();

  constructor(private readonly secret: Uint8Array) {}

  /** `<concept>-<uuid>`. `commandId` matters only for a stream that the command creates. */
  of(key: StreamKey, commandId = ''): string {
    return `${key.concept}-${this.idOf(key, commandId)}`;
  }

  /** The uuid alone. */
  idOf(key: StreamKey, commandId = ''): string {
    if (!('natural' in key)) return this.derive(key, commandId);
    const spelled = `${key.concept}\u0000${key.natural}`;
    const known = this.remembered.get(spelled);
    if (known !== undefined) return known;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const id = this.derive(key, commandId);
    this.remembered.set(spelled, id);
    return id;
  }

  private derive(key: StreamKey, commandId: string): string {
    try {
      return uuidOf(key, { secret: this.secret, commandId });
    } catch (error) {
      if (error instanceof RangeError) throw new NotAnId(error.message, { cause: error });
      throw error;
    }
  }
}
