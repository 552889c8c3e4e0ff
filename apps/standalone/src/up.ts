import { join, resolve } from 'node:path';
import { isLocalDate } from '@plumbline/kernel';
import {
  clockFrom,
  configure,
  configureDemonstration,
  createApi,
  DayKeeper,
  DEFAULT_CHOICES,
  type Deployment,
  eventStoreFrom,
  finishConfiguration,
  isStoryUnfinished,
  mailFrom,
  mayStartDemonstration,
  openDeployment,
  openLog,
  type OrganizationChoices,
  playStory,
  Worker,
} from '@plumbline/deployment';
import { DEFAULT_DATA_DIR, openDatabase, removeInstance, writeInstance } from './data-directory';
import { Bar } from './bar';
import { portOf, tryPort, wordsOfPort } from './port';
import { shellWord } from './shell-word';
import { Starting } from './starting';
import { stopOnSignal } from './stopping';

export interface UpOptions {
  readonly dataDir: string;
  readonly port?: string;
  readonly databaseUrl?: string;
  readonly eventStore?: string;
  readonly empty?: boolean;
  readonly story?: boolean;
  readonly simulatedClock?: string;
  readonly timeZone?: string;
  readonly fiscalYear?: string;
  readonly locale?: string;
  readonly policyPack?: string;
  readonly requestsPerTenSeconds?: string;
  readonly acceptClock?: boolean;
}

const DEFAULT_PORT = 4310;
const say = (words: string): void => void process.stdout.write(`${words}\n`);

const wantsConfiguration = ({ empty, timeZone, fiscalYear, locale, policyPack }: UpOptions): boolean =>
  empty === true || [timeZone, fiscalYear, locale, policyPack].some((choice) => choice !== undefined);

/** Loads the demonstration history on an empty log, or goes on loading one that was cut off. */
async function loadStory(deployment: Deployment, starting: Starting, signal: AbortSignal): Promise<void> {
  say('Loading the story of a teaching hospital, two years day by day (start with --empty for a log of your own) …');
  const bar = new Bar('days');
  let saidAt = performance.now();
  await playStory(deployment, {
    signal,
    onProgress: (done, of, day) => {
      bar.show(done, of);
      starting.tell('loading the story', done, of);
      if (process.stderr.isTTY || performance.now() - saidAt < 5_000) return;
      saidAt = performance.now();
      say(`  ${day}, day ${done} of ${of}`);
    },
  });
  bar.end();
}

async function tellOrConfigure(
  deployment: Deployment,
  options: UpOptions,
  starting: Starting,
  signal: AbortSignal,
): Promise<void> {
  const { position } = await deployment.store.head();
  const goesOn = isStoryUnfinished(deployment);
  if (goesOn || (position === 0n && !wantsConfiguration(options))) {
    await loadStory(deployment, starting, signal);
    return;
  }
  if (options.story === true) say('The log is not empty: the story is loaded on an empty one only.');
  if (position > 0n) {
    if (wantsConfiguration(options))
      say('The log is not empty: its own configuration stands, and the flags for an empty log have no effect.');
    return;
  }
  await configure(deployment, choicesOf(options));
}

const choicesOf = ({ timeZone, fiscalYear, locale, policyPack }: UpOptions): OrganizationChoices => ({
  timeZone: timeZone ?? DEFAULT_CHOICES.timeZone,
  fiscalYear: fiscalYear ?? DEFAULT_CHOICES.fiscalYear,
  locale: locale ?? DEFAULT_CHOICES.locale,
  policyPack: policyPack ?? DEFAULT_CHOICES.policyPack,
});

/** Starts a demonstration on an empty log. @throws Error in words when the log is not empty, unless it is a demonstration whose time goes on */
async function simulate(deployment: Deployment, options: UpOptions, from: string): Promise<void> {
  if (await mayStartDemonstration(deployment)) {
    await configureDemonstration(deployment, choicesOf(options), from);
    return;
  }
  if (!deployment.clock.simulated)
    throw new Error(
      '--simulated-clock is for an empty data directory: this log goes by the real clock. Give another --data-dir.',
    );
  say(`Simulated time goes on from the log: ${deployment.clock.now()}. The flags for an empty log have no effect.`);
}

const limitOf = (text: string | undefined): { readonly requestsPerTenSeconds?: number } => {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(`--requests-per-ten-seconds ${text} is not a whole number above zero.`);
  return { requestsPerTenSeconds: Number(text) };
};

/** Starts everything in one process and resolves when it is told to stop. */
export async function up(options: UpOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  const port = portOf(options.port);
  const limit = limitOf(options.requestsPerTenSeconds);
  const { simulatedClock } = options;
  if (simulatedClock !== undefined && !isLocalDate(simulatedClock))
    throw new Error(`--simulated-clock ${simulatedClock} is not a day as 2026-11-23.`);
  const eventStore = eventStoreFrom({ ...process.env, EVENT_STORE_URL: options.eventStore });
  const mail = mailFrom(process.env);
  const acceptClock = options.acceptClock === true ? { acceptClock: true } : clockFrom(process.env);
  if (port !== undefined) await tryPort(port);
  const stop = stopOnSignal(process, say);
  // a terminal that was closed takes no words: that must not keep the database from being stopped
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const closing: (() => Promise<unknown>)[] = [];
  try {
    const starting = new Starting(dataDir);
    closing.unshift(async () => starting.end());
    const saying = (words: string): void => {
      say(words);
      starting.tell('opening the database');
    };
    const database = await openDatabase(dataDir, options.databaseUrl, false, saying, stop);
    closing.unshift(() => database.close());
    starting.tell('reading the log');
    stop.throwIfAborted();
    const log = openLog(join(dataDir, 'plumbline.log'));
    const deployment = await openDeployment({
      dataDir,
      databaseUrl: database.databaseUrl,
      standalone: true,
      log,
      ...eventStore,
      ...mail,
      ...acceptClock,
    });
    closing.unshift(() => deployment.close());
    stop.throwIfAborted();
    await finishConfiguration(deployment);
    if (simulatedClock !== undefined) await simulate(deployment, options, simulatedClock);
    else await tellOrConfigure(deployment, options, starting, stop);
    stop.throwIfAborted();
    if (deployment.roles.problem !== undefined) say(`Note: ${deployment.roles.problem}.`);
    starting.tell('reading the log');
    await deployment.projections.catchUp(undefined, stop);
    await deployment.processes.catchUp(stop);
    if (!deployment.clock.simulated)
      await new DayKeeper(deployment, progressOfDays(), (because) => say(`Note: ${because}`)).keep(stop);
    stop.throwIfAborted();
    const worker = new Worker(deployment);
    worker.start();
    closing.unshift(() => worker.stop());
    const api = await createApi(deployment, limit);
    closing.unshift(() => api.app.close());
    const url = await listen(api, port);
    writeInstance(dataDir, { url, databaseUrl: database.databaseUrl, ...eventStore });
    closing.unshift(async () => removeInstance(dataDir));
    starting.end();
    welcome(url, dataDir, database.postgres?.home, deployment.clock.simulated ? deployment.clock.now() : undefined);
    await new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      stop.addEventListener('abort', () => resolve(), { once: true });
      void database.postgres?.exited.then(() => {
        if (!stop.aborted)
          say('PostgreSQL has ended; so does this instance. Start it again: nothing acknowledged is lost.');
        resolve();
      });
    });
  } catch (error) {
    if (!stop.aborted) throw error;
    // what was interrupted fails in its own words: it was told to
    say(String(stop.reason instanceof Error ? stop.reason.message : stop.reason));
  } finally {
    for (const close of closing) await close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  }
}

function progressOfDays(): (day: string) => void {
  let count = 0;
  return (day) => {
    count += 1;
    if (count % 30 === 0) say(`Days pass, one by one: ${day}`);
  };
}

async function listen(api: Awaited<ReturnType<typeof createApi>>, port: number | undefined): Promise<string> {
  try {
    return await api.listen(port ?? DEFAULT_PORT);
  } catch (error) {
    if (port !== undefined) throw wordsOfPort(port, error);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return await api.listen(0);
  }
}

function welcome(url: string, dataDir: string, home: string | undefined, simulatedNow?: string): void {
  const place = dataDir === resolve(DEFAULT_DATA_DIR) ? '' : ` --data-dir ${shellWord(dataDir)}`;
  say('');
  say(`Plumbline is ready.`);
  say(`  API      ${url}/v1`);
  say(`  OpenAPI  ${url}/openapi`);
  say(`  Data     ${dataDir}${home === undefined || home === dataDir ? '' : `, the database in ${home}`}`);
  say('');
  if (simulatedNow !== undefined) say(`A demonstration under a simulated clock: it is ${simulatedNow}.\n`);
  say('Next, in another terminal:');
  if (simulatedNow === undefined)
    say(`  npx plumbline import observations examples/data/eastmere-pulse.csv --map eastmere-pulse${place}`);
  else say(`  npx plumbline clock --to DATE${place}`);
  say(`  npx plumbline report R2${place}`);
  say('');
}
