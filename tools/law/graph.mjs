import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './projects.mjs';

/** Has Nx write the project graph that the boundary rule reads; without it the rule skips itself and says nothing. */
export function makeProjectGraph() {
  const nx = spawnSync(process.execPath, [join(ROOT, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects'], {
    cwd: ROOT,
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
    encoding: 'utf8',
  });
  if (nx.status !== 0) throw new Error(`Nx could not make the project graph:\n${nx.stdout}${nx.stderr}`);
}
