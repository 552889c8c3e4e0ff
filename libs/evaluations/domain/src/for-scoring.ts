import type { Decimal, DecimalString, LocalDate } from '@plumbline/kernel';
import type { Anchors, Direction, PromiseItem } from '@plumbline/measures';
import type { CellState, ReasonCode } from '@plumbline/privacy';

/** A figure as it was disclosed: of what is hidden there is no value. `state` OK: nothing stands against judging it but its own noise. */
export interface FigureForScoring {
  readonly state: CellState;
  readonly reasonCode: ReasonCode | null;
  readonly value: DecimalString | null;
  /** Its margin as scoring takes it, without correction for a finite population; null: unknown. */
  readonly low: DecimalString | null;
  readonly high: DecimalString | null;
  /** Answers or cases it rests on. */
  readonly n: number | null;
  /** Whether it is a sample: then it needs a count and a margin. */
  readonly sampled: boolean;
  readonly verified: boolean;
  readonly disputed: boolean;
  readonly definitionVersion: number;
  readonly cites: readonly string[];
}

export interface TargetForScoring {
  readonly anchors: Anchors;
  readonly original: Anchors;
  readonly definitionVersion: number;
  readonly cites: readonly string[];
}

export interface ScopeForScoring {
  readonly unitId: string;
  readonly figure: FigureForScoring;
  readonly target: TargetForScoring | null;
}

export interface MetricForScoring {
  readonly type: 'METRIC';
  readonly direction: Direction;
  /** What the firewall has against it as of the freeze. */
  readonly barred: { readonly rule: string; readonly reason: ReasonCode } | null;
  readonly scopes: readonly (ScopeForScoring & {
    /** Share of the period led; null: too short to be judged by. */
    readonly share: Decimal | null;
    readonly due: LocalDate | null;
    readonly absentWhenDue: boolean;
  })[];
  readonly fallback: ScopeForScoring | null;
  readonly owedBy: 'LEADERS_LINE' | 'OUTSIDE';
  readonly noticeOn: LocalDate | null;
  /** Definition, class and link. */
  readonly cites: readonly string[];
}
export interface CommitmentsForScoring {
  readonly type: 'COMMITMENTS';
  readonly items: readonly PromiseItem[];
  readonly cites: readonly string[];
}
export interface ActionsForScoring {
  readonly type: 'ACTIONS';
  readonly items: readonly {
    readonly delivered: number;
    readonly planned: number | null;
    readonly verified: boolean;
  }[];
  readonly cites: readonly string[];
}
export type ForScoring = MetricForScoring | CommitmentsForScoring | ActionsForScoring;

export interface Freeze {
  readonly day: LocalDate;
  readonly measuredOn: LocalDate;
}
