// node tools/long/run.mjs [part of a spec's path …]: runs the random suites with their full numbers and writes docs/long-tests.md itself.
// A spec takes part by calling longRun(title, {usual, full}). RUNS and SEED in the environment override number and seed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const page = join(root, 'docs', 'long-tests.md');
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const asked = process.argv.slice(2);
const specs = git('grep', '-l', '-E', 'longRun\\(', '--', '*.spec.ts')
  .split('\n')
  .filter((path) => asked.length === 0 || asked.some((part) => path.includes(part)));
if (specs.length === 0) {
  console.error(`no spec that calls longRun has ${asked.join(' or ')} in its path`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'plumbline-long-'));
const results = join(folder, 'results.ndjson');
let failed = 0;
for (const spec of specs) {
  console.log(`\n${spec}`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '-c',
      'jest.config.cjs',
      '--selectProjects',
      'unit',
      'int',
      '--runTestsByPath',
      spec,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
        PLUMBLINE_LONG_RESULTS: results,
      },
    },
  );
  if (status !== 0) failed += 1;
}

const HEAD = `# Long tests

Written by \`npm run test:long\`, which is the only one to write here. \`SEED=… RUNS=… npm run test:long -- <part of the spec's path>\` repeats a run.

| suite | runs | seed | found | seconds | commit | date | machine |
|---|---:|---:|---|---:|---|---|---|
`;
const commit = `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'libs', 'apps', 'tools') ? ' with changes' : ''}`;
const machine = `${cpus().length} × ${cpus()[0].model.replace(/\s+/g, ' ')}, Node ${process.version}`;
const today = new Date().toISOString().slice(0, 10);
const lines = existsSync(results)
  ? readFileSync(results, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const rows = new Map(
  (existsSync(page) ? readFileSync(page, 'utf8') : '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| suite'))
    .map((line) => [line.split(' | ')[0].slice(2), line]),
);
for (const { title, runs, seed, seconds, figures } of lines) {
  const found = Object.entries(figures)
    .map(([what, figure]) => `${what} ${figure}`)
    .join(', ');
  rows.set(title, `| ${title} | ${runs} | ${seed} | ${found} | ${seconds} | ${commit} | ${today} | ${machine} |`);
}
writeFileSync(page, `${HEAD}${[...rows.values()].sort().join('\n')}\n`);
rmSync(folder, { recursive: true });
console.log(
  failed
    ? `\n${failed} of ${specs.length} specs failed`
    : `\nall ${specs.length} specs passed; docs/long-tests.md is written`,
);
process.exit(failed ? 1 : 0);
