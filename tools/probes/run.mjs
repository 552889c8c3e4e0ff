// npm run probes: plants every violation of planted.mjs, all in one lint run, and expects each to be found by its rule and by no other.
import { ESLint } from 'eslint';
import ts from 'typescript';
import { makeProjectGraph } from '../law/graph.mjs';
import { ROOT, projects, rootsOf } from '../law/projects.mjs';
import { planted, unknownToPureCode } from './planted.mjs';

const BOUNDARIES = '@nx/enforce-module-boundaries';
/**
 * What the boundary rule refuses whatever its constraints. It speaks of a circle before it speaks of a layer, so an import against the order of layers
 * may be called either; that each layer was named at least once is checked at the end.
 */
const CIRCLE = `${BOUNDARIES} › noCircularDependencies`;
const ALWAYS_BOUND = [
  'noRelativeOrAbsoluteImportsAcrossLibraries',
  'noSelfCircularDependencies',
  'noCircularDependencies',
];
let passed = 0;
let failed = 0;
function check(what, problem) {
  if (problem) console.error(`failed: ${what}\n        ${problem}`);
  if (problem) failed += 1;
  else passed += 1;
}

/** A program over files that are planted in memory, beside everything on disk that they import. */
function programOf(config, files) {
  const read = ts.readConfigFile(ROOT + config, ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(read, ts.sys, ROOT, undefined, ROOT + config);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file), languageVersion, true)
      : getSourceFile(file, languageVersion, ...rest);
  return { program: ts.createProgram([...files.keys()], options, host), fileNames };
}

/** `planted.ts` in a folder is many texts: each gets a name of its own, so that all stand in one program. */
const apart = (probes) =>
  probes.map((probe, index) => ({
    ...probe,
    file: ROOT + probe.file.replace(/planted(?=\.[^/]*$)/, `planted-${index}`),
  }));

/** Which rule spoke and, of a rule with several entries, which entry. */
function spoken({ ruleId, message, messageId }) {
  if (ruleId === BOUNDARIES) {
    const [, source] = /tagged with "(.+?)" (?:can only depend|is not allowed to import)/.exec(message) ?? [];
    return `${ruleId} › ${source ?? messageId}`;
  }
  if (ruleId === 'no-restricted-globals') return `${ruleId} › ${/'(?:globalThis\.)?(\w+)'/.exec(message)[1]}`;
  if (ruleId === 'no-restricted-properties') return `${ruleId} › ${/'(?:\w+\.)?(\w+)'/.exec(message)[1]}`;
  return ruleId ?? message;
}

/** Every rule, and every entry of a rule with several, that eslint.config.mjs sets in a block of its own (named `law/…`). */
function lawOf(blocks) {
  const entries = (rule, [first, ...more]) => {
    if (rule === BOUNDARIES)
      return ALWAYS_BOUND.concat(
        first.depConstraints.map(({ sourceTag, allSourceTags }) => sourceTag ?? allSourceTags.join('" and "')),
      );
    if (rule === 'no-restricted-globals') return first.globals.map(({ name }) => name);
    if (rule === 'no-restricted-properties') return [first, ...more].map(({ property }) => property);
    return [];
  };
  const spell = (rule, setting) => {
    const several = Array.isArray(setting) ? entries(rule, setting.slice(1)) : [];
    return several.length === 0 ? [rule] : several.map((entry) => `${rule} › ${entry}`);
  };
  const law = blocks.filter(({ name }) => name?.startsWith('law/')).flatMap(({ rules }) => Object.entries(rules));
  return new Set(law.filter(([, setting]) => setting !== 'off').flatMap(([rule, setting]) => spell(rule, setting)));
}

/** Lints every probe and gives the entries of the law that spoke. */
async function lintProbes() {
  const spoke = new Set();
  const probes = apart(planted);
  const files = new Map(probes.map(({ file, code }) => [file, code]));
  if (files.size !== probes.length) throw new Error('Two probes stand under one path: give one of them another.');
  const { program } = programOf('tsconfig.json', files);
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { project: null, programs: [program] } } },
  });
  for (const { fires, what, file, code } of probes) {
    const [{ messages }] = await eslint.lintText(code, { filePath: file });
    const entries = new Set(messages.map(spoken));
    const heard = [...entries].join();
    if (entries.size === 1) spoke.add(heard);
    const title = fires
      ? `${fires}: ${what ?? code.split('\n').find((line) => !line.startsWith('//'))}`
      : `allowed: ${what}`;
    check(
      `${title} (${file.slice(ROOT.length)})`,
      heard !== (fires ?? '') &&
        !(heard === CIRCLE && fires?.startsWith(BOUNDARIES)) &&
        `heard ${messages.map((m) => `${m.ruleId}: ${m.message}`).join(' | ') || 'nothing'}`,
    );
  }
  return spoke;
}

function compileProbes() {
  const probes = apart(unknownToPureCode.map((code) => ({ file: 'libs/statistics/src/planted.ts', code })));
  const { program, fileNames } = programOf('tsconfig.lib.json', new Map(probes.map(({ file, code }) => [file, code])));
  for (const { file, code } of probes) {
    const errors = program.getSemanticDiagnostics(program.getSourceFile(file));
    check(`pure code does not compile with: ${code.split('\n')[0]}`, errors.length === 0 && 'it compiles');
  }
  for (const root of rootsOf('pure', 'domain', 'report', 'story'))
    check(
      `${root} is compiled without Node's types`,
      !fileNames.includes(`${ROOT}${root}/src/index.ts`) && 'tsconfig.lib.json does not include it',
    );
}

function everyRuleSpoke(law, spoke) {
  for (const entry of law)
    check(`${entry} is broken by a probe and found`, !spoke.has(entry) && 'add one to planted.mjs');
  for (const { fires } of planted)
    if (fires && !law.has(fires)) check(`${fires} is in the law`, 'eslint.config.mjs does not set it');
  for (const { name, layer, scope } of projects)
    check(`${name} has one layer and one scope`, !(layer && scope) && 'tag it in its project.json');
}

makeProjectGraph();
const { default: blocks } = await import('../../eslint.config.mjs');
everyRuleSpoke(lawOf(blocks), await lintProbes());
compileProbes();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
