// npm run lint [-- --fix | files]: the project graph first, then one ESLint run over everything (or over the files named).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeProjectGraph } from './law/graph.mjs';
import { ROOT } from './law/projects.mjs';

makeProjectGraph();
const given = process.argv.slice(2);
const targets = given.some((argument) => !argument.startsWith('-')) ? given : [...given, '.'];
const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
const { status } = spawnSync(process.execPath, [eslint, '--max-warnings', '0', ...targets], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
