import { cycleCompute } from './cycle-compute.process';
import { accepted, frozen, issued, LEADER, opened } from './evaluations.testing';
import { after } from './given.testing';

const recordsIt = {
  command: { type: 'evaluations.RecordComputation', data: { cycle: 'C2026' } },
  about: 'C2026 frozen 1 times',
};

describe('a cycle that is frozen', () => {
  it('has every accepted scorecard scored together, then the whole recorded', () => {
    expect(after(cycleCompute, opened, issued, accepted, frozen)).toEqual([
      {
        command: { type: 'evaluations.ComputeScorecard', data: { cycle: 'C2026', leader: LEADER } },
        about: `C2026 frozen 1 times ${LEADER}`,
        together: true,
      },
      recordsIt,
    ]);
  });
  it('has none scored that was not accepted', () => {
    expect(after(cycleCompute, opened, issued, frozen)).toEqual([recordsIt]);
  });
});
