import type {
  ActorRole,
  CitedRow,
  EveryVersion,
  Instant,
  LocalDate,
  ReadModel,
  Refusal,
  Row,
  RowVersion,
} from '@plumbline/kernel';
import type { Cell, Citation, Disclosed, DisclosurePolicy, Subject } from '@plumbline/privacy';

/** The prefix of the log a report speaks of. `date` is the day on which its last event was known; root and size are null until a ledger seals them. */
export interface AsOf {
  /** A store's coordinate, as a decimal string: in answers only, never in the bytes that are hashed. */
  readonly position: string;
  /** Id of the last event of the prefix; null for an empty log. */
  readonly event: string | null;
  readonly date: LocalDate;
  readonly root: string | null;
  readonly size: string | null;
  /** Imports that are recorded in part: the report stands before them. Left out when there are none; in answers only, like the position. */
  readonly unfinished?: readonly UnfinishedImport[];
}

export interface UnfinishedImport {
  readonly importId: string;
  /** When its recording began. */
  readonly since: Instant;
}

export interface Viewer {
  readonly id: string;
  readonly role: ActorRole;
}

/** What narrows a report beside unit and period, by name; the names that a report knows stand in its definition. */
export type NamedFilters = Readonly<Record<string, string>>;

/** What is asked of a report. `alsoUnder`: policies that hold beside the one then in force (today's; in a comparison both sides'). The strictest wins. */
export interface Question {
  readonly unit?: string;
  readonly period?: string;
  /** Code of an evaluation cycle; left out: the last frozen one. */
  readonly cycle?: string;
  /** A person id; left out: every leader the viewer may see. */
  readonly leader?: string;
  readonly filters?: NamedFilters;
  readonly asOf: AsOf;
  readonly viewer: Viewer;
  readonly alsoUnder?: readonly DisclosurePolicy[];
  /** Of a report that compares: the other report as of both positions. */
  readonly compared?: Comparison;
}

/** What is known of an event that made a difference; one whose payload the viewer may not open is not known. */
export interface Cause {
  readonly type: string;
  readonly by: string;
  readonly role: ActorRole;
}

/** One report as of two positions, both disclosed under the policies of both. */
export interface Comparison {
  readonly then: Disclosed<Report>;
  readonly now: Disclosed<Report>;
  readonly causes: ReadonlyMap<string, Cause>;
}

export type ReportCell = Omit<Cell, 'cites'>;

export interface ReleaseNote {
  readonly code: string;
  readonly source: string;
  readonly sourceMinN: number | null;
  readonly declaredBy: string;
  /** `publishes no group below 10, as declared by hr` */
  readonly says: string;
}

/** What a figure rests on, kept beside the report and out of its bytes; `explain` and `diff` read it. */
export interface Trace {
  readonly cites: readonly Citation[];
  readonly subject: Subject;
}

export interface Report {
  readonly report: string;
  readonly asOf: AsOf;
  /** The day its figures are judged on: the last that began in the prefix, else `asOf.date`. */
  readonly day: LocalDate;
  /** `<report>@<integer>` */
  readonly codeVersion: string;
  readonly policyVersion: string;
  /** The thresholds it was disclosed under: the stricter of then and now. */
  readonly disclosure: DisclosurePolicy;
  readonly audience: ActorRole;
  readonly unit: { readonly code: string; readonly name: string };
  readonly period: string | null;
  /** Cycle, leader and named filters it was asked for; left out when it knows none. */
  readonly narrowed?: NamedFilters;
  readonly demonstration: boolean;
  readonly releases: readonly ReleaseNote[];
  readonly remarks: readonly string[];
  /** Row by row; `<row id>/<column id>[/<period>]`. */
  readonly cells: readonly ReportCell[];
  readonly trace: ReadonlyMap<string, Trace>;
}

export type ReportOutcome = Disclosed<Report> | Refusal;
export const isRefusal = (outcome: object): outcome is Refusal => 'refused' in outcome;

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- a read model's event union does not matter to its rows */
export type ReadModels = Readonly<Record<string, ReadModel<any, any>>>;
/** Each read model's rows as of one position. Their order means nothing, except where every version is read: oldest first. */
export type RowsOf<M extends ReadModels> = {
  readonly [K in keyof M]: M[K] extends EveryVersion<infer R, infer _E>
    ? readonly RowVersion<R>[]
    : M[K] extends ReadModel<infer R, infer _E>
      ? readonly CitedRow<R>[]
      : never;
};

/** A column of a report's rows. Numbers stand right, text left; `unit` is said once at its head. */
export interface ReportColumn {
  readonly id: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly unit?: string;
  /** On paper a row under another does not repeat what the row above it says here. Rows to compute with say it again. */
  readonly once?: true;
}

/** A report: one line of the registry gives it its route, CLI verb, formats, bundle and recompute. */
export interface ReportDefinition<M extends ReadModels = ReadModels> {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  /** How its figures are to be read, where that is not plain; said with it, no part of what it says. */
  readonly reading?: string;
  readonly audience: readonly ActorRole[];
  readonly kind: 'leading' | 'lagging' | 'both';
  /** Raised with the golden figures of its specs. */
  readonly version: number;
  /** What may be asked beside unit and period: `cycle`, `leader`, or a named filter. Another is refused. */
  readonly filters?: readonly string[];
  /** It tells of single people: each view and file of it is recorded, before it is shown. */
  readonly restricted?: boolean;
  /** Rules by which it keeps a viewer out. Such a refusal of a restricted report is recorded; one of a question that was put wrong is not. */
  readonly keepsOutBy?: readonly string[];
  /** It compares another report, which the filter `report` names, as of the position or day that the filter `from` says, with the same as of its own. */
  readonly compares?: boolean;
  /**
   * Its rows as a table, in every format; ten at most read well on paper. Cells of other columns stand under their row. Left out: a line a figure.
   * The column `row` shows the row's id under a title of its own.
   */
  readonly columns?: readonly ReportColumn[];
  /** What it reads, all as of the same position. */
  readonly reads: M;
  readonly compute: (rows: RowsOf<M>, question: Question) => ReportOutcome;
  /** Which event payloads this viewer may open, by the same rows. */
  readonly mayOpen: (rows: RowsOf<M>, question: Question) => MayOpen;
}

/** Decides about one event of the log, its payload included. */
export type MayOpen = (event: {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly act?: string | undefined;
}) => boolean;

/** A definition whose read models the registry need not know. */
export type AnyReportDefinition = ReportDefinition<Readonly<Record<string, ReadModel<Row, never>>>>;
export const anyReport = <M extends ReadModels>(definition: ReportDefinition<M>): AnyReportDefinition =>
  definition as unknown as AnyReportDefinition;
