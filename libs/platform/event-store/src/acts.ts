import type { PositionedEvent, RecordedEvent } from '@plumbline/kernel';
import { type EventStore, type Head, StoreError } from './port';

type Reading = Pick<EventStore, 'readPage' | 'readByIds' | 'headAt'>;

const actOf = ({ act, id }: RecordedEvent): string => act ?? id;

/** The first event at a position or after it. */
async function eventFrom(store: Reading, position: bigint): Promise<PositionedEvent | undefined> {
  return (await store.readPage(position - 1n, 1)).events[0];
}

/**
 * The position of the last event of the act in which a position lies: what one append recorded was never known in part. An act stands in one piece, so its end is found by
 * doubling and halving, some forty reads of one event for the largest.
 * @throws StoreError `unknown-position` when no event stands there
 */
export async function endOfAct(store: Reading, position: bigint): Promise<bigint> {
  const here = await eventFrom(store, position);
  if (here?.position !== position) throw new StoreError('unknown-position', `no event stands at position ${position}`);
  if (here.event.act === undefined) return position;
  const act = actOf(here.event);
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

/** The head of the log up to a position without an act that goes on beyond it. */
export async function lastWholeAct(store: Reading, position: bigint): Promise<Head> {
  const head = await store.headAt(position);
  if (head.position === 0n) return head;
  const [here, next] = (await store.readPage(head.position - 1n, 2)).events;
  const act = here?.event.act;
  if (act === undefined || !next || actOf(next.event) !== act) return head;
  const [first] = await store.readByIds([act]);
  return first ? await store.headAt(first.position - 1n) : head;
}
