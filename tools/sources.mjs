import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from './run.mjs';

/** A build clears its app's folder first: one that was interrupted leaves no stamp. */
const stampOf = (app) => `${ROOT}dist/apps/${app}/.sources-sha256`;
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

export const isApp = (app) => existsSync(`${ROOT}apps/${app}/src/main.ts`);
export const allApps = () => readdirSync(`${ROOT}apps`).filter(isApp);

export const rememberBuild = (app, hash) => writeFileSync(stampOf(app), hash);

/** Builds those of the apps that were not built from exactly these sources. Ends the process when they do not build. */
export async function buildIfStale(apps = allApps(), ...flags) {
  const hash = sourcesHash();
  const stale = apps.filter((app) => !existsSync(stampOf(app)) || readFileSync(stampOf(app), 'utf8') !== hash);
  if (stale.length === 0) return;
  const code = await runNode('tools/build.mjs', [...flags, ...stale]);
  if (code !== 0) process.exit(code);
}
