import { randomUUID } from 'node:crypto';
import type { Actor } from '@plumbline/kernel';
import type { CommandResult } from '@plumbline/platform/commands';
import { cellIn, ScratchDeployment } from './scratch-deployment.testing';

const ANCHORS = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' };
const CYCLE = { cycle: 'C2026' };
const SLOW = 60_000;
/** Level, weight, and the figure that gives attainments of 100, 120, 80, hidden and 60. */
const COMPONENTS = [
  ['CHECKINS', 'PROCESS', 2500, '70'],
  ['LISTENS', 'BEHAVIOUR', 2000, '74'],
  ['AGREED', 'PROCESS', 1500, '66'],
  ['BELONG', 'CLIMATE', 2000, '90'],
  ['STAYS', 'OUTCOME', 2000, '62'],
] as const;

describe('a year of one leader, from the contract to a restatement', () => {
  let house: ScratchDeployment;
  let [hr, hr2, head, evaluator, legal, auditor]: Actor[] = [];
  const figures = new Map<string, string>();

  const attempt = async (type: string, data: object, by: Actor): Promise<CommandResult> => {
    await house.deployment.projections.catchUp();
    return await house.deployment.commands.handle({ type, data }, { commandId: randomUUID(), actor: by });
  };
  const done = async (type: string, data: object, by: Actor = hr!): Promise<void> => {
    const result = await attempt(type, data, by);
    if (!result.accepted)
      throw new Error(`${type}: ${result.refused} ${result.detail ?? ''} ${JSON.stringify(result.problems ?? '')}`);
    await house.deployment.projections.catchUp();
  };
  const refused = async (type: string, data: object, by: Actor = hr!): Promise<string | undefined> => {
    const result = await attempt(type, data, by);
    return result.accepted ? undefined : result.refused;
  };
  const ask = async <A>(question: string, about: Record<string, unknown>, by: Actor = hr!): Promise<A> => {
    await house.deployment.projections.catchUp();
    const reply = await house.deployment.asks.handle(question, about, by);
    if (!reply.accepted) throw new Error(`${question}: ${reply.refused} ${JSON.stringify(reply)}`);
    return reply.answer as A;
  };
  const types = async (): Promise<readonly string[]> =>
    (await house.deployment.store.readPage(0n, 5_000)).events.map(({ event }) => event.type);
  const lastOf = async <D>(type: string): Promise<{ id: string; data: D }> => {
    const { events } = await house.deployment.store.readPage(0n, 5_000, { types: [type] });
    return events.at(-1)!.event as never;
  };
  /** Each view of a restricted report is recorded: the rows are brought up to that before the next. */
  const shown = async (id: string, filter: object, viewer: Actor) => {
    await house.deployment.projections.catchUp();
    return await house.reports.report(id, filter, undefined, viewer, 'head');
  };
  const card = () => ({ ...CYCLE, leader: head!.id });
  const contract = () => ({
    ...card(),
    evaluators: [evaluator!.id],
    components: COMPONENTS.map(([metric, kind, weight]) => ({
      ...{ id: metric.toLowerCase(), title: metric, kind, weight },
      source: { type: 'METRIC', metric, units: ['SURG'], period: '2026' },
    })),
  });
  const observe = async (metric: string, value: string, more: object = {}): Promise<void> => {
    await done('metrics.RecordObservation', {
      metric,
      unit: 'SURG',
      period: '2026',
      value,
      source: 'records',
      ...more,
    });
    figures.set(metric, (await lastOf<{ obsId: string }>('metrics.ObservationRecorded.v1')).data.obsId);
  };
  const verify = async (metric: string, observation = figures.get(metric)): Promise<void> =>
    done('metrics.VerifyObservation', { metric, unit: 'SURG', observation, method: 'compared with the source' }, hr2);

  beforeAll(async () => {
    house = await ScratchDeployment.open('2026-01-05T09:00:00.000Z');
    hr = house.operator;
    const admin = house.as('operator', 'admin');
    [hr2, head, evaluator, legal, auditor] = [
      house.as('hr-two', 'hr'),
      house.as('head', 'executive'),
      house.as('chief', 'executive'),
      house.as('counsel', 'legal'),
      house.as('audit', 'auditor'),
    ];
    for (const { id, role } of [hr2, head, evaluator, legal, auditor])
      await done('organization.GrantRole', { person: id, role }, admin);
    await done('organization.NameRootUnit', { unit: 'HOUSE' });
    await done('organization.RegisterUnit', { code: 'HOUSE', name: 'House', validFrom: '2020-01-01' });
    await done('organization.RegisterUnit', {
      code: 'SURG',
      name: 'Surgery',
      parent: 'HOUSE',
      validFrom: '2020-01-01',
    });
    await done('organization.AssignLeader', { unit: 'SURG', leader: head.id, role: 'Head', from: '2020-01-01' });
    await done('evaluations.OpenCycle', {
      ...{ code: 'C2026', period: '2026', ruleSet: '1' },
      population: [{ group: 'HEADS', leaders: [head.id] }],
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-02-10', acknowledgeBy: '2026-03-31' },
    });
    for (const [metric, level] of COMPONENTS) {
      const survey = level === 'CLIMATE';
      await done('metrics.DefineMetric', {
        ...{ code: metric, name: metric, level, kind: survey || level === 'OUTCOME' ? 'LAGGING' : 'LEADING' },
        ...{
          unit: 'PERCENT',
          direction: 'HIGHER',
          cadence: 'YEARLY',
          minN: 5,
          rationale: 'Because it can be changed.',
        },
        ...{ sourceType: survey ? 'SURVEY' : 'RECORDS', formulaRef: survey ? 'item-index' : 'checklist' },
        ...{ subject: survey ? 'PERSONS' : 'NONE', legalClass: survey ? 'CLIMATE_ALL' : 'NEUTRAL' },
      });
      const target = { metric, unit: 'SURG', period: '2026' };
      await done('metrics.ProposeTarget', {
        ...target,
        ...{ baseline: { asserted: '60' }, anchors: ANCHORS, rationale: 'Half the way.' },
      });
      await done('metrics.ApproveTarget', target, evaluator);
      await done('metrics.LockTarget', { ...target, ...CYCLE });
      await done('evaluations.RequestLink', { metric, group: 'HEADS' });
      await done(
        'organization.RecordLegalReview',
        { object: { kind: 'metric', metric }, decision: 'CLEARED', jurisdiction: 'GB', expiresAt: '2027-03-31' },
        legal,
      );
      const { data } = await lastOf<{ reviewId: string }>('organization.LegalReviewRecorded.v1');
      await done('evaluations.ApproveLink', { metric, group: 'HEADS', legalReview: data.reviewId }, legal);
    }
  }, 120_000);
  afterAll(async () => {
    await house.close();
  });

  it(
    'is refused a component by class, on record',
    async () => {
      await done('metrics.DefineMetric', {
        ...{ code: 'SHARE', name: 'Share of one group', level: 'OUTCOME', kind: 'LAGGING', unit: 'PERCENT' },
        ...{ direction: 'HIGHER', cadence: 'YEARLY', minN: 10, rationale: 'Watched only.', sourceType: 'RECORDS' },
        ...{ formulaRef: 'record-share', subject: 'PERSONS', legalClass: 'MONITORING_ONLY' },
      });
      expect(await refused('evaluations.RequestLink', { metric: 'SHARE', group: 'HEADS' })).toBe(
        'a-monitoring-only-metric-cannot-count-in-an-evaluation',
      );
      expect((await types()).at(-1)).toBe('evaluations.MetricLinkRefused.v1');
    },
    SLOW,
  );

  it(
    'is told by the dry run who will be evaluable',
    async () => {
      await done('evaluations.IssueScorecard', contract());
      expect(await ask('evaluations.dry-run', CYCLE)).toMatchObject([
        {
          ...{ group: 'HEADS', leaders: 1, issued: 1, evaluable: 1 },
          components: expect.arrayContaining([
            expect.objectContaining({ componentId: 'belong', unknown: 1, widestMargin: null }),
            expect.objectContaining({ componentId: 'checkins', tellsItselfFromNoise: 1, widestMargin: '0' }),
          ]),
        },
      ]);
      await done('evaluations.AcceptScorecard', card(), head);
      expect(await ask('evaluations.scorecards', {}, head)).toMatchObject([{ state: 'ACCEPTED', accepted: 'YES' }]);
      expect(await ask('evaluations.scorecards', {}, legal)).toEqual([]);
    },
    SLOW,
  );

  it(
    'is frozen as of an event; what is recorded later does not count',
    async () => {
      await done('metrics.RecordExternalRelease', {
        ...{ code: 'PULSE', source: 'Pulse 2026', instrument: 'Pulse', sourceMinN: 1, fileHash: 'ab'.repeat(32) },
      });
      for (const [metric, level, , value] of COMPONENTS) {
        if (level === 'CLIMATE') await observe(metric, value, { n: 4, eligible: 6, release: 'PULSE' });
        else await observe(metric, value, { n: 40 });
        await verify(metric);
      }
      await done('evaluations.TakeOrgSnapshot', CYCLE);
      expect(await refused('evaluations.FreezeCycle', CYCLE)).toBe('a-cycle-is-frozen-from-the-day-its-calendar-names');
      await house.setClock('2026-02-12T09:00:00.000Z');
      const both = await Promise.all([hr, hr2].map((by) => attempt('evaluations.FreezeCycle', CYCLE, by!)));
      expect(both.map(({ accepted }) => accepted)).toEqual([true, true]);
      expect((await types()).filter((type) => type === 'evaluations.CycleFrozen.v1')).toHaveLength(1);
      expect(await ask('evaluations.cycles', {})).toMatchObject([
        { code: 'C2026', state: 'FROZEN', measuredOn: '2026-02-12' },
      ]);
    },
    SLOW,
  );

  it(
    'comes to 91.25 at coverage 80 %, the hidden figure left out',
    async () => {
      await done('evaluations.ComputeScorecard', card());
      await done('evaluations.RecordComputation', CYCLE);
      const { data } = await lastOf<object>('evaluations.ScorecardComputed.v1');
      expect(data).toMatchObject({ score: '91.25', coverageBp: 8000, state: 'OK', evidenceBp: '10000' });
      const { events } = await house.deployment.store.readPage(0n, 5_000, {
        types: ['evaluations.ComponentScored.v1'],
      });
      expect(events.map(({ event }) => event.data)).toMatchObject([
        { componentId: 'checkins', attainment: '100' },
        { componentId: 'listens', attainment: '120' },
        { componentId: 'agreed', attainment: '80' },
        { componentId: 'belong', attainment: null, state: 'SUPPRESSED', scopes: [{ value: null, n: null }] },
        { componentId: 'stays', attainment: '60' },
      ]);
      expect((await types()).filter((type) => type === 'evaluations.ScorecardsComputed.v1')).toHaveLength(1);
    },
    SLOW,
  );

  it(
    'is the same byte for byte when it is computed again',
    async () => {
      const { data } = await lastOf<{ resultHash: string }>('evaluations.ScorecardComputed.v1');
      const { asOf } = (await ask<{ asOf: string }[]>('evaluations.cycles', {}))[0]!;
      const known = house.deployment.registry.ask('reporting.computed-scorecard')!;
      const again = await known.answer({ ...card(), asOf, corrections: [] }, { actor: null });
      expect(again.answer).toMatchObject({ computed: { resultHash: data.resultHash } });
    },
    SLOW,
  );

  it(
    'is told to the leader without its total, and to the auditor down to every event',
    async () => {
      const mine = await shown('R3', { leader: head!.id }, head!);
      expect(cellIn(mine, 'total/score')).toMatchObject({ value: null, state: 'WITHHELD' });
      expect(cellIn(mine, 'checkins/observed')).toMatchObject({ value: '70', base: 40, target: '70' });
      const packet = await shown('R4', { leader: head!.id }, auditor!);
      expect(packet.remarks).toContain('Every cited event is found in the log.');
      const cited = packet.cells.filter(({ key }) => key.endsWith('/event')).map(({ word }) => word ?? '');
      expect(cited.length).toBeGreaterThan(30);
      expect(await house.deployment.store.readByIds([...new Set(cited)])).toHaveLength(new Set(cited).size);
      const matrix = await shown('R5', {}, legal!);
      expect(cellIn(matrix, 'CHECKINS:HEADS/link').word).toBe('LINKED');
      expect(cellIn(matrix, 'SHARE:HEADS/link').word).toBe('REFUSED');
    },
    SLOW,
  );

  it(
    'is rated by a person, signed by another, acknowledged and final',
    async () => {
      expect(await refused('evaluations.SignOffScorecard', card(), hr2)).toBe(
        'no-score-leaves-without-a-rating-by-a-person',
      );
      await done(
        'evaluations.ProposeRating',
        { ...card(), rating: 3, narrative: 'Kept what was promised.' },
        evaluator,
      );
      const obs = figures.get('STAYS');
      await done(
        'metrics.DisputeObservation',
        { metric: 'STAYS', unit: 'SURG', observation: obs, reason: 'Two were moved.' },
        head,
      );
      expect(await refused('evaluations.SignOffScorecard', card(), hr2)).toBe('a-dispute-is-decided-before-sign-off');
      await verify('STAYS');
      await done('evaluations.SignOffScorecard', card(), hr2);
      await done('evaluations.AcknowledgeScorecard', { ...card(), agree: true }, head);
      await done('evaluations.FinalizeScorecard', card());
    },
    SLOW,
  );

  it(
    'is restated when a figure is corrected, at the threshold until somebody checks it',
    async () => {
      await done('metrics.CorrectObservation', {
        ...{ metric: 'STAYS', unit: 'SURG', observation: figures.get('STAYS'), value: '70', n: 40 },
        ...{ source: 'records, second edition', reason: 'Two were counted twice.' },
      });
      const correction = await lastOf<{ obsId: string }>('metrics.ObservationCorrected.v1');
      await done('evaluations.RestateScorecard', { ...card(), causes: [correction.id] });
      expect((await lastOf<object>('evaluations.ScorecardRestated.v1')).data).toMatchObject({
        ...{ cause: 'CORRECTION', causingEvents: [correction.id], oldScore: '91.25', newScore: '88.75' },
        ...{ direction: 'DOWN', wasFinal: true, reopensAppeal: true },
      });
      await verify('STAYS', correction.data.obsId);
      const verification = await lastOf<object>('metrics.ObservationVerified.v1');
      await done('evaluations.RestateScorecard', { ...card(), causes: [verification.id] });
      expect((await lastOf<object>('evaluations.ScorecardRestated.v1')).data).toMatchObject({
        ...{ cause: 'VERIFICATION', oldScore: '88.75', newScore: '100', direction: 'UP' },
      });
    },
    SLOW,
  );

  it(
    'is restated when the import that a correction came with is verified as a whole',
    async () => {
      const [importId, unrelated] = [randomUUID(), randomUUID()];
      const opened = (id: string) => ({
        ...{ importId: id, kind: 'observations', fileHash: 'ab'.repeat(32), mapHash: 'cd'.repeat(32), rows: 1 },
      });
      for (const id of [importId, unrelated]) await done('organization.RecordImport', opened(id));
      const { obsId } = (await lastOf<{ obsId: string }>('metrics.ObservationCorrected.v1')).data;
      await done('metrics.CorrectObservation', {
        ...{ metric: 'STAYS', unit: 'SURG', observation: obsId, value: '66', n: 40, importId },
        ...{ source: 'records, as imported', reason: 'The whole table was counted again.' },
      });
      const correction = await lastOf<object>('metrics.ObservationCorrected.v1');
      await done('evaluations.RestateScorecard', { ...card(), causes: [correction.id] });
      const verifyImport = async (id: string) => {
        await done('organization.CompleteImport', { importId: id, recorded: 1, unchanged: 0, refused: 0 });
        const sample = { sampleSeed: '4711', sampleSize: 1, method: 'compared with the source' };
        await done('metrics.VerifyImport', { importId: id, ...sample }, hr2);
        return (await lastOf<object>('metrics.ObservationBatchVerified.v1')).id;
      };
      expect(
        await refused('evaluations.RestateScorecard', { ...card(), causes: [await verifyImport(unrelated)] }),
      ).toBe('a-restatement-follows-from-what-its-scorecard-rests-on');
      const verification = await verifyImport(importId);
      await done('evaluations.RestateScorecard', { ...card(), causes: [verification] });
      expect((await lastOf<object>('evaluations.ScorecardRestated.v1')).data).toMatchObject({
        ...{ cause: 'VERIFICATION', causingEvents: [verification], oldScore: '88.75', newScore: '96.25' },
      });
    },
    SLOW,
  );

  it(
    'loses nothing when two correct a figure and two restate at once',
    async () => {
      const { obsId } = (await lastOf<{ obsId: string }>('metrics.ObservationCorrected.v1')).data;
      const correct = (value: string, by: Actor) =>
        attempt(
          'metrics.CorrectObservation',
          {
            ...{ metric: 'STAYS', unit: 'SURG', observation: obsId, value, n: 40 },
            ...{ source: 'records, third edition', reason: 'Counted again.' },
          },
          by,
        );
      const corrected = await Promise.all([correct('68', hr!), correct('69', hr2!)]);
      expect(corrected.filter(({ accepted }) => accepted)).toHaveLength(1);
      const correction = await lastOf<object>('metrics.ObservationCorrected.v1');
      const restate = (by: Actor) =>
        attempt('evaluations.RestateScorecard', { ...card(), causes: [correction.id] }, by);
      const restated = await Promise.all([restate(hr!), restate(hr2!)]);
      expect(restated.map(({ accepted }) => accepted)).toEqual([true, true]);
      const of = (await types()).filter((type) => type === 'evaluations.ScorecardRestated.v1');
      expect(of).toHaveLength(5);
      expect((await lastOf<object>('evaluations.ScorecardRestated.v1')).data).toMatchObject({
        ...{ cause: 'CORRECTION', oldScore: '96.25', newScore: '88.75' },
      });
    },
    SLOW,
  );

  it(
    'shows old and new results to the leader, who sees them signed',
    async () => {
      const mine = await shown('R3', { leader: head!.id }, head!);
      expect(cellIn(mine, 'total/score')).toMatchObject({ value: '88.75' });
      expect(cellIn(mine, 'restatement-1/score')).toMatchObject({ value: '91.25' });
      expect(cellIn(mine, 'restatement-1/restated')).toMatchObject({ value: '88.75' });
      expect(cellIn(mine, 'restatement-1/cause').word).toBe('CORRECTION');
      await expect(shown('R3', {}, legal!)).rejects.toThrow('A scorecard is for its leader');
    },
    SLOW,
  );

  it(
    'is not restated by what has nothing to do with it',
    async () => {
      const opened = await lastOf<object>('evaluations.CycleOpened.v1');
      expect(await refused('evaluations.RestateScorecard', { ...card(), causes: [opened.id] })).toBe(
        'a-restatement-follows-from-what-its-scorecard-rests-on',
      );
    },
    SLOW,
  );
});
