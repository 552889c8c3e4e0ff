/** The unit specs of the project under mutation alone: a mutant that only another context's specs notice is one that its own do not. */
const { relative } = require('node:path');
const preset = require('../../jest.preset.cjs');
const root = process.env.MUTATED_PROJECT;
if (!root) throw new Error('run: npm run mutation -- measures');
module.exports = {
  ...preset,
  testMatch: [`<rootDir>/${relative('.', root)}/src/**/*.spec.ts`],
  // rules.spec.ts reads the sources as text, which under mutation are not as anyone wrote them.
  testPathIgnorePatterns: ['\\.(int|e2e|long|conformance)\\.spec\\.ts$', '/rules\\.spec\\.ts$'],
};
