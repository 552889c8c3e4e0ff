import { type Side, courseChart } from './course-chart';
import { cellMarkup, figureMarkup, mark, stateMarkup } from './figure-markup';
import { AS_ABOVE, AS_ABOVE_MEANS, type Grid, type GridRow, ROW_ID, isList, isSilent, titleOf } from './grid';
import { type Content, type Markup, html } from './markup';
import type { ReportCell, ReportColumn } from './report';
import { UNTESTED, remarksOf } from './report-text';
import { columnOf, isTrend, shownNumber, shownSize } from './shown';
import { VERDICT_WORDS } from './state-words';

const right = (isRight: boolean): Content => isRight && html` class="r"`;

const sideOf = (column: string): Side => (column === 'leading' || column === 'lagging' ? column : 'plain');

const courseOf = (column: string, cells: readonly ReportCell[], target: string | null): Content =>
  cells.length > 1 && cells.some(({ value }) => value !== null) && courseChart(cells, target, sideOf(column));

const headMarkup = (columns: readonly ReportColumn[]): Markup =>
  html`<thead>
    <tr>
      ${columns.map(
        ({ title, unit, align }) =>
          html`<th scope="col" ${right(align === 'right')}>${title}${unit !== undefined && html`, ${unit}`}</th>`,
      )}
    </tr>
  </thead>`;

/** More columns than these stand closer together. */
const ROOMY = 8;
const SHORT = 60;

/** What has no column: short things share a line, long ones have their own. */
function saidUnder(row: GridRow, notes: ReadonlySet<string>): readonly Content[] {
  const more = row.more.filter((cell) => !isSilent(cell));
  const isShort = (cell: ReportCell): boolean => (cell.word ?? '').length + titleOf(cell).length <= SHORT;
  const said = (cell: ReportCell): Markup => html`<b>${titleOf(cell)}</b> ${cellMarkup(cell)}`;
  const short = more.filter(isShort);
  const aside = [
    ...(short.length > 0 ? [short.map((cell, index) => html`${index > 0 && ' · '}${said(cell)}`)] : []),
    ...more.filter((cell) => !isShort(cell)).map(said),
  ];
  const remarks = remarksOf([...row.cells.filter((cell) => cell !== undefined), ...row.more]);
  return [
    ...(isList(row)
      ? [
          html`<dl class="pairs">
            ${more.map(
              (cell) =>
                html`<dt>${titleOf(cell)}</dt>
                  <dd>${cellMarkup(cell)}</dd>`,
            )}
          </dl>`,
        ]
      : aside.map((each) => html`<p>${each}</p>`)),
    ...remarks.filter((remark) => !notes.has(remark)).map((remark) => html`<p>${remark}</p>`),
  ];
}

/** A long id may go on in the next line after a colon or an underscore. */
const breakable = (id: string): Content =>
  id.split(/(?<=[:_])/).map((part, index) => html`${index > 0 && html`<wbr />`}${part}`);

function gridRow(row: GridRow, columns: readonly ReportColumn[], notes: ReadonlySet<string>): Markup {
  const under = saidUnder(row, notes);
  const indent = row.depth > 0 && html` style="padding-left:${row.depth * 14}px"`;
  const cells = columns.map((column, index) => {
    if (column.id === ROW_ID) return html`<th scope="row" class="id" ${indent}>${breakable(row.name)}</th>`;
    const cell = row.cells[index];
    const course = courseOf(column.id, row.courses.get(column.id) ?? [], cell?.target ?? null);
    const isRepeated = cell !== undefined && row.repeated.has(cell);
    const said = isRepeated ? html`<abbr title="${AS_ABOVE_MEANS}">${AS_ABOVE}</abbr>` : cell && cellMarkup(cell);
    return html`<td${right(column.align === 'right')}>${said}${course !== false && html`<br />${course}`}</td>`;
  });
  const classes = [row.depth > 0 ? 'sub' : '', under.length > 0 ? 'open' : ''].filter((name) => name !== '').join(' ');
  return html`<tr${classes !== '' && html` class="${classes}"`}>${cells}</tr>${
    under.length > 0 &&
    html`<tr class="under">
      <td></td>
      <td colspan="${columns.length - 1}">${under}</td>
    </tr>`
  }
`;
}

/** The rows of a report that has columns. */
export const gridMarkup = ({ columns, rows }: Grid, caption: string, notes: ReadonlySet<string>): Markup =>
  html`<table${columns.length > ROOMY && html` class="dense"`}>
    <caption>
      ${caption}
    </caption>
    ${headMarkup(columns)}
    <tbody>
      ${rows.map((row) => gridRow(row, columns, notes))}
    </tbody>
  </table>`;

const FIGURE_COLUMNS: readonly ReportColumn[] = [
  { id: 'measure', title: 'Measure', align: 'left' },
  { id: 'course', title: 'Course', align: 'left' },
  { id: 'period', title: 'Period', align: 'left' },
  { id: 'value', title: 'Value', align: 'right' },
  { id: 'n', title: 'n', align: 'right' },
  { id: 'target', title: 'Target', align: 'right' },
  { id: 'state', title: 'State', align: 'left' },
];
const FIGURES: ReadonlySet<string> = new Set(['leading', 'lagging', 'value']);

function figureRow(cell: ReportCell, course: readonly ReportCell[]): Markup {
  const name = titleOf(cell);
  return html`<tr>
    <th scope="row">${name}${columnOf(cell) !== 'value' && html`<br /><span class="note">${columnOf(cell)}</span>`}</th>
    <td>${courseOf(columnOf(cell), course, cell.target)}</td>
    <td>${cell.period}</td>
    <td class="r">${figureMarkup(cell)}</td>
    <td class="r">${shownSize(cell)}</td>
    <td class="r">${cell.target}</td>
    <td>${stateMarkup(cell)}</td>
  </tr> `;
}

function asideMarkup(cell: ReportCell): Markup {
  const { interval, n, unit, remarks } = cell;
  const between =
    interval !== null && html` (${shownNumber(interval.low, unit)} to ${shownNumber(interval.high, unit)})`;
  return html`${titleOf(cell)}
  ${cellMarkup(cell)}${between}${n !== null && html`, n ${n}`}${remarks.includes(UNTESTED) && !titleOf(cell).includes('untested') && ', untested'}`;
}

/** What was found of a hypothesis, drawn as the link between its two measures, in words as well. */
function verdictMarkup(cell: ReportCell): Markup {
  const verdict = cell.word === null ? undefined : VERDICT_WORDS[cell.word];
  if (verdict === undefined) return html`<b>Verdict</b> ${cellMarkup(cell)}`;
  return html`${mark(verdict.mark)} <b>${verdict.word}</b> ${verdict.says}`;
}

const saidRow = (said: readonly Content[]): Content =>
  said.length > 0 &&
  html`<tr class="under link">
    <td colspan="${FIGURE_COLUMNS.length}">${said.map((each) => html`<p>${each}</p>`)}</td>
  </tr> `;

/** One row of a report without columns: a line a figure, with what belongs to no period between them. */
function figureRows(id: string, cells: readonly ReportCell[], notes: ReadonlySet<string>): Markup {
  const current = cells.filter((cell) => !isTrend(cell));
  const courseAt = (column: string): readonly ReportCell[] =>
    cells.filter((cell) => isTrend(cell) && columnOf(cell) === column);
  const isAlone = current.length === 1 && current[0] !== undefined && FIGURES.has(columnOf(current[0]));
  const between = current.filter((cell) => !FIGURES.has(columnOf(cell)));
  const verdict = between.find((cell) => columnOf(cell) === 'verdict');
  const asides = between.filter((cell) => cell !== verdict);
  const remarks = (of: readonly ReportCell[]): readonly string[] =>
    remarksOf(of).filter((remark) => remark !== UNTESTED && !notes.has(remark));
  const figures = current.filter((cell) => FIGURES.has(columnOf(cell)));
  const found: readonly Content[] = [
    ...(verdict ? [verdictMarkup(verdict)] : []),
    ...(asides.length > 0 ? [asides.map((cell, index) => html`${index > 0 && ' · '}${asideMarkup(cell)}`)] : []),
    ...remarks(between),
  ];
  const [first, ...rest] = figures.map((cell) => figureRow(cell, courseAt(columnOf(cell))));
  return html`<tbody>
    ${
      !isAlone &&
      html`<tr class="group">
        <th scope="rowgroup" colspan="${FIGURE_COLUMNS.length}">${id}</th>
      </tr> `
    }${first}${saidRow(found)}${rest}${saidRow(remarks(figures))}
  </tbody>`;
}

/** The rows of a report without columns: each figure on a line of its own, with its course. */
export const figuresMarkup = (
  rows: ReadonlyMap<string, readonly ReportCell[]>,
  caption: string,
  notes: ReadonlySet<string>,
): Markup =>
  html`<table>
    <caption>
      ${caption}
    </caption>
    ${headMarkup(FIGURE_COLUMNS)}${[...rows].map(([id, cells]) => figureRows(id, cells, notes))}
  </table>`;
