import { readFileSync, readdirSync } from 'node:fs';

/** `<!-- code libs/kernel/src/x.spec.ts#name -->` … `<!-- /code -->`: between the two stands the region of that file, put there by `npm run golden`. */
const PLACE = /(<!-- code (\S+)#(\S+) -->)(?:(?!<!-- code )[^])*?(<!-- \/code -->)/g;

/** The lines between `// region <name>` and the next `// endregion`, without the indent they share. */
function regionOf(path: string, name: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.trim() === `// region ${name}`);
  const to = lines.findIndex((line, index) => index > from && line.trim() === '// endregion');
  if (from < 0 || to < 0) throw new Error(`${path} has no region ${name}`);
  const region = lines.slice(from + 1, to);
  const indent = Math.min(...region.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return region.map((line) => line.slice(indent)).join('\n');
}

function withCode(path: string, document: string): string {
  const places = document.split('<!-- code ').length - 1;
  if ([...document.matchAll(PLACE)].length !== places)
    throw new Error(`${path} has a place for code that does not end`);
  return document.replace(
    PLACE,
    (_, before: string, source: string, name: string, after: string) =>
      `${before}\n\n\`\`\`ts\n${regionOf(source, name)}\n\`\`\`\n\n${after}`,
  );
}

/** Code shown in documents is a region of a compiled spec. */
export function goldens(): Readonly<Record<string, string>> {
  const documents = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
    .sort()
    .map((path) => [path, readFileSync(path, 'utf8')] as const);
  return Object.fromEntries(
    documents.filter(([, text]) => text.includes('<!-- code ')).map(([path, text]) => [path, withCode(path, text)]),
  );
}
