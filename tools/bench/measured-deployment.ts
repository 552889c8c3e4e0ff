import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  configure,
  DayKeeper,
  DEFAULT_CHOICES,
  type Deployment,
  openDeployment,
  openLog,
  OPERATOR,
} from '@plumbline/deployment';
import type { Actor, Instant, Role } from '@plumbline/kernel';
import { ReportService } from '@plumbline/reporting/server';

export interface DeploymentPlace {
  readonly dataDir: string;
  readonly databaseUrl: string;
}

/** A whole deployment under a clock that stands, so that two runs record the same; with reports as the product gives them. */
export interface MeasuredDeployment {
  readonly deployment: Deployment;
  readonly reports: ReportService;
  as(role: Role): Actor;
}

/** Opens a deployment, configures its log if it is empty, and closes it after the work. */
export async function withDeployment<T>(
  { dataDir, databaseUrl }: DeploymentPlace,
  now: Instant,
  work: (measured: MeasuredDeployment) => Promise<T>,
): Promise<T> {
  mkdirSync(dataDir, { recursive: true });
  const log = openLog(join(dataDir, 'plumbline.log'));
  const deployment = await openDeployment({ dataDir, databaseUrl, standalone: true, clock: () => now, log });
  try {
    if ((await deployment.store.head()).position === 0n) await configure(deployment, DEFAULT_CHOICES);
    await new DayKeeper(deployment).keep();
    await deployment.projections.catchUp();
    const { reader, store, disclosures, directory } = deployment;
    const reports = new ReportService(reader, store, undefined, disclosures);
    return await work({ deployment, reports, as: (role) => ({ id: directory.personIdOf(OPERATOR), role }) });
  } finally {
    await deployment.close();
  }
}
