// Run by Stryker in its copy of the tree, after the mutants were written into the code: one file of all unit specs of the lib under mutation and all they import, so that
// a fresh start for each mutant costs milliseconds. Nothing is left out by the bundler, or a mutant could vanish unseen.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isBuiltin } from 'node:module';
import { rolldown } from 'rolldown';

/** A spec that needs more than the lib's own code, and rules.spec.ts, which reads the sources as text (under mutation they are not as anyone wrote them). */
const NOT_HERE = /\.(int|e2e|long|conformance)\.spec\.ts$|\/rules\.spec\.ts$/;
/** What is written down once for all is looked at first: a mutant in it then need not wait for all the others. */
const STATIC_FIRST = /\/(definitions|shapes|streams|vocabulary|rows)\.spec\.ts$/;
const root = `${process.env.MUTATED_PROJECT}/src`;
const specs = readdirSync(root, { recursive: true })
  .map((file) => join(root, file))
  .filter((file) => file.endsWith('.spec.ts') && !NOT_HERE.test(file))
  .sort((a, b) => STATIC_FIRST.test(b) - STATIC_FIRST.test(a) || (a < b ? -1 : 1));

const entry = '\0specs';
const bundle = await rolldown({
  input: entry,
  platform: 'node',
  tsconfig: resolve('tsconfig.base.json'),
  treeshake: false,
  external: (id) => isBuiltin(id),
  plugins: [
    {
      name: 'specs',
      resolveId: (id) => (id === entry ? id : null),
      load: (id) => (id === entry ? specs.map((file) => `import ${JSON.stringify(resolve(file))};`).join('\n') : null),
      transform: (code, id) => (id.endsWith('.spec.ts') ? `specFile(${JSON.stringify(id)});\n${code}` : null),
    },
  ],
});
await bundle.write({ file: 'specs.cjs', format: 'cjs', keepNames: true });
