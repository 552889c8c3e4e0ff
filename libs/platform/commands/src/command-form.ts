import { createHmac } from 'node:crypto';
import type { CommandBody, Instant } from '@plumbline/kernel';
import { canonicalJson, NotCanonicalError } from '@plumbline/ledger';
import type { z } from 'zod';
import type { CommandRegistry, RegisteredCommand } from './command-registry';
import type { Problem, Refused } from './command-result';
import { withoutUndefined } from './plain-data';
import { unstorableTexts } from './storable-text';
import { NotAnId, type StreamNames } from './stream-names';

/** A command as it was sent, by whatever door. */
export interface SentCommand {
  readonly commandId: string;
  readonly type: string;
  readonly data: unknown;
  readonly onBehalfOf?: string;
  readonly occurredAt?: Instant;
  readonly reason?: string;
  readonly evidence?: readonly string[];
}

/** A command whose form is right: its data parsed, its stream named. */
export interface ReadCommand extends Omit<SentCommand, 'data' | 'type'> {
  readonly registered: RegisteredCommand;
  readonly body: CommandBody<string, never>;
  readonly stream: string;
  /** The uuid in the stream's name. */
  readonly id: string;
  /** HMAC-SHA-256 (hex) of the canonical JSON of what was sent, but for its id. */
  readonly hash: string;
}

/** A person id, a slash, and the 200 characters of an Idempotency-Key. */
const LONGEST_COMMAND_ID = 240;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** A JSON string that answers would take for a reference and open to whoever reads it. */
const LIKE_A_SEALED_TEXT = /(?<!\\)"sealed:[0-9a-f]{8}-/;
const isInstant = (text: string): boolean =>
  INSTANT.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** What is wrong, by path. Never holds the values that were sent. */
export const problemsOf = (error: z.ZodError): readonly Problem[] =>
  error.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message }));

export const malformed = (what: string, problems: readonly Problem[]): Refused => ({
  accepted: false,
  kind: 'invalid',
  refused: 'a-command-has-its-declared-form',
  detail: `${what}: ${problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
  problems,
});

function metaProblems(sent: SentCommand): readonly Problem[] {
  const problems: Problem[] = [];
  if (sent.commandId.length < 1 || sent.commandId.length > LONGEST_COMMAND_ID) {
    problems.push({ path: 'meta.commandId', message: `a command id has 1 to ${LONGEST_COMMAND_ID} characters` });
  }
  if (sent.occurredAt !== undefined && !isInstant(sent.occurredAt)) {
    problems.push({ path: 'meta.occurredAt', message: 'write an instant in UTC, like 2026-11-23T09:41:00.000Z' });
  }
  return problems;
}

/** Reads the form of commands: routes by type, parses, names the stream, hashes. Touches no store. */
export class CommandForm {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly names: StreamNames,
    private readonly secret: Uint8Array,
  ) {}

  read(sent: SentCommand): ReadCommand | Refused {
    const registered = this.registry.command(sent.type);
    if (!registered) {
      return {
        accepted: false,
        kind: 'unknown',
        refused: 'a-command-has-a-known-type',
        detail: `there is no command of this type`,
      };
    }
    const { data, ...meta } = sent;
    const wrong = [...metaProblems(sent), ...unstorableTexts(data), ...unstorableTexts(meta, 'meta')];
    if (wrong.length > 0) return malformed(sent.type, wrong);
    const parsed = registered.schema.safeParse(sent.data);
    if (!parsed.success) return malformed(sent.type, problemsOf(parsed.error));
    const body = { type: sent.type, data: parsed.data } as CommandBody<string, never>;
    const { commandId, onBehalfOf, occurredAt, reason, evidence } = sent;
    const rest = { commandId, onBehalfOf, occurredAt, reason, evidence };
    try {
      const stream = this.names.of(registered.decider.stream(body), commandId);
      return { registered, body, stream, id: stream.slice(-36), hash: this.hash(sent), ...rest };
    } catch (error) {
      if (error instanceof NotAnId) return malformed(sent.type, [{ path: '', message: error.message }]);
      if (error instanceof NotCanonicalError)
        return malformed(sent.type, [{ path: error.path, message: error.problem }]);
      throw error;
    }
  }

  /** @throws NotCanonicalError */
  private hash(sent: SentCommand): string {
    const { type, data, onBehalfOf, occurredAt, reason, evidence } = sent;
    const text = canonicalJson(withoutUndefined({ type, data, onBehalfOf, occurredAt, reason, evidence }));
    if (LIKE_A_SEALED_TEXT.test(text))
      throw new NotCanonicalError('', 'a text may not read like the place of a sealed text');
    return createHmac('sha256', this.secret).update(text, 'utf8').digest('hex');
  }
}
