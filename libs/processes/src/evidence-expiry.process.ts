import { addDays } from '@plumbline/kernel';
import { dueReads, dueWithin } from './due-items';
import { onEachDay, type Process } from './process';
import { notices, withDelegates } from './telling';

export const evidenceExpiry: Process = {
  name: 'evidence-expiry',
  version: 1,
  sentence: 'On the day after a piece of evidence proved something for the last time, whoever answers for it is told.',
  reads: dueReads,
  on: {
    'organization.DayBegan.v1': onEachDay((day, rows) => {
      const yesterday = addDays(day, -1);
      const expired = dueWithin(yesterday, 0, rows).filter(({ item }) => item.kind === 'EVIDENCE_EXPIRY');
      return notices(withDelegates(expired, day, rows), day, 'HAPPENED');
    }),
  },
};
