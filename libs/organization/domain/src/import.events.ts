// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, sha256, uuid } from './vocabulary';

const importId = uuid.describe('uuid v8 of the SHA-256 of file and map');
const example = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';

export const importEvents = {
  'organization.ImportRecorded.v1': defineEvent(
    'A file is being imported: which one, under which map',
    z.strictObject({
      importId,
      kind: z.string().regex(/^[a-z][a-z-]{1,39}$/),
      fileHash: sha256,
      mapHash: sha256,
      rows: count.describe('Rows of the file after the map was applied'),
    }),
    {
      importId: example,
      kind: 'observations',
      fileHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      mapHash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
      rows: 240,
    },
  ),
  'organization.ImportReopened.v1': defineEvent(
    'A file that was imported before is being imported again, in several appends',
    z.strictObject({ importId }),
    { importId: example },
  ),
  'organization.ImportCompleted.v1': defineEvent(
    'An import has ended: how many rows were recorded, said nothing new, or were refused',
    z.strictObject({ importId, recorded: count, unchanged: count, refused: count }),
    { importId: example, recorded: 238, unchanged: 2, refused: 0 },
  ),
};
export type ImportEvent = EventOf<typeof importEvents>;
