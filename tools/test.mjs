// node tools/test.mjs <jest projects …> [further arguments of jest]: one jest run, from nothing installed. Counts are left in tmp/results.
import './node-version.mjs';
import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { install } from './install.mjs';
import { ROOT, runNode } from './run.mjs';
import { buildIfStale } from './sources.mjs';

const PROJECTS = ['unit', 'int', 'conformance'];
const given = process.argv.slice(2);
const projects = given.filter((argument, index) => PROJECTS.includes(argument) && given.indexOf(argument) === index);
const rest = given.filter((argument) => !PROJECTS.includes(argument));

/** Folders of published vectors and real files; they are not part of the project. */
function foldersOutside() {
  const folders = {};
  for (const name of ['CONFORMANCE_DIR', 'DATA_DIR']) {
    const folder = process.env[name] ? resolve(process.env[name]) : undefined;
    if (folder === undefined || !existsSync(folder)) {
      console.error(`${name} ${folder ? `names ${folder}, which is not there` : 'is not set'}: nothing was checked.`);
      console.error('Run: CONFORMANCE_DIR=<published vectors> DATA_DIR=<real files> npm run conformance');
      process.exit(2);
    }
    folders[name] = folder;
  }
  return folders;
}

const outside = projects.includes('conformance') ? foldersOutside() : {};
await install();
if (projects.includes('int')) await buildIfStale();
mkdirSync(`${ROOT}tmp/results`, { recursive: true });
const code = await runNode(
  'node_modules/jest/bin/jest.js',
  [
    ...['--selectProjects', ...projects],
    `--maxWorkers=${Math.min(4, Math.max(2, availableParallelism()))}`,
    '--testTimeout=120000', // ends what hangs; nothing is judged by its time
    ...['--json', '--outputFile', `tmp/results/${projects.join('-')}.json`],
    ...rest,
  ],
  {
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    RUNS: process.env.RUNS ?? '10',
    ...outside,
  },
);
process.exit(code);
