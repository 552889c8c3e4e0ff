import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '@plumbline/api-client';
import { BadUsage, CheckFailed } from './exit';
import { importFile, problemLine } from './import.verb';

describe('a problem of an import', () => {
  it.each([
    [
      {
        line: 52,
        column: 'valid',
        field: 'den, n',
        value: 'x',
        rule: 'a-field-has-its-form',
        detail: 'write a number',
      },
      '  line 52, column valid (den, n), value "x": write a number (a-field-has-its-form)',
    ],
    [
      { line: 2, lastLine: 81, alike: 80, rule: 'a-release-is-verified', detail: 'Ask another to verify it.' },
      '  80 rows from line 2 to line 81: Ask another to verify it. (a-release-is-verified)',
    ],
    [{ line: 0, rule: 'a-command-has-a-known-type' }, '  map (a-command-has-a-known-type)'],
  ])('is one line: where, what, why', (problem, text) => {
    expect(problemLine(problem)).toBe(text);
  });
});

describe('an import that is recorded in part', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-import-'));
  const file = join(folder, 'a.csv');
  writeFileSync(file, 'a\n');
  afterAll(() => rmSync(folder, { recursive: true }));
  const importId = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';
  const sent: unknown[] = [];
  const answering = (job: object): ApiClient =>
    ({
      upload: async () => ({ body: { upload: 'u' } }),
      post: async (_path: string, body: unknown) => (sent.push(body), { body: job }),
    }) as unknown as ApiClient;

  it('is asked for by its id, and what is refused says that it is not finished', async () => {
    const outcome = { importId, state: 'refused', rows: 2, refused: 1, unfinished: true, problems: [] };
    const job = { job: 'j', state: 'done', refusal: null, outcome };
    const answer = importFile(answering(job), 'targets', file, { resume: importId });
    await expect(answer).rejects.toThrow(BadUsage);
    await expect(answer).rejects.toThrow(`--skip-bad-rows --resume ${importId}`);
    expect(sent.at(-1)).toMatchObject({ resume: importId });
  });

  it('is no refusal when the log went away: what is recorded is not said to be nothing', async () => {
    const refusal = {
      rule: 'what-is-recorded-in-parts-is-read-whole',
      detail: '12 events are recorded and the rest is not.',
    };
    const job = { job: 'j', state: 'failed', refusal, outcome: null };
    const answer = importFile(answering(job), 'targets', file, {});
    await expect(answer).rejects.toThrow(CheckFailed);
    await expect(answer).rejects.not.toThrow('Nothing was recorded');
  });
});
