import { createHash } from 'node:crypto';
import { anyReadModel, type CitedRow, type ReadModel, type Refusal, type Row, RowsInMemory } from '@plumbline/kernel';
import { organizationProfile, policyAsOf, policyInForceRows } from '@plumbline/organization/domain';
import { localDay } from '@plumbline/platform/commands';
import { endOfAct, type EventStore, type PartedActs } from '@plumbline/platform/event-store';
import type { Disclosed, DisclosurePolicy } from '@plumbline/privacy';
import {
  type AnyReportDefinition,
  causesOf,
  type Comparison,
  comparisonOf,
  type Computed,
  isRefusal,
  type Question,
  type Report,
  reportById,
  reportText,
} from '@plumbline/reporting/domain';

export interface Recomputed {
  readonly report: string;
  readonly position: bigint;
  /** SHA-256 of the report's text, hex; or the rule that refused it. */
  readonly result: string;
}

/** SHA-256 of a report's text, hex: the same wherever and whenever it is computed. */
export const reportHash = (report: Disclosed<Report>): string =>
  createHash('sha256').update(reportText(report), 'utf8').digest('hex');

type Filter = Pick<Question, 'unit' | 'period' | 'cycle' | 'leader' | 'filters'>;

/** What the log alone gives at the end of an act. */
interface Folded {
  readonly rows: Readonly<Record<string, readonly CitedRow<Row>[]>>;
  readonly asOf: Question['asOf'];
  readonly policyThen: DisclosurePolicy | undefined;
  readonly policyNow: DisclosurePolicy | undefined;
}

async function folded(store: EventStore, { reads }: AnyReportDefinition, last: bigint): Promise<Folded> {
  const models = Object.entries(reads as Readonly<Record<string, ReadModel<Row, never>>>);
  const folds = new Map(models.map(([name, model]) => [name, new RowsInMemory(anyReadModel(model))]));
  const profile = new RowsInMemory(anyReadModel(organizationProfile));
  const policies = new RowsInMemory(anyReadModel(policyInForceRows));
  const policiesNow = new RowsInMemory(anyReadModel(policyInForceRows));
  for await (const { position: at, event } of store.readAll(0n)) {
    policiesNow.apply(event);
    if (at > last) continue;
    for (const fold of [...folds.values(), profile, policies]) fold.apply(event, at);
  }
  const { event, knownAt } = await store.at(last);
  const timeZone = String(profile.list()[0]?.['timeZone'] ?? 'UTC');
  return {
    rows: Object.fromEntries([...folds].map(([name, fold]) => [name, fold.list() as readonly CitedRow<Row>[]])),
    asOf: { position: last.toString(), event, date: localDay(knownAt, timeZone), root: null, size: null },
    policyThen: policyAsOf(policies.list() as never),
    policyNow: policyAsOf(policiesNow.list() as never),
  };
}

const policiesOf = (...all: readonly (DisclosurePolicy | undefined)[]): readonly DisclosurePolicy[] =>
  all.filter((policy) => policy !== undefined);

/** A comparing report's two sides, each under the policies of both, and the events between them. */
async function comparedIn(
  store: EventStore,
  viewer: Question['viewer'],
  last: bigint,
  { filters = {}, ...rest }: Filter,
  parted: PartedActs | undefined,
): Promise<Comparison | Refusal> {
  const { report = '', from = '', ...others } = filters;
  const definition = reportById(report);
  if (!definition || !/^\d{1,18}$/.test(from)) throw new Error('a comparison is recomputed between two positions');
  const sides = [
    await folded(store, definition, await endOfAct(store, BigInt(from), parted)),
    await folded(store, definition, last),
  ] as const;
  const [before, after] = sides.map(({ rows, asOf }): Computed | Refusal => {
    const alsoUnder = policiesOf(sides[0].policyThen, sides[1].policyThen, sides[1].policyNow);
    const question: Question = {
      ...rest,
      ...(Object.keys(others).length > 0 && { filters: others }),
      asOf,
      viewer,
      alsoUnder,
    };
    const outcome = definition.compute(rows as never, question);
    return isRefusal(outcome) ? outcome : { report: outcome, mayOpen: definition.mayOpen(rows as never, question) };
  }) as [Computed | Refusal, Computed | Refusal];
  if (isRefusal(before)) return before;
  if (isRefusal(after)) return after;
  const causes = causesOf(before.report, after.report);
  if (isRefusal(causes)) return causes;
  const events = await store.readByIds([...causes]);
  return comparisonOf(
    before,
    after,
    events.map(({ event }) => event),
  );
}

/** Folds a prefix of the log in memory (to the end of the act in which the position lies), with nothing of the read models' tables, and computes a report from it. @throws Error for an unknown report */
export async function recompute(
  store: EventStore,
  reportId: string,
  position: bigint,
  viewer: Question['viewer'],
  filter: Filter = {},
  /** What is known of acts in parts; left out where every act is recorded whole. */
  parted?: PartedActs,
): Promise<Recomputed> {
  const definition = reportById(reportId);
  if (!definition) throw new Error(`there is no report ${reportId}`);
  const last = await endOfAct(store, position, parted);
  const compared = definition.compares === true ? await comparedIn(store, viewer, last, filter, parted) : undefined;
  if (compared && isRefusal(compared)) return { report: definition.id, position: last, result: compared.refused };
  const { rows, asOf, policyNow } = await folded(store, definition, last);
  const outcome = definition.compute(rows as never, {
    ...filter,
    ...{ asOf, viewer, alsoUnder: policiesOf(policyNow) },
    ...(compared && { compared }),
  });
  return {
    report: definition.id,
    position: last,
    result: isRefusal(outcome) ? outcome.refused : reportHash(outcome),
  };
}
