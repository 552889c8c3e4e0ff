import { eventStoreContract, type LogUnderTest } from './contract.testing';
import { MemoryEventStore, MemoryLog } from './memory';

const logWith = (step: bigint) => async (): Promise<LogUnderTest> => {
  const log = new MemoryLog(step);
  return { open: async (clock) => new MemoryEventStore(clock, log), end: async () => undefined };
};

eventStoreContract('memory', logWith(1n));
eventStoreContract('memory with gaps between positions', logWith(97n));
