import type { Actor, CitedRow, LocalDate, PositionedEvent, ReadModel, Refusal, Row } from '@plumbline/kernel';
import {
  type OrganizationProfileRow,
  organizationProfile,
  policyAsOf,
  policyInForceRows,
} from '@plumbline/organization/domain';
import { localDay } from '@plumbline/platform/commands';
import { endOfAct, type EventStore, lastWholeAct } from '@plumbline/platform/event-store';
import { ProblemError } from '@plumbline/platform/http';
import type { AsOf as ReadAsOf, AsOfReader, KnownPosition } from '@plumbline/platform/projections';
import type { Disclosed, DisclosurePolicy } from '@plumbline/privacy';
import {
  type AnyReportDefinition,
  type AsOf,
  causesOf,
  type Comparison,
  comparisonOf,
  type Computed,
  diff,
  type Difference,
  explain,
  type Explanation,
  isRefusal,
  type MayOpen,
  type NamedFilters,
  type Question,
  type Report,
  reports,
  type UnfinishedImport,
} from '@plumbline/reporting/domain';
import { type AsOfText, endOfDay, parseAsOf } from './as-of';
import { type DisclosureRecord, type FileFormat, manifestHash, type Showing } from './disclosing';

/** A position that read models must have reached, or all that is recorded at the moment of asking. */
export type After = bigint | 'head';

export interface ReportFilter {
  readonly unit?: string | undefined;
  readonly period?: string | undefined;
  readonly cycle?: string | undefined;
  /** A person id. */
  readonly leader?: string | undefined;
  readonly filters?: NamedFilters | undefined;
}

/** Which position a report is asked for as of, and the imports before which it stands because they are recorded in part. */
interface Place extends ReadAsOf {
  readonly unfinished?: readonly UnfinishedImport[];
}

type Rows = Readonly<Record<string, readonly CitedRow<Row>[]>>;
/** What a report is computed from. */
interface Read {
  readonly rows: Rows;
  readonly known: KnownPosition;
  readonly timeZone: string;
  readonly policyNow: DisclosurePolicy | undefined;
  readonly unfinished: readonly UnfinishedImport[];
}

function found<T extends object>(outcome: T | Refusal): T {
  if (!isRefusal(outcome)) return outcome;
  const { refused, detail } = outcome as Refusal;
  throw new ProblemError(422, refused, detail === undefined ? {} : { detail });
}

function showing(
  { id }: AnyReportDefinition,
  report: Disclosed<Report>,
  { cycle, leader, unit }: ReportFilter,
  viewer: Actor,
): Showing {
  const { event } = report.asOf;
  if (event === null) throw new Error('a restricted report of an empty log');
  return {
    ...{ viewer, report: id, asOf: event },
    ...{ cycle: cycle ?? null, leader: leader ?? null, unit: unit ?? null },
  };
}

/** Who only looks at a report opens no event: what decides that is worked out when the first event is asked about. */
function onceAsked(make: () => MayOpen): MayOpen {
  let made: MayOpen | undefined;
  return (event) => (made ??= make())(event);
}

const nothingKnown = (day: LocalDate): ProblemError =>
  new ProblemError(422, 'a-position-is-one-of-the-log', { detail: `Nothing was known yet at the end of ${day}.` });

/** What was said of a filter, without what was left out. */
function given({ filters = {}, ...rest }: ReportFilter): Partial<Question> {
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...said, ...(Object.keys(filters).length === 0 ? {} : { filters }) };
}

/** @throws ProblemError 400: a filter that does nothing would be taken for one that holds */
function refuseUnknownFilters({ id, filters = [] }: AnyReportDefinition, asked: ReportFilter): void {
  const names = [
    ...(['cycle', 'leader'] as const).filter((name) => asked[name] !== undefined),
    ...Object.keys(asked.filters ?? {}),
  ];
  const unknown = names.filter((name) => !filters.includes(name));
  if (unknown.length > 0)
    throw new ProblemError(400, 'a-report-knows-its-filters', {
      detail: `${id} is not narrowed by ${unknown.join(', ')}; it knows ${['unit', 'period', ...filters].join(', ')}.`,
    });
}

/** Computes reports from rows as of one position. Knows no clock: a report of a prefix is the same whenever it is asked for. */
export class ReportService {
  private gates: { readonly position: bigint; readonly byViewer: Map<string, Promise<MayOpen>> } | undefined;

  constructor(
    private readonly reader: AsOfReader,
    private readonly store: EventStore,
    private readonly definitions: readonly AnyReportDefinition[] = reports,
    /** Left out: restricted reports are shown to the product itself only. */
    private readonly disclosures?: DisclosureRecord,
  ) {}

  list(): readonly AnyReportDefinition[] {
    return this.definitions;
  }

  /** @throws ProblemError 404 for an unknown report, 403 for one that is not for the viewer's role */
  definition(id: string, viewer: Actor): AnyReportDefinition {
    const definition = this.definitions.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
    if (!definition)
      throw new ProblemError(404, 'a-report-is-one-of-the-list', {
        detail: `There is ${this.definitions.map((each) => each.id).join(', ')}.`,
      });
    if (!definition.audience.includes(viewer.role))
      throw new ProblemError(403, 'a-report-is-for-its-audience', {
        detail: `${definition.id} is for ${definition.audience.join(', ')}.`,
      });
    return definition;
  }

  /** @param leavesAs the form of the file it is going to be; left out for what is only looked at */
  async report(
    id: string,
    filter: ReportFilter,
    asOf: AsOfText,
    viewer: Actor,
    after?: After,
    leavesAs?: FileFormat,
  ): Promise<Disclosed<Report>> {
    const definition = this.definition(id, viewer);
    const { report } = await this.compute(definition, filter, await this.place(asOf, after), viewer, []);
    const shown = this.comparedBy(definition, filter, viewer) ?? definition;
    if (shown.restricted === true && leavesAs !== undefined && viewer.role !== 'process')
      await this.record.exported({
        ...showing(shown, report, filter, viewer),
        ...{ format: leavesAs, manifestHash: manifestHash(report) },
      });
    return report;
  }

  /** Records that a person was kept out of a restricted report before it was asked for. */
  async refused(id: string, person: string, { leader }: ReportFilter, rule: string): Promise<void> {
    const definition = this.definitions.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
    if (definition?.restricted !== true || this.disclosures === undefined) return;
    await this.disclosures.refused({ viewer: person, report: definition.id, leader: leader ?? null, rule });
  }

  private get record(): DisclosureRecord {
    if (!this.disclosures) throw new Error('a restricted report is shown to nobody where that cannot be recorded');
    return this.disclosures;
  }

  async explain(
    id: string,
    cell: string,
    filter: ReportFilter,
    asOf: AsOfText,
    viewer: Actor,
    after?: After,
  ): Promise<{ explanation: Disclosed<Explanation>; events: readonly PositionedEvent[]; mayOpen: MayOpen }> {
    const { report, mayOpen } = await this.compute(
      this.definition(id, viewer),
      filter,
      await this.place(asOf, after),
      viewer,
      [],
    );
    const explanation = found(explain(report, cell));
    return { explanation, events: await this.eventsOf(explanation.cites.map(({ event }) => event)), mayOpen };
  }

  async diff(
    id: string,
    filter: ReportFilter,
    from: AsOfText,
    to: AsOfText,
    viewer: Actor,
  ): Promise<{
    difference: Disclosed<Difference>;
    sides: Pick<Comparison, 'then' | 'now'>;
    events: readonly PositionedEvent[];
    mayOpen: MayOpen;
  }> {
    const definition = this.definition(id, viewer);
    const [before, after] = await this.bothSides(
      definition,
      filter,
      await this.place(from),
      await this.place(to),
      viewer,
    );
    const difference = found(diff(before.report, after.report));
    const events = await this.eventsOf(difference.changes.flatMap(({ causes }) => causes.map(({ event }) => event)));
    return {
      difference,
      sides: { then: before.report, now: after.report },
      events,
      mayOpen: (event) => before.mayOpen(event) && after.mayOpen(event),
    };
  }

  /** Both sides under the policies of both: else the difference of two disclosures would tell what each of them hides. */
  private async bothSides(
    definition: AnyReportDefinition,
    filter: ReportFilter,
    then: Place,
    now: Place,
    viewer: Actor,
  ): Promise<readonly [Computed, Computed]> {
    const policies = [await this.policyAt(then), await this.policyAt(now)].filter((policy) => policy !== undefined);
    return [
      await this.compute(definition, filter, then, viewer, policies),
      await this.compute(definition, filter, now, viewer, policies),
    ];
  }

  /** The report that a comparing one is asked to compare. @throws ProblemError 400 when it names none */
  private comparedBy(
    { compares, id }: AnyReportDefinition,
    { filters = {} }: ReportFilter,
    viewer: Actor,
  ): AnyReportDefinition | undefined {
    if (compares !== true) return undefined;
    const { report, from } = filters;
    const compared = report === undefined ? undefined : this.definition(report, viewer);
    if (compared === undefined || compared.compares === true || from === undefined)
      throw new ProblemError(400, 'as-it-was-compares-a-report-with-itself', {
        detail: `Say by two filters which report, and from which earlier position or day: report=R2 and from=2026-06-30 (on the command line --filter report=R2 --filter from=2026-06-30). ${id} does not compare itself.`,
      });
    return compared;
  }

  private async comparison(
    definition: AnyReportDefinition,
    compared: AnyReportDefinition,
    filter: ReportFilter,
    place: Place,
    viewer: Actor,
  ): Promise<Computed> {
    const { report: _report, from, ...filters } = filter.filters ?? {};
    const sides = await this.bothSides(
      compared,
      { ...filter, filters },
      await this.place(parseAsOf(from, 'from')),
      place,
      viewer,
    );
    const [before, after] = sides;
    const causes = await this.eventsOf(found(causesOf(before.report, after.report)));
    const read = await this.read(definition, { position: BigInt(after.report.asOf.position) });
    const report = found(
      definition.compute(read.rows as never, {
        ...this.question(read, filter, viewer, []),
        compared: comparisonOf(
          before,
          after,
          causes.map(({ event }) => event),
        ),
      }),
    );
    return { report, mayOpen: (event) => sides.every(({ mayOpen }) => mayOpen(event)) };
  }

  /** Which event payloads a viewer may open, by the figures of every report as of what the read models know. Kept until they know more. */
  async gate(viewer: Actor): Promise<MayOpen> {
    const { position } = await lastWholeAct(this.store, (await this.store.head()).position, this.reader.parted);
    const key = `${viewer.id} ${viewer.role}`;
    if (this.gates?.position !== position) this.gates = { position, byViewer: new Map() };
    const { byViewer } = this.gates;
    const kept = byViewer.get(key);
    if (kept) return await kept;
    const made = this.makeGate(viewer, position);
    made.catch(() => byViewer.delete(key));
    byViewer.set(key, made);
    return await made;
  }

  private async makeGate(viewer: Actor, position: bigint): Promise<MayOpen> {
    // Reports that judge events alike are asked once.
    const judging = this.definitions.filter(
      ({ mayOpen }, index) => this.definitions.findIndex((other) => other.mayOpen === mayOpen) === index,
    );
    const gates = await Promise.all(
      judging.map(async (definition) => {
        const read = await this.read(definition, { position });
        return definition.mayOpen(read.rows as never, this.question(read, {}, viewer, []));
      }),
    );
    // what an import that is not finished says is known when it is: its rows hide one another
    const open = new Set(((await this.reader.parted?.unfinished()) ?? []).map(({ act }) => act));
    return (event) => !(event.act !== undefined && open.has(event.act)) && gates.every((mayOpen) => mayOpen(event));
  }

  private async compute(
    definition: AnyReportDefinition,
    filter: ReportFilter,
    place: Place,
    viewer: Actor,
    policies: readonly DisclosurePolicy[],
  ): Promise<Computed> {
    const compared = this.comparedBy(definition, filter, viewer);
    if (compared) return this.comparison(definition, compared, filter, place, viewer);
    refuseUnknownFilters(definition, filter);
    const read = await this.read(definition, place);
    const question = this.question(read, filter, viewer, policies);
    const outcome = definition.compute(read.rows as never, question);
    if (isRefusal(outcome)) {
      const { refused, detail } = outcome;
      if (definition.keepsOutBy?.includes(refused) === true)
        await this.refused(definition.id, viewer.id, filter, refused);
      throw new ProblemError(422, refused, detail === undefined ? {} : { detail });
    }
    if (definition.restricted === true && viewer.role !== 'process')
      await this.record.viewed(showing(definition, outcome, filter, viewer));
    return { report: outcome, mayOpen: onceAsked(() => definition.mayOpen(read.rows as never, question)) };
  }

  private question(
    { known, timeZone, policyNow, unfinished }: Read,
    filter: ReportFilter,
    viewer: Actor,
    policies: readonly DisclosurePolicy[],
  ): Question {
    const asOf: AsOf = {
      position: known.position.toString(),
      event: known.event,
      date: known.knownAt === null ? '0001-01-01' : localDay(known.knownAt, timeZone),
      root: null,
      size: null,
      ...(unfinished.length === 0 ? {} : { unfinished }),
    };
    return {
      ...given(filter),
      asOf,
      viewer: { id: viewer.id, role: viewer.role },
      alsoUnder: [...policies, ...(policyNow ? [policyNow] : [])],
    };
  }

  /** A report's read models as of one position, in one transaction, and then the policy of now: never older than the rows. */
  private async read(definition: AnyReportDefinition, place: Place): Promise<Read> {
    const models = Object.entries(definition.reads as Readonly<Record<string, ReadModel<Row, never>>>);
    const all = [
      ...new Set([...models.map(([, model]) => model), organizationProfile as unknown as ReadModel<Row, never>]),
    ];
    const read = await this.reader.at(place, all as never, async (view) => {
      const [profile] = (await view.rows(organizationProfile)) as readonly OrganizationProfileRow[];
      if (!profile)
        throw new ProblemError(409, 'an-organisation-is-configured-first', {
          detail:
            'At this position the log is not configured: nothing can be reported. Send organization.ConfigureOrganization, or start with --empty.',
        });
      const rows: Record<string, readonly CitedRow<Row>[]> = {};
      for (const [name, model] of models) rows[name] = (await view.rows(model as never)) as readonly CitedRow<Row>[];
      const { position, event, knownAt } = view;
      return { rows, known: { position, event, knownAt }, timeZone: profile.timeZone };
    });
    return { ...read, policyNow: await this.policyAt({}), unfinished: place.unfinished ?? [] };
  }

  private async policyAt(place: ReadAsOf): Promise<DisclosurePolicy | undefined> {
    return await this.reader.at(place, [policyInForceRows as never], async (view) =>
      policyAsOf(await view.rows(policyInForceRows)),
    );
  }

  /**
   * A position is the end of the act it lies in: a part of one tells a figure that was never shown. A day is its end in the organisation's time zone: everything known
   * before the next day begins. What is asked for without a position, or as of a day, stands before an act that is not finished.
   */
  private async place(asOf: AsOfText, after?: After): Promise<Place> {
    if (asOf === 'head') return await this.place(undefined, 'head');
    if (asOf !== undefined && 'position' in asOf)
      return { position: await endOfAct(this.store, asOf.position, this.reader.parted) };
    if (asOf !== undefined) {
      const end = await this.positionAtEndOf(asOf.day);
      const { position } = await lastWholeAct(this.store, end, this.reader.parted);
      if (position === 0n) throw nothingKnown(asOf.day);
      return { position, ...(await this.unfinishedAt(end)) };
    }
    const { position: head } = await this.store.head();
    const unfinished = await this.unfinishedAt(head);
    if (after === undefined) return unfinished;
    if (after !== 'head') {
      await this.reader.assertWhole(after);
      return { after, ...unfinished };
    }
    return { after: (await lastWholeAct(this.store, head, this.reader.parted)).position, ...unfinished };
  }

  private async unfinishedAt(position: bigint): Promise<Pick<Place, 'unfinished'>> {
    const open = ((await this.reader.parted?.openAt(position)) ?? []).filter(({ last }) => last === null);
    return open.length === 0
      ? {}
      : { unfinished: open.map(({ act, recordedAt }) => ({ importId: act, since: recordedAt })) };
  }

  private async positionAtEndOf(day: LocalDate): Promise<bigint> {
    const timeZone = await this.reader.at(
      {},
      [organizationProfile as never],
      async (view) => (await view.rows(organizationProfile))[0]?.timeZone,
    );
    const position = await this.store.positionBefore(endOfDay(day, timeZone ?? 'UTC'));
    if (position === 0n) throw nothingKnown(day);
    return position;
  }

  private async eventsOf(ids: readonly string[]): Promise<readonly PositionedEvent[]> {
    const events = await this.store.readByIds([...new Set(ids)]);
    return [...events].sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}
