import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { count, sha256, uuid } from './vocabulary';

const importers: readonly Role[] = ['hr', 'data-steward', 'admin'];
const importId = uuid.describe('Id of the import: made from the file and its map');
const example = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';

export const importCommands = {
  'organization.RecordImport': defineCommand(
    'Record that a file is being imported',
    importers,
    z.strictObject({
      importId,
      kind: z
        .string()
        .regex(/^[a-z][a-z-]{1,39}$/)
        .describe('What the file holds: observations, organization, people'),
      fileHash: sha256.describe('SHA-256 of the file'),
      mapHash: sha256.describe('SHA-256 of the map'),
      rows: count.describe('Rows after the map was applied'),
    }),
    {
      importId: example,
      kind: 'observations',
      fileHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      mapHash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
      rows: 240,
    },
  ),
  'organization.ReopenImport': defineCommand(
    'Record that a file imported before is being imported again, where the store needs several appends for it',
    importers,
    z.strictObject({ importId }),
    { importId: example },
  ),
  'organization.CompleteImport': defineCommand(
    'Record how an import ended',
    importers,
    z.strictObject({
      importId,
      recorded: count.describe('Rows that were recorded'),
      unchanged: count.describe('Rows that said nothing new'),
      refused: count.describe('Rows that were refused'),
    }),
    { importId: example, recorded: 238, unchanged: 2, refused: 0 },
  ),
};
export type ImportCommand = CommandOf<typeof importCommands>;
