import { createHmac } from 'node:crypto';
import { canonicalJson } from '@plumbline/ledger';
import { eventId, uuidOf } from '@plumbline/platform/event-store';
import { naturalKey } from '@plumbline/kernel';
import { CommandHandler } from './command-handler';
import type { Accepted, Refused } from './command-result';
import { by, HR, LEGAL, STEWARD, ToyDeployment } from './toy-deployment.testing';

const DEFINE = { type: 'toy.DefineMetric', data: { code: 'LC' } };
const CLASSIFY = { type: 'toy.ClassifyMetric', data: { code: 'LC', legalClass: 'NEUTRAL' } };
const LINK = { type: 'toy.RequestLink', data: { metric: 'lc', note: 'Anna Müller wants it' } };

describe('a command', () => {
  let toy: ToyDeployment;
  let handler: CommandHandler;
  beforeEach(() => {
    toy = new ToyDeployment();
    handler = new CommandHandler(toy.parts());
  });
  const only = async () => (await toy.store.readPage(0n, 10)).events[0]!.event;

  it('is recorded with everything that says who, when, why and under what', async () => {
    const meta = by(HR, { commandId: 'the-command', reason: 'asked by Anna Müller', evidence: ['file-1'] });
    const result = (await handler.handle(DEFINE, meta)) as Accepted;
    const event = await only();
    const secret = new Uint8Array(32).fill(1);
    const id = uuidOf(naturalKey('toy-metric', 'LC'), { secret, commandId: '' });
    expect(result).toEqual({
      accepted: true,
      stream: `toy-metric-${id}`,
      revision: 0,
      position: 1n,
      events: [eventId('the-command', 0)],
      repeated: false,
    });
    const sent = { ...DEFINE, reason: 'asked by Anna Müller', evidence: ['file-1'] };
    expect(event).toEqual({
      id: eventId('the-command', 0),
      stream: `toy-metric-${id}`,
      revision: 0,
      type: 'toy.MetricDefined.v1',
      occurredAt: toy.now,
      recordedAt: toy.now,
      actor: HR,
      correlationId: 'the-command',
      causationId: 'the-command',
      commandId: 'the-command',
      commandHash: createHmac('sha256', secret).update(canonicalJson(sent)).digest('hex'),
      policyVersion: 'pack-1',
      reason: { key: expect.any(String), sealed: expect.any(String), subjects: [HR.id] },
      evidence: ['file-1'],
      salt: expect.stringMatching(/^[0-9a-f]{32}$/),
      data: { code: 'LC' },
    });
    expect(toy.counted).toEqual(['toy.DefineMetric recorded 1']);
  });

  it('without events stores nothing and answers where the stream stands', async () => {
    await handler.handle(DEFINE, by(HR));
    await handler.handle(CLASSIFY, by(LEGAL));
    const result = await handler.handle(CLASSIFY, by(LEGAL));
    expect(result).toMatchObject({ accepted: true, revision: 1, position: 2n, events: [], repeated: false });
    expect(await toy.everything()).toHaveLength(2);
  });

  describe('is refused', () => {
    const refusal = async (command: { type: string; data: unknown }, meta = by(HR)) => {
      const result = await handler.handle(command, meta);
      expect(await toy.everything()).toEqual([]);
      return result;
    };

    it('when nothing has its type', async () => {
      expect(await refusal({ type: 'toy.Nothing', data: {} })).toMatchObject({
        kind: 'unknown',
        refused: 'a-command-has-a-known-type',
      });
    });

    it('when its form is wrong, with every problem by its path and no value that was sent', async () => {
      const result = await refusal({ type: 'toy.DefineMetric', data: { code: 'x', secretName: 'Anna' } });
      expect(result).toMatchObject({
        kind: 'invalid',
        refused: 'a-command-has-its-declared-form',
        problems: [
          { path: 'code' },
          { path: '', message: 'there is no field "secretName"; leave it out or check its spelling' },
        ],
      });
      expect(JSON.stringify(result)).not.toContain('Anna');
    });

    it.each([
      ['an id that is no uuid', { type: 'toy.ConfirmLink', data: { link: 'nonsense' } }],
      ['a text that no database column holds', { type: 'toy.DefineMetric', data: { code: 'LC\u0000' } }],
      ['half a character', { type: 'toy.DefineMetric', data: { code: 'LC\ud800' } }],
      [
        'a text that reads like the place of a sealed one',
        { type: 'toy.RequestLink', data: { metric: 'LC', note: `sealed:${HR.id}/note` } },
      ],
    ])('when it holds %s', async (_, command) => {
      expect(await refusal(command)).toMatchObject({ kind: 'invalid', refused: 'a-command-has-its-declared-form' });
    });

    it.each([
      ['its reason', { reason: 'why\u0000' }, 'meta.reason'],
      ['its evidence', { evidence: ['file-1', 'file\ud800'] }, 'meta.evidence[1]'],
    ])('when %s holds what is not text', async (_, meta, path) => {
      expect(await refusal(DEFINE, by(HR, meta))).toMatchObject({ kind: 'invalid', problems: [{ path }] });
    });

    it.each(['yesterday', '2026-02-30T00:00:00.000Z', '2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000+01:00'])(
      'when its valid time is written %s',
      async (occurredAt) => {
        expect(await refusal(DEFINE, by(HR, { occurredAt }))).toMatchObject({
          problems: [{ path: 'meta.occurredAt' }],
        });
      },
    );

    it('when its role is not one of the command’s', async () => {
      expect(await refusal(DEFINE, by(LEGAL))).toMatchObject({
        kind: 'forbidden',
        refused: 'a-command-is-sent-in-one-of-its-roles',
      });
    });

    it('when the role it claims is not held at this moment', async () => {
      toy.roles.clear();
      expect(await refusal(DEFINE)).toMatchObject({ kind: 'forbidden', refused: 'a-role-is-held-when-it-acts' });
    });

    it('when a person claims the role of the product itself', async () => {
      expect(await refusal(DEFINE, by({ id: HR.id, role: 'process' }))).toMatchObject({
        refused: 'a-role-is-held-when-it-acts',
      });
      const process = await handler.handle(DEFINE, by({ id: 'process:start', role: 'process' }));
      expect(process.accepted).toBe(true);
    });

    it('when it is sent for another without a delegation that covers it', async () => {
      const meta = by({ id: STEWARD.id, role: 'hr' }, { onBehalfOf: HR.id });
      toy.delegations.add(`${STEWARD.id} ${HR.id} toy.RequestLink`);
      expect(await refusal(DEFINE, meta)).toMatchObject({
        kind: 'forbidden',
        refused: 'a-delegation-covers-what-is-done-for-another',
      });
      toy.delegations.add(`${STEWARD.id} ${HR.id} toy.DefineMetric`);
      expect((await handler.handle(DEFINE, meta)).accepted).toBe(true);
      expect(await only()).toMatchObject({ actor: { id: STEWARD.id }, onBehalfOf: HR.id });
    });

    it('when it lies back longer than the policy allows and gives no reason', async () => {
      const occurredAt = '2026-10-23T08:59:59.999Z';
      expect(await refusal(DEFINE, by(HR, { occurredAt }))).toMatchObject({
        kind: 'rule',
        refused: 'back-dating-needs-a-reason',
      });
      expect(await refusal(DEFINE, by(HR, { occurredAt, reason: '  ' }))).toMatchObject({
        refused: 'back-dating-needs-a-reason',
      });
      expect((await handler.handle(DEFINE, by(HR, { occurredAt, reason: 'found late' }))).accepted).toBe(true);
      expect(await only()).toMatchObject({ occurredAt, recordedAt: toy.now });
    });

    it('when it is said to happen later than now', async () => {
      const occurredAt = '2026-11-23T09:00:00.001Z';
      expect(await refusal(DEFINE, by(HR, { occurredAt }))).toMatchObject({
        refused: 'nothing-is-recorded-before-it-happens',
      });
    });

    it('by its rule, with a log line and a count and no record', async () => {
      await handler.handle(DEFINE, by(HR));
      const result = await handler.handle(DEFINE, by(HR));
      expect(result).toEqual({ accepted: false, kind: 'rule', refused: 'a-metric-is-defined-once' });
      expect(await toy.everything()).toHaveLength(1);
      expect(toy.logged).toEqual([
        expect.objectContaining({ command: 'toy.DefineMetric', rule: 'a-metric-is-defined-once', actor: HR.id }),
      ]);
      expect(toy.counted).toContain('toy.DefineMetric a-metric-is-defined-once 1');
    });
  });

  it('takes exactly the days that the policy allows without a reason', async () => {
    const result = await handler.handle(DEFINE, by(HR, { occurredAt: '2026-10-24T09:00:00.000Z' }));
    expect(result.accepted).toBe(true);
  });

  it('that is refused by a recorded refusal leaves its proof, and no more than so many an hour', async () => {
    const refused = await handler.handle(LINK, by(HR));
    expect(refused).toEqual({
      accepted: false,
      kind: 'rule',
      refused: 'only-neutral-metrics-are-linked',
      detail: 'have the metric reviewed',
      recordedEvents: [expect.any(String)],
    });
    await handler.handle(LINK, by(HR));
    const third = await handler.handle(LINK, by(HR));
    expect(third).toMatchObject({ refused: 'only-neutral-metrics-are-linked' });
    expect(third).not.toHaveProperty('recordedEvents');
    expect(await toy.everything()).toEqual(['toy.LinkRefused.v1', 'toy.LinkRefused.v1']);
    expect(toy.logged).toHaveLength(1);
    toy.now = '2026-11-23T10:00:00.000Z';
    expect(await handler.handle(LINK, by(HR))).toHaveProperty('recordedEvents');
  });

  it('that was refused by a recorded refusal is refused again when it is sent again, without a second record', async () => {
    const meta = by(HR);
    const first = await handler.handle(LINK, meta);
    await handler.handle(DEFINE, by(HR));
    await handler.handle(CLASSIFY, by(LEGAL));
    expect(await handler.handle(LINK, meta)).toMatchObject({
      accepted: false,
      refused: 'only-neutral-metrics-are-linked',
      recordedEvents: (first as Refused).recordedEvents,
    });
    expect((await toy.everything()).filter((type) => type === 'toy.LinkRefused.v1')).toHaveLength(1);
  });

  it('never lets its texts reach the bytes', async () => {
    await handler.handle(DEFINE, by(HR));
    await handler.handle(CLASSIFY, by(LEGAL));
    const result = (await handler.handle(LINK, by(HR, { reason: 'Ben Okafor agreed' }))) as Accepted;
    expect(result.accepted).toBe(true);
    const { events } = await toy.store.readPage(0n, 10);
    const all = events.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
    for (const secret of ['Anna', 'Müller', 'Okafor', 'toSeal']) expect(all).not.toContain(secret);
    const { event } = events.at(-1)!;
    const data = event.data as { note: never };
    expect(
      await toy.vault.open([
        { eventId: event.id, field: 'note', sealed: data.note },
        { eventId: event.id, field: 'envelope.reason', sealed: event.reason as never },
      ]),
    ).toEqual([
      { state: 'open', text: 'Anna Müller wants it' },
      { state: 'open', text: 'Ben Okafor agreed' },
    ]);
  });

  it('records as of which event its questions were answered, all at one position', async () => {
    await handler.handle(DEFINE, by(HR));
    const link = '11111111-1111-8111-8111-111111111111';
    const result = (await handler.handle({ type: 'toy.ConfirmLink', data: { link } }, by(HR))) as Accepted;
    const { events } = await toy.store.readPage(0n, 10);
    expect(result.stream).toBe(`toy-link-${link}`);
    expect(events[1]!.event).toMatchObject({ factsAt: events[0]!.event.id, data: { by: LEGAL.id } });
    expect(toy.asked).toBe(2);
  });

  it('whose decider asks for a fact it did not declare fails loudly', async () => {
    await expect(handler.handle({ type: 'toy.BeCareless', data: { metric: 'LC' } }, by(HR))).rejects.toThrow(
      'asks for a fold of toy-metric, which it does not declare',
    );
  });

  it('whose decider decides what no schema describes fails loudly and records nothing', async () => {
    await expect(handler.handle({ type: 'toy.BreakShape', data: { metric: 'LC' } }, by(HR))).rejects.toThrow(
      'toy.LinkBroken.v1 does not fit its schema: count',
    );
    expect(await toy.everything()).toEqual([]);
  });
});
