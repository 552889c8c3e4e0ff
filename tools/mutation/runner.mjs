// Runs the bundled unit specs (bundle.mjs) in one process. Same specs, same `expect`, same `each` as under Jest;
// starting Jest anew for each of some ten thousand mutants would take hours.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { expect } from 'expect';
import { bind } from 'jest-each';

// zod would compile each shape on its first use, which pays only when the second one comes
globalThis.__zod_globalConfig = { jitless: true };

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** What specs say while they load: groups of tests, each with its hooks. */
class Tree {
  file = '';
  tests = [];
  #group = { parent: null, title: '', hooks: Object.fromEntries(HOOKS.map((hook) => [hook, []])) };
  #ids = new Map();

  globals() {
    const describe = (title, body) => {
      const parent = this.#group;
      this.#group = { parent, title, hooks: Object.fromEntries(HOOKS.map((hook) => [hook, []])) };
      body();
      this.#group = parent;
    };
    const it = (title, body) => this.#add(String(title), body);
    describe.each = bind(describe, false);
    it.each = bind(it);
    const hooks = HOOKS.map((hook) => [hook, (body) => void this.#group.hooks[hook].push(body)]);
    return {
      describe,
      it,
      test: it,
      expect,
      specFile: (file) => (this.file = file),
      ...Object.fromEntries(hooks),
    };
  }

  #add(title, body) {
    const groups = [];
    for (let group = this.#group; group; group = group.parent) groups.unshift(group);
    const name = [...groups.map((group) => group.title).filter((text) => text !== ''), title].join(' ');
    const said = this.#ids.get(`${this.file} ${name}`) ?? 0;
    this.#ids.set(`${this.file} ${name}`, said + 1);
    const id = said === 0 ? `${this.file} ${name}` : `${this.file} ${name} (${said + 1})`;
    this.tests.push({ id, name, file: this.file, groups, body });
  }
}

async function runTest({ id, name, file, groups, body }, begun) {
  const started = performance.now();
  const result = { id, name, fileName: file };
  try {
    for (const group of groups)
      if (!begun.has(group)) {
        begun.add(group);
        for (const hook of group.hooks.beforeAll) await hook();
      }
    for (const group of groups) for (const hook of group.hooks.beforeEach) await hook();
    await body();
    for (const group of [...groups].reverse()) for (const hook of group.hooks.afterEach) await hook();
    return { ...result, status: TestStatus.Success, timeSpentMs: performance.now() - started };
  } catch (error) {
    const failureMessage = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...result, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - started };
  }
}

class BundledSpecs {
  #script;
  #loaded;
  #require = createRequire(resolve('specs.cjs'));
  #stryker = (globalThis.__stryker__ ??= {});

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${readFileSync('specs.cjs', 'utf8')}\n})`;
    this.#script = new Script(wrapped, { filename: resolve('specs.cjs') });
  }

  #load() {
    const tree = new Tree();
    Object.assign(globalThis, tree.globals());
    const module = { exports: {} };
    this.#script.runInThisContext()(module.exports, this.#require, module, resolve('specs.cjs'), resolve('.'));
    return tree;
  }

  async #run({ tests, mutant, filter, bail }) {
    this.#stryker.activeMutant = mutant;
    const wanted = filter && new Set(filter);
    const results = [];
    const begun = new Set();
    for (const test of tests) {
      if (wanted && !wanted.has(test.id)) continue;
      this.#stryker.currentTestId = test.id;
      results.push(await runTest(test, begun));
      if (bail && results.at(-1).status === TestStatus.Failed) break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }

  /** Loads all modules anew, under a mutant or none; gives what went wrong instead when they do not load. */
  #loadUnder(mutant) {
    this.#stryker.currentTestId = undefined;
    this.#stryker.activeMutant = mutant;
    try {
      return { tests: this.#load().tests };
    } catch (error) {
      return {
        failure: { status: DryRunStatus.Error, errorMessage: `the specs do not load: ${error?.stack ?? error}` },
      };
    }
  }

  async dryRun() {
    this.#stryker.mutantCoverage = { static: {}, perTest: {} };
    const { tests, failure } = this.#loadUnder(undefined);
    const result = failure ?? (await this.#run({ tests }));
    return { ...result, mutantCoverage: this.#stryker.mutantCoverage };
  }

  /** A mutant that only runs within tests takes the modules as they were loaded for the one before; any other, and the next after it, has them loaded anew. */
  async mutantRun({ activeMutant: { id }, mutantActivation, reloadEnvironment, testFilter, disableBail, hitLimit }) {
    this.#stryker.hitLimit = hitLimit;
    this.#stryker.hitCount = hitLimit ? 0 : undefined;
    const isStatic = mutantActivation === 'static';
    if (isStatic || reloadEnvironment || !this.#loaded) this.#loaded = this.#loadUnder(isStatic ? id : undefined);
    const { tests, failure } = this.#loaded;
    const result = failure ?? (await this.#run({ tests, mutant: id, filter: testFilter, bail: !disableBail }));
    if (isStatic || failure) this.#loaded = undefined;
    const timeout = determineHitLimitReached(this.#stryker.hitCount, this.#stryker.hitLimit);
    return toMutantRunResult(timeout ?? result, disableBail);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'bundled-specs', BundledSpecs)];
