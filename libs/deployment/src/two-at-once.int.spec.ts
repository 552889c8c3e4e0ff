import { DayKeeper } from './day-keeper';
import { type Answer, RunningDeployment } from './running-deployment.testing';

const PERIOD = '2026';
const METRICS = ['DONE', 'HEARD', 'STAYED'] as const;
const ROUNDS = 6;
const MINUTE = 60_000;

interface Recorded<D> {
  readonly id: string;
  readonly position: bigint;
  readonly data: D;
}
interface Corrected {
  readonly obsId: string;
  readonly metricId: string;
}

describe('two of HR who freeze and correct at once, over HTTP,', () => {
  let running: RunningDeployment;
  let head: string;
  let key = 0;
  const tokens: Record<string, string> = {};

  const command = async (who: string, type: string, data: object, sent = `spec-${(key += 1)}`): Promise<Answer> =>
    await running.send(`/v1/commands/${type}`, {
      body: { data },
      token: (tokens[who] ??= await running.token(who)),
      headers: { 'Idempotency-Key': sent },
    });
  const done = async (who: string, type: string, data: object): Promise<void> => {
    const { status, text } = await command(who, type, data);
    if (status !== 201 && status !== 200) throw new Error(`${type} as ${who}: ${status} ${text}`);
    await running.deployment.projections.catchUp();
  };
  const all = async <D>(type: string): Promise<readonly Recorded<D>[]> => {
    const { events } = await running.deployment.store.readPage(0n, 5_000, { types: [type] });
    return events.map(({ event, position }) => ({ id: event.id, position, data: event.data as D }));
  };
  const figure = (metric: string) => ({ metric, unit: 'WARD', period: PERIOD, n: 40, source: 'records' });
  const live = async (metric: string): Promise<string> => {
    const [{ data: defined } = { data: { metricId: '' } }] = (
      await all<{ metricId: string; code: string }>('metrics.MetricDefined.v1')
    ).filter(({ data }) => data.code === metric);
    const figures = [
      ...(await all<Corrected>('metrics.ObservationRecorded.v1')),
      ...(await all<Corrected>('metrics.ObservationCorrected.v1')),
    ].filter(({ data }) => data.metricId === defined.metricId);
    return figures.at(-1)?.data.obsId ?? '';
  };
  const correction = (metric: string, observation: string, value: number) => {
    const { period: _period, ...place } = figure(metric);
    return { ...place, observation, value: String(value), reason: `Counted again: ${value}.` };
  };

  beforeAll(async () => {
    running = await RunningDeployment.start({ now: '2026-01-05T09:00:00.000Z' });
    head = running.personId('head');
    for (const [who, role] of [
      ...[['hr-one', 'hr'] as const, ['hr-two', 'hr'] as const, ['head', 'executive'] as const],
      ...[['chief', 'executive'] as const, ['counsel', 'legal'] as const],
    ])
      await done('operator', 'organization.GrantRole', { person: running.personId(who), role });
    await done('operator', 'organization.NameRootUnit', { unit: 'WARD' });
    await done('operator', 'organization.RegisterUnit', { code: 'WARD', name: 'Ward', validFrom: '2020-01-01' });
    await done('operator', 'organization.AssignLeader', {
      ...{ unit: 'WARD', leader: head, role: 'Head', from: '2020-01-01' },
    });
    await done('hr-one', 'evaluations.OpenCycle', {
      ...{ code: 'C2026', period: PERIOD, ruleSet: '1', population: [{ group: 'HEADS', leaders: [head] }] },
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-02-10', acknowledgeBy: '2026-03-31' },
    });
    for (const [index, metric] of METRICS.entries()) {
      const outcome = index === 2;
      await done('hr-one', 'metrics.DefineMetric', {
        ...{
          code: metric,
          name: metric,
          level: outcome ? 'OUTCOME' : 'PROCESS',
          kind: outcome ? 'LAGGING' : 'LEADING',
        },
        ...{ unit: 'PERCENT', direction: 'HIGHER', cadence: 'YEARLY', minN: 5, rationale: 'It can be changed.' },
        ...{ sourceType: 'RECORDS', formulaRef: 'checklist', subject: 'NONE', legalClass: 'NEUTRAL' },
      });
      const target = { metric, unit: 'WARD', period: PERIOD };
      const anchors = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' };
      await done('hr-one', 'metrics.ProposeTarget', {
        ...{ ...target, anchors, baseline: { asserted: '60' }, rationale: 'Half the way.' },
      });
      await done('chief', 'metrics.ApproveTarget', target);
      await done('hr-one', 'metrics.LockTarget', { ...target, cycle: 'C2026' });
      await done('hr-one', 'evaluations.RequestLink', { metric, group: 'HEADS' });
      await done('counsel', 'organization.RecordLegalReview', {
        ...{ object: { kind: 'metric', metric }, decision: 'CLEARED', jurisdiction: 'GB', expiresAt: '2027-03-31' },
      });
      const legalReview = (await all<{ reviewId: string }>('organization.LegalReviewRecorded.v1')).at(-1)?.data
        .reviewId;
      await done('counsel', 'evaluations.ApproveLink', { metric, group: 'HEADS', legalReview });
    }
    await done('hr-one', 'evaluations.IssueScorecard', {
      ...{ cycle: 'C2026', leader: head, evaluators: [running.personId('chief')] },
      components: METRICS.map((metric, index) => ({
        ...{ id: metric.toLowerCase(), title: metric, kind: index === 2 ? 'OUTCOME' : 'PROCESS' },
        ...{ weight: [3500, 3500, 3000][index], source: { type: 'METRIC', metric, units: ['WARD'], period: PERIOD } },
      })),
    });
    await done('head', 'evaluations.AcceptScorecard', { cycle: 'C2026', leader: head });
    for (const metric of METRICS) await done('hr-one', 'metrics.RecordObservation', { ...figure(metric), value: '70' });
    running.clock.now = '2026-02-12T09:00:00.000Z';
    await new DayKeeper(running.deployment).keep();
    await done('hr-one', 'evaluations.TakeOrgSnapshot', { cycle: 'C2026' });
  }, 3 * MINUTE);
  afterAll(() => running.close());

  it(
    'lose nothing: one freeze, each acknowledged correction once, and the result is made of all of them',
    async () => {
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const standing = await Promise.all(METRICS.map(live));
        const answers = await Promise.all([
          // in the middle of it both freeze, one of them twice under one key
          ...(round === 2
            ? [
                command('hr-one', 'evaluations.FreezeCycle', { cycle: 'C2026' }, 'freeze-one'),
                command('hr-two', 'evaluations.FreezeCycle', { cycle: 'C2026' }),
                command('hr-one', 'evaluations.FreezeCycle', { cycle: 'C2026' }, 'freeze-one'),
              ]
            : []),
          ...METRICS.flatMap((metric, index) =>
            ['hr-one', 'hr-two'].map((who, turn) =>
              command(who, 'metrics.CorrectObservation', correction(metric, standing[index]!, 60 + round * 2 + turn)),
            ),
          ),
        ]);
        for (const { status, text } of answers) expect([200, 201, 422].includes(status) ? '' : text).toBe('');
        const corrections = answers.slice(round === 2 ? 3 : 0);
        for (const [index] of METRICS.entries()) {
          const pair = corrections.slice(index * 2, index * 2 + 2);
          expect(pair.map(({ status }) => status).sort()).toEqual([201, 422]);
          acknowledged.push(
            ...pair.flatMap(({ status, json }) => (status === 201 ? (json['events'] as string[]) : [])),
          );
        }
        if (round === 2)
          expect(
            answers
              .slice(0, 3)
              .map(({ status }) => status)
              .every((status) => status < 300),
          ).toBe(true);
      }
      await running.deployment.projections.catchUp();
      await running.deployment.processes.catchUp();

      const corrections = await all<Corrected>('metrics.ObservationCorrected.v1');
      expect(corrections.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
      expect(acknowledged).toHaveLength(ROUNDS * METRICS.length);
      expect(await all('evaluations.CycleFrozen.v1')).toHaveLength(1);

      const causes = new Set(
        (await all<{ causingEvents: readonly string[] }>('evaluations.ScorecardRestated.v1')).flatMap(
          ({ data }) => data.causingEvents,
        ),
      );
      const scored = await all<{ citedEvents: readonly string[] }>('evaluations.ComponentScored.v1');
      const first = new Set(scored.slice(0, METRICS.length).flatMap(({ data }) => data.citedEvents));
      expect(corrections.filter(({ id }) => !first.has(id) && !causes.has(id))).toEqual([]);
      expect(corrections.filter(({ id }) => first.has(id)).length).toBeGreaterThanOrEqual(2 * METRICS.length);

      await running.deployment.projections.catchUp();
      const { json } = await running.send(`/v1/reports/R3?leader=head&cycle=C2026&after=head`, {
        token: await running.token('hr-two', 'hr'),
      });
      const cells = json['cells'] as readonly { key: string; value: string | null }[];
      const last = new Map<string, string>();
      const defined = await all<{ metricId: string; code: string }>('metrics.MetricDefined.v1');
      for (const { data } of await all<Corrected & { newValue: { value: string } }>('metrics.ObservationCorrected.v1'))
        last.set(defined.find((each) => each.data.metricId === data.metricId)?.data.code ?? '', data.newValue.value);
      for (const metric of METRICS)
        expect(cells.find(({ key: at }) => at === `${metric.toLowerCase()}/observed`)?.value).toBe(last.get(metric));
    },
    3 * MINUTE,
  );
});
