import { createHash } from 'node:crypto';
import { anyReadModel, type CitedRow, type ReadModel, type Row, RowsInMemory } from '@plumbline/kernel';
import { organizationProfile, policyAsOf, policyInForceRows } from '@plumbline/organization/domain';
import { localDay } from '@plumbline/platform/commands';
import { endOfAct, type EventStore } from '@plumbline/platform/event-store';
import type { Disclosed } from '@plumbline/privacy';
import { isRefusal, type Question, type Report, reports, reportText } from '@plumbline/reporting/domain';

export interface Recomputed {
  readonly report: string;
  readonly position: bigint;
  /** SHA-256 of the report's text, hex; or the rule that refused it. */
  readonly result: string;
}

/** SHA-256 of a report's text, hex: the same wherever and whenever it is computed. */
export const reportHash = (report: Disclosed<Report>): string =>
  createHash('sha256').update(reportText(report), 'utf8').digest('hex');

/** Folds a prefix of the log in memory (to the end of the act in which the position lies), with nothing of the read models' tables, and computes a report from it. @throws Error for an unknown report */
export async function recompute(
  store: EventStore,
  reportId: string,
  position: bigint,
  viewer: Question['viewer'],
  filter: Pick<Question, 'unit' | 'period' | 'cycle' | 'leader' | 'filters'> = {},
): Promise<Recomputed> {
  const definition = reports.find(({ id }) => id === reportId);
  if (!definition) throw new Error(`there is no report ${reportId}`);
  const models = Object.entries(definition.reads as Readonly<Record<string, ReadModel<Row, never>>>);
  const folds = new Map(models.map(([name, model]) => [name, new RowsInMemory(anyReadModel(model))]));
  const profile = new RowsInMemory(anyReadModel(organizationProfile));
  const policies = new RowsInMemory(anyReadModel(policyInForceRows));
  const policiesNow = new RowsInMemory(anyReadModel(policyInForceRows));
  const last = await endOfAct(store, position);
  for await (const { position: at, event } of store.readAll(0n)) {
    policiesNow.apply(event);
    if (at > last) continue;
    for (const fold of [...folds.values(), profile, policies]) fold.apply(event);
  }
  const { event, knownAt } = await store.at(last);
  const timeZone = String(profile.list()[0]?.['timeZone'] ?? 'UTC');
  const policyNow = policyAsOf(policiesNow.list() as never);
  const rows = Object.fromEntries([...folds].map(([name, fold]) => [name, fold.list() as readonly CitedRow<Row>[]]));
  const question: Question = {
    ...filter,
    asOf: { position: last.toString(), event, date: localDay(knownAt, timeZone), root: null, size: null },
    viewer,
    alsoUnder: policyNow ? [policyNow] : [],
  };
  const outcome = definition.compute(rows as never, question);
  return { report: reportId, position: last, result: isRefusal(outcome) ? outcome.refused : reportHash(outcome) };
}
