import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ApiClient } from '@plumbline/api-client';
import { storeFiles } from './stored-file';

describe('files of --set file=@path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-stored-file-'));
  const path = join(folder, 'minutes = of May.txt');
  writeFileSync(path, 'Minutes');
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const sent: string[] = [];
  const api = {
    upload: async (to: string, body: () => Readable) => {
      const parts: Buffer[] = [];
      for await (const part of body()) parts.push(part as Buffer);
      sent.push(`${to} ${Buffer.concat(parts).toString()}`);
      return { status: 201, headers: new Headers(), body: { fileId: 'id-1', sha256: 'x', size: 7 } };
    },
  } as unknown as ApiClient;

  it('are sent as evidence, and named by their id', async () => {
    expect(await storeFiles(api, ['action=A', `file=@${path}`, `evidence.fileId=@${path}`])).toEqual([
      'action=A',
      'file=id-1',
      'evidence.fileId=id-1',
    ]);
    expect(sent).toEqual(['/v1/evidence Minutes', '/v1/evidence Minutes']);
  });

  it('are nothing that another field begins with @, or that names an id', async () => {
    const sets = ['title=@home', 'profile=@home', 'file=3f2504e0-4f89-41d3-9a0c-0305e82c3301'];
    expect(await storeFiles(api, sets)).toEqual(sets);
  });

  it('must be there', async () => {
    await expect(storeFiles(api, ['file=@nowhere.txt'])).rejects.toThrow('there is no file');
    await expect(storeFiles(api, [`file=@${folder}`])).rejects.toThrow('is not a file');
  });
});
