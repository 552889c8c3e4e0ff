import { setTimeout as delay } from 'node:timers/promises';
import { anyReadModel, naturalKey, type PositionedEvent } from '@plumbline/kernel';
import { refusedSteps } from '@plumbline/organization/domain';
import { processFacts } from '@plumbline/organization/facts';
import type { BatchHandler, CommandHandler, CommandResult, StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { type Process, ProcessFold, type ProcessStep } from '@plumbline/processes';
import { factsIn } from './facts-in';
import type { Log } from './log';
import type { ProcessCheckpoints } from './process-checkpoints';

export interface ProcessRunnerParts {
  readonly store: EventStore;
  readonly names: StreamNames;
  readonly commands: Pick<CommandHandler, 'handle'>;
  readonly batches: Pick<BatchHandler, 'handle'>;
  readonly checkpoints: ProcessCheckpoints;
  readonly processes: readonly Process[];
  readonly log: Log;
}

/** A process as it goes: up to where it has acted. */
interface Going {
  readonly process: Process;
  position: bigint;
}

const PAGE_SIZE = 1_000;
/** Events' worth of the log after which checkpoints are kept though no step was taken: positions that count events, or bytes. */
const KEEP_EVERY = { dense: 1_000n, sparse: 1_000_000n };
const RETRY_MS = [250, 1_000, 5_000, 15_000];

const actorOf = ({ name }: Pick<Process, 'name'>) => ({ id: `process:${name}`, role: 'process' }) as const;

/** The id of a step's command: the same whoever sends it and however often. */
export const stepId = (process: string, eventId: string, n: number): string => `${process}/${eventId}/${n}`;

/**
 * Lets processes act: one reading of the log, each event folded into what they know, then acted on by each process in turn, then the next. State is folded
 * anew from the log at each start. Any number of runners may run on one log: a step is recorded once, by its command id.
 */
export class ProcessRunner {
  private readonly fold: ProcessFold;
  private readonly types: readonly string[];
  private going: readonly Going[] | undefined;
  /** How far the log was folded, and how far all have acted. */
  private folded = 0n;
  private through = 0n;
  private kept = 0n;
  private turn: Promise<unknown> = Promise.resolve();
  /** Processes that threw at an event: a fault of their code, so that trying again would not help. */
  private readonly faulty = new Map<string, string>();

  constructor(private readonly parts: ProcessRunnerParts) {
    this.fold = new ProcessFold(parts.processes, [anyReadModel(refusedSteps)]);
    this.types = [...new Set([...this.fold.types, ...parts.processes.flatMap(({ on }) => Object.keys(on))])];
  }

  /** Where it stands and what is wrong, for health. */
  get standing(): { readonly position: bigint; readonly faulty: ReadonlyMap<string, string> } {
    return { position: this.through, faulty: this.faulty };
  }

  /**
   * Brings processes to the head of the log, as often as they add to it. Nothing is done before the organisation is configured.
   * @throws whatever store and database throw; what was begun is gone on with at the next call
   */
  catchUp(signal?: AbortSignal): Promise<void> {
    const next = this.turn.then(() => this.round(signal));
    this.turn = next.catch(() => undefined);
    return next;
  }

  /** Follows the log until the signal aborts; a failing store, database or command is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        for await (const page of this.parts.store.subscribe(this.through, { signal, filter: { types: this.types } })) {
          if (page.through > this.through) await this.catchUp(signal);
          failures = 0;
        }
      } catch (error) {
        if (signal.aborted) return;
        const ms = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]!;
        this.parts.log.warn({ err: error, retryInMs: ms }, 'a process could not act; it is tried again');
        await delay(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async round(signal: AbortSignal | undefined): Promise<void> {
    const { store } = this.parts;
    const going = await this.start();
    if (!going) return;
    const stopped = (): boolean => signal?.aborted === true;
    const keepEvery = store.capabilities.densePositions ? KEEP_EVERY.dense : KEEP_EVERY.sparse;
    while (!stopped()) {
      const page = await store.readPage(this.through, PAGE_SIZE, { types: this.types });
      for (const event of page.events) {
        if (stopped()) return;
        await this.handle(event, going);
        this.through = event.position;
      }
      if (page.events.length === 0 && page.through === this.through) return;
      this.through = page.through;
      if (page.through - this.kept >= keepEvery) await this.keep(going, page.through);
    }
  }

  /** Where a process took no step it need not be remembered that it stood: to act again on those events gives nothing again. */
  private async keep(going: readonly Going[], at: bigint): Promise<void> {
    const sound = going.filter(({ process, position }) => !this.faulty.has(process.name) && position < at);
    if (sound.length > 0)
      await this.parts.checkpoints.move(
        sound.map(({ process }) => process),
        at,
      );
    for (const each of sound) each.position = at;
    this.kept = at;
  }

  private async handle(positioned: PositionedEvent, going: readonly Going[]): Promise<void> {
    const { event, position } = positioned;
    if (position > this.folded) {
      this.fold.apply(event);
      this.folded = position;
    }
    for (const each of going) {
      const { process } = each;
      if (position <= each.position || this.faulty.has(process.name)) continue;
      const steps = this.steps(process, positioned);
      if (steps.length === 0) continue;
      const numbered = steps.map((step, n) => ({ n, step }));
      for (let at = 0; at < numbered.length;) {
        const together = numbered.slice(at).findIndex(({ step }) => step.together !== true);
        const count = together === -1 ? numbered.length - at : together;
        if (count > 1) await this.takeTogether(process, positioned, numbered.slice(at, at + count));
        else await this.take(process, positioned, numbered[at]!.n, numbered[at]!.step);
        at += Math.max(count, 1);
      }
      await this.parts.checkpoints.move([process], position);
      each.position = position;
    }
  }

  private steps(process: Process, { event }: PositionedEvent): readonly ProcessStep[] {
    try {
      return process.on[event.type]?.(event, this.fold.rowsFor(process)) ?? [];
    } catch (error) {
      this.faulty.set(process.name, `at ${event.type} ${event.id}: ${String(error)}`);
      this.parts.log.error(
        { err: error, process: process.name, event: event.id },
        'a process threw: it stands still until it is mended, the others go on',
      );
      return [];
    }
  }

  private async take(process: Process, { event }: PositionedEvent, n: number, step: ProcessStep): Promise<void> {
    if (this.wasRefused(process.name, step)) return;
    const result = await this.send(process.name, stepId(process.name, event.id, n), event, step.command);
    if (result.accepted) return;
    if (result.kind === 'conflict') throw new Error(`${step.command.type} met others that write the same record`);
    await this.recordRefusal(process, event, { n, step }, result.refused);
  }

  /** Many steps as one batch; those that are refused are recorded one by one. */
  private async takeTogether(
    process: Process,
    { event }: PositionedEvent,
    numbered: readonly { readonly n: number; readonly step: ProcessStep }[],
  ): Promise<void> {
    const open = numbered.filter(({ step }) => !this.wasRefused(process.name, step));
    const commands = open.map(({ n, step }) => ({ commandId: stepId(process.name, event.id, n), ...step.command }));
    const { refused } = await this.parts.batches.handle(commands, {
      actor: actorOf(process),
      ...{ correlationId: event.correlationId, causationId: event.id, skipRefused: true },
    });
    for (const { index, refused: rule } of refused) await this.recordRefusal(process, event, open[index]!, rule);
  }

  private async recordRefusal(
    process: Process,
    event: PositionedEvent['event'],
    { n, step }: { readonly n: number; readonly step: ProcessStep },
    rule: string,
  ): Promise<void> {
    const { name } = process;
    const data = { process: name, eventId: event.id, step: n, command: step.command.type, about: step.about, rule };
    const told = await this.send(name, `${stepId(name, event.id, n)}/refused`, event, {
      type: 'organization.RecordStepRefusal',
      data,
    });
    if (!told.accepted) throw new Error(`a refused step could not be recorded: ${told.refused} ${told.detail ?? ''}`);
  }

  private send(
    process: string,
    commandId: string,
    { id, correlationId }: PositionedEvent['event'],
    command: ProcessStep['command'],
  ): Promise<CommandResult> {
    const actor = actorOf({ name: process });
    return this.parts.commands.handle(command, { commandId, actor, causationId: id, correlationId });
  }

  /** People see to what was refused once: it is not sent again by each day that begins. */
  private wasRefused(process: string, { command, about }: ProcessStep): boolean {
    return this.fold
      .rowsFor({ name: process, reads: [anyReadModel(refusedSteps)] })
      .of(refusedSteps)
      .some((row) => row.process === process && row.command === command.type && row.about === about);
  }

  /** Starts each process in its version if it has not been, and folds what came before; undefined while the log is empty. */
  private async start(): Promise<readonly Going[] | undefined> {
    if (this.going) return this.going;
    const { store, checkpoints, processes } = this.parts;
    if ((await store.head()).position === 0n) return undefined;
    const known = await checkpoints.read();
    const going: Going[] = [];
    for (const process of processes) {
      const since = await this.since(process, known.get(process.name)?.position);
      const at = known.get(process.name);
      if (at?.version !== process.version) await checkpoints.begin(process.name, process.version, since);
      going.push({ process, position: at?.version === process.version ? at.position : since });
    }
    const from = going.map(({ position }) => position).reduce((a, b) => (a < b ? a : b));
    for (let after = this.folded; after < from;) {
      const page = await store.readPage(after, PAGE_SIZE, { types: this.types, upTo: from });
      for (const { event, position } of page.events) {
        this.fold.apply(event);
        this.folded = position;
      }
      if (page.through <= after)
        throw new Error(`a process has acted up to position ${from}, where this log does not reach`);
      after = page.through;
    }
    this.through = from;
    this.kept = from;
    this.going = going;
    return going;
  }

  /** Position of the last event that the process does not act on; its start is recorded if it is the first in this version. */
  private async since({ name, version }: Process, stoodAt: bigint | undefined): Promise<bigint> {
    const { store, commands } = this.parts;
    const recorded = await this.recordedSince(name, version);
    if (recorded !== undefined) return recorded;
    const last = stoodAt !== undefined && stoodAt > 0n ? (await store.at(stoodAt)).event : (await store.head()).event!;
    const result = await commands.handle(
      { type: 'organization.StartProcess', data: { process: name, version, sinceEventId: last } },
      { commandId: `${name}/start/${version}`, actor: actorOf({ name }) },
    );
    const started = await this.recordedSince(name, version);
    if (started !== undefined) return started;
    const why = result.accepted ? '' : `: ${result.refused} ${result.detail ?? ''}`;
    throw new Error(`the process ${name} could not start${why}`);
  }

  private async recordedSince(name: string, version: number): Promise<bigint | undefined> {
    const { store, names } = this.parts;
    const state = await factsIn(store, names, processFacts, naturalKey('process', name));
    if (state.version > version)
      throw new Error(
        `the process ${name} acts on this log in version ${state.version}, and this build has ${version}`,
      );
    if (state.version !== version || state.sinceEventId === null) return undefined;
    return (await store.readByIds([state.sinceEventId]))[0]?.position;
  }
}
