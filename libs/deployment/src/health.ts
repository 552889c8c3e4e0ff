import type { Deployment } from './deployment';
import { readModelHealth } from './read-model-health';
import { type Health, storeProblem } from '@plumbline/platform/http';

/** What each part says of itself. Ready: log, directory and read models can be used; separate database roles are advised, not required. */
export const health = (deployment: Deployment): Health => ({
  check: async () => {
    const parts: Record<string, string> = {
      databaseRoles: deployment.roles.problem ?? 'separate owner, writer and reader',
    };
    let ready = true;
    const part = async (
      name: string,
      check: () => Promise<{ readonly ready: boolean; readonly says: string }>,
    ): Promise<void> => {
      try {
        const { ready: good, says } = await check();
        parts[name] = says;
        ready &&= good;
      } catch (error) {
        // everyone may ask: addresses and causes are for the log
        parts[name] = storeProblem(error) ? 'cannot be reached' : 'cannot be used; the cause is in the log';
        deployment.log.warn({ err: error, part: name }, 'a part is not ready');
        ready = false;
      }
    };
    await part('log', async () => ({ ready: true, says: `at position ${(await deployment.store.head()).position}` }));
    await part('imports', async () => {
      const unfinished = await deployment.parted.unfinished();
      const named = unfinished.map(({ act, recordedAt }) => `${act} (begun ${recordedAt})`);
      return {
        ready: true,
        says:
          named.length === 0
            ? 'none unfinished'
            : `recorded in part, reports stand before it: ${named.join(', ')}; finish it with plumbline import --resume and the same file`,
      };
    });
    await part('directory', async () => {
      await deployment.directory.resolve(['00000000-0000-8000-8000-000000000000']);
      return { ready: true, says: 'can be read' };
    });
    await part('readModels', () => readModelHealth(deployment));
    await part('processes', async () => {
      const { position, faulty } = deployment.processes.standing;
      if (faulty.size > 0) return { ready: false, says: `stand still: ${[...faulty.keys()].join(', ')}` };
      return { ready: true, says: position === 0n ? 'not run here' : `at position ${position}` };
    });
    await part('notices', async () => {
      const { waiting = 0, sent = 0, unaddressed = 0, 'given-up': givenUp = 0 } = await deployment.outbox.count();
      return { ready: true, says: `${sent} sent, ${waiting} waiting, ${unaddressed + givenUp} not sent` };
    });
    return { ready, parts };
  },
});
