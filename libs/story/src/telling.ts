import type { CharterCommand, CommitmentCommand } from '@plumbline/charter/domain';
import type { CycleCommand, LinkCommand, ScorecardCommand } from '@plumbline/evaluations/domain';
import type { CommandBody, EventBody, Instant, LocalDate, Role } from '@plumbline/kernel';
import type {
  HypothesisCommand,
  MetricCommand,
  ReleaseCommand,
  SeriesCommand,
  TargetCommand,
} from '@plumbline/metrics/domain';
import type {
  ConsultationCommand,
  LegalReviewCommand,
  OrganizationCommand,
  PersonCommand,
  RootCommand,
  UnitCommand,
} from '@plumbline/organization/domain';
import type { ProgramsCommand } from '@plumbline/programs/domain';
import type { OfficeKey } from './offices';

/** Any command that a person of the story sends. */
export type ToldCommand =
  | CharterCommand
  | CommitmentCommand
  | ConsultationCommand
  | CycleCommand
  | HypothesisCommand
  | LegalReviewCommand
  | LinkCommand
  | MetricCommand
  | OrganizationCommand
  | PersonCommand
  | ProgramsCommand
  | ReleaseCommand
  | RootCommand
  | ScorecardCommand
  | SeriesCommand
  | TargetCommand
  | UnitCommand;

/** One act: on this day, this office, in this role, sends this. */
export interface Act {
  readonly on: LocalDate;
  readonly as: OfficeKey;
  readonly role: Role;
  readonly command: CommandBody;
  /** Under which id: told where a later act speaks of what this one made. */
  readonly id?: string;
  /** The rule that refuses it: part of the story. */
  readonly refusedBy?: string;
  /** When it happened, if earlier than it is recorded, and why it comes so late. */
  readonly happened?: { readonly at: Instant; readonly reason: string };
}

/** Names in the log that only the deployment knows: person ids, ids of what an act made, ids of an act's events. */
export interface StoryIds {
  person(office: OfficeKey): string;
  /** The uuid of what the act with this id made, by its concept: `created('observation', 'leavers-diag')`. */
  created(concept: string, act: string): string;
  /** Id of an event of the act: the first unless said. */
  event(act: string, index?: number): string;
  /** The uuid that a natural key stands for. */
  natural(concept: string, ...parts: readonly string[]): string;
}

type DataOf<T extends ToldCommand['type']> = Extract<ToldCommand, EventBody<T, unknown>>['data'];
type More = Pick<Act, 'happened' | 'id' | 'refusedBy'>;

/** Says acts of one office: `by('hr-analyst', 'hr')('2025-02-03', 'metrics.DefineMetric', {…})`. */
export const by =
  (as: OfficeKey, role: Role) =>
  <T extends ToldCommand['type']>(on: LocalDate, type: T, data: DataOf<T>, more: More = {}): Act => ({
    on,
    as,
    role,
    command: { type, data },
    ...more,
  });
