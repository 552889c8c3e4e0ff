import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment, readModels, Worker } from '@plumbline/deployment';
import { type ClusterPlace, withCluster } from './cluster-place';
import { COMPONENTS, CYCLE, CycleLog } from './cycle-log';
import { answerParent, asked, inFreshProcess } from './fresh-process';
import { type DeploymentPlace, withDeployment } from './measured-deployment';
import { found, many, say, seconds } from './rounds';

const NOW = '2026-01-05T09:00:00.000Z';
const LEADERS = many(5_000, 50);
const ROUNDS = many(3, 2);
const STREAMS_AN_APPEND = 20_000;
const LIMIT_SECONDS = 60;
const LOOK_MS = 50;
const END = 'evaluations.ScorecardsComputed.v1';

interface Computed {
  readonly seconds: number;
  readonly scorecards: number;
  /** Of all that was recorded from the freeze on. */
  readonly hash: string;
}

const prepare = (place: DeploymentPlace): Promise<void> =>
  withDeployment(place, NOW, async ({ deployment, as }) => {
    const { store, names, projections, processes } = deployment;
    const writes = new CycleLog(names, as('hr').id, LEADERS).writes();
    for (let from = 0; from < writes.length; from += STREAMS_AN_APPEND)
      await store.append(writes.slice(from, from + STREAMS_AN_APPEND));
    await projections.catchUp();
    await processes.catchUp();
    await projections.catchUp();
  });

/** Until the worker's processes and all read models stand at the head of the log, and it has an event of the type that ends what was begun. */
async function followed({ store, processes, reader }: Deployment, after: bigint, type?: string): Promise<void> {
  for (;;) {
    const ended = type === undefined || (await store.readPage(after, 1, { types: [type] })).events.length > 0;
    const { position } = await store.head();
    const read = await reader.checkpoints(readModels);
    const least = read.reduce((low, at) => (at.position < low ? at.position : low), processes.standing.position);
    if (ended && least >= position) return;
    await sleep(LOOK_MS);
  }
}

/** What a cycle recorded after a position, but for the salts, which are drawn. */
async function recordedAfter({ store }: Deployment, after: bigint): Promise<Omit<Computed, 'seconds'>> {
  const hash = createHash('sha256');
  let scorecards = 0;
  for await (const { event } of store.readAll(after)) {
    if (!event.type.startsWith('evaluations.')) continue;
    const { salt: _drawn, ...rest } = event;
    hash.update(`${JSON.stringify(rest)}\n`);
    if (event.type === 'evaluations.ScorecardComputed.v1') scorecards += 1;
  }
  return { scorecards, hash: hash.digest('hex') };
}

/** Freezes the cycle and lets the worker do what follows: each scorecard computed, the whole recorded, all of it to be read. */
const compute = (place: DeploymentPlace): Promise<Computed> =>
  withDeployment(place, NOW, async ({ deployment, as }) => {
    const { commands, store } = deployment;
    const worker = new Worker(deployment);
    worker.start();
    await followed(deployment, 0n); // one that runs knows the log
    const { position } = await store.head();
    const took = await seconds(async () => {
      const freeze = { type: 'evaluations.FreezeCycle', data: { cycle: CYCLE } };
      const result = await commands.handle(freeze, { commandId: 'freeze', correlationId: 'freeze', actor: as('hr') });
      if (!result.accepted) throw new Error(`${result.refused} ${result.detail ?? ''}`);
      await followed(deployment, position, END);
    });
    await worker.stop();
    return { seconds: took, ...(await recordedAfter(deployment, position)) };
  });

async function measure(cluster: ClusterPlace): Promise<void> {
  const dataDir = join(cluster.folder, 'cycle');
  say(`a year of ${LEADERS} leaders, which takes a minute or two …`);
  await prepare({ dataDir, databaseUrl: await cluster.make('year') });
  const ours: number[] = [];
  const heaps: number[] = [];
  const hashes = new Set<string>();
  for (let round = 1; round <= ROUNDS; round++) {
    say(`freeze and compute, ${round} of ${ROUNDS} …`);
    const place = { dataDir, databaseUrl: await cluster.make(`round_${round}`, 'year') };
    const { answer, peakHeapMib } = await inFreshProcess<Computed>(place);
    if (answer.scorecards !== LEADERS) throw new Error(`${answer.scorecards} scorecards of ${LEADERS} were computed`);
    ours.push(answer.seconds);
    heaps.push(peakHeapMib);
    hashes.add(answer.hash);
  }
  if (hashes.size !== 1)
    throw new Error(`${ROUNDS} computations of the same log recorded ${hashes.size} different things`);
  const what = `freeze and compute ${LEADERS.toLocaleString('en')} leaders × ${COMPONENTS} components`;
  found({ workload: `${what}, the same each time`, unit: 's', ours, target: { below: LIMIT_SECONDS } });
  found({ workload: `${what}: peak heap`, unit: 'MiB', ours: heaps });
}

const place = asked<DeploymentPlace>();
if (place) answerParent(await compute(place));
else await withCluster(measure);
