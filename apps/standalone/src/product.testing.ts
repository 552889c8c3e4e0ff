import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const appOf = (name: 'standalone' | 'cli'): string => {
  const main = join(ROOT, 'dist', 'apps', name, 'main.mjs');
  if (!existsSync(main)) throw new Error(`${main} is not built: run "npm run build", or this spec through "npm test"`);
  return main;
};

/** A process that has ended: exit code (null: by a signal) and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|PLUMBLINE_.*|DATABASE_URL|JEST_.*)$/.test(name)),
);

/** Starts a built app and leaves it running. */
export function launch(
  app: 'standalone' | 'cli',
  args: readonly string[],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [appOf(app), ...args], {
    cwd: ROOT,
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...written }));
  });
  return { child, ended };
}

/** A folder for data directories that the database's user may enter. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-e2e-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs the command line to its end. */
export const plumbline = (...args: readonly string[]): Promise<Ended> => launch('cli', args).ended;

/** Runs a verb of the standalone app to its end. */
export const standalone = (...args: readonly string[]): Promise<Ended> => launch('standalone', args).ended;

/** @throws Error with what was written, when the exit code is not 0 */
export async function succeed(ended: Promise<Ended>): Promise<string> {
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`exit ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The built product, running on a data directory. */
export class Product {
  private static readonly running = new Set<Product>();

  private constructor(
    readonly dataDir: string,
    private readonly child: ChildProcess,
    readonly ended: Promise<Ended>,
    /** What it printed when it was ready. */
    readonly welcome: string,
  ) {}

  /** Resolves when it says that it is ready. @throws Error with what it wrote, when it ends instead */
  static async up(dataDir: string, ...flags: readonly string[]): Promise<Product> {
    const { child, ended } = launch('standalone', ['up', '--data-dir', dataDir, '--port', '0', ...flags]);
    const welcome = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout!.on('data', (more: string) => {
        text += more;
        if (/Plumbline is ready[\s\S]*\n\n[\s\S]*\n\n/.test(text)) resolve(text);
      });
      void ended.then(({ code, stdout, stderr }) => reject(new Error(`exit ${code}\n${stdout}\n${stderr}`)), reject);
    });
    const product = new Product(dataDir, child, ended, welcome);
    Product.running.add(product);
    void ended.then(() => Product.running.delete(product));
    return product;
  }

  /** Stops what a failed spec left running. */
  static async stopAll(): Promise<void> {
    for (const product of Product.running) await product.stop();
  }

  get pid(): number {
    return this.child.pid!;
  }

  get url(): string {
    return /API +(http:\S+)\/v1/.exec(this.welcome)![1]!;
  }

  /** The server's process, as its own file names it. */
  get postgresPid(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  get databaseUrl(): string {
    return (JSON.parse(readFileSync(join(this.dataDir, 'instance.json'), 'utf8')) as { databaseUrl: string })
      .databaseUrl;
  }

  run(verb: string, ...args: readonly string[]): Promise<Ended> {
    return plumbline(verb, ...args, '--data-dir', this.dataDir);
  }

  /** A verb that is to succeed; gives what it printed. */
  done(verb: string, ...args: readonly string[]): Promise<string> {
    return succeed(this.run(verb, ...args));
  }

  importPulse(): Promise<string> {
    return this.done('import', 'observations', 'examples/data/eastmere-pulse.csv', '--map', 'eastmere-pulse');
  }

  /** Hears nothing more of it, as a terminal that is closed. */
  closeOutput(): void {
    this.child.stdout!.destroy();
    this.child.stderr!.destroy();
  }

  async stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return await this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
