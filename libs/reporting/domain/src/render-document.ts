import type { Disclosed } from '@plumbline/privacy';
import { type AnyDocumentDefinition, FACTS } from './document';
import { cellMarkup } from './figure-markup';
import { ROW_ID, gridOf, isSilent, rowsOf, shownCell, titleOf } from './grid';
import { html } from './markup';
import { renderPage } from './page';
import { gridLines } from './render-grid';
import { provenanceOf } from './render-html';
import type { Report, ReportCell } from './report';
import { headLines, notesOf } from './report-text';
import { gridMarkup } from './rows-markup';
import { rowOf, shownDay } from './shown';
import { wrap } from './text-layout';

type Look = Pick<AnyDocumentDefinition, 'name' | 'question' | 'columns' | 'signed'>;

const factsOf = ({ cells }: Report): readonly ReportCell[] =>
  cells.filter((cell) => rowOf(cell) === FACTS && !isSilent(cell));
const rowsOnly = (report: Report): readonly ReportCell[] => report.cells.filter((cell) => rowOf(cell) !== FACTS);

/** The document as text. */
export function renderDocumentText(document: Disclosed<Report>, { name, columns = [], signed }: Look): string {
  const facts = factsOf(document);
  const cells = rowsOnly(document);
  const notes = notesOf(rowsOf(cells));
  const width = Math.max(0, ...facts.map((cell) => titleOf(cell).length));
  const table =
    cells.length === 0 ? ['Nothing to list.'] : gridLines(gridOf({ cells }, columns), new Set(notes.keys()));
  return `${[
    ...headLines(document, name),
    '',
    ...facts.map((cell) => `${titleOf(cell).padEnd(width)}  ${shownCell(cell)}`),
    '',
    ...table,
    ...[...notes.values()].flatMap((note) => wrap(note, 0)),
    ...(signed.length === 0
      ? []
      : ['', ...signed.map((by) => `${by}: ______________________________  Date: ____________`)]),
  ].join('\n')}\n`;
}

/** The document as a page that stands alone and prints. */
export function renderDocumentPage(
  document: Disclosed<Report>,
  { name, question, columns = [], signed }: Look,
  face = '',
): string {
  const cells = rowsOnly(document);
  const { unit, asOf, day, demonstration } = document;
  const notes = notesOf(rowsOf(cells));
  return renderPage({
    title: name,
    about: [unit.name, document.period, shownDay(day)].filter((part) => part !== null && part !== '').join(' · '),
    question,
    isDemonstration: demonstration,
    isWide: columns.filter(({ id }) => id !== ROW_ID).length > 7,
    said: [`As of ${shownDay(day)}, position ${asOf.position}, event ${asOf.event ?? 'none'}.`, ...document.remarks],
    body: html`<dl>
        ${factsOf(document).map(
          (cell) =>
            html`<dt>${titleOf(cell)}</dt>
              <dd>${cellMarkup(cell)}</dd>`,
        )}
      </dl>
      ${cells.length === 0 ? html`<p>Nothing to list.</p>` : gridMarkup(gridOf({ cells }, columns), name, new Set(notes.keys()))}
      ${[...notes.keys()].map((note) => html`<p class="note">${note}</p>`)}
      ${signed.length > 0 && html`<div class="sign">${signed.map((by) => html`<div>${by}, date</div>`)}</div>`}`,
    provenance: provenanceOf(document),
    face,
  });
}
