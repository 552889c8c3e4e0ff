// Runs the bundled unit specs (bundle.mjs) in one process, each mutant from a fresh start of all modules. Same specs, same `expect`, same `each` as under Jest;
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

  async #run({ activate = 'runtime', mutant, filter, bail }) {
    this.#stryker.currentTestId = undefined;
    this.#stryker.activeMutant = activate === 'static' ? mutant : undefined;
    let tests;
    try {
      tests = this.#load().tests;
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: `the specs do not load: ${error?.stack ?? error}` };
    }
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

  async dryRun() {
    this.#stryker.mutantCoverage = { static: {}, perTest: {} };
    const result = await this.#run({});
    return { ...result, mutantCoverage: this.#stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, disableBail, hitLimit }) {
    this.#stryker.hitLimit = hitLimit;
    this.#stryker.hitCount = hitLimit ? 0 : undefined;
    const result = await this.#run({
      activate: mutantActivation,
      mutant: activeMutant.id,
      filter: testFilter,
      bail: !disableBail,
    });
    const timeout = determineHitLimitReached(this.#stryker.hitCount, this.#stryker.hitLimit);
    return toMutantRunResult(timeout ?? result, disableBail);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'bundled-specs', BundledSpecs)];
