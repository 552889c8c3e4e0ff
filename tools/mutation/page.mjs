// docs/mutation.md out of what Stryker found: a section a lib, each survivor with the reason that tools/mutation/reasons.yaml gives.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const HEAD = `# Mutation testing

Written by \`npm run mutation\`, which is the only one to write here. Every file of these libs is changed by every mutator; nothing is excluded but specs.
A mutant counts as found when a spec of its own lib fails or no longer ends. One that keeps the specs from loading counts neither way. Of those that survive, some
say the same in other words, and why is written beside them; the others are gaps, which a spec should close.

| lib | mutants | found | survivors | of them gaps |
|---|---|---|---|---|
`;
const DETECTED = ['Killed', 'Timeout'];
const VALID = [...DETECTED, 'Survived', 'NoCoverage'];
const GAP = 'a gap: no spec tells the two apart';

const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
function textAt(lines, { start, end }) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part.at(-1).slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return squeezed(part.join(' '));
}

/**
 * A reason holds for the mutants that one of its patterns fits: `file` ends the path, the others are regular expressions over the mutator's name, what was there,
 * what it became, and the source line it stands in. The first reason that fits is given.
 */
const fits = (mutant) => (pattern) =>
  Object.entries(pattern).every(([field, text]) =>
    field === 'file' ? mutant.file.endsWith(text) : new RegExp(text, 'u').test(mutant[field]),
  );
const readReasons = (file) => (existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? []) : []);

export function survivorsIn(results) {
  const { files } = JSON.parse(readFileSync(results, 'utf8'));
  const mutants = Object.entries(files).flatMap(([file, { source, mutants: found }]) => {
    const lines = source.split('\n');
    return found.map(({ location, mutatorName, replacement = '', status }) => ({
      ...{ file, status, mutator: mutatorName, became: squeezed(replacement), was: textAt(lines, location) },
      ...{ at: location.start.line, line: lines[location.start.line - 1].trim() },
    }));
  });
  const valid = mutants.filter(({ status }) => VALID.includes(status));
  return { valid, survivors: valid.filter(({ status }) => !DETECTED.includes(status)) };
}

const quoted = (text) => `\`${text.replaceAll('`', 'ˋ').replaceAll('|', '¦').slice(0, 90)}\``;

function sectionOf(name, root, { commit, results, reasons }) {
  const { valid, survivors } = survivorsIn(results);
  const score = valid.length === 0 ? 0 : (100 * (valid.length - survivors.length)) / valid.length;
  const rows = survivors.map((mutant) => {
    const { file, at, mutator, was, became, status } = mutant;
    const why = reasons.find(({ mutants }) => mutants.some(fits(mutant)))?.why ?? GAP;
    const where = `${file.slice(root.length + 5)}:${at}`;
    return `| ${where} | ${mutator}${status === 'NoCoverage' ? ', no spec runs it' : ''} | ${quoted(was)} | ${quoted(became)} | ${squeezed(why)} |`;
  });
  return [
    `## ${name}`,
    '',
    `${score.toFixed(1)} % of ${valid.length} mutants found by its own specs, ${survivors.length} survived (commit ${commit}).`,
    '',
    ...(rows.length === 0
      ? ['None survived.']
      : ['| where | mutator | was | became | why it survives |', '|---|---|---|---|---|', ...rows]),
    '',
  ].join('\n');
}

const FIGURES = /^([\d.]+) % of (\d+) mutants found by its own specs, (\d+) survived/m;
function overviewOf([name, text]) {
  const [, score, mutants, survivors] = FIGURES.exec(text);
  const open = text.split('\n').filter((line) => line.endsWith(`| ${GAP} |`)).length;
  return `| [${name}](#${name}) | ${mutants} | ${score} % | ${survivors} | ${open} |`;
}

/** Writes the sections of the libs that are named, and leaves those of the others as they are. */
export function writePage(page, reasonsFile, libs) {
  const reasons = readReasons(reasonsFile);
  const sections = new Map(
    (existsSync(page) ? readFileSync(page, 'utf8') : '')
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)[1], text]),
  );
  for (const { name, root, commit, results } of libs)
    sections.set(name, sectionOf(name, root, { commit, results, reasons }));
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1));
  const overview = sorted.map(overviewOf).join('\n');
  writeFileSync(
    page,
    `${HEAD}${overview}\n\n${sorted
      .map(([, text]) => text)
      .join('\n')
      .trimEnd()}\n`,
  );
}
