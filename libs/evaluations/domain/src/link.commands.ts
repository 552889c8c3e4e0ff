import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, uuid } from './vocabulary';

const link = {
  metric: code.describe('Code of the metric'),
  group: code.describe('Code of a group of leaders, as cycles name it'),
};
const example = { metric: 'RECOMMEND', group: 'HEADS' };

export const linkCommands = {
  'evaluations.RequestLink': defineCommand(
    'Ask that a metric may count in the scorecards of a group; what is against it is put on record',
    ['hr'],
    z.strictObject({
      ...link,
      units: z
        .array(code)
        .max(50)
        .optional()
        .describe('Codes of the units whose figures are meant; left out: those the leaders lead'),
    }),
    example,
  ),
  'evaluations.ApproveLink': defineCommand(
    'Let a metric count in the scorecards of a group, on a live legal review of the link or of the metric',
    ['legal'],
    z.strictObject({ ...link, legalReview: uuid.describe('Id of a legal review that clears the link or its metric') }),
    { ...example, legalReview: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
  ),
  'evaluations.RefuseLink': defineCommand(
    'Refuse, after review, that a metric counts in the scorecards of a group; the refusal stays on record',
    ['legal'],
    z.strictObject(link),
    example,
  ),
  'evaluations.EndLink': defineCommand(
    'End a link for scorecards to come, when nothing carries it any more or nobody wants it',
    ['hr', 'legal', 'process'],
    z.strictObject(link),
    example,
  ),
};
export type LinkCommand = CommandOf<typeof linkCommands>;
