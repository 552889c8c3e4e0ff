import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daysBetween, type LocalDate } from '@plumbline/kernel';
import { freshDatabase } from '@plumbline/platform/postgres/testing';
import { STORY_BEGINS } from '@plumbline/story';
import { openDeployment } from './deployment';
import { openLog } from './log';
import { playStory } from './story-player';

it('a story that was cut off goes on counting where it stood, out of all its days', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-story-'));
  const database = await freshDatabase();
  const deployment = await openDeployment({
    ...{ dataDir, databaseUrl: database.url, standalone: true },
    log: openLog(join(dataDir, 'plumbline.log')),
  });
  const told: { readonly done: number; readonly of: number; readonly day: LocalDate }[] = [];
  const playSomeDays = async (): Promise<void> => {
    const stop = new AbortController();
    const until = told.length + 3;
    await playStory(deployment, {
      signal: stop.signal,
      onProgress: (done, of, day) => {
        told.push({ done, of, day });
        if (told.length === until) stop.abort();
      },
    });
  };
  try {
    await playSomeDays();
    await playSomeDays();
    expect(told).toHaveLength(6);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ day }) => daysBetween(STORY_BEGINS, day)));
    expect(told[5]!.day > told[2]!.day).toBe(true);
    expect(new Set(told.map(({ of }) => of)).size).toBe(1);
    expect(told[0]!.of).toBeGreaterThan(600);
  } finally {
    await deployment.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
