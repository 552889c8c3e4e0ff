import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importers, importPorts } from '@plumbline/deployment';
import { ImportRun } from '@plumbline/platform/imports';
import { reportText } from '@plumbline/reporting/server';
import { type ClusterPlace, withCluster } from './cluster-place';
import { answerParent, asked, inFreshProcess } from './fresh-process';
import { type DeploymentPlace, type MeasuredDeployment, withDeployment } from './measured-deployment';
import { type FileSize, halfOf, rowsIn, writeObservations } from './observations-file';
import { found, many, say, seconds, sideBySide } from './rounds';

const NOW = '2026-01-05T09:00:00.000Z';
const ROUNDS = many(7, 2);
/** The past may cost a little more than now, and no more. */
const ORDINARY = { times: 0.8 };
const PAIRS = 10;
/** As far as a log goes on after the position that is asked for. */
const LATER = many(200, 20);
const TEN_MONTHS = Array.from({ length: 10 }, (_, n) => `2025-${String(n + 1).padStart(2, '0')}`);

const LARGE: FileSize = {
  ...{ units: many(500, 20), metrics: 40, cadence: 'MONTHLY', periods: TEN_MONTHS, rootPeriods: [] },
};
/** As many organisations, measures and years as the Civil Service People Survey publishes. */
const SURVEY: FileSize = {
  ...{ units: 110, metrics: 95, cadence: 'YEARLY', periods: ['2025'] },
  rootPeriods: Array.from({ length: 11 }, (_, n) => String(2014 + n)),
};

interface Question {
  readonly unit?: string;
  /** Left out: now. */
  readonly position?: string;
}
interface Asking {
  readonly place: DeploymentPlace;
  readonly questions: Readonly<Record<string, Question>>;
  /** How often each; once is for what a process needs that does nothing else. */
  readonly times: number;
}
type Answers = Readonly<Record<string, { readonly seconds: readonly number[]; readonly hash: string }>>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** R2, asked in this process in turn. */
const ask = ({ place, questions, times }: Asking): Promise<Answers> =>
  withDeployment(place, NOW, async ({ reports, as }) => {
    const hashes: Record<string, string> = {};
    const asking = async (name: string, { unit, position }: Question): Promise<number> => {
      const asOf = position === undefined ? undefined : { position: BigInt(position) };
      return seconds(async () => {
        const report = await reports.report('R2', { unit }, asOf, as('hr'), asOf ? undefined : 'head');
        hashes[name] = hashOf(reportText(report));
      });
    };
    const named = Object.entries(questions);
    if (times === 1) for (const [name, question] of named) await asking(name, question);
    const ways = Object.fromEntries(named.map(([name, question]) => [name, () => asking(name, question)]));
    const figures = times === 1 ? {} : await sideBySide(times, ways);
    return Object.fromEntries(named.map(([name]) => [name, { seconds: figures[name] ?? [], hash: hashes[name]! }]));
  });

async function importOnce({ deployment, as }: MeasuredDeployment, size: FileSize, folder: string): Promise<void> {
  const [csv, map] = [join(folder, 'figures.csv'), join(folder, 'figures.yaml')];
  await writeObservations(size, csv, map);
  const importer = importers.find(({ kind }) => kind === 'observations')!;
  const request = { kind: 'observations', path: csv, fileName: 'figures.csv', map: readFileSync(map, 'utf8') };
  const run = await ImportRun.open(importer, request, importPorts(deployment), () => undefined);
  const outcome = await run.run(as('hr'));
  if (outcome.recorded !== rowsIn(size)) throw new Error(`the import recorded ${JSON.stringify(outcome)}`);
}

async function send({ deployment, as }: MeasuredDeployment, commands: readonly { type: string; data: object }[]) {
  const meta = { actor: as('hr'), correlationId: randomUUID() };
  const named = commands.map((command) => ({ commandId: randomUUID(), ...command }));
  const { accepted, refused } = await deployment.batches.handle(named, meta);
  if (!accepted) throw new Error(JSON.stringify(refused[0]));
  await deployment.projections.catchUp();
}

const hypotheses = (size: FileSize) =>
  Array.from({ length: Math.min(PAIRS, halfOf(size)) }, (_, n) => ({
    type: 'metrics.RegisterHypothesis',
    data: {
      ...{ code: `H${n}`, leadingMetric: `M${n}`, laggingMetric: `M${halfOf(size) + n}`, lagPeriods: 1 },
      ...{ expectedSign: 'POSITIVE', reviewDate: '2026-12-31', rationale: 'One comes before the other.' },
    },
  }));

const laterFigures = ({ units, metrics }: FileSize) =>
  Array.from({ length: LATER }, (_, n) => ({
    type: 'metrics.RecordObservation',
    data: {
      ...{ unit: `U${Math.floor(n / metrics) % units}`, metric: `M${n % metrics}`, period: '2025-11' },
      ...{ num: '30', den: '40', n: 40, base: 40, eligible: 40, source: 'generated' },
    },
  }));

/** A log of one import and what was registered on it; then, in the large one, it goes on. */
async function prepared(place: DeploymentPlace, size: FileSize, folder: string) {
  return withDeployment(place, NOW, async (measured) => {
    const { deployment, reports, as } = measured;
    await importOnce(measured, size, folder);
    await send(measured, hypotheses(size));
    const { position } = await deployment.store.head();
    const then = hashOf(reportText(await reports.report('R2', {}, undefined, as('hr'), 'head')));
    if (size.cadence === 'MONTHLY') await send(measured, laterFigures(size));
    return { position: position.toString(), then };
  });
}

/** The most that a process holds that is asked this once and nothing else. */
async function peakHeap(workload: string, place: DeploymentPlace, question: Question): Promise<void> {
  const { peakHeapMib } = await inFreshProcess<Answers>({ place, questions: { question }, times: 1 } satisfies Asking);
  found({ workload: `${workload}: peak heap`, unit: 'MiB', ours: [peakHeapMib] });
}

async function large(cluster: ClusterPlace): Promise<void> {
  const place = { dataDir: join(cluster.folder, 'large'), databaseUrl: await cluster.make('large') };
  say(`one import of ${rowsIn(LARGE)} rows, which takes minutes …`);
  const { position, then } = await prepared(place, LARGE, cluster.folder);
  say('R2 …');
  const questions = { now: {}, earlier: { position }, unit: { unit: 'U0' } };
  const { answer } = await inFreshProcess<Answers>({ place, questions, times: ROUNDS } satisfies Asking);
  const [now, earlier] = [answer['now']!, answer['earlier']!];
  if (earlier.hash !== then || earlier.hash === now.hash)
    throw new Error('R2 as of an earlier position is not what it was then');
  const over = `R2 over ${rowsIn(LARGE).toLocaleString('en')} observations`;
  const peer = { name: 'the same, now', theirs: now.seconds };
  found({ workload: `${over}, now`, unit: 's', ours: now.seconds });
  found({
    workload: `${over}, as of an earlier position`,
    ...{ unit: 's', ours: earlier.seconds, peer, target: ORDINARY },
  });
  found({ workload: `${over}, one unit`, unit: 's', ours: answer['unit']!.seconds });
  await peakHeap(`${over}, now`, place, questions.now);
  await peakHeap(`${over}, as of an earlier position`, place, questions.earlier);
}

async function survey(cluster: ClusterPlace): Promise<void> {
  const place = { dataDir: join(cluster.folder, 'survey'), databaseUrl: await cluster.make('survey') };
  say(`one import of ${rowsIn(SURVEY)} rows …`);
  await prepared(place, SURVEY, cluster.folder);
  const questions = { now: {} };
  const { answer } = await inFreshProcess<Answers>({ place, questions, times: ROUNDS } satisfies Asking);
  const workload = `R2 over ${rowsIn(SURVEY).toLocaleString('en')} observations, as many as a civil service survey`;
  found({ workload, unit: 's', ours: answer['now']!.seconds });
  await peakHeap(workload, place, questions.now);
}

const asking = asked<Asking>();
if (asking) answerParent(await ask(asking));
else
  await withCluster(async (cluster) => {
    await survey(cluster);
    await large(cluster);
  });
