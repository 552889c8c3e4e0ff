// node tools/generators/lib.mjs <path under libs/ or apps/> <layer>: makes the five small files every project has.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [path, layer] = process.argv.slice(2);
if (!path || !layer) {
  console.error('usage: node tools/generators/lib.mjs libs/<name>[/<part>] <pure|domain|platform|server|process|app|cli|client>');
  process.exit(2);
}
const parts = path.split('/').slice(1);
const name = parts.join('-');
const up = '../'.repeat(path.split('/').length);
const pure = layer === 'pure' || layer === 'domain';
const write = (file, text) => {
  const at = join(path, file);
  if (existsSync(at)) return;
  mkdirSync(join(at, '..'), { recursive: true });
  writeFileSync(at, text);
};
const run = (command) => ({ executor: 'nx:run-commands', options: { command } });

write(
  'project.json',
  JSON.stringify(
    {
      name,
      $schema: `${up}node_modules/nx/schemas/project-schema.json`,
      sourceRoot: `${path}/src`,
      projectType: path.startsWith('apps/') ? 'application' : 'library',
      tags: [`scope:${parts[0]}`, `layer:${layer}`],
      targets: {
        lint: run('eslint {projectRoot}'),
        typecheck: run('tsc -p {projectRoot}/tsconfig.json --noEmit'),
        ...(path.startsWith('apps/')
          ? { build: { ...run('rolldown -c {projectRoot}/rolldown.config.mjs'), outputs: [`{workspaceRoot}/dist/${path}`] } }
          : {}),
        test: run(`jest -c jest.config.cjs --roots {projectRoot}`),
      },
    },
    null,
    2,
  ) + '\n',
);
// Specs see jest's types; the code of a pure or domain lib sees neither Node's nor jest's (tsconfig.json checks both ways).
write(
  'tsconfig.json',
  JSON.stringify(
    {
      extends: `${up}tsconfig.base.json`,
      compilerOptions: { types: pure ? ['jest'] : ['node', 'jest'] },
      include: ['src/**/*.ts'],
    },
    null,
    2,
  ) + '\n',
);
write('src/index.ts', 'export {};\n');
