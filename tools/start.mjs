// npm start [-- arguments of `plumbline up`]: installs, builds what changed and starts the product in this process, so that signals need no relay.
// Its help needs one app only.
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { ROOT } from './run.mjs';
import { buildIfStale } from './sources.mjs';

const asked = process.argv.slice(2);
await install();
if (asked.some((flag) => flag === '--help' || flag === '-h')) await buildIfStale(['standalone'], '--quiet');
else await buildIfStale();
const main = `${ROOT}dist/apps/standalone/main.mjs`;
process.argv = [process.execPath, main, 'up', ...asked];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(main).href);
