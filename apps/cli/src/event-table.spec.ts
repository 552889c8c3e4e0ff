import { aboutOf, eventTable, openedWord, type ShownEvent, withNames } from './event-table';

const UNIT = '1b96079e-4447-838f-a555-5ef3ed35e326';
const METRIC = '653f412c-14ca-88af-8e9b-9b422a534cad';
const ANALYST = '9f869b6d-96f4-827f-9f2b-ebbdfe8e5461';
const names = { [UNIT]: 'IMAGING', [METRIC]: 'BELONG', [ANALYST]: 'HR analyst' };

const observed = (given: object = {}): ShownEvent => ({
  ...{ position: '901', id: 'e-1', type: 'metrics.ObservationRecorded.v1', recordedAt: '2025-10-08T08:00:00.000Z' },
  actor: { id: ANALYST, role: 'data-steward' },
  data: {
    metricId: METRIC,
    unitId: UNIT,
    obsId: UNIT.replace('1', '2'),
    period: '2025-Q3',
    num: 59,
    by: ANALYST,
    ...given,
  },
});

describe('events as a table', () => {
  it('say what each is about, so that neighbours can be told apart', () => {
    expect(aboutOf(observed(), names)).toBe('BELONG · IMAGING · 2025-Q3');
    expect(aboutOf({ ...observed(), data: { code: 'ROTA', period: '2025-Q3' } }, names)).toBe('ROTA · 2025-Q3');
    expect(aboutOf({ ...observed(), payload: 'withheld', data: undefined }, names)).toBe('');
  });
  it('say who by office, and the rest without ids that nothing is called by', () => {
    const [, row] = eventTable([observed()], names).split('\n');
    expect(row?.split(/ {2,}/)).toEqual([
      ...['901', 'metrics.ObservationRecorded', 'BELONG · IMAGING · 2025-Q3', '2025-10-08T08:00:00.000Z'],
      ...['HR analyst (data-steward)', 'num 59, by HR analyst'],
    ]);
  });
  it('say the role alone where nobody knows the office', () => {
    expect(eventTable([observed()], {})).toContain('  data-steward  ');
    expect(eventTable([observed()], { [ANALYST]: 'data-steward 9f869b6d' })).toContain('  data-steward  ');
  });
  it('say that a text is sealed, and not where', () => {
    const event = observed({ reason: `sealed:${ANALYST}/reason` });
    expect(eventTable([event], names)).toContain('reason (sealed)');
    expect(openedWord('sealed:e-1/changes.0.note')).toBe('(sealed)');
  });
});

describe('a text with ids', () => {
  it('says what they are called, and keeps what nothing is called by', () => {
    expect(withNames(`${UNIT}:stay of ${ANALYST.replace('9', '8')}`, names)).toBe(
      `IMAGING:stay of ${ANALYST.replace('9', '8')}`,
    );
  });
});
