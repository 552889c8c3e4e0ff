import { join } from 'node:path';
import { DisclosureLog } from '@plumbline/assurance/server';
import { type Instant, naturalKey } from '@plumbline/kernel';
import { localKeyOf, TokenVerifier, type TrustedIssuer } from '@plumbline/platform/auth';
import {
  AskHandler,
  BatchHandler,
  CommandHandler,
  CommandRegistry,
  handlerParts,
  StreamNames,
} from '@plumbline/platform/commands';
import { type EventStore, migrateEventStore, PartedActs } from '@plumbline/platform/event-store';
import { Delivery, FolderPost, Outbox, prepareOutbox, SmtpPost } from '@plumbline/platform/notices';
import { EvidenceFiles, prepareEvidence } from '@plumbline/platform/evidence';
import type { DatabaseRoles } from '@plumbline/platform/postgres';
import { AsOfReader, CheckpointWatch, ProjectionRunner, readDataSource } from '@plumbline/platform/projections';
import {
  AnswerTexts,
  masterKeyOf,
  PersonDirectory,
  PostgresPersonRows,
  PostgresTextKeys,
  prepareSubjects,
  TextVault,
} from '@plumbline/platform/subjects';
import { processes } from '@plumbline/processes';
import { Pool } from 'pg';
import { openEventStore } from './chosen-event-store';
import { type ContextParts, importBrackets, registerContexts, readModels } from './contexts';
import { DeploymentClock, simulatedNow } from './deployment-clock';
import { registerEvidence } from './evidence-parts';
import { type Log, openLog } from './log';
import { Mailroom } from './mailroom';
import { Meters } from './meters';
import { standOnThisLog } from './moved-log';
import { prepareProcessCheckpoints, ProcessCheckpoints } from './process-checkpoints';
import { ProcessRunner } from './process-runner';
import { secretOf } from './secrets';

export interface DeploymentOptions {
  /** Secrets, the local key and uploads lie here. */
  readonly dataDir: string;
  /** Address of the database with the right to make roles and schemas; with less, `roles.problem` says what is missing. */
  readonly databaseUrl: string;
  /** `kurrentdb://…` when the log lies there and not in the database. */
  readonly eventStoreUrl?: string;
  /** What the names of this log's streams begin with there. */
  readonly eventStorePrefix?: string;
  /** Everything in one process, for one machine: the local key signs, and one person may both declare and import. */
  readonly standalone: boolean;
  readonly issuer?: TrustedIssuer;
  /** The machine's clock unless given; one that is given is believed. */
  readonly clock?: () => Instant;
  /** A person says that the clock is right, however far it has gone ahead of the last day recorded. */
  readonly acceptClock?: boolean;
  /** Mail server `smtp(s)://…` that notices leave by, and who they are from; without one they are files in the data directory. */
  readonly mail?: { readonly url: string; readonly from: string };
  readonly log?: Log;
}

/** What every app of a deployment shares: the log, the keys, the contexts, the doors for commands and questions, and the read path. */
export interface Deployment extends ContextParts {
  readonly options: DeploymentOptions;
  readonly roles: DatabaseRoles;
  readonly store: EventStore;
  /** Which imports took several appends, and which of them are not finished. */
  readonly parted: PartedActs;
  readonly registry: CommandRegistry;
  readonly commands: CommandHandler;
  readonly batches: BatchHandler;
  readonly asks: AskHandler;
  readonly names: StreamNames;
  readonly directory: PersonDirectory;
  readonly texts: AnswerTexts;
  readonly evidence: EvidenceFiles;
  readonly reader: AsOfReader;
  /** Where it is recorded that restricted reports are shown. */
  readonly disclosures: DisclosureLog;
  readonly tokens: TokenVerifier;
  readonly projections: ProjectionRunner;
  /** While no worker follows the log: brings read models up when a question waits for them. */
  readonly onDemand: { bringUp?: () => void };
  readonly clock: DeploymentClock;
  readonly processes: ProcessRunner;
  readonly outbox: Outbox;
  readonly mailroom: Mailroom;
  readonly delivery: Delivery;
  readonly meters: Meters;
  readonly log: Log;
  /** Connections as the owner of the tables: for read models and checks. */
  readonly ownerPool: Pool;
  close(): Promise<void>;
}

/** Under another secret every code leads to another stream: what is recorded would not be found, and be recorded a second time beside it. */
async function refuseForeignLog(store: EventStore, names: StreamNames, dataDir: string): Promise<void> {
  const [first] = (await store.readPage(0n, 1)).events;
  if (first === undefined || first.event.stream === names.of(naturalKey('organization', 'organization'))) return;
  throw new Error(
    `the log was written with the keys of another data directory than ${dataDir}: start with that one, or put its keys back from a backup`,
  );
}

/** Opens a deployment's parts, making tables, roles and keys that are not there. @throws Error in words */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { dataDir, databaseUrl, standalone, mail } = options;
  const clock = new DeploymentClock(options.clock);
  const log = options.log ?? openLog();
  const secret = secretOf(dataDir);
  const master = masterKeyOf(dataDir);
  const roles = await migrateEventStore(databaseUrl);
  const ownerPool = new Pool({ connectionString: roles.ownerUrl, max: 4, application_name: 'plumbline owner' });
  ownerPool.on('error', (error) => log.warn({ err: error }, 'an idle connection was lost'));
  await prepareSubjects(ownerPool);
  await prepareEvidence(ownerPool);
  await prepareProcessCheckpoints(ownerPool);
  await prepareOutbox(ownerPool);
  const writerPool = new Pool({ connectionString: roles.writerUrl, max: 4, application_name: 'plumbline subjects' });
  writerPool.on('error', (error) => log.warn({ err: error }, 'an idle connection was lost'));
  const store = await openEventStore({
    ...{ eventStoreUrl: options.eventStoreUrl, eventStorePrefix: options.eventStorePrefix },
    ...{ dataDir, roles, clock: clock.now },
    warn: (words) => log.warn({}, words),
  }).catch(async (error: unknown) => {
    await Promise.all([writerPool.end(), ownerPool.end()]);
    throw error;
  });
  const names = new StreamNames(secret);
  try {
    await refuseForeignLog(store, names, dataDir);
    const standsAt = options.clock ? undefined : await simulatedNow(store, names);
    if (standsAt !== undefined) clock.simulate(standsAt);
  } catch (error) {
    await Promise.all([store.close(), writerPool.end(), ownerPool.end()]);
    throw error;
  }

  const projections = new ProjectionRunner({ store, pool: ownerPool, models: readModels, log });
  await projections.prepare();
  const dataSource = await readDataSource({ url: roles.readerUrl, models: readModels }).initialize();
  const watch = new CheckpointWatch({ url: roles.readerUrl });
  await watch.start();
  const onDemand: Deployment['onDemand'] = {};
  const parted = new PartedActs(store, importBrackets);
  const reader = new AsOfReader({ dataSource, store, parted, watch, whenBehind: () => onDemand.bringUp?.() });

  const vault = new TextVault(master, new PostgresTextKeys(writerPool));
  const directory = new PersonDirectory(secret, master, new PostgresPersonRows(writerPool));
  const meters = new Meters();
  const registry = new CommandRegistry();
  registerContexts(registry, { store, names, reader });
  const evidence = new EvidenceFiles(master, writerPool);
  registerEvidence(registry, store, evidence);
  const parts = handlerParts({ store, clock, secret, sealer: vault, standalone, log, meter: meters }, registry);
  const [commands, batches] = [new CommandHandler(parts), new BatchHandler(parts)];
  const outbox = new Outbox(ownerPool);
  const checkpoints = new ProcessCheckpoints(ownerPool);
  await standOnThisLog(store, outbox, checkpoints, log);
  const post = mail
    ? new SmtpPost(mail.url, mail.from)
    : new FolderPost(noticesFolder(dataDir), 'Plumbline <plumbline@plumbline.invalid>');
  const localKey = standalone ? (await localKeyOf(dataDir)).publicKey : undefined;
  return {
    options,
    roles,
    store,
    parted,
    names,
    reader,
    registry,
    commands,
    disclosures: new DisclosureLog({ commands, store, names, now: clock.now }),
    batches,
    asks: new AskHandler(parts),
    directory,
    texts: new AnswerTexts(store, vault),
    evidence,
    tokens: new TokenVerifier({
      ...(localKey ? { localKey } : {}),
      ...(options.issuer ? { issuer: options.issuer } : {}),
    }),
    projections,
    onDemand,
    clock,
    processes: new ProcessRunner({
      ...{ store, names, commands, batches, processes, checkpoints, log },
    }),
    outbox,
    mailroom: new Mailroom(store, outbox, log),
    delivery: new Delivery({
      ...{ outbox, post, log },
      addressee: async (personId) => (await directory.resolve([personId])).get(personId) ?? null,
    }),
    meters,
    log,
    ownerPool,
    close: async () => {
      await watch.stop();
      await post.close();
      await dataSource.destroy();
      await store.close();
      await writerPool.end();
      await ownerPool.end();
    },
  };
}

/** Where notices lie that no mail server takes. */
export const noticesFolder = (dataDir: string): string => join(dataDir, 'notices');

/** Where uploads lie. */
export const uploadsFolder = (dataDir: string): string => join(dataDir, 'uploads');
