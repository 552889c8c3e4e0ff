/** HTML that was put together from fixed text and escaped values: the only thing a page takes as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text that means nothing but itself between tags and in quoted attributes. Control characters, which HTML does not allow, become a blank. */
export const escaped = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

function written(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return content.map(written).join('');
}

/** A piece of HTML: what stands in the template is taken as it is, every value is escaped unless it is such a piece itself. */
export const html = (template: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(template.map((text, index) => `${text}${index < values.length ? written(values[index]) : ''}`).join(''));

/** A CSS string that holds any text: all but letters and digits as their code points (CSS Syntax 3, §4.3.7). */
export const cssString = (text: string): string =>
  `"${[...text].map((sign) => (/[A-Za-z0-9 ]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)).join('')}"`;
