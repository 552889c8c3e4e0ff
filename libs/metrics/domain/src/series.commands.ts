import { defineCommand, ROLES, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, count, decimalText, period, uuid, words } from './vocabulary';

const unit = code.describe('Code of the unit');
const metric = code.describe('Code of the metric');
const observation = uuid.describe('Id of the figure, as explain and the history show it');
const reason = words(2000).describe('Why, in your words; kept under a key of its own');

const figure = {
  value: decimalText.optional().describe('The figure, in the metric’s unit; or else num and den'),
  num: decimalText.optional().describe('Numerator of a share'),
  den: decimalText.optional().describe('Denominator of a share'),
  n: count.optional().describe('Valid answers or cases; leave out if unknown'),
  base: count.optional().describe('People or cases the figure is about; leave out if unknown'),
  eligible: count.optional().describe('People asked or concerned; leave out if unknown'),
  s: decimalText.optional().describe('Standard deviation of a mean'),
};
const origin = {
  source: words(300).describe('Where the figure comes from'),
  method: words(300).optional().describe('How it was obtained'),
  release: code.optional().describe('Code of the release it was published in; needed for survey figures'),
  importId: uuid.optional().describe('Set by imports'),
  evidenceRefs: z.array(words(300)).max(50).optional().describe('References of evidence'),
};

export const seriesCommands = {
  'metrics.RecordObservation': defineCommand(
    'Record a figure for a metric, a unit and a period',
    ['hr', 'data-steward'],
    z.strictObject({
      unit,
      metric,
      period,
      ...figure,
      ...origin,
      definitionVersion: z
        .int()
        .min(1)
        .optional()
        .describe('An earlier definition it was made under; left out: the current'),
      correctBecause: words(2000)
        .optional()
        .describe('If another figure stands for the period, correct it for this reason instead of refusing'),
    }),
    {
      unit: 'GPA',
      metric: 'LC_TS',
      period: '2020',
      value: '58',
      source: 'Civil Service People Survey 2020',
      method: 'published aggregate',
      release: 'CSPS-2020',
    },
  ),
  'metrics.VerifyObservation': defineCommand(
    'Say that you have checked a figure that someone else recorded',
    ['hr', 'data-steward', 'assessor', 'auditor'],
    z.strictObject({ unit, metric, observation, method: words(300).describe('How it was checked') }),
    {
      unit: 'GPA',
      metric: 'LC_TS',
      observation: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
      method: 'compared with the published table',
    },
  ),
  'metrics.DisputeObservation': defineCommand(
    'Say that a figure is wrong; it stands, flagged, until it is verified anew, corrected or retracted',
    [...ROLES],
    z.strictObject({ unit, metric, observation, reason }),
    {
      unit: 'GPA',
      metric: 'LC_TS',
      observation: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
      reason: 'The published table shows another figure.',
    },
  ),
  'metrics.CorrectObservation': defineCommand(
    'Put a new figure in the place of one that stands; the earlier one stays in the log',
    ['hr', 'data-steward'],
    z.strictObject({ unit, metric, observation, ...figure, ...origin, reason }),
    {
      unit: 'GPA',
      metric: 'LC_TS',
      observation: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
      value: '57.5',
      source: 'Civil Service People Survey 2020, second edition',
      release: 'CSPS-2020',
      reason: 'The publisher reissued the figure.',
    },
  ),
  'metrics.RetractObservation': defineCommand(
    'Take a figure back; the period may be observed anew',
    ['hr', 'data-steward'],
    z.strictObject({ unit, metric, observation, reason }),
    {
      unit: 'GPA',
      metric: 'LC_TS',
      observation: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
      reason: 'It belongs to another unit.',
    },
  ),
};
export type SeriesCommand = CommandOf<typeof seriesCommands>;
