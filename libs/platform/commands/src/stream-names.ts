import type { StreamKey } from '@plumbline/kernel';
import { streamIdOf, uuidOf } from '@plumbline/platform/event-store';

/** A key whose id is no uuid: the sender's mistake, answered as one. */
export class NotAnId extends Error {
  override readonly name = 'NotAnId';
}

const named = <T>(resolve: () => T): T => {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof RangeError) throw new NotAnId(error.message, { cause: error });
    throw error;
  }
};

/** Names of streams under the deployment's secret. @throws NotAnId when a key's id is no uuid */
export class StreamNames {
  constructor(private readonly secret: Uint8Array) {}

  /** `<concept>-<uuid>`. `commandId` matters only for a stream that the command creates. */
  of(key: StreamKey, commandId = ''): string {
    return named(() => streamIdOf(key, { secret: this.secret, commandId }));
  }

  /** The uuid alone. */
  idOf(key: StreamKey, commandId = ''): string {
    return named(() => uuidOf(key, { secret: this.secret, commandId }));
  }
}
