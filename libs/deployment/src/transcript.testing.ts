import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpApp } from '@plumbline/platform/http';
import { createApi } from './api';
import { ScratchDeployment } from './scratch-deployment.testing';
import { Worker } from './worker';

const CLI = 'dist/apps/cli/main.mjs';

/** A command line of a document, and the lines it shows below. */
export interface Shown {
  readonly typed: string;
  readonly lines: readonly string[];
}

/** What the ```console blocks of a document show, in order. A line that ends in a backslash goes on in the next. */
export function shownIn(document: string): readonly Shown[] {
  return [...readFileSync(document, 'utf8').matchAll(/```console\n([^]*?)```/g)]
    .map(([, text = '']) => text.replaceAll('\\\n', ''))
    .join('\n')
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [typed = '', ...lines] = part.trimEnd().split('\n');
      return { typed: typed.replaceAll(/ +/g, ' '), lines };
    });
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `…` stands for what was left out: within a line for anything, alone on a line for any lines. */
export const asPattern = (lines: readonly string[]): RegExp =>
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

const PROGRESS = /^(reading|deciding|recording|days) \d+( of \d+)?\n/gm;

/** A shell before a running deployment whose clock stands: `npx plumbline` is the built command line, `/tmp` its own folder. */
export class Terminal {
  private constructor(
    private readonly deployment: ScratchDeployment,
    private readonly worker: Worker,
    private readonly api: HttpApp,
  ) {}

  static async open(scratch: Promise<ScratchDeployment>): Promise<Terminal> {
    if (!existsSync(CLI)) throw new Error(`${CLI} is not built: npm run build`);
    const deployment = await scratch;
    const worker = new Worker(deployment.deployment);
    worker.start();
    const api = await createApi(deployment.deployment);
    writeFileSync(join(deployment.dataDir, 'instance.json'), JSON.stringify({ url: await api.listen(0) }));
    return new Terminal(deployment, worker, api);
  }

  /** What a person sees, both outputs together, but for the bar. */
  async type(line: string): Promise<string> {
    const { dataDir, database } = this.deployment;
    const command = line.replaceAll('npx plumbline', `"${process.execPath}" ${CLI}`).replaceAll('/tmp/', `${dataDir}/`);
    const shell = spawn('sh', ['-c', command], {
      env: { PATH: process.env['PATH'], PLUMBLINE_DATA_DIR: dataDir, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let seen = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (seen += text));
    await new Promise((resolve) => shell.once('close', resolve));
    return seen.replaceAll(PROGRESS, '');
  }

  async close(): Promise<void> {
    await this.api.app.close();
    await this.worker.stop();
    await this.deployment.close();
  }
}
