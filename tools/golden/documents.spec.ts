import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = execFileSync('git', ['ls-files', '--', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

/** `[text](path)`, and `path` in backquotes where it begins at one of the tree's folders and holds no placeholder. */
function pathsIn(document: string): readonly string[] {
  const text = readFileSync(document, 'utf8').replace(/```[^]*?```/g, '');
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) =>
    join(dirname(document), path),
  );
  const named = [...text.matchAll(/`((?:apps|docs|examples|libs|tools)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  return [...new Set([...linked, ...named])];
}

it('documents are found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
});

it.each(documents)('%s names only files that are there', (document) => {
  expect(pathsIn(document).filter((path) => !existsSync(path))).toEqual([]);
});
