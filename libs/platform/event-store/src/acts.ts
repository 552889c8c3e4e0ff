import { actOf, type PositionedEvent } from '@plumbline/kernel';
import type { PartedActs } from './parted-acts';
import { type EventStore, type Head, StoreError } from './port';

type Reading = Pick<EventStore, 'readPage' | 'readByIds' | 'headAt'>;
/** What is known of acts in parts; left out where every act is recorded whole. */
type Parted = Pick<PartedActs, 'openAt' | 'isParted'>;
const NONE: Parted = { openAt: () => Promise.resolve([]), isParted: () => Promise.resolve(false) };

/** The first event at a position or after it. */
async function eventFrom(store: Reading, position: bigint): Promise<PositionedEvent | undefined> {
  return (await store.readPage(position - 1n, 1)).events[0];
}

/**
 * The position of the last event of the act in which a position lies: what was recorded at once is never known in part. Where others wrote between the parts of
 * an act, that of the last act which is begun there.
 * @throws StoreError `unknown-position` when no event stands there; `unfinished-act` when the act, or one begun before its end, has no end yet
 */
export async function endOfAct(store: Reading, position: bigint, parted: Parted = NONE): Promise<bigint> {
  let end = await endOfAppend(store, position, parted);
  for (let open = await parted.openAt(end); open.length > 0; open = await parted.openAt(end)) {
    for (const { act, last } of open) {
      if (last === null) throw unfinished(act);
      if (last > end) end = last;
    }
  }
  return end;
}

/** What is not answered while an act is recorded in part, and the cure. */
export const unfinished = (act: string): StoreError =>
  new StoreError(
    'unfinished-act',
    `The import ${act} is recorded in part. What it says is known when it is finished: plumbline import --resume ${act}, with the same file.`,
  );

/** An append stands in one piece, so its end is found by doubling and halving, some forty reads of one event for the largest. */
async function endOfAppend(store: Reading, position: bigint, parted: Parted): Promise<bigint> {
  const here = await eventFrom(store, position);
  if (here?.position !== position) throw new StoreError('unknown-position', `no event stands at position ${position}`);
  const { act } = here.event;
  if (act === undefined || (await parted.isParted(act))) return position;
  const inAct = async (from: bigint): Promise<bigint | undefined> => {
    const found = await eventFrom(store, from);
    return found && actOf(found.event) === act ? found.position : undefined;
  };
  let last = position;
  let beyond: bigint | undefined;
  for (let step = 1n; beyond === undefined; step *= 2n) {
    const found = await inAct(last + step);
    if (found === undefined) beyond = last + step;
    else last = found;
  }
  while (beyond - last > 1n) {
    const middle: bigint = last + (beyond - last) / 2n;
    const found = await inAct(middle);
    if (found === undefined) beyond = middle;
    else last = found;
  }
  return last;
}

/** The head of the log up to a position without an act that goes on beyond it, or is not finished. */
export async function lastWholeAct(store: Reading, position: bigint, parted: Parted = NONE): Promise<Head> {
  let head = await lastWholeAppend(store, position, parted);
  for (let open = await parted.openAt(head.position); open.length > 0; open = await parted.openAt(head.position)) {
    const first = open.map((act) => act.first).reduce((a, b) => (a < b ? a : b));
    head = await lastWholeAppend(store, first - 1n, parted);
  }
  return head;
}

async function lastWholeAppend(store: Reading, position: bigint, parted: Parted): Promise<Head> {
  const head = await store.headAt(position);
  if (head.position === 0n) return head;
  const [here, next] = (await store.readPage(head.position - 1n, 2)).events;
  const act = here?.event.act;
  if (act === undefined || !next || actOf(next.event) !== act || (await parted.isParted(act))) return head;
  const [first] = await store.readByIds([act]);
  return first ? await store.headAt(first.position - 1n) : head;
}
