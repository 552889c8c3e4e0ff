import { CELL_STATES, type Disclosed } from '@plumbline/privacy';
import { mark } from './figure-markup';
import { AS_ABOVE, AS_ABOVE_MEANS, ROW_ID, gridOf, isSilent, rowsOf, saysAsAbove } from './grid';
import { type Content, html } from './markup';
import { renderPage } from './page';
import type { Report, ReportCell, ReportDefinition } from './report';
import { notesOf, releaseLines, unfinishedSaid } from './report-text';
import { figuresMarkup, gridMarkup } from './rows-markup';
import { shownDay } from './shown';
import { MARKED_WORDS, STATE_WORDS, STATUS_WORDS, type StateWord } from './state-words';

/** What a page says of a report beside its figures. */
export type Titled = Pick<ReportDefinition, 'id' | 'name' | 'question' | 'reading' | 'columns'>;

/** More columns than these need the paper's long side. */
const UPRIGHT = 7;

const STATUSES = ['ON_TRACK', 'AT_RISK', 'OFF_TRACK'] as const;

/** Every mark that stands on the page, once, with what it means. */
function legendOf(cells: readonly ReportCell[]): readonly StateWord[] {
  const shown = cells.filter((cell) => !isSilent(cell));
  const words = Object.entries(MARKED_WORDS)
    .filter(([word]) => shown.some((cell) => cell.word === word))
    .map(([, known]) => known);
  return [
    ...STATUSES.filter((status) => shown.some((cell) => cell.status === status)).map((status) => STATUS_WORDS[status]),
    ...words.filter(
      ({ mark: name }) => !name.startsWith('link-') && !Object.values(STATUS_WORDS).some((each) => each.mark === name),
    ),
    ...CELL_STATES.filter((state) => state !== 'OK')
      .filter((state) => shown.some((cell) => cell.state === state))
      .map((state) => STATE_WORDS[state]),
  ];
}

const legendMarkup = (legend: readonly StateWord[]): Content =>
  legend.length > 0 &&
  html`<h2>What the marks mean</h2>
    <ul class="legend">
      ${legend.map(
        (each) =>
          html`<li>
            ${mark(each.mark)}<span><b>${each.word}</b> ${each.says}</span>
          </li>`,
      )}
    </ul>`;

/** Where a page comes from. */
export const provenanceOf = ({
  report,
  asOf,
  codeVersion,
  policyVersion,
  releases,
}: Disclosed<Report>): readonly string[] => [
  `${report} as of position ${asOf.position}`,
  asOf.root === null ? 'not sealed' : `size ${asOf.size}, root ${asOf.root}`,
  `code ${codeVersion}`,
  `policy ${policyVersion}`,
  ...(releases.length === 0 ? [] : [`release ${releases.map(({ code }) => code).join(', ')}`]),
];

/** The report as a page that stands alone. The same report and face give the same bytes. */
export function renderHtml(
  report: Disclosed<Report>,
  { id, name, question, reading, columns = [] }: Titled,
  face = '',
): string {
  const { unit, period, asOf, disclosure, narrowed = {} } = report;
  const rows = rowsOf(report.cells);
  const gathered = notesOf(rows);
  const legend = legendOf(report.cells);
  const explained = new Set(legend.map(({ says }) => says));
  const said = new Set([...gathered.keys(), ...explained]);
  const isRead = reading !== undefined && report.cells.some(({ margin }) => margin !== null);
  const grid = columns.length > 0 ? gridOf(report, columns) : undefined;
  const notes = [
    ...(grid !== undefined && saysAsAbove(grid) ? [`${AS_ABOVE} ${AS_ABOVE_MEANS}`] : []),
    ...[...gathered.keys()].filter((note) => !explained.has(note)),
    ...(isRead ? [reading] : []),
  ];
  const filters = Object.entries(narrowed).map(([filter, value]) => `${filter} ${value}`);
  const caption = `${unit.code} ${unit.name}${period === null ? '' : `, period ${period}`}, as of ${shownDay(report.day)}`;
  const body =
    rows.size === 0
      ? html`<p>Nothing to show.</p>`
      : grid !== undefined
        ? gridMarkup(grid, caption, said)
        : figuresMarkup(rows, caption, said);
  return renderPage({
    title: `${id} ${name}`,
    about: [unit.name, period, shownDay(report.day)].filter((part) => part !== null && part !== '').join(' · '),
    question,
    isDemonstration: report.demonstration,
    isWide: columns.filter((column) => column.id !== ROW_ID).length > UPRIGHT,
    said: [
      `As of ${shownDay(report.day)}, position ${asOf.position}, event ${asOf.event ?? 'none'}. Groups below ${disclosure.k} are hidden, sensitive ones below ${disclosure.kSensitive}. Shown to ${report.audience}.`,
      ...(filters.length === 0 ? [] : [`Only ${filters.join(', ')}.`]),
      ...unfinishedSaid(asOf),
      ...report.remarks,
      ...releaseLines(report.releases).map((line) => `${line}.`),
    ],
    body: html`${body}${
      notes.length > 0 &&
      html`<h2>Notes</h2>
        ${notes.map((note) => html`<p class="note">${note}</p>`)}`
    }${legendMarkup(legend)}`,
    provenance: provenanceOf(report),
    face,
  });
}
