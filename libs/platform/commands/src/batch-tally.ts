import type { BatchOutcome } from './command-meta';
import { type BatchResult, MAX_LISTED_REFUSALS, type RefusedCommand, type Refused } from './command-result';

/** Counts what becomes of a batch's commands. */
export class BatchTally {
  commands = 0;
  recorded = 0;
  unchanged = 0;
  repeated = 0;
  refusedCount = 0;
  /** Index of the first command that was refused. */
  firstRefused = Infinity;
  private readonly listed: RefusedCommand[] = [];
  private readonly outcomes = new Map<string, number>();
  private told = 0;

  /** @param decided told of each command once, in order */
  constructor(private readonly decided: (index: number, outcome: BatchOutcome) => void = () => undefined) {}

  refuse(index: number, commandId: string, type: string, { kind, refused, detail, problems }: Refused): void {
    this.count(type, refused, 'refused');
    this.refusedCount += 1;
    this.firstRefused = Math.min(this.firstRefused, index);
    if (this.listed.length === MAX_LISTED_REFUSALS) return;
    this.listed.push({
      index,
      commandId,
      kind,
      refused,
      ...(detail === undefined ? {} : { detail }),
      ...(problems === undefined ? {} : { problems }),
    });
  }

  record(type: string): void {
    this.recorded += 1;
    this.count(type, 'recorded', 'recorded');
  }

  leave(type: string, repeated: boolean): void {
    this.unchanged += 1;
    if (repeated) this.repeated += 1;
    const outcome = repeated ? 'repeated' : 'unchanged';
    this.count(type, outcome, outcome);
  }

  /** Commands by type and outcome, for the meter. */
  *counts(): Generator<{ readonly type: string; readonly outcome: string; readonly count: number }> {
    for (const [key, count] of this.outcomes) {
      const [type = '', outcome = ''] = key.split(' ');
      yield { type, outcome, count };
    }
  }

  result(accepted: boolean, events: number, first: bigint | null, last: bigint | null): BatchResult {
    const { commands, recorded, unchanged, repeated, refusedCount, listed: refused } = this;
    return { accepted, commands, recorded, events, unchanged, repeated, refusedCount, refused, first, last };
  }

  private count(type: string, outcome: string, kind: BatchOutcome): void {
    this.decided(this.told++, kind);
    const key = `${type} ${outcome}`;
    this.outcomes.set(key, (this.outcomes.get(key) ?? 0) + 1);
  }
}
