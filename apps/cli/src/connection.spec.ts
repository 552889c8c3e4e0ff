import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notRunning } from './connection';

describe('an instance that does not answer', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const starting = (given: object) => writeFileSync(join(dataDir, 'starting.json'), JSON.stringify(given));

  it('was not started, as far as anyone knows', () => {
    expect(notRunning(dataDir)).toMatch(/^No running instance is known in .*npm start/);
  });
  it('is being started: what it does and how far it has come is said', () => {
    starting({ pid: process.pid, doing: 'loading the story', done: 248, of: 659 });
    expect(notRunning(dataDir)).toMatch(/is still starting: loading the story, 248 of 659 days\./);
    starting({ pid: process.pid, doing: 'reading the log' });
    expect(notRunning(dataDir)).toMatch(/is still starting: reading the log\./);
  });
  it('was killed while it started: then it does not start any more', () => {
    starting({ pid: 2 ** 22 + 1, doing: 'loading the story' });
    expect(notRunning(dataDir)).toMatch(/^No running instance/);
  });
});
