import { accept } from '@plumbline/kernel';
import { programsCommands, type CommandData, type ProgramsCommand } from './action.commands';
import { given, ACTION, around, completed, eligible, hypothesis, planned, started, unit } from './given.testing';
import type { HypothesisVerdict, OutcomeVerdict } from './vocabulary';

const running = [planned(), eligible(), started()] as const;

describe('reviewing what came of an action', () => {
  const review = (
    verdict: OutcomeVerdict,
    basis: CommandData<'programs.ReviewAction'>['basis'] = { hypothesis: 'LC-LEADS-EES' },
  ): ProgramsCommand => ({
    type: 'programs.ReviewAction',
    data: { ...programsCommands['programs.ReviewAction'].example, verdict, basis },
  });
  const when = (verdict: OutcomeVerdict, finding: HypothesisVerdict | null, cannotTell = false) =>
    given(...running).when(review(verdict), {
      streams: { 'hypothesis:LC-LEADS-EES': hypothesis(finding, '2025-12-01', cannotTell) },
    });

  it('rests on the verdict of a hypothesis', () => {
    expect(when('CONTINUE', 'LEADS')).toEqual(
      accept({
        type: 'programs.ActionOutcomeReviewed.v1',
        data: {
          actionId: ACTION,
          verdict: 'CONTINUE',
          basis: {
            source: 'HYPOTHESIS',
            hypothesisId: 'hypothesis:LC-LEADS-EES',
            finding: 'LEADS',
            cannotTell: false,
            reference: null,
          },
          note: programsCommands['programs.ReviewAction'].example.note,
          on: '2026-06-15',
          reviewedBy: 'person-hr',
        },
      }),
    );
  });

  it.each<[HypothesisVerdict | null, boolean]>([
    [null, false],
    ['TOO_SHORT', false],
    ['SHARED_SOURCE', false],
    ['NO_EVIDENCE', true],
    ['MOVES_TOGETHER', true],
  ])('stops nothing on %s (cannot tell: %s), though it may go on, grow or change', (finding, unclear) => {
    expect(when('STOP', finding, unclear).refused).toBe('nothing-stops-on-a-verdict-that-cannot-tell');
    for (const verdict of ['CONTINUE', 'SCALE', 'ADJUST'] as const)
      expect(when(verdict, finding, unclear).events?.[0]?.data).toMatchObject({ basis: { finding, cannotTell: true } });
  });

  it.each<HypothesisVerdict>(['CONTRARY', 'NO_EVIDENCE', 'MOVES_TOGETHER', 'LEADS'])(
    'may stop on %s that tells',
    (finding) => {
      expect(when('STOP', finding).events).toHaveLength(1);
    },
  );

  it('may rest on what was found elsewhere, with a reference', () => {
    const untested = [planned({ hypothesisId: null }), eligible(), started()] as const;
    const asserted = { asserted: 'NO_EVIDENCE', reference: 'Evaluation of 2025, page 12' } as const;
    expect(given(...untested).when(review('STOP', asserted)).events?.[0]?.data).toMatchObject({
      basis: { source: 'ASSERTED', hypothesisId: null, cannotTell: false, reference: 'Evaluation of 2025, page 12' },
    });
    const rule = 'nothing-stops-on-a-verdict-that-cannot-tell';
    expect(given(...running).when(review('STOP', { ...asserted, cannotTell: true })).refused).toBe(rule);
    expect(given(...running).when(review('STOP', { ...asserted, asserted: 'TOO_SHORT' })).refused).toBe(rule);
  });

  it.each<[HypothesisVerdict | null, boolean]>([
    [null, false],
    ['TOO_SHORT', false],
    ['NO_EVIDENCE', true],
  ])('stops nothing on what was found elsewhere while its own hypothesis says %s (cannot tell: %s)', (own, unclear) => {
    const asserted = { asserted: 'CONTRARY', reference: 'Evaluation of 2025, page 12' } as const;
    const by = (verdict: OutcomeVerdict, finding: HypothesisVerdict | null, cannotTell = false) =>
      given(...running).when(review(verdict, asserted), {
        streams: { 'hypothesis:LC-LEADS-EES': hypothesis(finding, '2025-12-01', cannotTell) },
      });
    expect(by('STOP', own, unclear).refused).toBe('nothing-stops-on-a-verdict-that-cannot-tell');
    expect(by('ADJUST', own, unclear).events).toHaveLength(1);
    expect(by('STOP', 'NO_EVIDENCE').events).toHaveLength(1);
    expect(
      given(planned({ hypothesisId: null }), eligible(), started()).when(review('STOP', asserted)).events,
    ).toHaveLength(1);
  });

  it('takes only a hypothesis of its own, or about a metric it should move', () => {
    const rule = 'an-outcome-is-reviewed-by-a-hypothesis-of-its-action';
    const streams = { 'hypothesis:LC-LEADS-EES': hypothesis('LEADS') };
    const by = (more: Parameters<typeof planned>[0]) =>
      given(planned(more), eligible(), started()).when(review('CONTINUE'), { streams });
    expect(by({ hypothesisId: null }).events).toHaveLength(1);
    expect(by({ leadingMetricIds: [] }).events).toHaveLength(1);
    expect(by({ hypothesisId: null, leadingMetricIds: ['metric:OTHER'] }).refused).toBe(rule);
    expect(given(...running).when(review('CONTINUE')).refused).toBe(rule);
  });

  it('comes after the action began, and may come after it ended', () => {
    const streams = { 'hypothesis:LC-LEADS-EES': hypothesis('LEADS') };
    expect(given(planned(), eligible()).when(review('CONTINUE'), { streams }).refused).toBe(
      'only-an-action-that-has-begun-is-reviewed',
    );
    expect(given(...running, completed).when(review('SCALE'), { streams }).events).toHaveLength(1);
  });
});

describe('recording labour that nobody sees', () => {
  const record = (more: Partial<CommandData<'programs.RecordInvisibleLabour'>> = {}): ProgramsCommand => ({
    type: 'programs.RecordInvisibleLabour',
    data: { ...programsCommands['programs.RecordInvisibleLabour'].example, ...more },
  });
  const recorded = {
    type: 'programs.InvisibleLabourRecorded.v1',
    data: {
      actionId: ACTION,
      unitId: 'unit:GPA',
      period: '2026-Q1',
      kind: 'COORDINATION',
      hours: '78',
      fte: '0.14',
      people: { kind: 'FEWER_THAN', than: 5 },
      recognised: 'NONE',
      recordedBy: 'person-hr',
    },
  } as const;

  it('keeps hours, kind and recognition, and of few people only that they are few', () => {
    expect(given(planned()).when(record(), { streams: around })).toEqual(accept(recorded));
    expect(given(planned()).when(record({ people: 5 }), { streams: around }).events?.[0]?.data).toMatchObject({
      people: { kind: 'COUNT', count: 5 },
    });
  });

  it('may be given by people of another unit', () => {
    const streams = { ...around, 'unit:A1': unit('A1') };
    expect(given(planned()).when(record({ unit: 'A1' }), { streams }).events?.[0]?.data).toMatchObject({
      unitId: 'unit:A1',
    });
    expect(given(planned()).when(record({ unit: 'NOWHERE' }), { streams }).refused).toBe(
      'labour-is-given-by-people-of-a-registered-unit',
    );
  });

  it('is given by somebody', () => {
    expect(given(planned()).when(record({ people: 0 }), { streams: around }).refused).toBe('labour-is-given-by-people');
  });

  it('is recorded once, and anew when it differs', () => {
    expect(given(planned(), recorded).when(record(), { streams: around })).toEqual(accept());
    expect(given(planned(), recorded).when(record({ hours: '80' }), { streams: around }).events).toHaveLength(1);
    expect(given(planned(), recorded).when(record({ kind: 'MENTORING' }), { streams: around }).events).toHaveLength(1);
  });
});
