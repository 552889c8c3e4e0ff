import { accept, refuse, sentenceOf, type Decision } from './rule';

describe('a decision', () => {
  it('accepts with events, or with none when there is nothing to do', () => {
    expect(accept({ type: 'a' }, { type: 'b' })).toEqual({ events: [{ type: 'a' }, { type: 'b' }] });
    expect(accept()).toEqual({ events: [] });
  });
  it('refuses with a rule, and with what this case adds', () => {
    expect(refuse('a-unit-is-closed-once')).toEqual({ refused: 'a-unit-is-closed-once' });
    expect(refuse('a-unit-is-closed-once', 'GPA was closed before')).toEqual({
      refused: 'a-unit-is-closed-once',
      detail: 'GPA was closed before',
    });
  });
  it('tells the two apart by `refused`', () => {
    const verdict = (decision: Decision<string>): string =>
      decision.refused === undefined ? 'accepted' : decision.refused;
    expect([verdict(accept('event')), verdict(refuse('no-no'))]).toEqual(['accepted', 'no-no']);
  });
});

describe('a rule', () => {
  it('reads as a sentence', () => {
    expect(sentenceOf('only-the-owner-accepts-a-commitment')).toBe('Only the owner accepts a commitment.');
    expect(sentenceOf('already-observed')).toBe('Already observed.');
  });
});
