import type { PositionedEvent } from '@plumbline/kernel';
import { eventId, type Unchanged } from '@plumbline/platform/event-store';
import { authorise, type Authorised } from './authority';
import { CommandForm, type ReadCommand } from './command-form';
import { COMMAND_ID_USED_AGAIN, recordsCommand } from './command-handler';
import type { CommandHandlerParts } from './handler-parts';
import type { BatchCommand, BatchMeta } from './command-meta';
import type { Refused } from './command-result';
import type { Moment } from './deciding';
import type { StreamNames } from './stream-names';
import { checkValidTime } from './valid-time';

/** A command that is to be decided, one that was recorded by this sending before it was cut off, or by an earlier one, or a refusal. */
export type Screened = ReadCommand | 'recorded' | 'repeated' | Refused;

/** What can be said of a batch's commands before they are decided: form, authority, valid time, whether they are recorded already. */
export class BatchScreening {
  private readonly form: CommandForm;
  private readonly authorities = new Map<string, Authorised | Refused>();
  private readonly met = new Set<string>();

  constructor(
    private readonly parts: CommandHandlerParts,
    private readonly meta: BatchMeta,
    private readonly moment: Moment,
    names: StreamNames,
    private readonly since: bigint | undefined,
  ) {
    this.form = new CommandForm(parts.registry, names, parts.secret);
  }

  /** Streams that say what the actor may do. */
  unchanged(): readonly Unchanged[] {
    return [...this.authorities.values()].flatMap((each) => ('refused' in each ? [] : each.unchanged));
  }

  async screen(page: readonly BatchCommand[]): Promise<readonly Screened[]> {
    const found = await this.parts.store.readByIds(page.map(({ commandId }) => eventId(commandId, 0)));
    const earlier = new Map(found.map((each) => [each.event.commandId, each]));
    const screened: Screened[] = [];
    for (const sent of page) screened.push(await this.one(sent, earlier.get(sent.commandId)));
    return screened;
  }

  private async one(sent: BatchCommand, earlier: PositionedEvent | undefined): Promise<Screened> {
    const { onBehalfOf, now, policy } = this.moment;
    const read = this.form.read({ ...sent, onBehalfOf });
    if ('refused' in read) return read;
    const authority = await this.authority(read);
    if ('refused' in authority) return authority;
    if (this.met.has(sent.commandId)) return COMMAND_ID_USED_AGAIN;
    this.met.add(sent.commandId);
    if (earlier) return this.asRecorded(earlier, read);
    return checkValidTime(read.occurredAt, read.reason, now, policy.maxBackdateDays) ?? read;
  }

  private asRecorded(earlier: PositionedEvent, read: ReadCommand): Screened {
    if (!recordsCommand(earlier, read, this.meta.actor.id)) return COMMAND_ID_USED_AGAIN;
    const refused = this.parts.registry.refusalIn(earlier.event);
    if (refused !== undefined) return { accepted: false, kind: 'rule', refused };
    return this.since !== undefined && earlier.position >= this.since ? 'recorded' : 'repeated';
  }

  private async authority({ registered }: ReadCommand): Promise<Authorised | Refused> {
    const known = this.authorities.get(registered.type);
    if (known) return known;
    const { actor, onBehalfOf, now } = this.moment;
    const found = await authorise(registered, actor, onBehalfOf, this.parts.registry.roleBook, now);
    this.authorities.set(registered.type, found);
    return found;
  }
}
