import { unstorableTexts } from '@plumbline/platform/commands';
import type { z } from 'zod';
import { ProblemError } from './problem';

/** Parses query, params or body by its schema. @throws ProblemError 400 naming every wrong field, and every text that nothing could keep. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const texts = unstorableTexts(value);
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success && texts.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  const errors = [...issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })), ...texts];
  const fields = [...new Set(errors.map(({ path }) => path).filter((path) => path !== ''))];
  throw new ProblemError(400, 'a-request-is-well-formed', {
    detail: `The ${where} is not as documented${fields.length === 0 ? '' : `: ${fields.slice(0, 10).join(', ')}`}.`,
    errors,
  });
}

/** The value of one header, or undefined. @throws ProblemError 400 when it is given twice. */
export function header(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  name: string,
): string | undefined {
  const value = headers[name.toLowerCase()];
  if (Array.isArray(value))
    throw new ProblemError(400, 'a-request-is-well-formed', { detail: `The header ${name} is given more than once.` });
  return value;
}
