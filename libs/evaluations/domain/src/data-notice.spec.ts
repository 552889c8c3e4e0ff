import { type GivenEvent, type RecordedEvent, RowsInMemory } from '@plumbline/kernel';
import { card, issued } from './given.testing';
import type { ScorecardEvent } from './scorecard.events';
import { scorecardComponents } from './scorecard-components.read-model';

const notice = (on: string): GivenEvent<ScorecardEvent> => ({
  type: 'evaluations.DataNoticeGiven.v1',
  data: { ...card, componentId: 'climate', on, by: 'person-hr' },
});

it('a second notice takes nothing from the first having been in good time', () => {
  const rows = new RowsInMemory(scorecardComponents as never);
  [issued(), notice('2026-12-01'), notice('2027-01-29')].forEach((event, index) =>
    rows.apply({ ...event, id: `event-${index}` } as RecordedEvent),
  );
  expect(rows.list()).toMatchObject([{ componentId: 'climate', noticeOn: '2026-12-01' }]);
});
