import { type EventStore, StoreError, type StreamWrite, type Unchanged } from '@plumbline/platform/event-store';
import { CommandHandler } from './command-handler';
import type { Accepted } from './command-result';
import { by, HR, LEGAL, ToyDeployment } from './toy-deployment.testing';

const DEFINE = { type: 'toy.DefineMetric', data: { code: 'LC' } };
const classify = (legalClass: string) => ({ type: 'toy.ClassifyMetric', data: { code: 'LC', legalClass } });
const LINK = { type: 'toy.RequestLink', data: { metric: 'LC', note: 'a note' } };

/** The store with something done just before, or instead of the answer to, its appends. */
const meddled = (
  store: EventStore,
  append: (go: () => ReturnType<EventStore['append']>, nth: number) => ReturnType<EventStore['append']>,
): EventStore => {
  let nth = 0;
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== 'append') {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return (writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[]) =>
        append(() => target.append(writes, unchanged), (nth += 1));
    },
  });
};

describe('races and lost answers', () => {
  let toy: ToyDeployment;
  let other: CommandHandler;
  beforeEach(async () => {
    toy = new ToyDeployment();
    other = new CommandHandler(toy.parts());
    await other.handle(DEFINE, by(HR));
    await other.handle(classify('NEUTRAL'), by(LEGAL));
  });
  const handlerOver = (append: Parameters<typeof meddled>[1]) =>
    new CommandHandler(toy.parts(meddled(toy.store, append)));
  const toggle = async () => {
    const before = (await toy.everything()).length;
    await other.handle(classify(before % 2 === 0 ? 'CLASS_BASED' : 'NEUTRAL'), by(LEGAL));
  };

  it('a command sent again after its answer was lost is answered from what it recorded', async () => {
    const meta = by(HR);
    const first = (await other.handle(LINK, meta)) as Accepted;
    toy.now = '2026-12-01T09:00:00.000Z';
    await other.handle(classify('CLASS_BASED'), by(LEGAL));
    expect(await other.handle(LINK, meta)).toEqual({ ...first, repeated: true });
    expect(await toy.everything()).toHaveLength(4);
    expect(toy.counted).toContain('toy.RequestLink repeated 1');
  });

  it('the same id with another body is refused, on the same stream and on another', async () => {
    const meta = by(HR);
    await other.handle(LINK, meta);
    const changed = { ...LINK, data: { ...LINK.data, note: 'another note' } };
    const refusal = { accepted: false, kind: 'rule', refused: 'command-id-used-again' };
    expect(await other.handle(changed, meta)).toMatchObject(refusal);
    expect(await other.handle(LINK, { ...meta, reason: 'a reason' })).toMatchObject(refusal);
    expect(await other.handle({ type: 'toy.DefineMetric', data: { code: 'XY' } }, meta)).toMatchObject(refusal);
    expect(await toy.everything()).toHaveLength(3);
  });

  it('the same id and body from someone else is refused', async () => {
    const meta = by(HR);
    await other.handle(LINK, meta);
    toy.roles.add('someone hr');
    expect(await other.handle(LINK, { ...meta, actor: { id: 'someone', role: 'hr' } })).toMatchObject({
      refused: 'command-id-used-again',
    });
  });

  it('the same command sent twice at once is recorded once and accepted twice', async () => {
    const meta = by(HR);
    const [a, b] = await Promise.all([other.handle(LINK, meta), other.handle(LINK, meta)]);
    expect([a.accepted, b.accepted]).toEqual([true, true]);
    expect((a as Accepted).events).toEqual((b as Accepted).events);
    expect([(a as Accepted).repeated, (b as Accepted).repeated].sort()).toEqual([false, true]);
    expect(await toy.everything()).toHaveLength(3);
  });

  it('a link that rests on a class is decided again, and refused, when the class changes before it is recorded', async () => {
    const handler = handlerOver(async (go, nth) => {
      if (nth === 1) await other.handle(classify('CLASS_BASED'), by(LEGAL));
      return go();
    });
    expect(await handler.handle(LINK, by(HR))).toMatchObject({
      accepted: false,
      refused: 'only-neutral-metrics-are-linked',
      recordedEvents: [expect.any(String)],
    });
    expect((await toy.everything()).slice(2)).toEqual(['toy.MetricClassified.v1', 'toy.LinkRefused.v1']);
  });

  it('keys of texts that were decided in vain are forgotten', async () => {
    const sealed: string[] = [];
    const seal = toy.vault.seal.bind(toy.vault);
    toy.vault.seal = async (texts) => {
      const result = await seal(texts);
      sealed.push(...result.map(({ key }) => key));
      return result;
    };
    const handler = handlerOver(async (go, nth) => {
      if (nth === 1) await other.handle(classify('CLASS_BASED'), by(LEGAL));
      return go();
    });
    await handler.handle(LINK, by(HR));
    expect(sealed).toHaveLength(1);
    expect((await toy.keys.find(sealed)).size).toBe(0);
  });

  it('a command is decided again three times and accepted when the third goes through', async () => {
    let appends = 0;
    const handler = handlerOver(async (go, nth) => {
      appends = nth;
      if (nth <= 3) throw new StoreError('stale-revision', 'someone was faster');
      return go();
    });
    expect((await handler.handle(LINK, by(HR))).accepted).toBe(true);
    expect(appends).toBe(4);
  });

  it('a command that meets conflicts without end is given back as a conflict after three times', async () => {
    let appends = 0;
    const handler = handlerOver(async () => {
      appends += 1;
      throw new StoreError('stale-revision', 'someone was faster');
    });
    expect(await handler.handle(LINK, by(HR))).toMatchObject({
      accepted: false,
      kind: 'conflict',
      refused: 'stale-revision',
    });
    expect(appends).toBe(4);
  });

  describe('with If-Match', () => {
    it('is refused at once when the stream stands elsewhere', async () => {
      expect(await other.handle(classify('CLASS_BASED'), by(LEGAL, { ifMatch: 0 }))).toMatchObject({
        accepted: false,
        kind: 'precondition',
        refused: 'stale-revision',
        detail: expect.stringContaining('revision 1'),
      });
      expect((await other.handle(classify('CLASS_BASED'), by(LEGAL, { ifMatch: 1 }))).accepted).toBe(true);
    });

    it('is not decided again after a conflict', async () => {
      let appends = 0;
      const handler = handlerOver(async (go, nth) => {
        appends = nth;
        await toggle();
        return go();
      });
      expect(await handler.handle(classify('CLASS_BASED'), by(LEGAL, { ifMatch: 1 }))).toMatchObject({
        kind: 'precondition',
      });
      expect(appends).toBe(1);
    });

    it('is answered from what it recorded when it is sent again, though the stream went on', async () => {
      const meta = by(LEGAL, { ifMatch: 1 });
      await other.handle(classify('CLASS_BASED'), meta);
      expect(await other.handle(classify('CLASS_BASED'), meta)).toMatchObject({
        accepted: true,
        repeated: true,
        revision: 2,
      });
    });

    it('takes none for a stream that must be new', async () => {
      const define = { type: 'toy.DefineMetric', data: { code: 'XY' } };
      expect((await other.handle(define, by(HR, { ifMatch: 'none' }))).accepted).toBe(true);
      expect(await other.handle(define, by(HR, { ifMatch: 'none' }))).toMatchObject({ kind: 'precondition' });
    });
  });

  describe('an append whose outcome is unknown', () => {
    const lost = () => new StoreError('outcome-unknown', 'the connection broke');

    it('is found by reloading when it was written, and not decided again', async () => {
      let appends = 0;
      const handler = handlerOver(async (go) => {
        appends += 1;
        await go();
        throw lost();
      });
      expect(await handler.handle(LINK, by(HR))).toMatchObject({
        accepted: true,
        repeated: false,
        events: [expect.any(String)],
      });
      expect(appends).toBe(1);
      expect(await toy.everything()).toHaveLength(3);
    });

    it('is found when it commits a moment after the answer was lost', async () => {
      const handler = handlerOver(async (go) => {
        setTimeout(() => void go(), 30);
        throw lost();
      });
      expect(await handler.handle(LINK, by(HR))).toMatchObject({ accepted: true });
    });

    it('is reported as unknown when it is not found, decides nothing again, and may safely be sent again', async () => {
      let appends = 0;
      const handler = handlerOver(async (go, nth) => {
        appends = nth;
        if (nth === 1) throw lost();
        return go();
      });
      const meta = by(HR);
      await expect(handler.handle(LINK, meta)).rejects.toMatchObject({ failure: 'outcome-unknown' });
      expect(appends).toBe(1);
      expect(await toy.everything()).toHaveLength(2);
      expect((await handler.handle(LINK, meta)).accepted).toBe(true);
    });

    it('stays unknown while the log cannot be reached: nobody says that nothing was recorded', async () => {
      const handler = handlerOver(async (go) => {
        await go();
        toy.store.read = () => Promise.reject(new StoreError('unavailable', 'no server'));
        throw lost();
      });
      await expect(handler.handle(LINK, by(HR))).rejects.toMatchObject({ failure: 'outcome-unknown' });
      expect(await toy.everything()).toHaveLength(3);
    });

    it('keeps the keys of its texts: the event may be there', async () => {
      const handler = handlerOver(async (go) => {
        setTimeout(() => void go(), 700);
        throw lost();
      });
      await expect(handler.handle(LINK, by(HR))).rejects.toMatchObject({ failure: 'outcome-unknown' });
      await new Promise((resume) => setTimeout(resume, 300));
      const { event } = (await toy.store.readPage(2n, 1)).events[0]!;
      const { note } = event.data as { note: never };
      expect(await toy.vault.open([{ eventId: event.id, field: 'note', sealed: note }])).toEqual([
        { state: 'open', text: 'a note' },
      ]);
    });
  });

  it('a store that cannot be reached is said to be so', async () => {
    const handler = handlerOver(async () => {
      throw new StoreError('unavailable', 'no server');
    });
    await expect(handler.handle(LINK, by(HR))).rejects.toMatchObject({ failure: 'unavailable' });
  });

  it('an actor’s role that is revoked between the look and the append stops the command', async () => {
    const person = 'person-dddddddd-0000-8000-8000-00000000000d';
    toy.roleBook.holds = async () => {
      const { revision } = await toy.store.read(person);
      return { holds: revision === 'none', unchanged: [{ stream: person, revision }] };
    };
    const [sample] = (await toy.store.readPage(0n, 1)).events;
    const { stream: _, revision: __, recordedAt: ___, ...revoked } = sample!.event;
    const handler = handlerOver(async (go, nth) => {
      if (nth === 1) {
        const event = { ...revoked, id: 'eeeeeeee-0000-8000-8000-00000000000e', commandId: 'revoke' };
        await toy.store.append([{ stream: person, expected: 'none', events: [event] }]);
      }
      return go();
    });
    expect(await handler.handle(LINK, by(HR))).toMatchObject({
      kind: 'forbidden',
      refused: 'a-role-is-held-when-it-acts',
    });
  });
});
