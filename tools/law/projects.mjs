import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const folders = (at) =>
  existsSync(join(ROOT, at))
    ? readdirSync(join(ROOT, at), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() && entry.name !== 'node_modules' ? [`${at}/${entry.name}`] : [],
      )
    : [];
const tagged = (tags, kind) => tags.find((tag) => tag.startsWith(`${kind}:`))?.slice(kind.length + 1);

/** Every project as its project.json declares it: `{name, root, layer, scope}`. */
export const projects = [...folders('libs'), ...folders('libs').flatMap(folders), ...folders('apps')]
  .filter((root) => existsSync(join(ROOT, root, 'project.json')))
  .map((root) => {
    const { name, tags } = JSON.parse(readFileSync(join(ROOT, root, 'project.json'), 'utf8'));
    return { name, root, layer: tagged(tags, 'layer'), scope: tagged(tags, 'scope') };
  });

export const rootsOf = (...layers) => projects.filter(({ layer }) => layers.includes(layer)).map(({ root }) => root);
