import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { ERASURE_GROUNDS, uuid, words } from './vocabulary';

const roles: readonly Role[] = ['hr', 'legal', 'admin'];
const file = uuid.describe('Id of the stored file');
const example = { file: '7d444840-9dc0-41d1-b245-5ffdce74fad2' };

export const fileErasureCommands = {
  'organization.RequestFileErasure': defineCommand(
    'Ask that a stored file of evidence be erased for good; another person approves it',
    roles,
    z.strictObject({
      file,
      ground: z.enum(ERASURE_GROUNDS).describe('Why it has to go'),
      reason: words(2000).describe('Why, in your words; kept encrypted, for it may name someone'),
    }),
    { ...example, ground: 'SUBJECT_REQUEST' as const, reason: 'It names three people who have left.' },
  ),
  'organization.EraseFile': defineCommand(
    'Erase a stored file whose erasure another has asked for: nobody can read it again, its hash and size stay',
    roles,
    z.strictObject({ file }),
    example,
  ),
};
export type FileErasureCommand = CommandOf<typeof fileErasureCommands>;
