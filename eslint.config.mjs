import { existsSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { codeConstraints, specConstraints } from './tools/law/layers.mjs';
import { plugin as plumbline } from './tools/law/plugin.mjs';
import { ROOT, projects, rootsOf } from './tools/law/projects.mjs';
import { restrictedGlobals, restrictedProperties } from './tools/law/purity.mjs';

// Without a project graph the boundary rule skips itself and the run still passes: refuse to lint instead.
const graph = `${ROOT}.nx/workspace-data/project-graph.json`;
const known = existsSync(graph) ? Object.keys(JSON.parse(readFileSync(graph, 'utf8')).nodes) : [];
if (projects.some(({ name }) => !known.includes(name)))
  throw new Error('The project graph is missing or old: run `npm run lint`, which makes it first.');

const SPECS = ['**/*.spec.ts'];
const inside = (roots, files) => roots.map((root) => `${root}/${files}`);
/** Loading a lib lazily in one file and plainly in another matters to a page in a browser only. */
const boundaries = (depConstraints) => ({
  '@nx/enforce-module-boundaries': ['error', { allow: [], checkDynamicDependenciesExceptions: ['.*'], depConstraints }],
});
const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));

export default [
  { ignores: ['**/dist', '**/tmp', '**/node_modules', '**/coverage', '.nx', '.plumbline'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  {
    files: ['**/*.mjs', '**/*.cjs'],
    ...js.configs.recommended,
    languageOptions: { globals: { ...nodeGlobals, require: 'readonly', module: 'writable', __dirname: 'readonly' } },
  },
  {
    name: 'law/types',
    files: ['**/*.ts'],
    // one program for the whole tree: a program a project takes three times as long
    languageOptions: { parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    name: 'law/names',
    files: ['**/*.ts'],
    plugins: { plumbline },
    rules: {
      'plumbline/no-vague-names': 'error',
      "plumbline/only-a-lib's-own-index": 'error',
      'plumbline/known-file-roles': 'error',
      'plumbline/testing-is-for-specs': 'error',
    },
  },
  { name: 'law/layers', files: ['**/*.ts'], ignores: SPECS, rules: boundaries(codeConstraints) },
  { name: 'law/layers of specs', files: SPECS, rules: boundaries(specConstraints) },
  {
    name: 'law/purity',
    files: inside(rootsOf('pure', 'domain', 'report', 'story'), 'src/**/*.ts'),
    ignores: SPECS,
    rules: {
      'plumbline/no-host-module': 'error',
      'plumbline/no-loading-at-run-time': 'error',
      'no-restricted-globals': ['error', restrictedGlobals],
      'no-restricted-properties': ['error', ...restrictedProperties],
    },
  },
  {
    name: 'law/contexts',
    files: inside(rootsOf('domain'), 'src/**/*.ts'),
    rules: { 'plumbline/only-facts-of-another-context': 'error' },
  },
  {
    name: 'law/facts',
    files: ['**/facts.ts', '**/*.facts.ts'],
    rules: { 'plumbline/facts-publish-folds-only': 'error' },
  },
  {
    name: 'law/events',
    files: ['**/*.events.ts'],
    rules: {
      'plumbline/no-position-in-events': 'error',
      'plumbline/no-float-in-events': 'error',
      'plumbline/only-strict-shapes-in-events': 'error',
      'plumbline/events-bear-the-banner': 'error',
    },
  },
  { name: 'law/specs', files: SPECS, rules: { 'plumbline/no-idle-spec': 'error' } },
  prettier,
];
