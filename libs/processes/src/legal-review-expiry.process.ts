import { anyReadModel, type RecordedEvent } from '@plumbline/kernel';
import { type LinkCommand, type MetricLinkRow, metricLinks } from '@plumbline/evaluations/domain';
import { onEachDay, type Process, type ProcessRows, type ProcessStep, step } from './process';

const ended = (rows: ProcessRows, isOver: (link: MetricLinkRow) => boolean): readonly ProcessStep[] =>
  rows
    .of(metricLinks)
    .filter((link) => link.state === 'LINKED' && isOver(link))
    .map(({ metric, group, metricVersion, legalReviewId }) => {
      const command: LinkCommand = { type: 'evaluations.EndLink', data: { metric, group } };
      return step(command, `${metric} ${group} version ${metricVersion} review ${legalReviewId ?? 'none'}`);
    });

export const legalReviewExpiry: Process = {
  name: 'legal-review-expiry',
  version: 1,
  sentence:
    'When the review that carries a link has expired, or its metric is revised, the link ends for scorecards to come.',
  reads: [anyReadModel(metricLinks)],
  on: {
    'organization.DayBegan.v1': onEachDay((day, rows) =>
      ended(rows, ({ expiresAt }) => expiresAt !== null && expiresAt < day),
    ),
    'metrics.MetricDefinitionRevised.v1': ({ data }: RecordedEvent, rows) => {
      const { metricId, version } = data as { readonly metricId: string; readonly version: number };
      return ended(rows, (link) => link.metricId === metricId && link.metricVersion < version);
    },
  },
};
