import { jest } from '@jest/globals';
import { freshDatabase } from '@plumbline/platform/postgres/testing';
import { eventStoreContract } from './contract.testing';
import { doubleLog, kurrentLog, type KurrentUnderTest, REAL_KURRENTDB } from './kurrent.testing';
import { openPostgresPositionIndex } from './kurrent-index-postgres';
import { startKurrentDouble } from './testing';

jest.setTimeout(120_000);

/** All stores of a log share an index in PostgreSQL, as the processes of a deployment do. */
async function sharingAnIndex(
  url: string,
  stop: () => Promise<unknown> = async () => undefined,
): Promise<KurrentUnderTest> {
  const database = await freshDatabase();
  return kurrentLog(url, {
    index: () => openPostgresPositionIndex({ url: database.url }),
    end: async () => {
      await database.drop();
      await stop();
    },
  });
}

eventStoreContract('KurrentDB, its protocol double with an index in PostgreSQL', async () => {
  const double = await startKurrentDouble();
  return sharingAnIndex(double.url, () => double.stop());
});
eventStoreContract('KurrentDB, its protocol double of a server that takes several streams at once', () =>
  doubleLog({ version: '25.1.0' }),
);
if (REAL_KURRENTDB !== undefined)
  eventStoreContract('KurrentDB, a real server', async () => sharingAnIndex(REAL_KURRENTDB!));
