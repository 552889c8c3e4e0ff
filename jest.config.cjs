/** Two kinds in one run: `unit` needs nothing, `int` gets one PostgreSQL cluster a run (tools/jest/postgres.setup.mjs) and a database a spec file. */
const preset = require('./jest.preset.cjs');
module.exports = {
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps,tools}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '\\.long\\.spec\\.ts$', '/dist/'],
    },
    {
      ...preset,
      displayName: 'int',
      testMatch: ['<rootDir>/{libs,apps,tools}/**/*.int.spec.ts', '<rootDir>/{libs,apps,tools}/**/*.e2e.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
  ],
};
