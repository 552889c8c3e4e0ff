import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from './run.mjs';

const STAMP = `${ROOT}dist/.sources-sha256`;
const BUILT_FROM = ['apps', 'libs', 'package-lock.json', 'tsconfig.base.json', 'tools/build.mjs'];

/** SHA-256 over the paths and bytes of everything that the built apps are made of, specs aside. */
export function sourcesHash() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  const walk = (path) => {
    for (const entry of readdirSync(join(ROOT, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      if (entry.isDirectory()) walk(`${path}/${entry.name}`);
      else if (/\.(ts|json|yaml)$/.test(entry.name) && !entry.name.endsWith('.spec.ts')) add(`${path}/${entry.name}`);
  };
  for (const path of BUILT_FROM) (path.includes('.') ? add : walk)(path);
  return hash.digest('hex');
}

export function rememberBuild(hash) {
  mkdirSync(`${ROOT}dist`, { recursive: true });
  writeFileSync(STAMP, hash);
}

/** Builds the apps unless they were built from exactly these sources. Ends the process when they do not build. */
export async function buildIfStale() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesHash()) return;
  const code = await runNode('tools/build.mjs');
  if (code !== 0) process.exit(code);
}
