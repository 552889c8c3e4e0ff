import { type Content, Markup, cssString, html } from './markup';
import { MARKS, STYLE } from './page-style';

/** A page that stands alone: nothing is loaded, nothing runs, and it prints on A4. */
export interface Page {
  readonly title: string;
  /** Whose it is: `Eastmere Teaching Hospital · 2026`. */
  readonly about: string;
  readonly question?: string;
  readonly isDemonstration: boolean;
  /** Sentences under the head. */
  readonly said: readonly Content[];
  readonly body: Content;
  /** Where it comes from, at the foot and in the margin of every printed page. */
  readonly provenance: readonly string[];
  readonly isWide?: boolean;
  /** Style rules that bring a face along; without them the reader's machine has to have one. */
  readonly face?: string;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

const PLUMB = html`<svg width="12" height="18" viewBox="0 0 12 22" aria-hidden="true">
  <path d="M6 0v13" stroke="var(--ink)" stroke-width="1.3" />
  <path d="M2.2 13h7.6L6 21.4Z" fill="var(--ink)" />
</svg>`;

/** Every printed page says where it comes from, and which of how many it is. */
const paper = ({ isWide = false, provenance, isDemonstration }: Page): string =>
  `@page{size:A4 ${isWide ? 'landscape' : 'portrait'};margin:16mm 15mm 18mm;` +
  `@bottom-left{content:${cssString([...(isDemonstration ? ['Demonstration'] : []), ...provenance].join(' · '))};font:11px sans-serif;color:#60666F}` +
  `@bottom-right{content:counter(page) " of " counter(pages);font:11px sans-serif;color:#60666F}}`;

const style = (page: Page): Markup => new Markup(`<style>${page.face ?? ''}${STYLE}${paper(page)}</style>`);

/** The page as a document. */
export function renderPage(page: Page): string {
  const { title, about, question, isDemonstration, said, body, provenance } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title} · Plumbline</title>
        ${style(page)}
      </head>
      <body>
        ${MARKS}
        <header>
          <div class="brand"><b>${PLUMB}Plumbline</b><span>${about}</span></div>
          <h1>${title}</h1>
          ${question === undefined ? '' : html`<p class="question">${question}</p>`}
          ${isDemonstration ? html`<p class="past">Demonstration: an invented history under a simulated clock.</p>` : ''}${said.map((each) => html`<p class="meta">${each}</p>`)}
        </header>
        <main>${body}</main>
        <footer>${provenance.join(' · ')}</footer>
      </body>
    </html> `.text;
}
