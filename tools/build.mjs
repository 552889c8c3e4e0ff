// npm run build [-- --quiet app…]: bundles apps/<app>/src/main.ts to dist/apps/<app>/main.mjs; packages stay outside and are loaded from node_modules.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { ROOT } from './run.mjs';
import { allApps, isApp, rememberBuild, sourcesHash } from './sources.mjs';

/** Everything but our own code, and the helpers that the compiler of decorators adds to it. */
const isPackage = (id) => /^[@a-z]/i.test(id) && !/^@(plumbline|oxc-project)\//.test(id);

async function bundle(app) {
  const started = performance.now();
  await build({
    cwd: ROOT,
    input: { main: `apps/${app}/src/main.ts` },
    platform: 'node',
    tsconfig: `${ROOT}tsconfig.base.json`,
    external: isPackage,
    output: {
      dir: `${ROOT}dist/apps/${app}`,
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
      sourcemap: true,
      cleanDir: true,
    },
  });
  if (!quiet) console.log(`built ${app} in ${Math.round(performance.now() - started)} ms`);
}

/** `npx plumbline …` in a checkout: npx looks among the installed commands first. */
function linkCommand() {
  const command = `${ROOT}node_modules/.bin/plumbline`;
  writeFileSync(command, '#!/bin/sh\nexec node "$(dirname "$0")/../../dist/apps/cli/main.mjs" "$@"\n');
  chmodSync(command, 0o755);
}

const given = process.argv.slice(2);
const quiet = given.includes('--quiet');
const named = given.filter((argument) => argument !== '--quiet');
const unknown = named.filter((app) => !isApp(app));
if (unknown.length > 0) {
  console.error(`There is no apps/${unknown[0]}/src/main.ts.`);
  process.exit(2);
}
const hash = sourcesHash();
for (const app of named.length > 0 ? named : allApps()) {
  await bundle(app);
  rememberBuild(app, hash);
}
if (existsSync(`${ROOT}dist/apps/cli/main.mjs`)) linkCommand();
