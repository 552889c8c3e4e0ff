import { createReadStream, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApiClient } from '@plumbline/api-client';
import { BadUsage } from './exit';

const FILE_AT = /^((?:[^=]+\.)?(?:file|fileId))=@(.+)$/s;

/** Sends each file of `--set file=@path` as evidence, and puts the id of what was stored in its place. @throws BadUsage */
export async function storeFiles(api: Pick<ApiClient, 'upload'>, sets: readonly string[]): Promise<readonly string[]> {
  const stored: string[] = [];
  for (const set of sets) {
    const [, field, path] = FILE_AT.exec(set) ?? [];
    if (field === undefined || path === undefined) {
      stored.push(set);
      continue;
    }
    if (!existsSync(path)) throw new BadUsage(`--set ${field}: there is no file ${resolve(path)}.`);
    if (!statSync(path).isFile()) throw new BadUsage(`--set ${field}: ${resolve(path)} is not a file.`);
    const { fileId } = (await api.upload<{ fileId: string }>('/v1/evidence', () => createReadStream(path))).body;
    stored.push(`${field}=${fileId}`);
  }
  return stored;
}
