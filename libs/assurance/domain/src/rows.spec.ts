import { anyReadModel, type RecordedEvent, RowsInMemory } from '@plumbline/kernel';
import { disclosureEvents } from './disclosure.events';
import { disclosureRefusals } from './disclosure-refusals.read-model';
import { exportsMade } from './exports.read-model';
import { assuranceReadModels } from './index';
import { restrictedViews } from './restricted-views.read-model';

const AT = '2026-11-23T09:00:00.000Z';
const events = Object.entries(disclosureEvents).map(
  ([type, { example }], index) =>
    ({
      id: `e-${index}`,
      type,
      data: example,
      recordedAt: AT,
      actor: { id: 'process:reports', role: 'process' },
    }) as unknown as RecordedEvent,
);
const rowsOf = (model: (typeof assuranceReadModels)[number]) => {
  const rows = new RowsInMemory(model);
  events.forEach((event) => rows.apply(event));
  return rows.list();
};

it.each([
  [restrictedViews, 'viewId', 'assurance.RestrictedReportViewed.v1'],
  [disclosureRefusals, 'refusalId', 'assurance.DisclosureRefused.v1'],
  [exportsMade, 'exportId', 'assurance.ExportGenerated.v1'],
] as const)('$name has a row for each of its events, and none for others', (model, key, type) => {
  const index = events.findIndex((event) => event.type === type);
  expect(rowsOf(anyReadModel(model as never))).toEqual([
    { [key]: `e-${index}`, ...disclosureEvents[type].example, recordedAt: AT, events: [`e-${index}`] },
  ]);
});

it('every column has its value', () => {
  for (const model of assuranceReadModels)
    expect(Object.keys(rowsOf(model)[0] ?? {}).sort()).toEqual([...Object.keys(model.columns), 'events'].sort());
});
