// npm run mutation -- [measures charter metrics programs evaluations …]: changes the code of these libs in every way Stryker knows, runs their unit specs
// against each change, and writes docs/mutation.md itself. A survivor's reason stands in tools/mutation/reasons.yaml under the key printed for it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = resolve(fileURLToPath(new URL('../../', import.meta.url)));
const page = join(root, 'docs/mutation.md');
const reasonsFile = join(root, 'tools/mutation/reasons.yaml');
const resultsOf = (name) => join(root, 'tmp/mutation', `${name}.json`);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const WHOLE = ['measures', 'charter', 'metrics', 'programs', 'evaluations'];
const rootOf = (name) => [`libs/${name}/domain`, `libs/${name}`].find((path) => existsSync(join(root, path, 'src')));
const names = process.argv.length > 2 ? process.argv.slice(2) : WHOLE;
for (const name of names)
  if (!rootOf(name)) {
    console.error(`there is no lib ${name}`);
    process.exit(2);
  }

/** The same mutant keeps its key while the code around it moves: what was there, and what stood in its place. */
const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
const textAt = (source, { start, end }) => {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return squeezed(lines.join(' '));
};

const DETECTED = ['Killed', 'Timeout'];
const VALID = [...DETECTED, 'Survived', 'NoCoverage'];

function section(name, reasons) {
  const { files } = JSON.parse(readFileSync(resultsOf(name), 'utf8'));
  const mutants = Object.entries(files).flatMap(([file, { source, mutants: found }]) =>
    found.map((mutant) => ({ ...mutant, file, was: textAt(source, mutant.location) })),
  );
  const valid = mutants.filter(({ status }) => VALID.includes(status));
  const detected = valid.filter(({ status }) => DETECTED.includes(status));
  const score = valid.length === 0 ? 0 : (100 * detected.length) / valid.length;
  const survivors = valid.filter(({ status }) => !DETECTED.includes(status));
  const commit = `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', rootOf(name)) ? ' with changes' : ''}`;
  const quoted = (text) => `\`${text.replaceAll('`', 'ˋ').replaceAll('|', '¦').slice(0, 90)}\``;
  const rows = survivors.map(({ file, location, mutatorName, was, replacement = '', status }) => {
    const key = `${file} ${mutatorName}: ${was.slice(0, 120)} → ${squeezed(replacement).slice(0, 120)}`;
    const where = `${file.slice(rootOf(name).length + 5)}:${location.start.line}`;
    return `| ${where} | ${mutatorName}${status === 'NoCoverage' ? ', no spec runs it' : ''} | ${quoted(was)} | ${quoted(squeezed(replacement))} | ${reasons[key] ?? ''} |`;
  });
  return [
    `## ${name}`,
    '',
    `${score.toFixed(1)} % of ${valid.length} mutants found by its own specs (commit ${commit}, ${new Date().toISOString().slice(0, 10)}).`,
    '',
    ...(rows.length === 0
      ? ['None survived.']
      : ['| where | mutator | was | became | why it survives |', '|---|---|---|---|---|', ...rows]),
    '',
  ].join('\n');
}

const HEAD = `# Mutation testing

Written by \`npm run mutation\`, which is the only one to write here. Every file of these libs is changed by every mutator; nothing is excluded but specs.

`;
const sections = new Map(
  (existsSync(page) ? readFileSync(page, 'utf8') : '')
    .split(/^(?=## )/m)
    .slice(1)
    .map((text) => [/^## (.*)$/m.exec(text)[1], text]),
);
mkdirSync(join(root, 'tmp/mutation'), { recursive: true });
let failed = 0;
for (const name of names) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'tools/mutation/stryker.config.mjs'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, MUTATED_PROJECT: rootOf(name), MUTATION_RESULTS: resultsOf(name) },
    },
  );
  if (status !== 0) {
    failed += 1;
    continue;
  }
  const reasons = existsSync(reasonsFile) ? (parse(readFileSync(reasonsFile, 'utf8')) ?? {}) : {};
  sections.set(name, section(name, reasons));
  writeFileSync(
    page,
    HEAD +
      [...sections]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, text]) => text)
        .join('\n')
        .trimEnd() +
      '\n',
  );
}
process.exit(failed === 0 ? 0 : 1);
