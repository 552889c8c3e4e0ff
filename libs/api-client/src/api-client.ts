import type { Readable } from 'node:stream';

/** A refusal or failure as the API says it (RFC 9457). */
export interface ApiProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly rule: string;
  readonly detail?: string;
  readonly errors?: readonly {
    readonly path?: string;
    readonly line?: number;
    readonly column?: string;
    readonly value?: string;
    readonly rule?: string;
    readonly message?: string;
  }[];
  readonly [extension: string]: unknown;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(readonly problem: ApiProblem) {
    super(problem.title);
  }
}

/** Nobody answers at the address. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Asked before each request: tokens are short-lived. */
  readonly token: () => Promise<string>;
  /** Times a request that is safe to repeat is sent again after 429 or 503, by Retry-After (4 unless said). */
  readonly retries?: number;
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

const MAX_WAIT_SECONDS = 15;

/** A small client of the HTTP API: JSON in and out, problems as errors, repeats what is safe to repeat. */
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  async get<T>(path: string, query: Query = {}): Promise<ApiAnswer<T>> {
    return await this.send<T>('GET', path, query, {}, undefined);
  }

  /** The body as text, for formats that are shown or saved as they are. */
  async text(path: string, query: Query = {}): Promise<string> {
    const response = await this.request('GET', path, query, {}, () => undefined);
    return await response.text();
  }

  /** The body as bytes, for files. */
  async bytes(path: string, query: Query = {}): Promise<Uint8Array> {
    const response = await this.request('GET', path, query, {}, () => undefined);
    return new Uint8Array(await response.arrayBuffer());
  }

  async post<T>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer<T>> {
    return await this.send<T>('POST', path, {}, { 'content-type': 'application/json', ...headers }, () =>
      JSON.stringify(body),
    );
  }

  /** Streams a file; `open` is called again when the request is sent again. */
  async upload<T>(path: string, open: () => Readable): Promise<ApiAnswer<T>> {
    return await this.send<T>('POST', path, {}, { 'content-type': 'application/octet-stream' }, () => open());
  }

  private async send<T>(
    method: string,
    path: string,
    query: Query,
    headers: Record<string, string>,
    body: (() => unknown) | undefined,
  ): Promise<ApiAnswer<T>> {
    const response = await this.request(method, path, query, headers, body ?? (() => undefined));
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  private async request(
    method: string,
    path: string,
    query: Query,
    headers: Record<string, string>,
    body: () => unknown,
  ): Promise<Response> {
    const url = new URL(path, this.options.url);
    for (const [name, value] of Object.entries(query))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    for (let retries = this.options.retries ?? 4; ; retries--) {
      const response = await this.once(url, method, headers, body());
      if (response.ok) return response;
      const problem = await problemOf(response);
      const repeatable = response.status === 429 || response.status === 503;
      if (!repeatable || retries === 0) throw new ApiError(problem);
      const wait = Math.min(Number(response.headers.get('retry-after') ?? 1) || 1, MAX_WAIT_SECONDS);
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }

  private async once(url: URL, method: string, headers: Record<string, string>, body: unknown): Promise<Response> {
    const authorization = `Bearer ${await this.options.token()}`;
    try {
      return await fetch(url, {
        method,
        headers: { ...headers, authorization },
        ...(body === undefined ? {} : { body: body as RequestInit['body'], duplex: 'half' }),
      } as RequestInit);
    } catch (error) {
      throw new Unreachable(`Nothing answers at ${url.origin}.`, { cause: error });
    }
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  try {
    return JSON.parse(text) as ApiProblem;
  } catch {
    return {
      type: 'about:blank',
      title: response.statusText || 'The request failed.',
      status: response.status,
      rule: 'no-problem-details',
      detail: text.slice(0, 400),
    };
  }
}
