import type { Disclosed } from '@plumbline/privacy';
import {
  type Report,
  renderCsv,
  renderHtml,
  renderTable,
  reportJson,
  sheetsOf,
  type Titled,
} from '@plumbline/reporting/domain';
import type { FileFormat } from './disclosing';
import { PAGE_FACE } from './page-face';
import { workbookOf } from './workbook';

/** One form in which a report is answered. */
export interface Format {
  readonly mediaType: string;
  /** Ending of the file it is saved as; null for what is shown where it arrives. */
  readonly savedAs: string | null;
  /** The form of the file it makes, as the log says it; null for what is only looked at. */
  readonly leavesAs: FileFormat | null;
  readonly render: (report: Disclosed<Report>, titled: Titled) => unknown;
}

export const FORMATS = {
  json: {
    mediaType: 'application/json; charset=utf-8',
    savedAs: null,
    leavesAs: 'json',
    render: (report) => reportJson(report),
  },
  table: {
    mediaType: 'text/plain; charset=utf-8',
    savedAs: null,
    leavesAs: null,
    render: (report, { name, columns, reading }) => renderTable(report, name, columns, reading),
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    savedAs: 'csv',
    leavesAs: 'csv',
    render: (report, { columns }) => renderCsv(report, columns),
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    savedAs: 'xlsx',
    leavesAs: 'xlsx',
    render: async (report, titled) => await workbookOf(sheetsOf(report, titled)),
  },
  html: {
    mediaType: 'text/html; charset=utf-8',
    savedAs: null,
    leavesAs: 'html',
    render: (report, titled) => renderHtml(report, titled, PAGE_FACE),
  },
} as const satisfies Readonly<Record<string, Format>>;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

const typeOf = (mediaType: string): string => mediaType.split(';')[0]?.trim().toLowerCase() ?? '';

/** The format that an Accept header would have (RFC 9110 §12.5.1): the first of those with the greatest weight; JSON where it takes anything or nothing known. */
export function acceptedFormat(accept: string | undefined): FormatName {
  const wanted = (accept ?? '')
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { type } of wanted) {
    const found = FORMAT_NAMES.find((name) => typeOf(FORMATS[name].mediaType) === type);
    if (found) return found;
    if (type === '*/*' || type === 'application/*') return 'json';
  }
  return 'json';
}
