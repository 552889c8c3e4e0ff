import { FileRefused, type FileFormat, type InspectedFile } from './file';
import { openCsv } from './csv';
import { openJson } from './json-file';
import { openWorkbook } from './workbook';
import { openYaml } from './yaml-file';
import type { TablePlace } from './map';

/** A record of the file under the names of its columns, not yet mapped. */
export interface FileRecord {
  /** Line on which the record begins, or row of the sheet; a header is line 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A file as rows of text. `records` may be walked more than once. */
export interface Table {
  readonly header: readonly string[];
  records(): AsyncIterable<FileRecord>;
}

/** Where in a file the rows lie: the sheet of a workbook, the places in a YAML or JSON file. */
export interface TablePlaces {
  readonly sheet?: string | undefined;
  readonly tables?: readonly TablePlace[] | undefined;
}

const READERS: Readonly<Record<FileFormat, (file: InspectedFile, places: TablePlaces) => Promise<Table>>> = {
  csv: openCsv,
  xlsx: openWorkbook,
  yaml: openYaml,
  json: openJson,
};

/** Opens a file by its format. @throws FileRefused, also while its records are read */
export async function openTable(file: InspectedFile, places: TablePlaces): Promise<Table> {
  if (places.sheet !== undefined && file.format !== 'xlsx')
    throw new FileRefused('only-a-workbook-has-sheets', 'The map names a sheet; leave it out, or send the workbook.');
  if (places.tables !== undefined && file.format !== 'yaml' && file.format !== 'json')
    throw new FileRefused(
      'only-yaml-and-json-hold-rows-at-a-place',
      'The map names places of tables; leave them out, or send a YAML or JSON file.',
    );
  return await READERS[file.format](file, places);
}
