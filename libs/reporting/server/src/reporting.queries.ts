import {
  anyReadModel,
  type AnyReadModel,
  naturalKey,
  type CitedRow,
  type ReadModel,
  type Row,
} from '@plumbline/kernel';
import { FIGURE_KNOWN, HYPOTHESIS_VERDICT, SERIES_OPENNESS } from '@plumbline/metrics/domain';
import {
  defineAsk,
  localDay,
  type AnyAsk,
  type Asking,
  type Answered,
  type ContextRegistration,
  type StreamNames,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader } from '@plumbline/platform/projections';
import {
  figureKnown,
  leadLagReads,
  localKeyActs,
  reportedVerdict,
  seriesOpenness,
  type LeadLagRows,
  type Question,
} from '@plumbline/reporting/domain';
import { z } from 'zod';
import { scoringAsks } from './component-figures.queries';

const code = z.string().min(1).max(64);

/** For the projections: rows that speak of events of every context. */
export const reportingReadModels: readonly AnyReadModel[] = [anyReadModel(localKeyActs)];

/** What decisions of other contexts rest on in the figures: each answered from the rows of R2 as of one position, for nobody to read. */
export function reportingAsks(
  store: Pick<EventStore, 'head' | 'readByIds'>,
  names: StreamNames,
  reader: AsOfReader,
): Readonly<Record<string, AnyAsk>> {
  const models = Object.entries(leadLagReads as Readonly<Record<string, ReadModel<Row, never>>>);
  const read = async <A>(
    { asOf }: Asking,
    answer: (rows: LeadLagRows, question: Question) => A,
  ): Promise<Answered<A>> => {
    const place = asOf === undefined ? { after: (await store.head()).position } : { position: asOf };
    await reader.assertWhole(asOf ?? place.after ?? 0n);
    return reader.at(place, models.map(([, model]) => model) as never, async (view) => {
      const rows: Record<string, readonly CitedRow<Row>[]> = {};
      for (const [name, model] of models) rows[name] = (await view.rows(model as never)) as readonly CitedRow<Row>[];
      const { position, event, knownAt } = view;
      const timeZone = String(rows['profile']?.[0]?.['timeZone'] ?? 'UTC');
      const question: Question = {
        asOf: {
          position: position.toString(),
          event,
          date: knownAt === null ? '0001-01-01' : localDay(knownAt, timeZone),
          root: null,
          size: null,
        },
        viewer: { id: 'process:decision', role: 'process' },
      };
      return { answer: answer(rows as unknown as LeadLagRows, question), position };
    });
  };

  return {
    ...scoringAsks(store, names, reader),
    [HYPOTHESIS_VERDICT]: defineAsk(
      'What the figures say of a hypothesis, as R2 gives it',
      [],
      z.strictObject({ hypothesis: code }),
      ({ hypothesis }, asking) =>
        read(asking, (rows, question) =>
          reportedVerdict(rows, question, names.idOf(naturalKey('hypothesis', hypothesis))),
        ),
    ),
    [FIGURE_KNOWN]: defineAsk(
      'Whether a unit has a figure of a metric and period',
      [],
      z.strictObject({ metric: code, unit: code, period: z.string().min(4).max(12) }),
      ({ metric, unit, period }, asking) =>
        read(asking, (rows, question) =>
          figureKnown(rows, question, {
            metricId: names.idOf(naturalKey('metric', metric)),
            unitId: names.idOf(naturalKey('unit', unit)),
            period,
          }),
        ),
    ),
    [SERIES_OPENNESS]: defineAsk(
      'Whether some figure of a series is hidden from everyone',
      [],
      z.strictObject({ metric: code, unit: code }),
      ({ metric, unit }, asking) =>
        read(asking, (rows, question) =>
          seriesOpenness(
            rows,
            question,
            names.idOf(naturalKey('metric', metric)),
            names.idOf(naturalKey('unit', unit)),
          ),
        ),
    ),
  };
}

/** Reports decide nothing: they only answer. */
export const reportingRegistration = (
  store: EventStore,
  names: StreamNames,
  reader: AsOfReader,
): ContextRegistration => ({ context: 'reporting', deciders: [], asks: reportingAsks(store, names, reader) });
