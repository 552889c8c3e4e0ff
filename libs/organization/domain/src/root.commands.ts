import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code } from './vocabulary';

export const rootCommands = {
  'organization.NameRootUnit': defineCommand(
    'Name the one unit that stands at the root of the tree, before it is registered',
    ['hr', 'data-steward', 'admin'],
    z.strictObject({ unit: code }),
    { unit: 'EASTMERE' },
  ),
};
export type RootCommand = CommandOf<typeof rootCommands>;
