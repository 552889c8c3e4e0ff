import { writeFileSync } from 'node:fs';
import type { ApiClient } from '@plumbline/api-client';
import type { ConnectionOptions } from './connection';
import { BadUsage } from './exit';
import { type FilterOptions, filterQuery } from './show';

export const REPORT_FORMATS = ['table', 'json', 'csv', 'xlsx', 'html'];

export interface PrintOptions extends ConnectionOptions {
  readonly format: string;
  readonly out?: string;
}

export const reportQuery = (options: FilterOptions & { asOf?: string; after?: string; format: string }) => ({
  ...filterQuery(options),
  asOf: options.asOf,
  after: options.after ?? (options.asOf === undefined ? 'head' : undefined),
  format: options.format,
});

/** What the API answers, as it is: to a file, or to standard output. A workbook is for a file: a terminal can do nothing with it. */
export async function printFile(
  api: Pick<ApiClient, 'bytes'>,
  options: PrintOptions,
  path: string,
  query: Parameters<ApiClient['bytes']>[1],
  standardOutput: { readonly isTTY?: boolean; write(bytes: Uint8Array | string): unknown } = process.stdout,
): Promise<void> {
  if (options.format === 'xlsx' && options.out === undefined && standardOutput.isTTY === true)
    throw new BadUsage('A workbook is no text. Say where to write it: --out report.xlsx');
  const bytes = await api.bytes(path, query);
  if (options.out === undefined) {
    standardOutput.write(bytes);
    if (options.format !== 'xlsx' && bytes.at(-1) !== 10) standardOutput.write('\n');
    return;
  }
  writeFileSync(options.out, bytes);
  process.stderr.write(`Written to ${options.out}.\n`);
}
