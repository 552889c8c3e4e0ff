import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '@plumbline/api-client';
import { BadUsage, CheckFailed } from './exit';
import { Progress } from './progress';

export interface ImportOptions {
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly skipBadRows?: boolean;
  readonly corrections?: string;
  readonly resume?: string;
  readonly complete?: boolean;
  readonly effective?: string;
}

interface Job {
  readonly job: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number | null } | null;
  readonly refusal: { readonly rule: string; readonly detail: string } | null;
  readonly outcome: {
    readonly importId: string;
    readonly state: 'recorded' | 'unchanged' | 'dry-run' | 'refused';
    readonly rows: number;
    readonly recorded: number;
    readonly unchanged: number;
    readonly refused: number;
    readonly repeated: number;
    readonly followed: number;
    readonly position: string | null;
    readonly unfinished: boolean;
    readonly plans: readonly string[];
    readonly problems: readonly Problem[];
  } | null;
}
interface Problem {
  readonly line: number;
  readonly column?: string;
  readonly value?: string;
  readonly field?: string;
  readonly rule: string;
  readonly detail?: string;
  readonly alike?: number;
  readonly lastLine?: number;
}

const mapText = (map: string | undefined): string | undefined => {
  if (map === undefined) return undefined;
  const candidates = [map, `examples/maps/${map}`, `examples/maps/${map}.yaml`];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined)
    throw new BadUsage(`There is no map ${map}; looked at ${candidates.map((path) => resolve(path)).join(', ')}.`);
  return readFileSync(found, 'utf8');
};

const place = ({ line, alike, lastLine }: Problem): string =>
  line === 0
    ? 'map'
    : alike === undefined
      ? `line ${line}`
      : `${alike} rows from line ${line} to line ${lastLine ?? line}`;

/** A problem as one line: where, which column and value of the file, what is wrong, and the rule. */
export const problemLine = (problem: Problem): string => {
  const { column, value, field, rule, detail } = problem;
  const where = [
    place(problem),
    ...(column === undefined ? [] : [`column ${column}${field === undefined ? '' : ` (${field})`}`]),
    ...(value === undefined ? [] : [`value "${value}"`]),
  ].join(', ');
  return `  ${where}${detail === undefined || detail === '' ? '' : `: ${detail}`} (${rule})`;
};

const lines = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

/** An import that an earlier try recorded in part is not over when its rows are refused now. */
const stillOpen = ({ unfinished, importId }: NonNullable<Job['outcome']>): readonly string[] =>
  unfinished
    ? [
        `What an earlier try recorded stays, and reports stand before it. Mend the rows, or finish with the others: --skip-bad-rows --resume ${importId}`,
      ]
    : [];

const refusedHeading = ({ refused, rows }: NonNullable<Job['outcome']>): string =>
  refused === 0
    ? `Nothing was recorded: the map was refused, and with it all ${lines(rows)}.`
    : `Nothing was recorded: ${lines(refused)} of ${rows} refused.`;

/** Uploads a file, follows its import with a bar, and says what became of it. @throws CheckFailed | BadUsage when rows were refused. */
export async function importFile(api: ApiClient, kind: string, file: string, options: ImportOptions): Promise<string> {
  if (!existsSync(file)) throw new BadUsage(`There is no file ${resolve(file)}.`);
  if (!statSync(file).isFile()) throw new BadUsage(`${resolve(file)} is not a file.`);
  const map = mapText(options.map);
  const { upload } = (await api.upload<{ upload: string }>('/v1/uploads', () => createReadStream(file))).body;
  let job = (
    await api.post<Job>('/v1/imports', {
      kind,
      upload,
      fileName: basename(file),
      dryRun: options.dryRun ?? false,
      skipBadRows: options.skipBadRows ?? false,
      ...(map === undefined ? {} : { map }),
      ...(options.corrections === undefined ? {} : { corrections: options.corrections }),
      ...(options.complete === undefined ? {} : { complete: options.complete }),
      ...(options.effective === undefined ? {} : { effective: options.effective }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
    })
  ).body;
  const progress = new Progress();
  while (job.state === 'waiting' || job.state === 'running') {
    await sleep(200);
    job = (await api.get<Job>(`/v1/imports/${job.job}`)).body;
    if (job.progress) progress.show(job.progress.phase, job.progress.done, job.progress.total);
  }
  progress.end();
  if (job.refusal && job.state === 'failed') throw new CheckFailed(`${job.refusal.detail} (${job.refusal.rule})`);
  if (job.refusal) throw new BadUsage(`${job.refusal.detail} Nothing was recorded. (${job.refusal.rule})`);
  const outcome = job.outcome;
  if (!outcome) throw new CheckFailed('The import ended without an outcome.');
  const problems = outcome.problems.map(problemLine);
  const named = outcome.problems.reduce((count, { line, alike = 1 }) => count + (line === 0 ? 0 : alike), 0);
  if (outcome.refused > named) problems.push(`  and ${outcome.refused - named} more`);
  if (outcome.state === 'refused')
    throw new BadUsage([refusedHeading(outcome), ...problems, ...stillOpen(outcome)].join('\n'));
  const repeated = outcome.repeated === 0 ? '' : `, ${outcome.repeated} repeated`;
  const followed = outcome.followed === 0 ? '' : `; ${outcome.followed} more from the file as a whole`;
  const counts = `${lines(outcome.rows)} read: ${outcome.recorded} recorded, ${outcome.unchanged} unchanged, ${outcome.refused} refused${repeated}${followed}`;
  const heading =
    outcome.state === 'dry-run'
      ? 'Dry run, nothing recorded'
      : outcome.state === 'unchanged'
        ? 'Nothing new'
        : 'Imported';
  return [
    `${heading}. ${counts}.`,
    ...outcome.plans.map((plan) => `  ${plan}`),
    ...(outcome.plans.length < outcome.recorded + outcome.followed && outcome.plans.length > 0 ? ['  and more'] : []),
    ...problems,
    `Import ${outcome.importId}${outcome.position === null ? '' : ` to position ${outcome.position}`}.`,
  ].join('\n');
}
