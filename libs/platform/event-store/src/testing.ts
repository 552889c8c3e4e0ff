import { eventId, uuidV8 } from './ids';
import type { NewEvent } from './port';

/** A uuid that a word stands for. For specs. */
export const idFor = (word: string): string => uuidV8(Buffer.from(word.padEnd(16, '.'), 'latin1').subarray(-16));

/** An event that a command gave, with an ordinary envelope. For specs. */
export const newEvent = (
  commandId: string,
  index = 0,
  data: unknown = { n: index },
  type = 'test.Happened.v1',
): NewEvent => ({
  id: eventId(commandId, index),
  type,
  data,
  occurredAt: '2026-11-23T09:00:00.000Z',
  actor: { id: idFor('someone'), role: 'hr' },
  correlationId: commandId,
  causationId: commandId,
  commandId,
  commandHash: 'ab'.repeat(32),
  policyVersion: '1',
  salt: '00112233445566778899aabbccddeeff',
});

export { type TcpProxy, tcpProxy } from './tcp-proxy.testing';
export type { DoubleOptions, KurrentProtocolDouble } from './kurrent-protocol-double.testing';
export {
  doubleLog,
  freshPrefix,
  kurrentLog,
  type KurrentUnderTest,
  REAL_KURRENTDB,
  startKurrentDouble,
} from './kurrent.testing';
