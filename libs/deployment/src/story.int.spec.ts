import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { ReportService } from '@plumbline/reporting/server';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';
import { isStoryUnfinished, playStory } from './story-player';

describe('the story', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let deployment: Deployment;

  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-story-'));
    const log = openLog(join(dataDir, 'plumbline.log'));
    deployment = await openDeployment({ dataDir, databaseUrl: database.url, standalone: true, log });
    await playStory(deployment, { until: '2026-11-20' });
  }, 300_000);
  afterAll(async () => {
    await deployment.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is played to its end', () => {
    expect(isStoryUnfinished(deployment)).toBe(false);
  });

  it('gives each verdict, in the words of the report', async () => {
    const reports = new ReportService(deployment.reader, deployment.store);
    const viewer = { id: deployment.directory.personIdOf('head-of-people-analytics'), role: 'hr' } as const;
    const { cells } = await reports.report('R2', {}, undefined, viewer, 'head');
    const verdicts = cells
      .filter(({ key }) => key.endsWith('/verdict'))
      .map(({ key, word }) => [key.split('/')[0], word]);
    expect(Object.fromEntries(verdicts)).toEqual({
      'AGREED-BELONG': 'NO_EVIDENCE',
      'CHALLENGE-BELONG': 'SHARED_SOURCE',
      'CHECKINS-BELONG': 'LEADS',
      'CHECKLIST-RECOMMEND': 'MOVES_TOGETHER',
      'CONCERNS-STAYED': 'TOO_SHORT',
      'PROTECTED-LEAVERS': 'TOO_SHORT',
      'PROTECTED-RECOMMEND': 'CONTRARY',
    });
  });
});
