import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant, Role } from '@plumbline/kernel';
import { localKeyOf, signLocalToken } from '@plumbline/platform/auth';
import type { HttpApp, Problem } from '@plumbline/platform/http';
import type { ImportJob } from '@plumbline/platform/imports';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import type { JWK } from 'jose';
import { type ApiOptions, createApi } from './api';
import { configure, DEFAULT_CHOICES, OPERATOR } from './configure';
import { type Deployment, type DeploymentOptions, openDeployment } from './deployment';
import { openLog } from './log';
import { Worker } from './worker';

/** What came back: `json` for JSON and problems. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Problem & Record<string, unknown>;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
  /** A token, or null for none; the operator's unless said. */
  readonly token?: string | null;
}

export interface RunningOptions extends ApiOptions {
  readonly now?: Instant;
  /** What the database is reached by: a proxy that a spec can close. */
  readonly through?: (databaseUrl: string) => Promise<string>;
  /** Where the log lies when it is not in the database. */
  readonly log?: Pick<DeploymentOptions, 'eventStoreUrl' | 'eventStorePrefix'>;
}

const PROCESS = { id: 'process:spec', role: 'process' } as const;

/** A whole deployment that runs: database of its own, clock that is set, worker, HTTP on a free port, signed in with its local key. */
export class RunningDeployment {
  private worker!: Worker;
  private api!: HttpApp;
  private url!: string;

  private constructor(
    readonly deployment: Deployment,
    readonly dataDir: string,
    private readonly database: FreshDatabase,
    private readonly key: JWK,
    readonly clock: { now: Instant },
  ) {}

  static async start(given: RunningOptions = {}) {
    const { now = '2026-11-23T09:00:00.000Z', through, log, ...options } = given;
    const database = await freshDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-running-'));
    const clock = { now };
    const deployment = await openDeployment({
      dataDir,
      databaseUrl: through ? await through(database.url) : database.url,
      ...log,
      standalone: true,
      clock: () => clock.now,
      log: openLog(join(dataDir, 'plumbline.log')),
    });
    const running = new RunningDeployment(deployment, dataDir, database, (await localKeyOf(dataDir)).privateKey, clock);
    await configure(deployment, DEFAULT_CHOICES);
    await deployment.processes.catchUp();
    await deployment.projections.catchUp();
    running.worker = new Worker(deployment);
    running.worker.start();
    running.api = await createApi(deployment, { requestsPerTenSeconds: 1_000_000, ...options });
    running.url = await running.api.listen(0);
    return running;
  }

  async close(): Promise<void> {
    await this.api.app.close();
    await this.worker.stop();
    await this.deployment.close();
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get served(): readonly string[] {
    return this.api.served;
  }

  /** Everything that the log of the process says, as text. */
  get logged(): string {
    return readFileSync(join(this.dataDir, 'plumbline.log'), 'utf8');
  }

  /** Where requests go: `http://127.0.0.1:…`. */
  get address(): string {
    return this.url;
  }

  /** Whoever a spec names is in the directory before the next request. */
  personId(key: string): string {
    this.unlisted.add(key);
    return this.deployment.directory.personIdOf(key);
  }
  private readonly unlisted = new Set<string>();
  private async list(): Promise<void> {
    const keys = [...this.unlisted];
    this.unlisted.clear();
    const { directory } = this.deployment;
    const known = await directory.resolve(keys.map((key) => directory.personIdOf(key)));
    await directory.upsert(
      keys.filter((key) => !known.has(directory.personIdOf(key))).map((key) => ({ key, name: key })),
    );
  }

  /** Gives a person of the directory a role, by a recorded event. */
  async grant(key: string, ...roles: readonly Role[]): Promise<void> {
    for (const role of roles) {
      const { commands } = this.deployment;
      const data = { person: this.personId(key), role };
      const sent = { commandId: `spec/grant/${key}/${role}`, actor: PROCESS };
      const result = await commands.handle({ type: 'organization.GrantRole', data }, sent);
      if (!result.accepted) throw new Error(`${result.refused} ${result.detail ?? ''}`);
    }
  }

  token(key: string = OPERATOR, role?: string, seconds?: number): Promise<string> {
    return signLocalToken(this.key, key, role, seconds);
  }

  async send(path: string, { method, headers = {}, body, token }: Sent = {}): Promise<Answer> {
    if (this.unlisted.size > 0) await this.list();
    const bearer = token === undefined ? await this.token() : token;
    const json = typeof body === 'object' && !(body instanceof Uint8Array) && !(body instanceof ReadableStream);
    const response = await fetch(`${this.url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
        ...(json ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body, duplex: 'half' }),
    } as RequestInit);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
  }

  command(type: string, data: unknown, headers: Readonly<Record<string, string>> = {}, token?: string) {
    return this.send(`/v1/commands/${type}`, {
      body: { data },
      headers,
      ...(token === undefined ? {} : { token }),
    });
  }

  async head(): Promise<bigint> {
    return (await this.deployment.store.head()).position;
  }

  upload(body: string | Uint8Array | ReadableStream, token?: string): Promise<Answer> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    return this.send('/v1/uploads', { method: 'POST', body, headers, ...(token === undefined ? {} : { token }) });
  }

  /** Uploads a file, imports it, and waits for what became of it. */
  async import(kind: string, file: string | Uint8Array, options: Readonly<Record<string, unknown>> = {}) {
    const { upload } = (await this.upload(file)).json;
    const { status, json } = await this.send('/v1/imports', { body: { kind, upload, ...options } });
    if (status !== 202) throw new Error(`${status} ${json.rule} ${json.detail ?? ''}`);
    return await this.ended((json as unknown as ImportJob).job);
  }

  async ended(job: string): Promise<ImportJob> {
    for (;;) {
      const { json } = await this.send(`/v1/imports/${job}`);
      const found = json as unknown as ImportJob;
      if (found.state === 'done' || found.state === 'failed') return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
