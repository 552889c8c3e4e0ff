import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BadUsage } from './exit';

/** Starts a built app with a verb and its arguments, and ends as it ends. */
export async function startApp(app: 'standalone', args: readonly string[]): Promise<never> {
  const main = fileURLToPath(new URL(`../${app}/main.mjs`, import.meta.url));
  if (!existsSync(main)) throw new BadUsage(`${main} is not built. Run "npm run build".`);
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((resolve) =>
    child.once('exit', (exit, signal) => resolve(exit ?? (signal === null ? 1 : 0))),
  );
  process.exit(code);
}
