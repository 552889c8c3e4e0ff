import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ROOT, run } from './run.mjs';

const LOCK = `${ROOT}package-lock.json`;
/** npm writes this one last: without it an installation was interrupted. */
const INSTALLED = `${ROOT}node_modules/.package-lock.json`;
const STAMP = `${ROOT}node_modules/.lock-sha256`;

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return true;
  return statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** Installs what the lock file names, unless it already stands in node_modules. Ends the process when npm can not. */
export async function install() {
  if (!isInstalled()) {
    console.log('Installing packages (npm ci, about a minute) …');
    const { npm_execpath: npm = '' } = process.env;
    const [program, first] = npm.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []];
    const code = await run(program, [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    if (code !== 0) {
      console.error('npm ci failed: nothing was started. Its own message stands above.');
      process.exit(code);
    }
  }
  writeFileSync(STAMP, lockHash());
}
