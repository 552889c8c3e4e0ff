import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const COPIED = ['tools', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const LINKED = ['apps', 'libs', 'node_modules'];

/** The checkout as it is, with nothing built. */
function checkout(): string {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-start-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(path, name), { recursive: true });
  for (const name of LINKED) symlinkSync(join(ROOT, name), join(path, name));
  return path;
}

const start = (folder: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  new Promise((settle, reject) =>
    execFile(
      process.execPath,
      [join(folder, 'tools', 'start.mjs'), ...args],
      { env: { ...process.env, NODE_OPTIONS: '' } },
      (error, stdout, stderr) => (error === null ? settle({ stdout, stderr }) : reject(error)),
    ),
  );

describe('npm start', () => {
  const folder = checkout();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['--help', '-h'])(
    'builds only what is needed to print its help, and prints nothing else (%s)',
    async (flag) => {
      rmSync(join(folder, 'dist'), { recursive: true, force: true });
      const { stdout, stderr } = await start(folder, flag);
      expect(stdout).toMatch(/^Usage: plumbline up \[options\]\n/);
      expect(stdout).toContain('--empty');
      expect(stderr).toBe('');
      expect(readdirSync(join(folder, 'dist', 'apps'))).toEqual(['standalone']);
    },
  );

  it('prints the help of the build that is there, and builds nothing', async () => {
    const main = join(folder, 'dist', 'apps', 'standalone', 'main.mjs');
    writeFileSync(main, 'console.log(process.argv.slice(2).join(" "));\n');
    expect(await start(folder, '--help')).toEqual({ stdout: 'up --help\n', stderr: '' });
    expect(readdirSync(join(folder, 'dist', 'apps'))).toEqual(['standalone']);
  });
});
