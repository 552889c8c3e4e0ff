// npm start [-- arguments of `plumbline up`]: installs, builds what changed and starts the product in this process, so that signals need no relay.
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { ROOT } from './run.mjs';
import { buildIfStale } from './sources.mjs';

await install();
await buildIfStale();
const main = `${ROOT}dist/apps/standalone/main.mjs`;
process.argv = [process.execPath, main, 'up', ...process.argv.slice(2)];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(main).href);
