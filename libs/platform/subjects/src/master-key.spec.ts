import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MASTER_KEY_FILE, MasterKey, masterKeyOf } from './master-key';

describe('the master key of a data directory', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'master-key-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at first start, for its owner alone, and found again', () => {
    const first = masterKeyOf(folder);
    expect(statSync(join(folder, MASTER_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(masterKeyOf(folder).fingerprint).toBe(first.fingerprint);
    expect(readdirSync(folder)).toEqual([MASTER_KEY_FILE]);
  });

  it('is refused when others may read it', () => {
    masterKeyOf(folder);
    chmodSync(join(folder, MASTER_KEY_FILE), 0o640);
    expect(() => masterKeyOf(folder)).toThrow('can be read by others');
  });

  it('is refused when the file holds something else, which is never overwritten', () => {
    writeFileSync(join(folder, MASTER_KEY_FILE), 'half a key', { mode: 0o600 });
    expect(() => masterKeyOf(folder)).toThrow('holds no master key');
    expect(readFileSync(join(folder, MASTER_KEY_FILE), 'utf8')).toBe('half a key');
  });

  it('has 32 bytes and does not show them', () => {
    expect(() => new MasterKey(new Uint8Array(16))).toThrow('a master key has 32 bytes');
    const key = new MasterKey(new Uint8Array(32).fill(7));
    expect(Object.keys(key)).toEqual(['fingerprint']);
    expect(JSON.stringify(key)).not.toContain('7,7');
  });
});
