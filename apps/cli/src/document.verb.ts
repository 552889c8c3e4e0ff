import type { ApiClient } from '@plumbline/api-client';
import { type PrintOptions, printFile } from './report.verb';

export const DOCUMENT_FORMATS = ['text', 'json', 'html'];

interface DocumentLine {
  readonly kind: string;
  readonly name: string;
  readonly filters: readonly string[];
  readonly question: string;
}

/** The kinds there are, with the filters each knows. */
export async function documentsText(api: ApiClient): Promise<string> {
  const { documents } = (await api.get<{ documents: readonly DocumentLine[] }>('/v1/documents')).body;
  const width = Math.max(...documents.map(({ kind }) => kind.length));
  return documents
    .map(({ kind, question, filters }) =>
      [
        kind.padEnd(width),
        question,
        ...(filters.length === 0 ? [] : [`(${filters.map((name) => `--${name}`).join(' ')})`]),
      ].join('  '),
    )
    .join('\n');
}

export interface DocumentOptions extends PrintOptions {
  readonly cycle?: string;
  readonly leader?: string;
  readonly asOf?: string;
}

export const printDocument = (api: ApiClient, kind: string, options: DocumentOptions): Promise<void> =>
  printFile(api, options, `/v1/documents/${encodeURIComponent(kind)}`, {
    ...{ cycle: options.cycle, leader: options.leader, asOf: options.asOf },
    ...{ after: options.asOf === undefined ? 'head' : undefined, format: options.format },
  });
