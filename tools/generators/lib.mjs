// node tools/generators/lib.mjs <path under libs/ or apps/> <layer>: makes the few small files every project has.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LAYERS = ['pure', 'domain', 'report', 'platform', 'server', 'process', 'story', 'app', 'cli', 'client'];
const [path, layer] = process.argv.slice(2);
if (!/^(libs|apps)\/./.test(path ?? '') || !LAYERS.includes(layer)) {
  console.error(`usage: node tools/generators/lib.mjs libs/<name>[/<part>] <${LAYERS.join('|')}>`);
  process.exit(2);
}
const parts = path.split('/').slice(1);
const name = parts.join('-');
const up = '../'.repeat(path.split('/').length);
const pure = ['pure', 'domain', 'report', 'story'].includes(layer);
const app = path.startsWith('apps/');
const write = (file, text) => {
  const at = join(path, file);
  if (existsSync(at)) return;
  mkdirSync(join(at, '..'), { recursive: true });
  writeFileSync(at, text);
};
const json = (value) => JSON.stringify(value, null, 2) + '\n';
const run = (...commands) => ({
  executor: 'nx:run-commands',
  options: commands.length === 1 ? { command: commands[0] } : { commands, parallel: false },
});

write(
  'project.json',
  json({
    name,
    $schema: `${up}node_modules/nx/schemas/project-schema.json`,
    sourceRoot: `${path}/src`,
    projectType: app ? 'application' : 'library',
    tags: [`scope:${parts[0]}`, `layer:${layer}`],
    targets: {
      lint: run('eslint {projectRoot}'),
      typecheck: run('tsc -p {projectRoot}/tsconfig.json', ...(pure ? ['tsc -p {projectRoot}/tsconfig.lib.json'] : [])),
      ...(app
        ? {
            build: {
              ...run(`node tools/build.mjs ${name}`),
              outputs: [`{workspaceRoot}/dist/${path}`],
            },
          }
        : {}),
      test: run('jest --selectProjects unit int --roots {projectRoot}'),
    },
  }),
);
write(
  'tsconfig.json',
  json({
    extends: `${up}tsconfig.base.json`,
    compilerOptions: { types: ['node', 'jest'] },
    include: ['src/**/*.ts'],
  }),
);
// The code of a pure or domain lib is compiled a second time without its specs and without Node's types.
if (pure)
  write(
    'tsconfig.lib.json',
    json({
      extends: `${up}tsconfig.base.json`,
      compilerOptions: { types: [] },
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.spec.ts'],
    }),
  );
write('src/index.ts', 'export {};\n');
