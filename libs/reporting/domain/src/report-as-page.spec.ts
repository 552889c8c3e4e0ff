import { type Cell, HIDDEN_SENTENCE } from '@plumbline/privacy';
import { cellAt } from './assembly';
import { reportOfCells } from './cells.testing';
import { courseChart, courseInWords } from './course-chart';
import { History } from './history.testing';
import { leadLagReport, renderHtml } from './index';
import { cssString, html } from './markup';
import type { ReportColumn } from './report';

const HOSTILE = `</td><script>alert(1)</script><img src=x onerror="alert('2')">&`;
const COLUMNS: readonly ReportColumn[] = [
  { id: 'statement', title: 'What was promised', align: 'left' },
  { id: 'done', title: 'Done', align: 'right' },
];
const R1 = { id: 'R1', name: 'Commitment register', question: 'What became of it?', columns: COLUMNS };

const paged = (cells: readonly Cell[], given: Parameters<typeof reportOfCells>[1] = {}): string =>
  renderHtml(reportOfCells(cells, given), R1);
const done = (given: Partial<Cell>): string => paged([cellAt('C01/done', 'Done · C01', { unit: '%', ...given })]);
const inRow = (page: string): string => /<tbody>([^]*?)<\/tbody>/.exec(page)?.[1]?.replace(/\s+/g, ' ') ?? '';

describe('a template of HTML', () => {
  it('escapes every value, in text and in attributes, and takes its own pieces as they are', () => {
    expect(html`<p title="${HOSTILE}">${HOSTILE}${html`<b>x</b>`}${[1, null, false, 'a<b']}</p>`.text).toBe(
      '<p title="&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;">' +
        '&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;<b>x</b>1a&lt;b</p>',
    );
  });

  it('holds no control character', () => {
    expect(html`${'a\u0000b\u001bc'}`.text).toBe('a b c');
  });

  it('writes any text into a style without ending it', () => {
    expect(cssString('a"} </style>')).toBe('"a\\22 \\7d  \\3c \\2f style\\3e "');
  });
});

describe('the page of a report', () => {
  it('runs nothing and loads nothing, whatever its names are', () => {
    const page = renderHtml(
      reportOfCells(
        [
          cellAt(`${HOSTILE.replaceAll('/', '')}/statement`, HOSTILE, { word: HOSTILE, remarks: [HOSTILE] }),
          cellAt('C02/done', HOSTILE, { unit: HOSTILE, value: '1', target: HOSTILE, period: HOSTILE }),
          cellAt('C02/other', HOSTILE, { word: HOSTILE }),
        ],
        {
          unit: { code: HOSTILE, name: HOSTILE },
          policyVersion: `</style>${HOSTILE}`,
          narrowed: { office: HOSTILE },
          remarks: [HOSTILE],
          period: HOSTILE,
          releases: [{ code: HOSTILE, source: HOSTILE, sourceMinN: null, declaredBy: 'hr', says: HOSTILE }],
        },
      ),
      { id: 'R1', name: HOSTILE, question: HOSTILE, columns: [{ id: 'statement', title: HOSTILE, align: 'left' }] },
    );
    expect(page).not.toMatch(/<(script|img|link|iframe|object|base)|\son\w+="|@import|url\((?!#)/);
    expect(page.split('</style>')).toHaveLength(2);
    expect(page.match(/https?:/g)).toBeNull();
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; font-src data:`);
  });

  it('is the same bytes for the same report', () => {
    expect(done({ value: '50' })).toBe(done({ value: '50' }));
  });

  it('has one heading of its own, heads for columns and rows, and says as of when', () => {
    const page = done({ value: '50' });
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('R1 Commitment register');
    expect(page).toMatch(/<th scope="col"\s+class="r"\s*>Done/);
    expect(page).toMatch(/<th scope="row" class="id"\s*>C01</);
    expect(page).toContain('As of 1 Nov 2026, position 41, event e-41.');
    expect(page).toMatch(/@bottom-left\{content:"R1 as of position 41/);
    expect(page).toContain('counter(page) " of " counter(pages)');
  });

  it('says that a history is invented, on the page and on every sheet of paper', () => {
    const page = paged([], { demonstration: true });
    expect(page).toContain('Demonstration: an invented history');
    expect(page).toContain('content:"Demonstration');
    expect(page).toContain('Nothing to show.');
  });

  it.each([
    ['SUPPRESSED', 'hidden', HIDDEN_SENTENCE],
    ['HELD', 'on hold', 'Under quality review.'],
    ['WITHHELD', 'withheld', 'You may know that it is there, not what it says.'],
    ['NOT_REPORTED', 'Not reported', 'It was due, and nobody reported.'],
    ['NOT_EVALUABLE', 'Not evaluable', 'A rule keeps it from being judged.'],
    ['NOT_DUE', 'Not due', 'Its date has not come.'],
    ['ERASED', 'Erased', 'Its text was erased; the proofs hold.'],
  ] as const)('shows a cell that is %s by mark and word, never as nothing or zero', (state, word, sentence) => {
    const page = done({ state });
    expect(inRow(page)).toContain(word);
    expect(inRow(page)).not.toMatch(/\b0\b/);
    expect(page).toContain(sentence);
    expect(page).toContain('What the marks mean');
  });

  it('says to whoever hears it why a cell is hidden, in each hidden cell', () => {
    expect(inRow(done({ state: 'SUPPRESSED' }))).toContain(HIDDEN_SENTENCE);
    expect(inRow(done({ state: 'SUPPRESSED', word: 'fewer than 10' }))).toContain(HIDDEN_SENTENCE);
  });

  it('shows value, unit and margin, and its state by mark and word', () => {
    const row = inRow(done({ value: '65', margin: '9', state: 'INCONCLUSIVE' }));
    expect(row.replace(/<[^>]+>/g, '')).toContain('65.0 %± 9.0Inconclusive');
    expect(row).toContain('href="#inconclusive"');
    expect(inRow(done({ value: '7.4', state: 'NO_BASE' })).replace(/<[^>]+>/g, '')).toContain('n ?');
    expect(inRow(done({ value: '70', status: 'AT_RISK', reasonCode: 'UNVERIFIED' }))).toContain('At risk, unverified');
  });

  it('knows the words that have a mark, and prints all others as they are', () => {
    expect(inRow(paged([cellAt('C01/statement', 'x', { word: 'MISSED' })]))).toContain('href="#missed"');
    expect(inRow(paged([cellAt('C01/statement', 'x', { word: 'CHALLENGE' })]))).toContain('CHALLENGE');
  });
});

it('a row that stands in no column is a list, with what is said of it', () => {
  const page = paged([
    cellAt('total/score', 'Total', { state: 'WITHHELD', remarks: ['No score leaves before a person has rated it.'] }),
    cellAt('total/stage', 'Stage', { word: 'SCORED' }),
  ]);
  expect(inRow(page)).toMatch(/<dl class="pairs">.*<dt>Stage<\/dt> ?<dd>SCORED<\/dd>/);
  expect(inRow(page)).toContain('No score leaves before a person has rated it.');
});

describe('the page of leading and lagging indicators', () => {
  it('draws the course of a figure, and tells it in words', () => {
    const history = new History().configured().day('2027-01-10').unit('ORG').release('S').metric('VOICE');
    history.observe('VOICE', 'ORG', '2025', 'S', { num: '1200', den: '2000', n: 2000, eligible: 2600 });
    history.observe('VOICE', 'ORG', '2026', 'S', { num: '1300', den: '2000', n: 2000, eligible: 2600 });
    const page = renderHtml(history.report(), leadLagReport);
    expect(page).toContain('aria-label="2025 60.0 plus or minus');
    expect(page).toContain('Measure VOICE');
    expect(page).toContain('No target');
  });
});

describe('the chart of a course', () => {
  const at = (period: string, given: Partial<Cell>): Cell =>
    cellAt(`V/value/${period}`, 'V', { period, unit: '%', ...given });
  const course = [
    at('2023', { value: '40' }),
    at('2024', { state: 'SUPPRESSED' }),
    at('2025', { value: '50', margin: '2' }),
    at('2026', { value: '60', margin: '2' }),
  ];

  it('tells each period in words, the hidden one too', () => {
    expect(courseInWords(course)).toBe(
      '2023 40.0, 2024 hidden, 2025 50.0 plus or minus 2.0, 2026 60.0 plus or minus 2.0',
    );
  });

  it('has no line across a hidden period, and hatches it from top to bottom', () => {
    const { text } = courseChart(course, '55', 'lagging');
    expect(text.match(/fill="none"/g)).toHaveLength(2);
    expect(text).toContain('fill="url(#hatch)"');
    expect(text).toContain('aimed at 55');
  });

  it('ends in a round mark where it leads and a square one where it lags', () => {
    expect(courseChart(course, null, 'leading').text).toContain('<circle');
    expect(courseChart(course, null, 'lagging').text).not.toContain('<circle');
  });

  it('draws no aim that is a range or unknown', () => {
    expect(courseChart(course, '40 to 60', 'leading').text).not.toContain('stroke-dasharray');
    expect(courseChart(course, null, 'leading').text).not.toContain('stroke-dasharray');
  });
});
