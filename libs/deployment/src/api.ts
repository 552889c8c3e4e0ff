import { CommandsModule } from '@plumbline/platform/commands';
import { isUuid } from '@plumbline/platform/event-store';
import { EvidenceController, evidenceErrors, EvidenceFiles, OWNERS_OF_FILE } from '@plumbline/platform/evidence';
import { Acting, createHttpApp, type HttpApp, HttpModule } from '@plumbline/platform/http';
import { importErrors, ImportJobs, ImportsController, MAX_FILE_BYTES, Uploads } from '@plumbline/platform/imports';
import { AnswerTexts } from '@plumbline/platform/subjects';
import {
  DOCUMENTS,
  documents,
  DocumentsController,
  EVENT_STORE,
  EventsController,
  Names,
  REPORT_PERSONS,
  reportErrors,
  ReportsController,
  ReportService,
} from '@plumbline/reporting/server';
import { API_VERSION, apiRoutes } from './api-document';
import { importers } from './contexts';
import { type Deployment, uploadsFolder } from './deployment';
import { ownersOfFile } from './evidence-parts';
import { importPorts } from './import-ports';
import { health } from './health';
import { knownPeople } from './known-people';
import { ClockController } from './clock.controller';
import { DirectoryController } from './directory.controller';
import { MetersController } from './meters.controller';
import { readModelHealth } from './read-model-health';
import { NoticesController } from './notices.controller';
import { SimulatedTime } from './simulated-time';

export interface ApiOptions {
  /** Requests that one person may send in ten seconds. */
  readonly requestsPerTenSeconds?: number;
  /** Bytes that a file to import may have. */
  readonly maxUploadBytes?: number;
}

const REQUESTS_PER_TEN_SECONDS = 2_000;

/** The HTTP service of a deployment: commands in, answers out. No logic of its own. */
export async function createApi(deployment: Deployment, options: ApiOptions = {}): Promise<HttpApp> {
  const { registry, log, directory, store, reader, texts, meters } = deployment;
  const names = new Names(reader, directory);
  const uploads = new Uploads(uploadsFolder(deployment.options.dataDir), options.maxUploadBytes ?? MAX_FILE_BYTES);
  const jobs = new ImportJobs(
    importers,
    importPorts(deployment),
    (job, error) => log.error({ err: error, job: job.job, kind: job.kind }, 'an import failed'),
    (path) => uploads.remove(path),
  );
  meters.beforeScrape(() => readModelHealth(deployment));
  const module = HttpModule.with({
    log,
    tokens: deployment.tokens,
    persons: {
      // only the local key may sign for a person id; an issuer's subject is a key of the directory, also when it looks like an id
      idOf: ({ subject, via }) => (via === 'local-key' && isUuid(subject) ? subject : directory.personIdOf(subject)),
    },
    acting: new Acting(() => registry.roleBook, deployment.clock),
    people: knownPeople(deployment),
    health: health(deployment),
    translations: [reportErrors, importErrors, evidenceErrors],
    imports: [CommandsModule.with(deployment)],
    controllers: [
      ReportsController,
      DocumentsController,
      EventsController,
      ImportsController,
      EvidenceController,
      DirectoryController,
      MetersController,
      ClockController,
      NoticesController,
    ],
    routes: apiRoutes,
    providers: [
      { provide: ReportService, useValue: new ReportService(reader, store, undefined, deployment.disclosures) },
      { provide: DOCUMENTS, useValue: new ReportService(reader, store, documents, deployment.disclosures) },
      { provide: EVENT_STORE, useValue: store },
      { provide: REPORT_PERSONS, useValue: directory },
      { provide: Names, useValue: names },
      { provide: AnswerTexts, useValue: texts },
      { provide: ImportJobs, useValue: jobs },
      { provide: Uploads, useValue: uploads },
      { provide: EvidenceFiles, useValue: deployment.evidence },
      { provide: OWNERS_OF_FILE, useValue: ownersOfFile(registry) },
      { provide: DirectoryController.DIRECTORY, useValue: directory },
      { provide: DirectoryController.OFFICES, useValue: names },
      { provide: MetersController.METERS, useValue: meters },
      { provide: NoticesController.ASKS, useValue: deployment.asks },
      { provide: ClockController.TIME, useValue: new SimulatedTime(deployment) },
    ],
  });
  return await createHttpApp(module, {
    registry,
    version: API_VERSION,
    requestsPerTenSeconds: options.requestsPerTenSeconds ?? REQUESTS_PER_TEN_SECONDS,
  });
}
