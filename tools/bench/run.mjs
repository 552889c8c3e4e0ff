// npm run bench [-- part …] [--quick] [--out FILE]: measures, each part in a process of its own, and writes docs/benchmarks.md itself.
// `--quick` goes through everything with small numbers, to see that it works: it writes no page. `--out` takes the rows as JSON.
import '../node-version.mjs';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from '../install.mjs';
import { ROOT, run } from '../run.mjs';

const PARTS = {
  append: 'append-and-read.ts',
  report: 'report-questions.ts',
  cycle: 'cycle-computation.ts',
  kurrentdb: 'kurrentdb.ts',
};
const [load] = loadavg(); // before anything of ours adds to it
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const asked = [...positionals, ...values.only];
const unknown = asked.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no part of the benchmark; the parts are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

await install();
process.chdir(ROOT);
const { bundle } = await import('../jest/bundle.mjs');
const { default: prettier } = await import('prettier');
const rows = await import(pathToFileURL(await bundle('tools/bench/rows.ts')).href);

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const circumstances = {
  commit: `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'libs', 'apps', 'tools') ? ' with changes' : ''}`,
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0].model.replace(/\s+/g, ' ').trim()}, Node ${process.version}`,
  load,
  cores: cpus().length,
};
if (rows.isBusy(circumstances))
  console.log(`This machine is busy (load ${load.toFixed(1)} on ${circumstances.cores}): rows will say so.`);

const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
const results = join(folder, 'results.ndjson');
const failed = [];
for (const [part, entry] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  console.log(`\n${part}`);
  const code = await run(process.execPath, [await bundle(`tools/bench/${entry}`)], {
    PLUMBLINE_BENCH_RESULTS: results,
    PLUMBLINE_BENCH_QUICK: values.quick ? 'yes' : '',
  });
  if (code !== 0) failed.push(part);
  if (code >= 128) break;
}

const fresh = existsSync(results)
  ? readFileSync(results, 'utf8')
      .trim()
      .split('\n')
      .map((line) => rows.rowOf(JSON.parse(line), circumstances))
  : [];
rmSync(folder, { recursive: true });
for (const { workload, ours, unit, peer, theirs, ratio, target, met } of fresh)
  console.log(`${workload}: ${ours} ${unit}, beside ${peer} ${theirs}, ${ratio}, target ${target}: ${met}`);
if (values.out) {
  mkdirSync(dirname(resolve(values.out)), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(fresh, null, 2)}\n`);
}
const page = join(ROOT, 'docs', 'benchmarks.md');
if (!values.quick && fresh.length > 0) {
  const text = rows.pageWith(existsSync(page) ? readFileSync(page, 'utf8') : '', fresh);
  writeFileSync(page, await prettier.format(text, { ...(await prettier.resolveConfig(page)), filepath: page }));
  console.log('\ndocs/benchmarks.md is written');
}
for (const part of failed) console.error(`${part} did not come to its end`);
const missed = fresh.filter(({ met }) => met === 'no');
for (const { workload } of missed) console.error(`missed its target: ${workload}`);
process.exit(failed.length + missed.length > 0 ? 1 : 0);
