import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createdKey, daysBetween, type LocalDate, naturalKey } from '@plumbline/kernel';
import { localDay } from '@plumbline/platform/commands';
import { eventId } from '@plumbline/platform/event-store';
import {
  actId,
  type NumberedAct,
  officeList,
  story,
  STORY_BEGINS,
  STORY_CHOICES,
  STORY_ENDS,
  type StoryIds,
} from '@plumbline/story';
import { configureDemonstration, mayStartDemonstration } from './configure';
import type { Deployment } from './deployment';
import { SimulatedTime } from './simulated-time';

export interface Playing {
  /** Told of each day that has passed: how many of how many. */
  readonly onProgress?: (done: number, of: number, day: LocalDate) => void;
  /** Last day; today unless said, and never before the story’s last act. */
  readonly until?: LocalDate;
  readonly signal?: AbortSignal;
}

const markOf = (dataDir: string): string => join(dataDir, 'story-unfinished');

/** Whether a story was begun on this data directory and cut off. */
export const isStoryUnfinished = ({ options }: Deployment): boolean => existsSync(markOf(options.dataDir));

/** The ids by which the story’s acts speak of one another, as this deployment gives them. */
const idsIn = ({ directory, names }: Deployment): StoryIds => ({
  person: (office) => directory.personIdOf(office),
  created: (concept, act) => names.idOf(createdKey(concept), actId(act)),
  event: (act, index = 0) => eventId(actId(act), index),
  natural: (concept, ...parts) => names.idOf(naturalKey(concept, ...parts)),
});

/** Acts of one office that say the same kind of thing one after another: sent as one batch. */
function* runs(acts: readonly NumberedAct[]): Generator<readonly NumberedAct[]> {
  let run: NumberedAct[] = [];
  for (const act of acts) {
    const [first] = run;
    const joins =
      first?.as === act.as &&
      first.role === act.role &&
      first.command.type === act.command.type &&
      first.refusedBy === undefined &&
      act.refusedBy === undefined;
    if (!joins && run.length > 0) {
      yield run;
      run = [];
    }
    run.push(act);
  }
  if (run.length > 0) yield run;
}

/**
 * Plays the demonstration history on an empty log, or goes on with one that was cut off: day after day, each with its acts and all that processes do on it.
 * @throws Error naming the act that was refused though the story does not say so
 */
export async function playStory(deployment: Deployment, playing: Playing = {}): Promise<void> {
  const { directory, projections, mailroom, options } = deployment;
  const mark = markOf(options.dataDir);
  writeFileSync(mark, 'A start that loads the story goes on with it while this file is here.\n', { flush: true });
  await directory.upsert(officeList.map(({ key, name }) => ({ key, name, office: name })));
  if (await mayStartDemonstration(deployment)) await configureDemonstration(deployment, STORY_CHOICES, STORY_BEGINS);
  // to follow every event of two years one by one takes longer than to read them when somebody asks
  let bringing: Promise<void> | undefined;
  deployment.onDemand.bringUp = () => {
    bringing ??= projections.catchUp().finally(() => (bringing = undefined));
    bringing.catch(() => undefined);
  };
  try {
    await playDays(deployment, playing);
  } finally {
    delete deployment.onDemand.bringUp;
    await bringing;
  }
  if (playing.signal?.aborted === true) return;
  await projections.catchUp();
  await mailroom.skipToHead();
  rmSync(mark);
}

async function playDays(deployment: Deployment, { onProgress, until, signal }: Playing): Promise<void> {
  const today = localDay(new Date().toISOString(), STORY_CHOICES.timeZone);
  const wanted = until ?? today;
  const last = wanted > STORY_ENDS ? wanted : STORY_ENDS;
  const time = new SimulatedTime(deployment);
  const acts = story(idsIn(deployment));
  const from = (await time.day()) ?? STORY_BEGINS;
  const of = daysBetween(STORY_BEGINS, last) + 1;
  const goOn = (day: LocalDate): boolean => {
    onProgress?.(daysBetween(STORY_BEGINS, day), of, day);
    return signal?.aborted !== true;
  };
  const days = [...new Set([...acts.map(({ on }) => on).filter((on) => from <= on), last])].sort();
  for (const day of days) {
    if ((await time.moveTo(day, goOn)) !== day) return;
    for (const run of runs(acts.filter(({ on }) => on === day))) await play(deployment, run);
    await deployment.processes.catchUp(signal);
  }
}

async function play(deployment: Deployment, run: readonly NumberedAct[]): Promise<void> {
  const [first] = run;
  if (!first) return;
  const actor = { id: deployment.directory.personIdOf(first.as), role: first.role };
  if (run.length > 1) {
    const commands = run.map(({ id, command, happened }) => ({ commandId: id, ...command, ...timeOf(happened) }));
    const result = await deployment.batches.handle(commands, { actor, correlationId: first.id });
    const [refused] = result.refused;
    if (refused) throw asWords(run[refused.index] ?? first, refused.refused, refused.detail, refused.problems);
    return;
  }
  const meta = { commandId: first.id, actor, ...timeOf(first.happened) };
  const result = await deployment.commands.handle(first.command, meta);
  const rule = result.accepted ? undefined : result.refused;
  if (rule !== first.refusedBy)
    throw asWords(
      first,
      rule ?? 'it was done',
      result.accepted ? '' : result.detail,
      result.accepted ? [] : result.problems,
    );
}

const timeOf = (happened: NumberedAct['happened']) =>
  happened === undefined ? {} : { occurredAt: happened.at, reason: happened.reason };

const asWords = (
  { id, as, command, refusedBy }: NumberedAct,
  rule: string,
  detail = '',
  problems: readonly { readonly path: string; readonly message: string }[] = [],
): Error =>
  new Error(
    `the story does not go on: ${command.type} of ${as} (${id}): ${rule} ${detail} ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}${refusedBy === undefined ? '' : ` (told: refused by ${refusedBy})`}`,
  );
