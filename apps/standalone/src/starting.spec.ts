import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Starting } from './starting';

describe('what an instance does before it answers', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-starting-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const file = join(dataDir, 'starting.json');
  const said = () => JSON.parse(readFileSync(file, 'utf8')) as object;

  it('stands in the data directory, new things at once and progress now and then, and is gone with the start', () => {
    let now = 1_000;
    const starting = new Starting(dataDir, () => now);
    starting.tell('reading the log');
    expect(said()).toEqual({ pid: process.pid, doing: 'reading the log' });
    starting.tell('loading the story', 1, 659);
    now += 100;
    starting.tell('loading the story', 2, 659);
    expect(said()).toMatchObject({ done: 1, of: 659 });
    now += 200;
    starting.tell('loading the story', 3, 659);
    expect(said()).toMatchObject({ doing: 'loading the story', done: 3, of: 659 });
    starting.end();
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is not taken away by another start that is refused before it does anything', () => {
    const starting = new Starting(dataDir);
    starting.tell('loading the story', 7, 659);
    new Starting(dataDir).end();
    expect(said()).toMatchObject({ done: 7 });
    starting.end();
  });

  it('is not said where there is no such folder, or a file in its place', () => {
    const none = join(dataDir, 'none');
    new Starting(none).tell('opening the database');
    expect(existsSync(none)).toBe(false);
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    new Starting(file).tell('opening the database');
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});
