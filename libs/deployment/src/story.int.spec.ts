import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@plumbline/kernel';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import type { OfficeKey } from '@plumbline/story';
import { ReportService } from '@plumbline/reporting/server';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';
import { isStoryUnfinished, playStory } from './story-player';

describe('the story', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let deployment: Deployment;
  let reports: ReportService;

  const open = (): Promise<Deployment> =>
    openDeployment({
      dataDir,
      databaseUrl: database.url,
      standalone: true,
      log: openLog(join(dataDir, 'plumbline.log')),
    });
  const viewer = (office: OfficeKey, role: Role) => ({ id: deployment.directory.personIdOf(office), role });
  const hr = () => viewer('head-of-people-analytics', 'hr');
  const dataOf = async (type: string): Promise<readonly Record<string, unknown>[]> => {
    const found = [];
    for await (const { event } of deployment.store.readAll(0n, { types: [type] }))
      found.push(event.data as Record<string, unknown>);
    return found;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-story-'));
    deployment = await open();
    // as a start that is told to stop, then started again: it goes on where it was
    const stop = new AbortController();
    const cutOff = (_done: number, _of: number, day: string): void => {
      if (day === '2025-03-10') stop.abort();
    };
    await playStory(deployment, { until: '2026-11-20', signal: stop.signal, onProgress: cutOff });
    expect(isStoryUnfinished(deployment)).toBe(true);
    await deployment.close();
    deployment = await open();
    await playStory(deployment, { until: '2026-11-20' });
    reports = new ReportService(deployment.reader, deployment.store);
  }, 300_000);
  afterAll(async () => {
    await deployment.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is played to its end, with nothing left for people that processes could not do', async () => {
    expect(isStoryUnfinished(deployment)).toBe(false);
    expect(await dataOf('organization.ProcessStepRefused.v1')).toEqual([]);
    expect((await dataOf('organization.DayBegan.v1')).at(-1)).toEqual({ date: '2026-11-20' });
    expect(deployment.clock.now()).toBe('2026-11-20T09:00:00.000Z');
  });

  it('sends no mail about the past', async () => {
    await deployment.mailroom.catchUp();
    expect(await deployment.outbox.count()).toEqual({});
    expect((await dataOf('organization.NoticeRecorded.v1')).length).toBeGreaterThan(100);
  });

  it('gives each verdict, in the words of the report', async () => {
    const { cells } = await reports.report('R2', {}, undefined, hr(), 'head');
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
    expect((await dataOf('metrics.HypothesisReviewed.v1')).map(({ verdict }) => verdict).sort()).toEqual(
      Object.values(Object.fromEntries(verdicts)).sort(),
    );
  });

  it.each(['PHARMACY', 'MEDPHYS'])('hides how %s answered', async (unit) => {
    const { cells } = await reports.report('R2', { unit }, undefined, hr(), 'head');
    const belonging = cells.filter(({ key }) => key.startsWith('CHECKINS-BELONG/lagging'));
    expect(belonging.map(({ state }) => state)).toEqual(belonging.map(() => 'SUPPRESSED'));
  });

  it('keeps, misses, moves and takes back promises as it is told', async () => {
    const count = async (type: string): Promise<number> => (await dataOf(type)).length;
    expect(await count('charter.CommitmentAccepted.v1')).toBe(40);
    expect(await count('charter.CommitmentFulfilled.v1')).toBe(17);
    expect((await dataOf('charter.CommitmentMissed.v1')).map(({ period }) => period)).toEqual([
      '2025-Q3',
      '2025-Q4',
      '2026-Q1',
      '2026-Q2',
    ]);
    expect(await count('charter.CommitmentWithdrawn.v1')).toBe(1);
    expect(await count('charter.CommitmentCarriedForward.v1')).toBe(1);
    expect(await count('charter.CommitmentMilestoneRescheduled.v1')).toBe(6);
    expect((await dataOf('charter.CommitmentProgressMissed.v1')).map(({ period }) => period)).toEqual(['2026-Q3']);
    expect(await count('charter.CommitmentReassigned.v1')).toBe(1);
  });

  it('lets nothing fall due while the Director, Estates is away', async () => {
    const owner = deployment.directory.personIdOf('director-estates');
    expect((await dataOf('charter.CommitmentProgressMissed.v1')).filter(({ ownerId }) => ownerId === owner)).toEqual(
      [],
    );
    expect((await dataOf('charter.CommitmentMissed.v1')).filter(({ ownerId }) => ownerId === owner)).toEqual([]);
  });

  it('comes to 91.25 at coverage 80 % for the Head of Pharmacy, and restates whom the correction concerns', async () => {
    const person = (office: OfficeKey): string => deployment.directory.personIdOf(office);
    const computed = await dataOf('evaluations.ScorecardComputed.v1');
    expect(computed.filter(({ leader }) => leader === person('head-of-pharmacy'))).toMatchObject([
      { score: '91.25', coverageBp: 8000, state: 'OK' },
    ]);
    const restated = await dataOf('evaluations.ScorecardRestated.v1');
    const of = (office: OfficeKey) =>
      restated.filter(({ leader }) => leader === person(office)).map(({ cause, direction }) => [cause, direction]);
    expect(of('head-of-pharmacy')).toEqual([]);
    expect(of('head-of-imaging')).toEqual([
      ['CORRECTION', 'DOWN'],
      ['VERIFICATION', 'UP'],
    ]);
    expect(of('head-of-pathology')).toEqual(of('head-of-imaging'));
    expect((await dataOf('evaluations.ScorecardFinalized.v1')).map(({ leader }) => leader)).toEqual([
      person('head-of-pharmacy'),
    ]);
  });

  it('has the refused link and the refused adjustment on record, and the one that was granted', async () => {
    expect((await dataOf('evaluations.MetricLinkRefused.v1')).map(({ metric, rule }) => [metric, rule])).toEqual([
      ['SENIOR_SHARE', 'a-monitoring-only-metric-cannot-count-in-an-evaluation'],
    ]);
    expect((await dataOf('metrics.TargetAdjusted.v1')).map(({ to }) => to)).toMatchObject([{ target: '66' }]);
    expect((await dataOf('metrics.TargetAdjustmentRefused.v1')).map(({ rule }) => rule)).toEqual([
      'refused-by-the-panel',
    ]);
  });

  it.each(['R1', 'R2', 'R9', 'R11', 'R14'])('is what %s speaks of, as a demonstration', async (id) => {
    const report = await reports.report(id, {}, undefined, hr(), 'head');
    expect(report.cells.length).toBeGreaterThan(20);
    expect(JSON.stringify(report)).toContain('demonstration');
  });
});
