import { accepted, issued, LEADER, opened } from './evaluations.testing';
import { evidenceExpiry } from './evidence-expiry.process';
import { after, dayBegan, type GivenEvent } from './given.testing';
import { noticesProcess } from './notices.process';
import { absent, configured, OWNER, promised, quarters, reassigned, reported, SUCCESSOR } from './promises.testing';

/** Person, reason, and what it is about with its due day. */
const told = (...events: readonly GivenEvent[]) =>
  after(noticesProcess, ...events).map(({ command }) => {
    const { person, reason, items } = command.data as {
      person: string;
      reason: string;
      items: readonly { kind: string; about: string; due: string }[];
    };
    return [person, reason, ...items.map(({ kind, about, due }) => `${kind} ${about} ${due}`)];
  });
const given = [configured, quarters, ...promised()];
const report = 'COMMITMENT_REPORT ROOMS 2026-Q1 2026-04-15';
const milestone = 'COMMITMENT_MILESTONE ROOMS ROOMS.1 2026-09-30';
const delegation = (verbs: readonly string[], until: string): GivenEvent => ({
  type: 'organization.DelegationGranted.v1',
  data: { from: OWNER, to: SUCCESSOR, verbs, until },
});

describe('a notice', () => {
  it.each(['2026-04-01', '2026-04-12', '2026-04-15'])('of a report that is due on 15 April goes out on %s', (day) => {
    expect(told(...given, dayBegan(day))).toEqual([[OWNER, 'DUE', report]]);
  });
  it.each(['2026-03-31', '2026-04-02', '2026-04-14', '2026-04-16'])('does not go out on %s', (day) => {
    expect(told(...given, dayBegan(day))).toEqual([]);
  });
  it('is not given once the report is there', () => {
    expect(told(...given, reported('2026-Q1'), dayBegan('2026-04-12'))).toEqual([]);
  });
  it('goes by the end of the month in which its owner is back from an absence', () => {
    const away = [...given, absent('2026-04-10', '2026-04-20')];
    expect(told(...away, dayBegan('2026-04-15'))).toEqual([]);
    expect(told(...away, dayBegan('2026-04-30'))).toEqual([[OWNER, 'DUE', report.replace('04-15', '04-30')]]);
  });
  it('of a milestone goes to whoever owns the promise on its day', () => {
    expect(told(...given, reassigned('2026-10-01'), dayBegan('2026-09-27'))).toEqual([[OWNER, 'DUE', milestone]]);
    expect(told(...given, reassigned('2026-09-30'), dayBegan('2026-09-27'))).toEqual([[SUCCESSOR, 'DUE', milestone]]);
  });
  it('goes to the delegate too, for what the delegation covers and as long as it does', () => {
    expect(told(...given, delegation(['report'], '2026-04-12'), dayBegan('2026-04-12'))).toEqual([
      [SUCCESSOR, 'DUE', report],
      [OWNER, 'DUE', report],
    ]);
    expect(told(...given, delegation(['report'], '2026-04-11'), dayBegan('2026-04-12'))).toHaveLength(1);
    expect(told(...given, delegation(['attach'], '2026-12-31'), dayBegan('2026-04-12'))).toHaveLength(1);
  });
  it('is given of milestones, of scorecards to accept, and of the day from which a cycle is frozen', () => {
    expect(told(...given, dayBegan('2026-09-27'))).toEqual([[OWNER, 'DUE', milestone]]);
    expect(told(opened, issued, dayBegan('2026-02-06'))).toEqual([
      [LEADER, 'DUE', 'SCORECARD_ACCEPTANCE C2026 2026-02-09'],
    ]);
    expect(told(opened, issued, accepted, dayBegan('2026-02-06'))).toEqual([]);
    expect(told(opened, dayBegan('2026-10-30'))[0]?.slice(1)).toEqual(['DUE', 'CYCLE_FREEZE C2026 2026-11-02']);
  });
  it('gathers on Mondays what is due in two weeks', () => {
    expect(told(...given, dayBegan('2026-04-06'))).toEqual([[OWNER, 'DIGEST', report]]);
    expect(told(...given, dayBegan('2026-04-07'))).toEqual([]);
    expect(told(...given, dayBegan('2026-09-21'))).toEqual([[OWNER, 'DIGEST', milestone]]);
  });
  it('is given on the day after evidence has run out', () => {
    const reached: GivenEvent = {
      type: 'charter.CommitmentMilestoneReached.v1',
      data: {
        ...{ commitmentId: 'commitment:ROOMS', milestoneId: 'ROOMS.1', recordedOn: '2026-03-01', reachedBy: OWNER },
        evidenceRefs: [{ evidenceId: 'e', sha256: 'ab', custodian: 'Estates', expiresAt: '2026-06-30' }],
      },
    };
    expect(after(evidenceExpiry, ...given, reached, dayBegan('2026-06-30'))).toEqual([]);
    const handedLater = after(evidenceExpiry, ...given, reached, reassigned('2026-12-01'), dayBegan('2026-07-01'));
    expect(handedLater[0]?.command.data).toMatchObject({ person: OWNER });
    const [step, ...more] = after(evidenceExpiry, ...given, reached, dayBegan('2026-07-01'));
    expect(more).toEqual([]);
    expect(step?.command.data).toEqual({
      person: OWNER,
      date: '2026-07-01',
      reason: 'HAPPENED',
      items: [{ kind: 'EVIDENCE_EXPIRY', about: 'ROOMS', due: '2026-06-30' }],
    });
  });
});
