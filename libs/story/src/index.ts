export { officeList, offices, type OfficeKey } from './offices';
export { actId, type NumberedAct, story, STORY_BEGINS, STORY_CHOICES, STORY_ENDS } from './story';
export type { Act, StoryIds, ToldCommand } from './telling';
