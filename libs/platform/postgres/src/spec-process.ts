import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const workspace = (folder: string): string =>
  existsSync(join(folder, 'nx.json')) ? folder : workspace(dirname(folder));

/**
 * Makes a TypeScript file runnable in a process of its own, for specs that start several processes or kill one.
 * @param entry path from the workspace's root
 * @returns file URL of a module that plain Node can import
 */
export function bundleForSpec(entry: string): string {
  const root = workspace(dirname(fileURLToPath(import.meta.url)));
  const file = execFileSync(process.execPath, [join(root, 'tools', 'jest', 'bundle.mjs'), entry], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return pathToFileURL(file).href;
}
