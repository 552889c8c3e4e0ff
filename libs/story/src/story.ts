import type { LocalDate } from '@plumbline/kernel';
import { actions } from './actions';
import { charter } from './charter';
import { cycle } from './cycle';
import { hospital } from './hospital';
import { measures } from './measures';
import { promises } from './promises';
import { readings } from './readings';
import { targets } from './targets';
import type { Act, StoryIds } from './telling';

/** First day of the story's clock. */
export const STORY_BEGINS: LocalDate = '2025-02-03';
/** The day of its last act: it is never played to an earlier one. */
export const STORY_ENDS: LocalDate = '2026-11-20';
/** What the empty log is configured with. */
export const STORY_CHOICES = { timeZone: 'Europe/London', fiscalYear: '01-01', locale: 'en-GB', policyPack: 'uk' };

const chapters: readonly ((ids: StoryIds) => readonly Act[])[] = [
  hospital,
  charter,
  measures,
  promises,
  actions,
  readings,
  targets,
  cycle,
];

/** An act with the id it is sent under. */
export interface NumberedAct extends Act {
  readonly id: string;
}

/** The whole history in the order of its days; of one day, as the chapters tell it. Ids of acts are the same in every deployment. */
export function story(ids: StoryIds): readonly NumberedAct[] {
  const all = chapters.flatMap((chapter) => chapter(ids)).map((act, index) => ({ act, index }));
  all.sort((a, b) => (a.act.on < b.act.on ? -1 : a.act.on > b.act.on ? 1 : a.index - b.index));
  const counts = new Map<LocalDate, number>();
  return all.map(({ act }) => {
    const place = (counts.get(act.on) ?? 0) + 1;
    counts.set(act.on, place);
    return { ...act, id: actId(act.id ?? `${act.on}/${place}`) };
  });
}

/** The command id of an act that has a name. */
export const actId = (name: string): string => `story/${name}`;
