import { type CommandBody } from '@plumbline/kernel';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentCommand, CommitmentData } from './commitment.commands';
import {
  absent,
  active,
  ASSESSOR,
  assessed,
  commitmentState,
  fulfilled,
  handedOver,
  HR,
  milestone,
  missed,
  missedPeriod,
  needsNothing,
  ORGANIZATION,
  organization,
  OWNER,
  PROCESS,
  proposed,
  reported,
  resourced,
  inWords,
} from './given.testing';

const spec = inWords(commitmentDecider);
type Type = CommitmentCommand['type'];
const command = <T extends Type>(type: T, data: Omit<CommitmentData<T>, 'commitment'>): CommitmentCommand =>
  ({ type, data: { commitment: 'C07', ...data } }) as CommandBody as CommitmentCommand;

const streams = { [ORGANIZATION]: organization() };
const today = '2026-04-08';
const report = (more: Partial<CommitmentData<'charter.ReportProgress'>> = {}): CommitmentCommand =>
  command('charter.ReportProgress', { period: '2026-Q1', selfStatus: 'LIMITED', narrative: 'Nine wards.', ...more });
const miss = (period = '2026-Q1') => command('charter.MissProgress', { period });

describe('a report', () => {
  const given = spec.given(...active);
  const at = { actor: OWNER, today, streams };

  it('is the owner’s, with a sealed narrative', () => {
    expect(given.when(report({ challenges: 'Rooms.', causes: ['LATE_DECISION'] }), at)).toEqual({
      events: [
        reported('2026-Q1', {
          narrative: { toSeal: 'Nine wards.', subjects: ['person-owner'] },
          challenges: { toSeal: 'Rooms.', subjects: ['person-owner'] },
          causes: ['LATE_DECISION'],
        }),
      ],
    });
    expect(given.when(report(), { ...at, actor: HR }).refused).toBe('only-the-owner-reports-on-a-commitment');
    expect(given.when(report(), { ...at, actor: HR, onBehalfOf: 'person-owner' }).events?.[0]?.data).toMatchObject({
      reportedBy: 'person-hr',
      narrative: { subjects: ['person-hr', 'person-owner'] },
    });
  });
  it('is on a period of the reporting calendar', () => {
    const rule = 'a-report-is-on-a-period-of-the-reporting-calendar';
    for (const period of ['2026', '2026-03', '2026-H1', 'FY2026-Q1'])
      expect(given.when(report({ period }), at).refused).toBe(rule);
    const none = { [ORGANIZATION]: organization({ calendar: null }) };
    expect(given.when(report(), { ...at, streams: none }).refused).toBe(rule);
    const fiscal = { [ORGANIZATION]: organization({ fiscalYear: '04-01' }) };
    expect(given.when(report(), { ...at, streams: fiscal }).refused).toBe(rule);
    expect(given.when(report({ period: 'FY2026-Q4' }), { ...at, streams: fiscal }).events).toHaveLength(1);
  });
  it('is on a period at whose end the commitment stood', () => {
    const rule = 'a-report-is-on-a-period-in-which-the-commitment-stood';
    expect(given.when(report({ period: '2025-Q4' }), at).refused).toBe(rule);
    expect(spec.given(...active, fulfilled('2026-03-31')).when(report(), at).refused).toBe(rule);
    expect(spec.given(...active, fulfilled('2026-04-01')).when(report(), at).events).toHaveLength(1);
  });
  it('is given when the period ends, not before', () => {
    expect(given.when(report(), { ...at, today: '2026-03-30' }).refused).toBe('a-period-is-reported-on-when-it-ends');
    expect(given.when(report(), { ...at, today: '2026-03-31' }).events).toHaveLength(1);
  });
  it('is given once a period', () => {
    expect(spec.given(...active, reported('2026-Q1')).when(report(), at).refused).toBe('a-period-is-reported-on-once');
  });
  it('says what happened, or is NIL and keeps the status', () => {
    const { narrative: _narrative, ...bare } = report().data as CommitmentData<'charter.ReportProgress'>;
    const nil = (selfStatus: 'NOT_STARTED' | 'LIMITED') =>
      ({ type: 'charter.ReportProgress', data: { ...bare, nil: true, selfStatus } }) as CommitmentCommand;
    expect(given.when({ type: 'charter.ReportProgress', data: bare }, at).refused).toBe('a-report-says-what-happened');
    expect(given.when(nil('LIMITED'), at).refused).toBe('a-nil-report-keeps-the-status');
    expect(given.when(nil('NOT_STARTED'), at).events?.[0]?.data).toMatchObject({
      nil: true,
      narrative: null,
      challenges: null,
    });
    const later = { ...at, today: '2026-07-08' };
    const second = { ...nil('LIMITED'), data: { ...nil('LIMITED').data, period: '2026-Q2' } } as CommitmentCommand;
    expect(spec.given(...active, reported('2026-Q1')).when(second, later).events).toHaveLength(1);
  });
  it.each(['SUBSTANTIAL', 'COMPLETE'] as const)('of %s rests on resources', (selfStatus) => {
    expect(given.when(report({ selfStatus }), at).refused).toBe('substantial-progress-rests-on-resources');
    for (const event of [resourced, needsNothing])
      expect(spec.given(...active, event).when(report({ selfStatus }), at).events).toHaveLength(1);
  });
  it('names causes of the list', () => {
    expect(given.when(report({ causes: ['LATE_DECISION', 'BAD_LUCK'] }), at).refused).toBe(
      'a-cause-is-one-of-the-list',
    );
  });
  it('is late from the day after its grace on', () => {
    expect(given.when(report(), { ...at, today: '2026-04-25' }).events?.[0]?.data).toMatchObject({ late: false });
    expect(given.when(report(), { ...at, today: '2026-04-26' }).events?.[0]?.data).toMatchObject({ late: true });
  });
  it('is late after a miss, and the miss stays', () => {
    const { events = [] } = spec
      .given(...active, missedPeriod('2026-Q1'))
      .when(report(), { ...at, today: '2026-04-20' });
    expect(events[0]?.data).toMatchObject({ late: true });
    expect(commitmentState(...active, missedPeriod('2026-Q1'), ...events).periods).toEqual({
      '2026-Q1': { reported: true, missed: true, late: true },
    });
  });
  it('remembers the causes that were last named', () => {
    const named = commitmentState(...active, reported('2026-Q1', { causes: ['LATE_DECISION'] }), reported('2026-Q2'));
    expect(named.causes).toEqual(['LATE_DECISION']);
    expect(named.selfStatus).toBe('LIMITED');
  });
});

describe('a period without a report', () => {
  const given = spec.given(...active);
  const at = { actor: PROCESS, today: '2026-04-26', streams };

  it('is missed on the day after its grace', () => {
    expect(given.when(miss(), { ...at, today: '2026-04-25' }).refused).toBe(
      'a-period-is-missed-when-its-grace-is-over',
    );
    expect(given.when(miss(), at)).toEqual({ events: [missedPeriod('2026-Q1')] });
  });
  it('is missed once, and not when it was reported on', () => {
    for (const event of [missedPeriod('2026-Q1'), reported('2026-Q1')])
      expect(spec.given(...active, event).when(miss(), at)).toEqual({ events: [] });
  });
  it('is missed of no commitment that did not stand', () => {
    expect(given.when(miss('2025-Q4'), at).refused).toBe('a-report-is-on-a-period-in-which-the-commitment-stood');
  });
  it('is missed even when the commitment has ended since', () => {
    expect(spec.given(...active, fulfilled('2026-04-10')).when(miss(), at).events).toHaveLength(1);
  });
  it('falls due at the end of the month in which its owner is back, grace following', () => {
    const away = { ...streams, 'person-owner': absent('2026-03-02', '2026-08-31') };
    expect(given.when(miss(), { ...at, streams: away }).refused).toBe('a-period-is-missed-when-its-grace-is-over');
    expect(given.when(miss(), { ...at, today: '2026-10-10', streams: away }).refused).toBe(
      'a-period-is-missed-when-its-grace-is-over',
    );
    expect(given.when(miss(), { ...at, today: '2026-10-11', streams: away }).events).toHaveLength(1);
    const back = { ...streams, 'person-owner': absent('2026-03-02', '2026-03-30') };
    expect(given.when(miss(), { ...at, streams: back }).events).toHaveLength(1);
  });
  it('is missed by who owned it at its end', () => {
    const handed = spec.given(...active, handedOver('2026-03-31'));
    expect(handed.when(miss(), at).events?.[0]?.data).toMatchObject({ ownerId: 'person-next' });
    const later = spec.given(...active, handedOver('2026-04-01'));
    expect(later.when(miss(), at).events?.[0]?.data).toMatchObject({ ownerId: 'person-owner' });
    const away = { ...streams, 'person-owner': absent('2026-03-02', '2026-08-31') };
    expect(handed.when(miss(), { ...at, streams: away }).events).toHaveLength(1);
    expect(later.when(miss(), { ...at, streams: away }).refused).toBe('a-period-is-missed-when-its-grace-is-over');
  });
});

describe('resources', () => {
  const resource = (more: object) =>
    command('charter.ResourceCommitment', { stage: 'PLEDGED', source: 'Budget', ...more });
  it('are money, time or both', () => {
    const given = spec.given(proposed());
    expect(given.when(resource({}), { actor: HR }).refused).toBe('resources-are-money-or-time');
    expect(given.when(resource({ fte: '0.2' }), { actor: HR })).toEqual({
      events: [
        {
          type: 'charter.CommitmentResourced.v1',
          data: {
            ...{ commitmentId: 'commitment:C07', stage: 'PLEDGED', budget: null, fte: '0.2', source: 'Budget' },
            resourcedBy: 'person-hr',
          },
        },
      ],
    });
    const budget = { amount: '12000', currency: 'GBP' };
    expect(given.when(resource({ budget }), { actor: HR }).events?.[0]?.data).toMatchObject({ budget, fte: null });
  });
  it('are declared unnecessary once, with a reason', () => {
    const declare = command('charter.DeclareNoResourcesNeeded', { reason: 'Meetings take the place of others.' });
    expect(spec.given(...active).when(declare, { actor: OWNER })).toEqual({ events: [needsNothing] });
    expect(spec.given(...active, needsNothing).when(declare, { actor: HR })).toEqual({ events: [] });
  });
});

describe('an independent assessment', () => {
  const assess = command('charter.AssessCommitment', { completion: 'LIMITED', rationale: 'Three wards lack a seat.' });
  const answers = { 'organization.line-around': ['person-above', 'person-below'] };
  const given = spec.given(...active);

  it('is made by an assessor outside the line', () => {
    const { data } = assessed();
    expect(given.when(assess, { actor: ASSESSOR, today: '2026-06-01', answers })).toEqual({
      events: [
        {
          ...assessed(),
          data: {
            ...data,
            rationale: { toSeal: 'Three wards lack a seat.', subjects: ['person-assessor', 'person-owner'] },
          },
        },
      ],
    });
  });
  it('is not made by any who owned it', () => {
    const handed = spec.given(...active, handedOver());
    for (const id of ['person-owner', 'person-next'])
      expect(handed.when(assess, { actor: { id, role: 'assessor' }, answers }).refused).toBe(
        'an-owner-does-not-assess-their-own-commitment',
      );
  });
  it('is not made by who leads above or below the owner, nor for one', () => {
    for (const id of ['person-above', 'person-below'])
      expect(given.when(assess, { actor: { id, role: 'assessor' }, answers }).refused).toBe(
        'an-assessor-stands-outside-the-line-of-the-owner',
      );
    expect(given.when(assess, { actor: ASSESSOR, onBehalfOf: 'person-above', answers }).refused).toBe(
      'an-assessor-stands-outside-the-line-of-the-owner',
    );
  });
  it('may be made after the end, which it does not change', () => {
    const { events = [] } = spec.given(...active, missed).when(assess, { actor: ASSESSOR, answers });
    expect(commitmentState(...active, missed, ...events)).toMatchObject({ state: 'MISSED', completion: 'LIMITED' });
  });
  it('is not made before acceptance', () => {
    expect(spec.given(proposed(), milestone()).when(assess, { actor: ASSESSOR, answers }).refused).toBe(
      'a-commitment-is-not-active-until-it-is-accepted',
    );
  });
});
