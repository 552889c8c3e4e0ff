import { noticeInWords } from './notice-words';

const id = '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f';
const personId = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const report = { kind: 'COMMITMENT_REPORT', about: 'QUIET_ROOMS 2026-Q3', due: '2026-10-15' } as const;
const milestone = { kind: 'COMMITMENT_MILESTONE', about: 'QUIET_ROOMS.2', due: '2026-10-04' } as const;

describe('a notice in words', () => {
  it('names what is due first, and how much more there is', () => {
    const { subject, text } = noticeInWords(id, {
      personId,
      date: '2026-10-01',
      reason: 'DUE',
      items: [report, milestone],
    });
    expect(subject).toBe('Due on 2026-10-04: milestone of QUIET_ROOMS.2 and 1 more');
    expect(text.split('\n').slice(0, 4)).toEqual([
      'As of 2026-10-01:',
      '',
      '- 2026-10-04  milestone of QUIET_ROOMS.2',
      '- 2026-10-15  report on QUIET_ROOMS 2026-Q3',
    ]);
  });
  it('says today on the day itself', () => {
    const { subject } = noticeInWords(id, { personId, date: '2026-10-15', reason: 'DUE', items: [report] });
    expect(subject).toBe('Due today: report on QUIET_ROOMS 2026-Q3');
  });
  it('calls the digest by its week', () => {
    const { subject } = noticeInWords(id, { personId, date: '2026-10-05', reason: 'DIGEST', items: [report] });
    expect(subject).toBe('Your week from 2026-10-05: what is open');
  });
  it('says what happened', () => {
    const items = [{ kind: 'SCORECARD_RESTATED', about: 'C2026', due: null }] as const;
    const { subject, text } = noticeInWords(id, {
      personId,
      date: '2026-11-14',
      reason: 'HAPPENED',
      items: [...items],
    });
    expect(subject).toBe('A scorecard was restated: C2026');
    expect(text).toContain('On 2026-11-14:\n\n- a scorecard was restated: C2026');
  });
});
