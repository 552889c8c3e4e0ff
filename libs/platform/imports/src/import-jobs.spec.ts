import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchMeta, BatchResult } from '@plumbline/platform/commands';
import { StoreError } from '@plumbline/platform/event-store';
import { type ImportJob, ImportJobs, TooManyImports } from './import-jobs';
import type { Importer } from './importer';
import type { ImportPorts } from './import-request';

const ACTOR = { id: 'aaaaaaaa-0000-8000-8000-00000000000a', role: 'data-steward' } as const;

/** A kind whose rows ask for nothing: what matters here is who waits for whom. */
const words: Importer = {
  kind: 'words',
  summary: 'Words',
  columns: [{ name: 'word', required: true, meaning: 'a word' }],
  plan: () => ({ commands: [], problems: [] }),
};
const nothing: BatchResult = {
  accepted: true,
  ...{ commands: 0, recorded: 0, events: 0, unchanged: 0, repeated: 0, refusedCount: 0 },
  ...{ refused: [], first: null, last: null },
};

describe('the queue of imports', () => {
  let folder: string;
  let batch: (meta: BatchMeta) => Promise<BatchResult>;
  let released: string[];
  let failures: unknown[];
  let release: (path: string) => Promise<void>;
  let jobs: ImportJobs;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-jobs-'));
    batch = async () => nothing;
    released = [];
    failures = [];
    release = async (path) => void released.push(path);
    const command = { type: 'toy.Import', data: {} };
    const ports: ImportPorts = {
      batch: (_commands, meta) => batch(meta),
      declares: () => false,
      refusalOf: async () => undefined,
      exists: async () => [],
      ask: async () => null,
      today: async () => '2026-11-23',
      personIdOf: (key) => key,
      upsertPersons: async () => undefined,
      unfinished: async () => undefined,
      opening: () => command,
      reopening: () => command,
      closing: () => command,
    };
    jobs = new ImportJobs(
      [words],
      ports,
      (_job, error) => void failures.push(error),
      (path) => release(path),
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (name = 'a.csv', text = 'word\nyes\n'): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const start = (path = file(), kind = 'words'): ImportJob => jobs.start({ kind, path, fileName: 'a.csv' }, ACTOR);

  it('takes a job and says at once that it waits, and later what became of it', async () => {
    const job = start();
    expect(job).toMatchObject({ state: 'waiting', outcome: null, refusal: null, startedBy: ACTOR.id });
    await jobs.idle();
    expect(jobs.find(job.job)).toMatchObject({
      state: 'done',
      refusal: null,
      outcome: { state: 'unchanged', rows: 1 },
    });
    expect(released).toEqual([join(folder, 'a.csv')]);
  });
  it('runs one after the other', async () => {
    let running = 0;
    let most = 0;
    batch = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return nothing;
    };
    for (let n = 0; n < 4; n++) start(file(`${n}.csv`));
    await jobs.idle();
    expect(most).toBe(1);
    expect(released).toHaveLength(4);
  });
  it('refuses a file of no known kind, naming those there are', () => {
    expect(() => start(file(), 'numbers')).toThrow('There is no import of "numbers"; there is words.');
  });
  it('says by rule and line why a file as a whole is refused', async () => {
    const wrongColumn = start(file('a.csv', 'number\n1\n'));
    const binary = start(file('b.csv', '%PDF-1.7'));
    await jobs.idle();
    expect(wrongColumn).toMatchObject({
      state: 'done',
      outcome: null,
      refusal: { rule: 'a-file-bears-the-columns-of-its-kind', line: 1 },
    });
    expect(binary.refusal?.rule).toBe('a-file-is-text');
    expect(failures).toEqual([]);
  });
  it.each([
    [
      new StoreError('unavailable', 'x'),
      'the-log-cannot-be-reached',
      /^Nothing was recorded\. Try again\. Send the same/,
    ],
    [new StoreError('outcome-unknown', 'x'), 'the-outcome-is-not-known-yet', /what is recorded already stays once/],
    [new Error('the password is hunter2'), 'this-should-not-have-happened', /^The cause is in the log of the server/],
  ])('says that an import failed, and how to go on: %s', async (error, rule, detail) => {
    batch = () => Promise.reject(error);
    const job = start();
    await jobs.idle();
    expect(job).toMatchObject({ state: 'failed', refusal: { rule, detail: expect.stringMatching(detail) } });
    expect(JSON.stringify(job)).not.toContain('hunter2');
    expect(failures).toEqual([error]);
    expect(released).toHaveLength(1);
  });
  it('goes on with the next after a failure, even when a file cannot be removed', async () => {
    release = () => Promise.reject(new Error('read-only'));
    batch = () => Promise.reject(new Error('x'));
    start(file('1.csv'));
    await jobs.idle();
    batch = async () => nothing;
    const next = start(file('2.csv'));
    await jobs.idle();
    expect(next.state).toBe('done');
    expect(failures).toHaveLength(3);
  });
  it('holds twenty that wait, and then says so', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    batch = async () => {
      await gate;
      return nothing;
    };
    start(file('first.csv'));
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 20; n++) start(file(`${n}.csv`));
    expect(() => start(file('21.csv'))).toThrow(TooManyImports);
    open();
    await jobs.idle();
    expect(start(file('22.csv')).state).toBe('waiting');
    await jobs.idle();
  });
  it('remembers the last two hundred that ended', async () => {
    const first = start();
    await jobs.idle();
    for (let n = 0; n < 200; n++) {
      start();
      if (n % 10 === 9) await jobs.idle();
    }
    await jobs.idle();
    expect(jobs.find(first.job)).toBeUndefined();
  });

  describe('that is told to stop', () => {
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const ENDING = { state: 'failed', outcome: null, refusal: { rule: 'an-import-begins-while-the-service-goes-on' } };
    const told = (phase: 'deciding' | 'recording') => ({ phase, done: 1, total: null }) as const;

    it('lets an import that is being recorded come to its end, and begins none of those that wait', async () => {
      batch = async ({ progress }) => {
        progress?.(told('recording'));
        await pause(30);
        progress?.(told('deciding')); // others wrote the same: the rest is decided anew
        progress?.(told('recording'));
        return nothing;
      };
      const [recorded, waiting] = [start(file('1.csv')), start(file('2.csv'))];
      while (recorded.progress?.phase !== 'recording') await pause(1);
      await jobs.stop();
      expect(recorded).toMatchObject({ state: 'done', refusal: null });
      expect([waiting, start(file('3.csv'))]).toMatchObject([ENDING, { state: 'waiting' }]);
      await jobs.idle();
      expect(failures).toEqual([]);
      expect(released).toHaveLength(3);
    });

    it('breaks off one of which nothing is recorded yet', async () => {
      let decided = 0;
      batch = async ({ progress }) => {
        for (; decided < 1_000; decided++) {
          progress?.(told('deciding'));
          await pause(1);
        }
        return nothing;
      };
      const job = start();
      while (decided === 0) await pause(1);
      await jobs.stop();
      expect(job).toMatchObject(ENDING);
      expect(decided).toBeLessThan(1_000);
    });

    it('does not wait for one for ever', async () => {
      let finish: () => void = () => undefined;
      batch = async ({ progress }) => {
        progress?.(told('recording'));
        await new Promise<void>((resolve) => (finish = resolve));
        return nothing;
      };
      const job = start();
      while (job.progress?.phase !== 'recording') await pause(1);
      await jobs.stop(20);
      expect(job.state).toBe('running');
      finish();
      await jobs.idle();
    });
  });
});
