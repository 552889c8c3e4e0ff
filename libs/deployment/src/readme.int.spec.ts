import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HttpApp } from '@plumbline/platform/http';
import { createApi } from './api';
import { ScratchDeployment } from './scratch-deployment.testing';
import { Worker } from './worker';

const CLI = 'dist/apps/cli/main.mjs';
const run = promisify(execFile);

/** Blocks of the README that show what was typed and what came of it. */
const transcripts = [...readFileSync('README.md', 'utf8').matchAll(/```console\n([^]*?)```/g)].map(
  ([, text = '']) => text,
);
/** What a person types after `npx plumbline`, and the lines that follow it. */
const shown = transcripts
  .join('\n')
  .split(/^\$ /m)
  .filter((part) => part.startsWith('npx plumbline '))
  .map((part) => {
    const [typed = '', ...lines] = part.trimEnd().split('\n');
    return { typed: typed.slice('npx plumbline '.length), lines };
  });

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `…` stands for what was left out: within a line for anything, alone on a line for any lines. */
const asPattern = (lines: readonly string[]): RegExp =>
  new RegExp(
    `^${lines
      .map((line) =>
        line.trim() === '…'
          ? '(?:.*\n)*?'
          : `${line
              .split('…')
              .map((text) => literally(text))
              .join('.*')} *\n`,
      )
      .join('')}\n*$`,
  );

describe('the transcript of the README', () => {
  let deployment: ScratchDeployment;
  let worker: Worker;
  let api: HttpApp;

  beforeAll(async () => {
    if (!existsSync(CLI)) throw new Error(`${CLI} is not built: npm run build`);
    deployment = await ScratchDeployment.open('2026-11-23T09:41:00.000Z');
    worker = new Worker(deployment.deployment);
    worker.start();
    api = await createApi(deployment.deployment);
    const url = await api.listen(0);
    writeFileSync(join(deployment.dataDir, 'instance.json'), JSON.stringify({ url }));
  }, 120_000);
  afterAll(async () => {
    await api.app.close();
    await worker.stop();
    await deployment.close();
  });

  it('shows import, report, explain and diff', () => {
    expect(shown.map(({ typed }) => typed.split(' ')[0])).toEqual(
      expect.arrayContaining(['import', 'do', 'report', 'explain', 'diff']),
    );
  });

  it.each(shown)(
    'is what it prints: plumbline $typed',
    async ({ typed, lines }) => {
      const env = { ...process.env, PLUMBLINE_DATA_DIR: deployment.dataDir, NODE_OPTIONS: '' };
      const { stdout } = await run(process.execPath, [CLI, ...typed.split(/ +/)], { env });
      expect(stdout).toMatch(asPattern(lines));
    },
    60_000,
  );
});
