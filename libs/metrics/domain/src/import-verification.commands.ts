import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, uuid, words } from './vocabulary';

export const importVerificationCommands = {
  'metrics.VerifyImport': defineCommand(
    'Say that you have checked a sample of an import that someone else made; its figures that stand are verified by it',
    ['hr', 'data-steward', 'assessor', 'auditor'],
    z.strictObject({
      importId: uuid.describe('Id of the import'),
      sampleSeed: words(100).describe('Seed from which the sample was drawn, so that anyone can draw it again'),
      sampleSize: count.min(1).describe('How many rows were checked'),
      method: words(300).describe('How they were checked'),
    }),
    {
      importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
      sampleSeed: '2026-11-23/4711',
      sampleSize: 60,
      method: 'compared with the published table',
    },
  ),
};
export type ImportVerificationCommand = CommandOf<typeof importVerificationCommands>;
