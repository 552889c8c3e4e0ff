import { StoreError } from '@plumbline/platform/event-store';
import { openLog } from './log';
import { openWhenThere } from './waiting-room';

const log = openLog('/dev/null');
const port = 20_000 + (process.pid % 20_000);
const room = { port, host: '127.0.0.1', log, pauses: [50] };
const away = new StoreError('unavailable', 'no node of the KurrentDB at kurrent.example:2113 answers');

describe('a process whose log is away at its start', () => {
  it('starts at once when nothing is away', async () => {
    expect(await openWhenThere(async () => 'open', room)).toBe('open');
  });

  it('is alive and not ready meanwhile, says when to ask again, and starts when the log is there', async () => {
    let there = false;
    const opening = openWhenThere(async () => {
      if (!there) throw away;
      return 'open';
    }, room);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const live = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { live: true }]);
    for (const path of ['/health/ready', '/v1/commands/organization.RegisterUnit']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ rule: 'the-log-cannot-be-reached', instance: path, ready: false });
      expect(text).not.toContain('kurrent.example');
    }
    there = true;
    expect(await opening).toBe('open');
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  });

  it('ends at once over what waiting does not mend', async () => {
    const wrong = new Error('the log was written with the keys of another data directory');
    await expect(openWhenThere(() => Promise.reject(wrong), room)).rejects.toBe(wrong);
    const refused = new StoreError('stream-deleted', 'somebody deleted a stream');
    await expect(openWhenThere(() => Promise.reject(refused), room)).rejects.toBe(refused);
  });
});
