/** Jest 30, native ESM (NestJS 12 is ESM-only; Jest's require(esm) needs Node >= 24.9). Run with NODE_OPTIONS=--experimental-vm-modules. */
const { join } = require('node:path');
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
module.exports = {
  rootDir: __dirname,
  roots: ['libs', 'apps', 'tools'].map((folder) => join(__dirname, folder)),
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^@plumbline/([^/]+)/facts$': join(__dirname, 'libs/$1/domain/src/facts.ts'),
    '^@plumbline/platform/([^/]+)/testing$': join(__dirname, 'libs/platform/$1/src/testing.ts'),
    '^@plumbline/(.+/.+)$': join(__dirname, 'libs/$1/src/index.ts'),
    '^@plumbline/([^/]+)$': join(__dirname, 'libs/$1/src/index.ts'),
  },
};
