/**
 * `unit` needs nothing; `int` gets one PostgreSQL cluster a run (tools/jest/postgres.setup.mjs) and a database a spec file; `conformance`, with a cluster
 * too, checks against published vectors and real files that are not part of the project (npm run conformance). `*.long.spec.ts` runs in `npm run test:long` only.
 */
const preset = require('./jest.preset.cjs');
const specs = (...kinds) => kinds.map((kind) => `<rootDir>/{libs,apps,tools}/**/*${kind}.spec.ts`);
module.exports = {
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: specs(''),
      testPathIgnorePatterns: ['\\.(int|e2e|long|conformance)\\.spec\\.ts$'],
    },
    {
      ...preset,
      displayName: 'int',
      testMatch: specs('.int', '.e2e'),
      globalSetup: '<rootDir>/tools/jest/postgres.setup.mjs',
      globalTeardown: '<rootDir>/tools/jest/postgres.teardown.mjs',
    },
    {
      ...preset,
      displayName: 'conformance',
      testMatch: specs('.conformance'),
      globalSetup: '<rootDir>/tools/jest/postgres.setup.mjs',
      globalTeardown: '<rootDir>/tools/jest/postgres.teardown.mjs',
    },
  ],
};
