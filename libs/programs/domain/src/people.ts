import type { People } from './action.events';

const counted = (count: number): People => ({ kind: 'COUNT', count });

/**
 * How a number of people among others is kept. Neither those who took part nor those who did not are told when they are fewer than the smallest group; where
 * all together are fewer, nothing but that is kept.
 */
export function peopleAmong(
  count: number,
  all: number,
  smallest: number,
): { readonly participants: People; readonly eligible: People } {
  const few: People = { kind: 'FEWER_THAN', than: smallest };
  if (all > 0 && all < smallest) return { participants: few, eligible: few };
  const others = all - count;
  if (count > 0 && count < smallest) return { participants: few, eligible: counted(all) };
  if (others > 0 && others < smallest)
    return { participants: { kind: 'ALL_BUT_FEWER_THAN', than: smallest }, eligible: counted(all) };
  return { participants: counted(count), eligible: counted(all) };
}

/** How a number of people is kept that stands by itself. */
export const peopleAlone = (count: number, smallest: number): People =>
  count > 0 && count < smallest ? { kind: 'FEWER_THAN', than: smallest } : counted(count);
