import { sentenceOf } from '@plumbline/kernel';

/** One thing wrong within a request: a field's path, or a line and column of a file. */
export interface ProblemItem {
  readonly path?: string;
  readonly line?: number;
  readonly column?: string;
  readonly value?: string;
  readonly rule?: string;
  readonly message?: string;
}

/** Problem details (RFC 9457). `title` is the rule's sentence; `detail` says what this case adds and the cure. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly rule: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly ProblemItem[];
  readonly [extension: string]: unknown;
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly ProblemItem[];
  /** Seconds after which the same request may go through. */
  readonly retryAfter?: number;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Thrown by controllers and guards; the filter writes it as application/problem+json. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly status: number,
    readonly rule: string,
    readonly options: ProblemOptions = {},
  ) {
    super(sentenceOf(rule));
  }

  toProblem(instance?: string): Problem {
    const { detail, errors, extensions } = this.options;
    return {
      type: `urn:plumbline:rule:${this.rule}`,
      title: sentenceOf(this.rule),
      status: this.status,
      rule: this.rule,
      ...(detail === undefined ? {} : { detail }),
      ...(instance === undefined ? {} : { instance }),
      ...(errors === undefined ? {} : { errors }),
      ...extensions,
    };
  }
}

export const notJson = (): ProblemError =>
  new ProblemError(415, 'a-request-body-is-json', { detail: 'Send Content-Type: application/json.' });
