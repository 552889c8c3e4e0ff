import { readdirSync, readFileSync } from 'node:fs';
import { processes } from './processes';

describe('processes', () => {
  it('have names of their own, a version and a sentence', () => {
    expect(new Set(processes.map(({ name }) => name)).size).toBe(processes.length);
    for (const { version, sentence } of processes) {
      expect(version).toBeGreaterThan(0);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
  it('are all registered, each in a file of its name', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.process.ts'));
    expect(files.map((file) => file.replace('.process.ts', '')).sort()).toEqual(
      processes.map(({ name }) => name).sort(),
    );
  });
  it('stand in the README with their sentences', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const listed = [...readme.matchAll(/^- \*\*([a-z-]+)\*\* (.+)$/gm)].map(([, name, sentence]) => [name, sentence]);
    expect(listed.sort()).toEqual(processes.map(({ name, sentence }) => [name, sentence]).sort());
  });
});
