import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Actor, Instant, LocalDate, Role } from '@plumbline/kernel';
import { LOCAL_KEY_FILE } from '@plumbline/platform/auth';
import { type ImportOutcome, ImportRun } from '@plumbline/platform/imports';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { MASTER_KEY_FILE } from '@plumbline/platform/subjects';
import type { Disclosed } from '@plumbline/privacy';
import { type Report, type ReportCell, reportText } from '@plumbline/reporting/server';
import { ReportService } from '@plumbline/reporting/server';
import { configure, configureDemonstration, DEFAULT_CHOICES, OPERATOR } from './configure';
import { importers } from './contexts';
import { DayKeeper } from './day-keeper';
import { type Deployment, type DeploymentOptions, openDeployment } from './deployment';
import { importPorts } from './import-ports';
import { openLog } from './log';
import { SECRET_FILE } from './secrets';
import { playStory } from './story-player';

type AsOfText = Parameters<ReportService['report']>[2];

interface FileImport {
  /** Path of a map. */
  readonly map?: string;
  readonly corrections?: string;
  readonly resume?: string;
  readonly skipBadRows?: boolean;
  readonly by?: Actor;
}

/** Where a log lies when it is not in the database, and whose keys name its streams: two deployments under the same keys record the same ids. */
export type ScratchPlace = Pick<DeploymentOptions, 'eventStoreUrl' | 'eventStorePrefix'> & { readonly keysOf?: string };

/** A whole deployment on a database of its own, under a clock that stands until it is set; configured with the defaults. */
export class ScratchDeployment {
  readonly reports: ReportService;

  private constructor(
    readonly deployment: Deployment,
    readonly dataDir: string,
    readonly database: FreshDatabase,
    private readonly clock: { now: Instant },
  ) {
    this.reports = new ReportService(deployment.reader, deployment.store, undefined, deployment.disclosures);
  }

  static async open(now: Instant, place: ScratchPlace = {}): Promise<ScratchDeployment> {
    const scratch = await ScratchDeployment.unconfigured(now, place);
    await configure(scratch.deployment, DEFAULT_CHOICES);
    await scratch.setClock(now);
    return scratch;
  }

  /** As a first start leaves it that loads the story, on this day: its clock is the simulated one. */
  static async withStory(until: LocalDate): Promise<ScratchDeployment> {
    const scratch = await ScratchDeployment.unconfigured();
    await playStory(scratch.deployment, { until });
    await scratch.deployment.projections.catchUp();
    return scratch;
  }

  /** As `--simulated-clock` leaves an empty log: nothing but its configuration, and time stands until it is told. */
  static async simulated(from: LocalDate): Promise<ScratchDeployment> {
    const scratch = await ScratchDeployment.unconfigured();
    await configureDemonstration(scratch.deployment, { ...DEFAULT_CHOICES, timeZone: 'Europe/London' }, from);
    await scratch.deployment.projections.catchUp();
    return scratch;
  }

  private static async unconfigured(now?: Instant, { keysOf, ...log }: ScratchPlace = {}): Promise<ScratchDeployment> {
    const database = await freshDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-scratch-'));
    if (keysOf !== undefined)
      for (const file of [SECRET_FILE, MASTER_KEY_FILE, LOCAL_KEY_FILE])
        copyFileSync(join(keysOf, file), join(dataDir, file));
    const clock = { now: now ?? '' };
    const deployment = await openDeployment({
      dataDir,
      databaseUrl: database.url,
      standalone: true,
      ...log,
      ...(now === undefined ? {} : { clock: () => clock.now }),
      log: openLog(join(dataDir, 'plumbline.log')),
    });
    return new ScratchDeployment(deployment, dataDir, database, clock);
  }

  async close(): Promise<void> {
    await this.deployment.close();
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Lets the days up to an instant begin. */
  async setClock(now: Instant): Promise<void> {
    this.clock.now = now;
    await new DayKeeper(this.deployment).keep();
    await this.deployment.projections.catchUp();
  }

  /** Whoever the directory knows by a key, in a role. */
  as(key: string, role: Role): Actor {
    return { id: this.deployment.directory.personIdOf(key), role };
  }

  get operator(): Actor {
    return this.as(OPERATOR, 'hr');
  }

  async head(): Promise<bigint> {
    return (await this.deployment.store.head()).position;
  }

  async import(kind: string, path: string, { map, by = this.operator, ...more }: FileImport = {}) {
    const importer = importers.find((each) => each.kind === kind);
    if (!importer) throw new Error(`there is no import of ${kind}`);
    const request = {
      ...{ kind, path, fileName: basename(path) },
      ...(map === undefined ? {} : { map: readFileSync(map, 'utf8') }),
      ...more,
    };
    const run = await ImportRun.open(importer, request, importPorts(this.deployment), () => undefined);
    const outcome: ImportOutcome = await run.run(by);
    await this.deployment.projections.catchUp();
    return outcome;
  }

  /** @throws Error naming the rule of a refusal */
  async send(type: string, data: unknown, actor: Actor): Promise<void> {
    const result = await this.deployment.commands.handle({ type, data }, { commandId: randomUUID(), actor });
    if (!result.accepted) throw new Error(`${type}: ${result.refused} ${result.detail ?? ''}`);
    await this.deployment.projections.catchUp();
  }

  async report(unit?: string, asOf?: AsOfText, viewer: Actor = this.operator): Promise<Disclosed<Report>> {
    return await this.reports.report('R2', { unit }, asOf, viewer, asOf === undefined ? 'head' : undefined);
  }

  /** The bytes of a report that are hashed and compared. */
  async text(unit?: string, asOf?: AsOfText): Promise<string> {
    return reportText(await this.report(unit, asOf));
  }
}

/** @throws Error when the report has no such cell */
export function cellIn(report: Disclosed<Report>, key: string): ReportCell {
  const cell = report.cells.find((each) => each.key === key);
  if (!cell) throw new Error(`${key} is no cell; there is ${report.cells.map((each) => each.key).join(', ')}`);
  return cell;
}
