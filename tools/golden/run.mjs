// npm run golden [-- --check]: rewrites the files that others depend on from the code, or says where the code has drifted from them.
// Any `*.golden.ts` under apps, libs or tools takes part: it exports `goldens()`, which gives (a promise of) `{path: text}`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import prettier from 'prettier';
import { bundle } from '../jest/bundle.mjs';
import { ROOT } from '../run.mjs';

process.chdir(ROOT);
const find = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : find(path);
    return entry.name.endsWith('.golden.ts') ? [path] : [];
  });

async function written() {
  const files = new Map();
  for (const source of ['apps', 'libs', 'tools'].flatMap(find).sort()) {
    const { goldens } = await import(pathToFileURL(await bundle(source)).href);
    for (const [path, text] of Object.entries(await goldens())) {
      if (files.has(path)) throw new Error(`${path} is written twice, the second time by ${source}`);
      const parser = /\.(md|json|yaml)$/.test(path);
      const options = { ...(await prettier.resolveConfig(path)), filepath: path };
      files.set(path, parser ? await prettier.format(text, options) : text);
    }
  }
  return files;
}

/** The difference as a reader of patches expects it, from what is there to what the code gives. */
function showDrift(path, text) {
  const fresh = join('tmp/golden', path);
  mkdirSync(dirname(fresh), { recursive: true });
  writeFileSync(fresh, text);
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--', existsSync(path) ? path : '/dev/null', fresh], {
    stdio: 'inherit',
  });
}

const check = process.argv.includes('--check');
let drifted = 0;
for (const [path, text] of await written()) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  drifted += 1;
  if (check) showDrift(path, text);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`rewrote ${path}`);
  }
}
if (drifted === 0) console.log('Every golden file is as the code gives it.');
else if (check) console.error(`${drifted} golden files have drifted. Run \`npm run golden\` and read the difference.`);
process.exit(check && drifted > 0 ? 1 : 0);
