import type { LocalDate } from '@plumbline/kernel';
import { delegations, type NoticeCommand, type NoticeItem, type NoticeReason } from '@plumbline/organization/domain';
import { type ProcessRows, type ProcessStep, step } from './process';

/** Something for one person. */
export interface Told {
  readonly to: string;
  readonly item: NoticeItem;
}

/** What a delegate may do for another, by what it is about: the verb a delegation has to cover. */
const DELEGATED: Partial<Record<NoticeItem['kind'], 'report' | 'attach'>> = {
  COMMITMENT_REPORT: 'report',
  COMMITMENT_MILESTONE: 'report',
  EVIDENCE_EXPIRY: 'attach',
};

/** The same for those who may do it for them on this day. */
export function withDelegates(told: readonly Told[], day: LocalDate, rows: ProcessRows): readonly Told[] {
  const standing = rows.of(delegations).filter(({ until }) => day <= until);
  const delegatesOf = ({ to, item }: Told): readonly string[] => {
    const verb = DELEGATED[item.kind];
    return standing
      .filter(({ personId, verbs }) => verb !== undefined && personId === to && verbs.includes(verb))
      .map(({ delegate }) => delegate);
  };
  return told.flatMap((each) => [each, ...delegatesOf(each).map((to) => ({ to, item: each.item }))]);
}

/** One notice a person with everything for them. */
export function notices(told: readonly Told[], date: LocalDate, reason: NoticeReason): readonly ProcessStep[] {
  const byPerson = new Map<string, Map<string, NoticeItem>>();
  for (const { to, item } of told) {
    const items = byPerson.get(to) ?? new Map<string, NoticeItem>();
    items.set(`${item.kind} ${item.about} ${item.due ?? ''}`, item);
    byPerson.set(to, items);
  }
  return [...byPerson]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([person, items]) => {
      const command: NoticeCommand = {
        type: 'organization.RecordNotice',
        data: { person, date, reason, items: [...items.values()] },
      };
      return { ...step(command, `${reason} ${date} ${person}`), together: true };
    });
}
