import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { FileRefused, type InspectedFile, MAX_ROWS } from './file';
import { checkHeader } from './header';
import type { FileRecord, Table, TablePlaces } from './table';

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

type Row = { readonly info: { readonly lines: number }; readonly record: readonly string[] };

/** The rows of a CSV file, the header first. */
class CsvRows {
  private readonly source;
  private readonly parser;
  private readonly rows: AsyncIterator<Row>;

  constructor(file: InspectedFile) {
    this.source = createReadStream(file.path);
    this.parser = this.source.pipe(
      parse({
        bom: true,
        delimiter: file.delimiter,
        info: true,
        trim: true,
        skip_empty_lines: true,
        max_record_size: 65_536,
      }),
    );
    this.source.on('error', (error) => this.parser.destroy(error));
    this.rows = this.parser[Symbol.asyncIterator]() as AsyncIterator<Row>;
  }

  async next(): Promise<Row | undefined> {
    try {
      const row = await this.rows.next();
      return row.done ? undefined : row.value;
    } catch (error) {
      throw refusedBy(error);
    }
  }

  close(): void {
    this.source.destroy();
    this.parser.destroy();
  }
}

/**
 * Reads a CSV file (RFC 4180 with comma, semicolon or tab; byte-order mark; quoted line breaks) record by record in bounded memory, anew at each walk.
 * @throws FileRefused by line, also while reading
 */
export async function openCsv(file: InspectedFile, _places: TablePlaces = {}, maxRows = MAX_ROWS): Promise<Table> {
  const first = new CsvRows(file);
  let header: readonly string[] | undefined;
  try {
    header = (await first.next())?.record;
  } finally {
    first.close();
  }
  if (!header) throw new FileRefused('a-file-has-rows', 'The file has no header.');
  const names = checkHeader(header);
  return { header: names, records: () => records(file, names, maxRows) };
}

async function* records(file: InspectedFile, header: readonly string[], maxRows: number): AsyncGenerator<FileRecord> {
  const rows = new CsvRows(file);
  let count = 0;
  let countedTwice = 0; // the parser counts CR and LF of one quoted line break as two lines
  try {
    await rows.next();
    for (let row = await rows.next(); row; row = await rows.next()) {
      count += 1;
      if (count > maxRows)
        throw new FileRefused(
          'an-import-has-at-most-200000-rows',
          `The file has more than ${maxRows} rows. Split it and keep the header in each part.`,
        );
      const { record, info } = row;
      const line = info.lines - countedTwice - occurrences(record, /[\r\n]/g);
      countedTwice += occurrences(record, /\r\n/g);
      yield { line, fields: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])) };
    }
  } finally {
    rows.close();
  }
  if (count === 0) throw new FileRefused('a-file-has-rows', 'The file has a header but no rows.');
}
