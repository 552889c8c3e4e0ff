// npm run typecheck: everything in one program, and pure code once more in another that does not know Node; side by side.
import { runNode } from './run.mjs';

const codes = await Promise.all(
  ['tsconfig.json', 'tsconfig.lib.json'].map((config) => runNode('node_modules/typescript/bin/tsc', ['-p', config])),
);
process.exit(codes.find((code) => code !== 0) ?? 0);
