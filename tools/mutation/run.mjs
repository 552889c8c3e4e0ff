// npm run mutation -- [measures charter metrics programs evaluations …]: changes the code of these libs in every way Stryker knows, runs their unit specs
// against each change, and writes docs/mutation.md itself. Libs that are not named keep their sections. `--page` runs nothing and writes the sections anew out
// of the last runs here, with the reasons as they stand now in tools/mutation/reasons.yaml.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePage } from './page.mjs';

const root = resolve(fileURLToPath(new URL('../../', import.meta.url)));
const folder = join(root, 'tmp/mutation');
const resultsOf = (name) => join(folder, `${name}.json`);
const commitOf = (name) => join(folder, `${name}.commit`);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const WHOLE = ['measures', 'charter', 'metrics', 'programs', 'evaluations'];
const rootOf = (name) => [`libs/${name}/domain`, `libs/${name}`].find((path) => existsSync(join(root, path, 'src')));
const args = process.argv.slice(2);
const isPageOnly = args.includes('--page');
const named = args.filter((arg) => arg !== '--page');
const names = named.length > 0 ? named : WHOLE.filter((name) => !isPageOnly || existsSync(commitOf(name)));
for (const name of names)
  if (!rootOf(name)) {
    console.error(`there is no lib ${name}`);
    process.exit(2);
  }

function mutate(name) {
  const isChanged = git('status', '--porcelain', '--', 'libs') !== '';
  const commit = `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`;
  const day = new Date().toISOString().slice(0, 10);
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'tools/mutation/stryker.config.mjs'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, MUTATED_PROJECT: rootOf(name), MUTATION_RESULTS: resultsOf(name) },
    },
  );
  if (status === 0) writeFileSync(commitOf(name), `${commit}, ${day}`);
  return status === 0;
}

mkdirSync(folder, { recursive: true });
let failed = 0;
for (const name of names) {
  if (!isPageOnly && !mutate(name)) {
    failed += 1;
    continue;
  }
  const commit = readFileSync(commitOf(name), 'utf8');
  writePage(join(root, 'docs/mutation.md'), join(root, 'tools/mutation/reasons.yaml'), [
    { name, root: rootOf(name), commit, results: resultsOf(name) },
  ]);
}
process.exit(failed === 0 ? 0 : 1);
