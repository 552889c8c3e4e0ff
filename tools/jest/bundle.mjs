// Makes one .mjs of a TypeScript entry and the libs it stands on, for what runs outside jest: its setup, and processes that specs start.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
// the compiler's helpers for decorators (@oxc-project/runtime) are not installed anywhere: they go in
const ours = (id) => /^[./]/.test(id) || /^@(plumbline|oxc-project)\//.test(id);

/** @param {string} entry path from the workspace's root @returns {Promise<string>} path of the bundle */
export async function bundle(entry) {
  const build = await rolldown({
    input: join(root, entry),
    platform: 'node',
    external: (id) => !ours(id),
    tsconfig: join(root, 'tsconfig.base.json'),
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  const { code } = output[0];
  const folder = join(root, 'tmp', 'bundles');
  const file = join(folder, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await bundle(process.argv[2]));
