import { eventStoreContract } from './contract.testing';
import { doubleLog, kurrentLog, REAL_KURRENTDB } from './kurrent.testing';

eventStoreContract('KurrentDB, its protocol double', () => doubleLog());
eventStoreContract('KurrentDB, its protocol double of a server that takes several streams at once', () =>
  doubleLog({ version: '25.1.0' }),
);
if (REAL_KURRENTDB !== undefined)
  eventStoreContract('KurrentDB, a real server', async () => kurrentLog(REAL_KURRENTDB!));
