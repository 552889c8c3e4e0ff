import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { MAX_RELEASE_UNITS } from './release.events';
import { code, count, day, decimalText, words } from './vocabulary';

const unit = code.describe('Code of the unit');
const atMost = (entries: Record<string, unknown>): boolean => Object.keys(entries).length <= MAX_RELEASE_UNITS;
const tooMany = `name at most ${MAX_RELEASE_UNITS} units`;

export const releaseCommands = {
  'metrics.RecordExternalRelease': defineCommand(
    'Record that another system has published results, and what their publisher says about them',
    ['hr', 'data-steward'],
    z.strictObject({
      code: code.describe('Code of the release, as CSPS-2020'),
      source: words(300).describe('What was published, and by whom'),
      instrument: words(300).describe('The questionnaire or register the figures come from'),
      fieldwork: z.strictObject({ from: day, to: day }).optional().describe('First and last day of asking'),
      sourceMinN: count
        .min(1)
        .optional()
        .describe('Smallest group the publisher shows: your assertion, shown with your role'),
      eligibleByUnit: z.record(unit, count).refine(atMost, tooMany).optional().describe('People asked, by unit code'),
      responseRateByUnit: z
        .record(unit, decimalText)
        .refine(atMost, tooMany)
        .optional()
        .describe('Response rate in per cent by unit code; above 100 is recorded as it is'),
      fileHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'write the SHA-256 as 64 small hex digits')
        .describe('SHA-256 of the published file'),
    }),
    {
      code: 'CSPS-2020',
      source: 'Civil Service People Survey 2020, benchmark scores',
      instrument: 'Civil Service People Survey',
      fieldwork: { from: '2020-10-01', to: '2020-11-02' },
      sourceMinN: 10,
      responseRateByUnit: { GPA: '102', HMPS: '23' },
      fileHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  ),
};
export type ReleaseCommand = CommandOf<typeof releaseCommands>;
