import { ApiError, type ApiProblem, Unreachable } from '@plumbline/api-client';

/** Exit codes: 0 done; 1 a check failed; 2 bad usage or input. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}
/** Something was checked and does not hold. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

const itemLine = ({ line, column, path, value, rule, message }: NonNullable<ApiProblem['errors']>[number]): string =>
  [
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? path : `column ${column}`,
    value === undefined ? undefined : `value "${value}"`,
    message,
    rule,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

/** A problem in words: the rule's sentence, what this case adds, each field. */
export const problemText = (problem: ApiProblem): string =>
  [
    `${problem.title}${problem.detail === undefined ? '' : ` ${problem.detail}`}`,
    ...(problem.errors ?? []).map((item) => `  ${itemLine(item)}`),
    `  (${problem.rule}, ${problem.status})`,
  ].join('\n');

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
