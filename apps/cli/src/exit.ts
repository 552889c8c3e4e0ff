import { ApiError, type ApiProblem, Unreachable } from '@plumbline/api-client';

/** Exit codes: 0 done; 1 a check failed; 2 bad usage or input. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}
/** Something was checked and does not hold. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

type Item = NonNullable<ApiProblem['errors']>[number];

/** `code: is missing; write text`, with where in a file it stands. */
function itemLine({ line, column, path, value, rule, message }: Item): string {
  const where = [
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? path : `column ${column}`,
    value === undefined ? undefined : `value "${value}"`,
  ].filter((part) => part !== undefined && part !== '');
  const said = [message, rule === undefined ? undefined : `(${rule})`].filter((part) => part !== undefined);
  return [where.join(', '), said.join(' ')].filter((part) => part !== '').join(': ');
}

/** A problem in words: the rule's sentence, what this case adds, each field. What the fields say is not said before them too. */
export function problemText({ title, detail, errors = [], rule, status }: ApiProblem): string {
  const isRepeated = errors.length > 0 && errors.every(({ message }) => message && detail?.includes(message));
  return [
    detail === undefined || isRepeated ? title : `${title} ${detail}`,
    ...errors.map((item) => `  ${itemLine(item)}`),
    `  (${rule}, ${status})`,
  ].join('\n');
}

/** What a failure says on standard error, and the code to exit with. */
export function exitOf(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof CheckFailed) return { text: error.message, code: 1 };
  if (error instanceof BadUsage) return { text: error.message, code: 2 };
  if (error instanceof ApiError) return { text: problemText(error.problem), code: 2 };
  if (error instanceof Unreachable)
    return { text: `${error.message} Start the instance with "npm start", or name another with --url.`, code: 2 };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E'))
    return { text: error.message, code: 2 };
  if (!(error instanceof Error)) return { text: String(error), code: 2 };
  return { text: (process.env['PLUMBLINE_DEBUG'] === undefined ? undefined : error.stack) ?? error.message, code: 2 };
}
