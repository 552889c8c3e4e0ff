import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { FileRefused, type InspectedFile, MAX_ROWS } from './file';

/** A record of the file under its header's names, not yet mapped. */
export interface CsvRecord {
  /** Line on which the record begins; the header is line 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly records: AsyncIterable<CsvRecord>;
}

const SENTENCES: Readonly<Record<string, readonly [rule: string, cure: string]>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: [
    'every-row-has-as-many-fields-as-the-header',
    'Add or remove fields; quote a field that holds the delimiter.',
  ],
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: [
    'every-row-has-as-many-fields-as-the-header',
    'Add or remove fields; quote a field that holds the delimiter.',
  ],
  CSV_QUOTE_NOT_CLOSED: [
    'a-quote-that-opens-is-closed',
    'Close the quoted field, or double a quote that is part of the text.',
  ],
  INVALID_OPENING_QUOTE: [
    'a-quote-stands-at-the-start-of-a-field',
    'Quote the whole field and double the quotes inside it.',
  ],
  CSV_INVALID_CLOSING_QUOTE: ['after-a-closing-quote-the-field-ends', 'Double a quote that is part of the text.'],
  CSV_MAX_RECORD_SIZE: ['a-row-is-at-most-64-kib', 'Close an open quote, or shorten the row.'],
};

const refusedBy = (error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error;
  const [rule, cure] = SENTENCES[error.code] ?? ['a-file-is-csv', 'Export the file again as CSV in UTF-8.'];
  const line = typeof error['lines'] === 'number' ? error['lines'] : undefined;
  return new FileRefused(rule, `${line === undefined ? '' : `Line ${line}: `}${error.message}. ${cure}`, line);
};

const occurrences = (values: readonly string[], pattern: RegExp): number =>
  values.reduce((count, value) => count + (value.match(pattern)?.length ?? 0), 0);

/**
 * Reads a CSV file (RFC 4180 with comma, semicolon or tab; byte-order mark; quoted line breaks) record by record in bounded memory.
 * @throws FileRefused by line, while reading
 */
export async function openCsv(file: InspectedFile, maxRows = MAX_ROWS): Promise<CsvFile> {
  const source = createReadStream(file.path);
  const parser = source.pipe(
    parse({
      bom: true,
      delimiter: file.delimiter,
      info: true,
      trim: true,
      skip_empty_lines: true,
      max_record_size: 65_536,
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  const rows = parser[Symbol.asyncIterator]() as AsyncIterator<{ info: { lines: number }; record: string[] }>;
  const next = async () => {
    try {
      return await rows.next();
    } catch (error) {
      throw refusedBy(error);
    }
  };
  const first = await next();
  if (first.done) throw new FileRefused('a-file-has-rows', 'The file has no header.');
  const header = first.value.record;
  const empty = header.indexOf('');
  if (empty !== -1)
    throw new FileRefused('every-column-has-a-name', `Column ${empty + 1} of the header has no name.`, 1);
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined)
    throw new FileRefused('a-column-name-is-used-once', `The header names "${twice}" twice. Rename one of them.`, 1);

  async function* records(): AsyncGenerator<CsvRecord> {
    let count = 0;
    let countedTwice = 0; // the parser counts CR and LF of one quoted line break as two lines
    try {
      for (let row = await next(); !row.done; row = await next()) {
        count += 1;
        if (count > maxRows)
          throw new FileRefused(
            'an-import-has-at-most-200000-rows',
            `The file has more than ${maxRows} rows. Split it and keep the header in each part.`,
          );
        const { record, info } = row.value;
        const line = info.lines - countedTwice - occurrences(record, /[\r\n]/g);
        countedTwice += occurrences(record, /\r\n/g);
        yield { line, fields: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])) };
      }
    } finally {
      source.destroy();
      parser.destroy();
    }
    if (count === 0) throw new FileRefused('a-file-has-rows', 'The file has a header but no rows.');
  }
  return { header, records: records() };
}
