/**
 * One planted violation per rule of the law, written from docs/architecture.md and not from the configuration. Nothing of it is on disk:
 * the runner hands the text to ESLint (or to the compiler) under the path named here.
 * `fires`: the rule, or `rule › entry` for a rule with several entries; null: this is allowed and nothing may fire.
 */
const imports = (specifier) => `import * as planted from '${specifier}';\nexport { planted };\n`;
const BANNER = '// These shapes are kept for ever.\n';

const boundary = (entry, file, specifier) => ({
  fires: `@nx/enforce-module-boundaries › ${entry}`,
  file,
  code: imports(specifier),
});
const layer = (name, file, specifier) => boundary(`layer:${name}`, file, specifier);
const server = (context, file, specifier) => boundary(`scope:${context}" and "layer:server`, file, specifier);
const pure = (fires, code) => ({ fires, file: 'libs/statistics/src/planted.ts', code });
const allowed = (what, file, code) => ({ fires: null, what, file, code });

const host = (name, use = name) =>
  pure(`no-restricted-globals › ${name}`, `export const planted = (): unknown => ${use};\n`);

export const planted = [
  // layers
  layer('pure', 'libs/statistics/src/planted.ts', '@plumbline/organization/domain'),
  layer('pure', 'libs/statistics/src/planted.ts', '@plumbline/platform/http'),
  layer('pure', 'libs/statistics/src/planted.spec.ts', '@plumbline/platform/http'),
  layer('domain', 'libs/organization/domain/src/planted.ts', '@plumbline/platform/http'),
  layer('domain', 'libs/metrics/domain/src/planted.ts', '@plumbline/organization/server'),
  layer('report', 'libs/reporting/domain/src/planted.ts', '@plumbline/platform/http'),
  layer('report', 'libs/reporting/domain/src/planted.ts', '@plumbline/organization/server'),
  layer('story', 'libs/story/src/planted.ts', '@plumbline/platform/http'),
  layer('platform', 'libs/platform/auth/src/planted.ts', '@plumbline/organization/domain'),
  layer('platform', 'libs/platform/auth/src/planted.ts', '@plumbline/organization/server'),
  layer('platform', 'libs/platform/auth/src/planted.ts', '@plumbline/reporting/domain'),
  layer('server', 'libs/organization/server/src/planted.ts', '@plumbline/metrics/server'),
  layer('server', 'libs/reporting/server/src/planted.ts', '@plumbline/metrics/server'),
  layer('process', 'libs/processes/src/planted.ts', '@plumbline/metrics/server'),
  layer('process', 'libs/processes/src/planted.ts', '@plumbline/reporting/domain'),
  boundary('noCircularDependencies', 'libs/reporting/server/src/planted.ts', '@plumbline/deployment'),
  layer('app', 'apps/api/src/planted.ts', '@plumbline/reporting/domain'),
  layer('client', 'libs/api-client/src/planted.ts', '@plumbline/platform/http'),
  layer('cli', 'apps/cli/src/planted.ts', '@plumbline/platform/http'),
  layer('cli', 'apps/cli/src/planted.ts', '@plumbline/organization/domain'),
  layer('cli', 'apps/cli/src/planted.ts', '@plumbline/deployment'),

  boundary('noRelativeOrAbsoluteImportsAcrossLibraries', 'libs/statistics/src/planted.ts', '../../kernel/src/decimal'),
  boundary('noSelfCircularDependencies', 'libs/kernel/src/planted.ts', '@plumbline/kernel'),
  boundary('noCircularDependencies', 'libs/kernel/src/planted.ts', '@plumbline/platform/event-store'),
  boundary('noCircularDependencies', 'libs/metrics/domain/src/planted.ts', '@plumbline/reporting/domain'),

  // contexts
  server('organization', 'libs/organization/server/src/planted.ts', '@plumbline/metrics/domain'),
  server('organization', 'libs/organization/server/src/planted.ts', '@plumbline/metrics/facts'),
  server('organization', 'libs/organization/server/src/planted.ts', '@plumbline/reporting/domain'),
  server('metrics', 'libs/metrics/server/src/planted.ts', '@plumbline/organization/domain'),
  server('charter', 'libs/charter/server/src/planted.ts', '@plumbline/organization/facts'),
  server('programs', 'libs/programs/server/src/planted.ts', '@plumbline/charter/domain'),
  server('evaluations', 'libs/evaluations/server/src/planted.ts', '@plumbline/metrics/domain'),
  server('assurance', 'libs/assurance/server/src/planted.ts', '@plumbline/organization/domain'),
  {
    fires: 'plumbline/only-facts-of-another-context',
    file: 'libs/metrics/domain/src/planted.ts',
    code: imports('@plumbline/organization/domain'),
  },
  {
    fires: 'plumbline/only-facts-of-another-context',
    file: 'libs/metrics/domain/src/planted.ts',
    code: `export type Planted = import('@plumbline/organization/domain').Planted;\n`,
  },
  {
    fires: 'plumbline/facts-publish-folds-only',
    file: 'libs/organization/domain/src/facts.ts',
    code: `export { metricDecider } from './metric.decider';\n`,
  },
  {
    fires: 'plumbline/facts-publish-folds-only',
    file: 'libs/metrics/domain/src/planted.facts.ts',
    code: imports('./metric.commands'),
  },

  // packages
  layer('pure', 'libs/statistics/src/planted.ts', 'rxjs'),
  layer('pure', 'libs/statistics/src/planted.ts', 'typeorm'),
  layer('pure', 'libs/statistics/src/planted.ts', 'fast-check'),
  layer('domain', 'libs/metrics/domain/src/planted.ts', '@nestjs/common'),
  layer('domain', 'libs/metrics/domain/src/planted.spec.ts', 'pg'),
  layer('report', 'libs/reporting/domain/src/planted.ts', 'pg'),
  layer('client', 'libs/api-client/src/planted.ts', 'rxjs'),
  layer('cli', 'apps/cli/src/planted.ts', 'typeorm'),

  // purity
  pure('plumbline/no-host-module', imports('node:fs')),
  pure('plumbline/no-host-module', imports('crypto')),
  { ...pure('plumbline/no-host-module', imports('node:timers/promises')), file: 'libs/metrics/domain/src/planted.ts' },
  { ...pure('plumbline/no-host-module', imports('node:os')), file: 'libs/reporting/domain/src/planted.ts' },
  pure('plumbline/no-loading-at-run-time', `export const planted = (): unknown => import('zod');\n`),
  host('Date', 'Date.now()'),
  host('Date', 'new Date()'),
  host('Date', 'globalThis.Date'),
  host('performance', 'performance.now()'),
  host('setTimeout', 'setTimeout(() => 0, 1)'),
  host('setInterval', 'setInterval(() => 0, 1)'),
  host('setImmediate', 'setImmediate(() => 0)'),
  host('queueMicrotask', 'queueMicrotask(() => undefined)'),
  host('crypto', 'crypto.randomUUID()'),
  host('process', 'process.env'),
  host('require', 'require'),
  host('console', 'console'),
  host('fetch'),
  host('Buffer', `Buffer.from('')`),
  host('Intl', 'new Intl.DateTimeFormat()'),
  pure('no-restricted-properties › random', 'export const planted = Math.random();\n'),
  pure('no-restricted-properties › random', 'const { random } = Math;\nexport { random };\n'),
  pure('no-restricted-properties › localeCompare', `export const planted = 'a'.localeCompare('b');\n`),
  pure('no-restricted-properties › toLocaleString', 'export const planted = (1).toLocaleString();\n'),
  pure('no-restricted-properties › toLocaleUpperCase', `export const planted = 'i'.toLocaleUpperCase();\n`),
  pure('no-restricted-properties › toLocaleLowerCase', `export const planted = 'I'.toLocaleLowerCase();\n`),

  {
    fires: 'plumbline/testing-is-for-specs',
    file: 'libs/platform/commands/src/planted.ts',
    code: imports('@plumbline/platform/event-store/testing'),
  },
  {
    fires: 'plumbline/testing-is-for-specs',
    file: 'libs/platform/commands/src/planted.ts',
    code: imports('./testing'),
  },

  // stored shapes
  ...[
    ['no-position-in-events', BANNER + 'export const planted = { position: 1 };\n'],
    ['no-position-in-events', BANNER + `export const planted = { 'position': 1 };\n`],
    ['no-position-in-events', BANNER + 'export interface Planted {\n  readonly fromPosition: string;\n}\n'],
    ['no-float-in-events', BANNER + `import { z } from 'zod';\nexport const planted = z.number().min(0);\n`],
    ['only-strict-shapes-in-events', BANNER + `import { z } from 'zod';\nexport const planted = z.object({});\n`],
    ['only-strict-shapes-in-events', BANNER + `import { z } from 'zod';\nexport const planted = z.unknown();\n`],
    ['events-bear-the-banner', 'export const planted = 1;\n// kept for ever\n'],
  ].map(([rule, code]) => ({ fires: `plumbline/${rule}`, file: 'libs/metrics/domain/src/planted.events.ts', code })),

  // names
  ...[
    'libs/kernel/src/utils/planted.ts',
    'libs/kernel/src/constants.ts',
    'libs/platform/auth/src/types/planted.ts',
  ].map((file) => ({ fires: 'plumbline/no-vague-names', file, code: 'export const planted = 1;\n' })),
  { fires: "plumbline/only-a-lib's-own-index", file: 'libs/kernel/src/planted/index.ts', code: 'export {};\n' },
  { fires: 'plumbline/known-file-roles', file: 'libs/kernel/src/planted.service.ts', code: 'export {};\n' },

  // types
  {
    fires: '@typescript-eslint/no-floating-promises',
    file: 'libs/platform/auth/src/planted.ts',
    code: 'const planted = async (): Promise<number> => 1;\nexport const later = (): void => {\n  planted();\n};\n',
  },
  {
    fires: '@typescript-eslint/no-misused-promises',
    file: 'libs/platform/auth/src/planted.ts',
    code: 'declare const planted: () => Promise<boolean>;\nexport const sure = (): number => (planted() ? 1 : 0);\n',
  },
  {
    fires: '@typescript-eslint/switch-exhaustiveness-check',
    what: 'a case forgotten',
    file: 'libs/kernel/src/planted.ts',
    code: `export const planted = (of: 'a' | 'b'): number => {\n  switch (of) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n};\n`,
  },
  {
    fires: '@typescript-eslint/switch-exhaustiveness-check',
    what: 'a default that swallows what comes later',
    file: 'libs/kernel/src/planted.ts',
    code: `export const planted = (of: 'a' | 'b'): number => {\n  switch (of) {\n    case 'a':\n      return 1;\n    default:\n      return 0;\n  }\n};\n`,
  },
  {
    fires: '@typescript-eslint/no-explicit-any',
    file: 'libs/kernel/src/planted.ts',
    code: 'export const planted = (given: any): void => void given;\n',
  },
  {
    fires: '@typescript-eslint/no-unused-vars',
    file: 'libs/kernel/src/planted.ts',
    code: 'const planted = 1;\nexport {};\n',
  },

  // specs
  ...[
    `it.skip('is planted', () => undefined);\n`,
    `describe.only('planted', () => undefined);\n`,
    `it.todo('is planted');\n`,
    `xit('is planted', () => undefined);\n`,
    `it.skip.each([1])('is planted', () => undefined);\n`,
  ].map((code) => ({ fires: 'plumbline/no-idle-spec', file: 'libs/kernel/src/planted.spec.ts', code })),

  // what the law allows: a rule that fires on everything would pass every probe above
  ...[
    ['a pure lib on another', 'libs/statistics/src/planted.ts', '@plumbline/kernel'],
    ['zod in pure code', 'libs/statistics/src/planted.ts', 'zod'],
    ['fast-check in the spec of pure code', 'libs/statistics/src/planted.spec.ts', 'fast-check'],
    ['Node in the spec of pure code', 'libs/statistics/src/planted.spec.ts', 'node:fs'],
    ['Node in platform code', 'libs/platform/auth/src/planted.ts', 'node:fs'],
    [
      'what helps specs in a spec',
      'libs/platform/commands/src/planted.spec.ts',
      '@plumbline/platform/event-store/testing',
    ],
    ['any package in platform code', 'libs/platform/auth/src/planted.ts', 'pg'],
    ["a context's server on its domain", 'libs/organization/server/src/planted.ts', '@plumbline/organization/domain'],
    ["a context's server on a platform lib", 'libs/organization/server/src/planted.ts', '@plumbline/platform/http'],
    ["another context's facts in a domain", 'libs/metrics/domain/src/planted.ts', '@plumbline/organization/facts'],
    ['any domain in reporting', 'libs/reporting/domain/src/planted.ts', '@plumbline/metrics/domain'],
    ["reporting's domain in its server", 'libs/reporting/server/src/planted.ts', '@plumbline/reporting/domain'],
    ["any domain in reporting's server", 'libs/reporting/server/src/planted.ts', '@plumbline/metrics/domain'],
    ["a context's server in an app", 'apps/api/src/planted.ts', '@plumbline/metrics/server'],
    ['what all apps share in an app', 'apps/api/src/planted.ts', '@plumbline/deployment'],
    ['a pure lib in the cli', 'apps/cli/src/planted.ts', '@plumbline/kernel'],
    ["the API's client in the cli", 'apps/cli/src/planted.ts', '@plumbline/api-client'],
  ].map(([what, file, specifier]) => allowed(what, file, imports(specifier))),
  allowed(
    'a disposition, whole numbers and strict shapes in events',
    'libs/metrics/domain/src/planted.events.ts',
    BANNER +
      `import { z } from 'zod';\nexport const planted = z.strictObject({ disposition: z.int(), composition: z.number().int() });\n`,
  ),
  allowed(
    'an exhaustive switch',
    'libs/kernel/src/planted.ts',
    `export const planted = (of: 'a' | 'b'): number => {\n  switch (of) {\n    case 'a':\n      return 1;\n    case 'b':\n      return 2;\n  }\n};\n`,
  ),
  allowed(
    'facts.ts that re-exports facts',
    'libs/metrics/domain/src/facts.ts',
    `export { planted } from './planted.facts';\n`,
  ),
];

/** What Node's own types would let through: the compiler of pure code must not know these names. */
export const unknownToPureCode = [
  `export const planted = Buffer.from('');\n`,
  `export const planted = process.env;\n`,
  `export const planted = setTimeout(() => 0, 1);\n`,
  `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n`,
  `export const planted = globalThis.crypto;\n`,
  `export const planted = new URL('a:b');\n`,
  `describe('planted', () => undefined);\n`,
];
