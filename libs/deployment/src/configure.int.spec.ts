import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { configure, DEFAULT_CHOICES } from './configure';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';

describe('configuring an empty log', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let deployment: Deployment;
  beforeEach(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-configure-'));
    const log = openLog(join(dataDir, 'plumbline.log'));
    deployment = await openDeployment({ dataDir, databaseUrl: database.url, standalone: true, log });
  }, 60_000);
  afterEach(async () => {
    await deployment.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const types = async () => (await deployment.store.readPage(0n, 100)).events.map(({ event }) => event.type);

  it('records the configuration and all roles of the start in one append, so that no start can be cut off between them', async () => {
    const append = jest.spyOn(deployment.store, 'append');
    await configure(deployment, DEFAULT_CHOICES);
    expect(await types()).toEqual([
      'organization.OrganizationConfigured.v1',
      ...Array(3).fill('organization.RoleGranted.v1'),
    ]);
    expect(append).toHaveBeenCalledTimes(1);
  });

  it('records nothing that was recorded before', async () => {
    await configure(deployment, DEFAULT_CHOICES);
    await configure(deployment, DEFAULT_CHOICES);
    expect(await types()).toHaveLength(4);
  });

  it.each([
    ['timeZone', 'Mars/Base', /^timeZone is not among the IANA names .*\(a-time-zone-is-one-that-clocks-know\)$/],
    ['fiscalYear', '02-30', /^fiscalYear: write month and day as 04-01, .*\(a-command-has-its-declared-form\)$/],
    ['locale', 'no such tongue', /^locale: write a language tag as en-GB \(a-command-has-its-declared-form\)$/],
    ['policyPack', 'mars', /^policyPack: write one of default, uk,.* \(a-command-has-its-declared-form\)$/],
  ])(
    'says once what is wrong with a %s, records nothing, and takes the right one afterwards',
    async (field, value, words) => {
      await expect(configure(deployment, { ...DEFAULT_CHOICES, [field]: value })).rejects.toThrow(words);
      expect(await types()).toEqual([]);
      await configure(deployment, DEFAULT_CHOICES);
      expect(await types()).toHaveLength(4);
    },
  );

  it('is not done a second time from another data directory, whose keys lead to other streams', async () => {
    await configure(deployment, DEFAULT_CHOICES);
    const other = mkdtempSync(join(tmpdir(), 'plumbline-configure-other-'));
    const log = openLog(join(other, 'plumbline.log'));
    await expect(openDeployment({ dataDir: other, databaseUrl: database.url, standalone: true, log })).rejects.toThrow(
      /^the log was written with the keys of another data directory than /,
    );
    rmSync(other, { recursive: true, force: true });
    expect(await types()).toHaveLength(4);
  });
});
