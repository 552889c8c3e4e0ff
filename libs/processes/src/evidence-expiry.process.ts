import { addDays } from '@plumbline/kernel';
import { dueReads, evidenceEndingOn } from './due-items';
import { onEachDay, type Process } from './process';
import { notices, withDelegates } from './telling';

export const evidenceExpiry: Process = {
  name: 'evidence-expiry',
  version: 1,
  sentence: 'On the day after a piece of evidence proved something for the last time, whoever answers for it is told.',
  reads: dueReads,
  on: {
    'organization.DayBegan.v1': onEachDay((day, rows) => {
      const expired = evidenceEndingOn(addDays(day, -1), rows);
      return notices(withDelegates(expired, day, rows), day, 'HAPPENED');
    }),
  },
};
