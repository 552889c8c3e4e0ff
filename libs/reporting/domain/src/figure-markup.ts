import { isLocalDate } from '@plumbline/kernel';
import { HIDDEN_SENTENCE } from '@plumbline/privacy';
import { isSilent } from './grid';
import { type Content, type Markup, html } from './markup';
import type { ReportCell } from './report';
import { shownCount, shownDay, shownNumber, unitSuffix } from './shown';
import { MARKED_WORDS, REASON_WORDS, STATE_WORDS, STATUS_WORDS, type StateWord } from './state-words';

export const mark = (name: string): Markup =>
  html`<svg class="${name.startsWith('link-') ? 'l' : 'm'}" aria-hidden="true"><use href="#${name}" /></svg>`;

const TONES: Readonly<Record<string, string>> = {
  on: 'good',
  kept: 'good',
  late: 'good',
  risk: 'warn',
  review: 'warn',
  off: 'bad',
  missed: 'bad',
  overdue: 'bad',
  refused: 'bad',
  'not-reported': 'bad',
};

const marked = ({ mark: name, word }: StateWord, more: Content = ''): Markup =>
  html`<span class="st ${TONES[name] ?? ''}">${mark(name)}<span>${word}${more}</span></span>`;

/** Mark and word of status and state, with the reason: never a mark alone. */
export function stateMarkup({ state, status, reasonCode }: ReportCell): Markup {
  const reason = reasonCode === null ? '' : `, ${REASON_WORDS[reasonCode]}`;
  const words = [...(status === null ? [] : [STATUS_WORDS[status]]), ...(state === 'OK' ? [] : [STATE_WORDS[state]])];
  if (words.length === 0) return html`${reason.slice(2)}`;
  return html`${words.map((word, index) => html`${index > 0 ? ' ' : ''}${marked(word, index === words.length - 1 ? reason : '')}`)}`;
}

/** What stands in the place of a value that is not there: each way of being absent has its own look, and none is zero. */
function absence({ state }: ReportCell): Markup {
  switch (state) {
    case 'SUPPRESSED':
      return html`<span class="fig"
        ><span class="hatch" aria-hidden="true"></span>hidden<span class="vh"> ${HIDDEN_SENTENCE}</span></span
      >`;
    case 'HELD':
      return html`<span class="fig"><span class="hatch" aria-hidden="true"></span>on hold</span>`;
    case 'WITHHELD':
      return html`<span class="fig"><span class="lock" aria-hidden="true"></span>withheld</span>`;
    case 'NOT_REPORTED':
      return html`<span class="gap" aria-hidden="true"></span>`;
    case 'ERASED':
      return html`<span class="fig"><span class="tab" aria-hidden="true"></span>erased</span>`;
    case 'NOT_DUE':
    case 'NO_DATA':
    case 'OK':
    case 'NOT_EVALUABLE':
    case 'INCONCLUSIVE':
    case 'STALE':
    case 'NO_TARGET':
    case 'NO_BASE':
    case 'POPULATION_MISMATCH':
    case 'NO_MARGIN':
    case 'SMALL_BASE':
      return html`–`;
  }
}

/** A value with its unit and margin, a word with its mark, or what stands for their absence. */
export function figureMarkup(cell: ReportCell): Markup {
  const { value, unit, margin, word, state } = cell;
  if (word !== null) {
    const known = MARKED_WORDS[word];
    const hidden = state === 'SUPPRESSED' ? html`<span class="vh"> ${HIDDEN_SENTENCE}</span>` : '';
    return known === undefined ? html`${isLocalDate(word) ? shownDay(word) : word}${hidden}` : marked(known);
  }
  if (value === null) return absence(cell);
  const number = unit === 'count' ? shownCount(Number(value)) : shownNumber(value, unit);
  const look = state === 'NO_BASE' ? ' unsure' : state === 'STALE' || state === 'INCONCLUSIVE' ? ' soft' : '';
  return html`<span class="fig${look}"
    >${state === 'STALE' && html`<span class="tab" aria-hidden="true"></span>`}${number}<span class="u"
      >${unitSuffix(unit)}</span
    >${
      margin !== null && html`<span class="pm">± ${shownNumber(margin, unit)}</span>`
    }${state === 'NO_BASE' && html`<span class="pm">n ?</span>`}</span
  >`;
}

/** Figure, and under it how it stands where that is worth a word. */
export function cellMarkup(cell: ReportCell): Markup {
  if (isSilent(cell)) return html`<span class="note">–</span>`;
  const isPlain = cell.state === 'OK' && cell.status === null && cell.reasonCode === null;
  const tellsItself =
    cell.value === null &&
    cell.word === null &&
    (cell.state === 'SUPPRESSED' || cell.state === 'HELD' || cell.state === 'WITHHELD');
  if (isPlain || tellsItself) return figureMarkup(cell);
  if (cell.word === cell.state && cell.status === null) return stateMarkup(cell);
  const figure =
    cell.value === null && cell.word === null && cell.state !== 'NOT_REPORTED' ? '' : html`${figureMarkup(cell)}<br />`;
  return html`${figure}${stateMarkup(cell)}`;
}
