/**
 * No file, mutator or line is excluded: only specs and what helps them are left out. Run by `npm run mutation`. MUTATION_RUNNER=jest runs the specs under Jest
 * instead, anew for each mutant, which takes hours.
 */
const root = process.env.MUTATED_PROJECT;
const isJest = process.env.MUTATION_RUNNER === 'jest';
const runner = isJest
  ? {
      testRunner: 'jest',
      testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      plugins: ['@stryker-mutator/jest-runner'],
      jest: { projectType: 'custom', configFile: 'tools/mutation/jest.config.cjs', enableFindRelatedTests: true },
    }
  : {
      testRunner: 'bundled-specs',
      plugins: ['./tools/mutation/runner.mjs'],
      buildCommand: 'node tools/mutation/bundle.mjs',
    };
export default {
  ...runner,
  mutate: [`${root}/src/**/*.ts`, `!${root}/src/**/*.spec.ts`, `!${root}/src/**/*.testing.ts`],
  coverageAnalysis: 'perTest',
  reporters: ['progress', 'json'],
  jsonReporter: { fileName: process.env.MUTATION_RESULTS },
  tempDirName: 'tmp/stryker',
  // long, so that a busy machine makes no mutant look as if it never ended
  timeoutMS: 20_000,
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  ignorePatterns: ['dist', 'docs', '.nx', '.plumbline', 'tmp'],
};
