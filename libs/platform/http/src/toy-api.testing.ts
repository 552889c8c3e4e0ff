import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { localKeyOf, signLocalToken, TokenVerifier } from '@plumbline/platform/auth';
import { AskHandler, BatchHandler, CommandHandler, CommandsModule, StreamNames } from '@plumbline/platform/commands';
import { HR, ToyDeployment } from '@plumbline/platform/commands/testing';
import type { EventStore } from '@plumbline/platform/event-store';
import type { JWK } from 'jose';
import { Acting } from './acting';
import { createHttpApp, type HttpApp } from './create-app';
import { HttpModule } from './http.module';
import type { Problem } from './problem';
import type { RouteDefinition } from './route-table';

/** What came back, its body read: `json` for JSON and problems. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Problem & Record<string, unknown>;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** A token, or null for none; HR's unless said. */
  readonly token?: string | null;
}

export interface ToyApiOptions {
  readonly controllers?: readonly Type[];
  readonly routes?: readonly RouteDefinition[];
  readonly requestsPerTenSeconds?: number;
  readonly store?: EventStore;
  readonly closeWithinMs?: number;
}

/** The HTTP platform over the toy context, on a real port, signed in with a local key. For specs. */
export class ToyApi {
  readonly logged: { readonly fields: Readonly<Record<string, unknown>>; readonly message: string }[] = [];
  ready = true;

  private constructor(
    readonly toy: ToyDeployment,
    private readonly folder: string,
    private readonly key: JWK,
  ) {}

  app!: HttpApp;
  url!: string;

  static async start(options: ToyApiOptions = {}): Promise<ToyApi> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-api-'));
    const { privateKey, publicKey } = await localKeyOf(folder);
    const toy = new ToyDeployment(options.store);
    const api = new ToyApi(toy, folder, privateKey);
    const parts = toy.parts();
    const module = HttpModule.with({
      tokens: new TokenVerifier({ localKey: publicKey }),
      persons: { idOf: ({ subject }) => subject },
      people: { unknown: async () => [] },
      acting: new Acting(() => toy.roleBook, { now: () => toy.now }),
      health: { check: async () => ({ ready: api.ready, parts: { log: api.ready ? 'stands' : 'is away' } }) },
      log: { error: (fields, message) => void api.logged.push({ fields, message }) },
      translations: [],
      controllers: options.controllers ?? [],
      routes: options.routes ?? [],
      providers: [],
      imports: [
        CommandsModule.with({
          registry: toy.registry,
          names: new StreamNames(parts.secret),
          commands: new CommandHandler(parts),
          batches: new BatchHandler(parts),
          asks: new AskHandler(parts),
        }),
      ],
    });
    api.app = await createHttpApp(module, {
      registry: toy.registry,
      version: '0.0.0',
      requestsPerTenSeconds: options.requestsPerTenSeconds ?? 100_000,
      ...(options.closeWithinMs === undefined ? {} : { closeWithinMs: options.closeWithinMs }),
    });
    api.url = await api.app.listen(0);
    return api;
  }

  token(person = HR.id, role?: string, seconds?: number): Promise<string> {
    return signLocalToken(this.key, person, role, seconds);
  }

  async send(path: string, { method, headers = {}, body, token }: Sent = {}): Promise<Answer> {
    const bearer = token === undefined ? await this.token() : token;
    const json = typeof body === 'object';
    const response = await fetch(`${this.url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
        ...(json ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as string) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
  }

  async close(): Promise<void> {
    await this.app.app.close();
    rmSync(this.folder, { recursive: true });
  }
}
