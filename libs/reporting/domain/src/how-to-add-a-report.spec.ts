import type { CitedRow, Refusal } from '@plumbline/kernel';
import type { HeadcountRow, TreeUnit } from '@plumbline/organization/domain';
import { type Cell, type Disclosed, derived, disclose } from '@plumbline/privacy';
import { mayOpenWith } from './event-opening';
import { History, cellOf } from './history.testing';
import { type LeadLagRows, leadLagReads } from './lead-lag.report';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, isRefusal } from './report';

// docs/how-to/add-a-report.md shows the regions of this file.

// region cells
const cellFor = ({ code, name }: TreeUnit, row: CitedRow<HeadcountRow>): Cell => ({
  ...{ key: `${code}/people`, label: `${name} · people`, value: String(row.count), unit: 'count', state: 'OK' },
  ...{ reasonCode: null, status: null, n: row.count, base: null, eligible: null, numerator: null, margin: null },
  ...{ interval: null, target: null, period: null, word: null, remarks: [], cites: citing('observation', [row]) },
});
// endregion

// region compute
function compute(rows: LeadLagRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const date = rows.headcounts.map((row) => row.date).reduce((a, b) => (a > b ? a : b), '');
  const counted = new Map(rows.headcounts.filter((row) => row.date === date).map((row) => [row.unitId, row]));
  const entries = prefix.tree.units.map((unit) => {
    const row = counted.get(unit.unitId);
    return { unit: unit.unitId, parent: unit.parentId, sourceMinN: null, ...(row && { cell: cellFor(unit, row) }) };
  });
  return derived(disclose({ subject: 'PERSONS', entries }, prefix.disclosure), (shown) => ({
    report: 'HEADCOUNT',
    codeVersion: 'HEADCOUNT@1',
    asOf: question.asOf,
    day: prefix.date,
    policyVersion: prefix.policy.policyVersion,
    disclosure: prefix.disclosure,
    audience: question.viewer.role,
    unit: { code: prefix.tree.root?.code ?? '', name: prefix.tree.root?.name ?? '' },
    period: null,
    demonstration: prefix.profile.demonstrationFrom !== null,
    releases: [],
    remarks: [],
    cells: [...shown.values()].map(({ cites: _cites, ...cell }) => cell),
    trace: new Map([...shown.values()].map(({ key, cites }) => [key, { cites, subject: 'PERSONS' as const }])),
  }));
}
// endregion

// region definition
const headcountReport: ReportDefinition<typeof leadLagReads> = {
  id: 'HEADCOUNT',
  name: 'People by unit',
  question: 'How many people does each unit have?',
  audience: ['hr', 'auditor'],
  kind: 'lagging',
  version: 1,
  reads: leadLagReads,
  compute,
  mayOpen: mayOpenWith,
};
// endregion

function computed(history: History): Report {
  const outcome = headcountReport.compute(history.rows(), history.question());
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
}

// region scenario
describe('people by unit', () => {
  const house = (): History => new History().configured().unit('HOUSE').unit('WARD', 'HOUSE').unit('LAB', 'HOUSE');
  const count = (history: History, unit: string, people: number): string =>
    history.add('organization.HeadcountSnapshotRecorded.v1', {
      ...{ unitId: `unit:${unit}`, date: '2026-09-30', count: people, source: 'payroll' },
      ...{ supersedes: null, reason: null },
    });

  it('are counted, and lead to the event that counted them', () => {
    const history = house();
    const event = count(history, 'WARD', 40);
    const report = computed(history);
    expect(cellOf(report, 'WARD/people')).toMatchObject({ value: '40', state: 'OK' });
    expect(report.trace.get('WARD/people')?.cites).toEqual([{ event, as: 'observation' }]);
  });

  it('are hidden where they are few, and where the few could be found by subtraction', () => {
    const history = house();
    count(history, 'HOUSE', 43);
    count(history, 'WARD', 40);
    count(history, 'LAB', 3);
    const report = computed(history);
    expect(cellOf(report, 'HOUSE/people').value).toBe('43');
    for (const unit of ['WARD', 'LAB'])
      expect(cellOf(report, `${unit}/people`)).toMatchObject({ value: null, state: 'SUPPRESSED', n: null });
  });
});
// endregion

it('is refused before anything is configured', () => {
  const history = new History();
  expect(headcountReport.compute(history.rows(), history.question())).toMatchObject({
    refused: 'a-report-needs-a-configured-organisation',
  });
});
