import { askFact, type FactQuery, type LocalDate } from '@plumbline/kernel';

/** How far the cycle of a code is. About `{cycle}`, a code. Evaluations answers: their domain stands on this one. */
export const CYCLE_STANDING = 'evaluations.cycle-standing';
export type CycleStanding =
  | { readonly state: 'NONE'; readonly periodStart: null; readonly periodEnd: null }
  | {
      readonly state: 'OPEN' | 'FROZEN' | 'CLOSED';
      readonly periodStart: LocalDate;
      readonly periodEnd: LocalDate;
    };
export const cycleStandingFact = (cycle: string): FactQuery => askFact(CYCLE_STANDING, { cycle });
