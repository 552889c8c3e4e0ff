import * as frameworks from './index';
import { metricTemplates, sourceDocuments, sourceRows } from './index';

const ids = sourceRows.map(({ id }) => id);

it('every row of the five documents is named: 12, 23, 39, 11 and 6', () => {
  expect(sourceDocuments.map((_, document) => ids.filter((id) => id.startsWith(`${document}.`)).length)).toEqual([
    ...[12, 23, 39, 11, 6],
  ]);
  expect(new Set(ids).size).toBe(91);
  for (const asks of ['EMBODIED', 'SHOWN', 'NOTED']) expect(sourceRows.map((row) => row.asks)).toContain(asks);
});

it('everything that says where it comes from names rows that there are', () => {
  const listed = Object.values(frameworks)
    .filter(Array.isArray)
    .flat()
    .filter((entry): entry is { sources: readonly string[] } =>
      Array.isArray((entry as { sources?: unknown }).sources),
    );
  expect(listed.length).toBeGreaterThan(150);
  expect(listed.flatMap(({ sources }) => sources).filter((source) => !ids.includes(source))).toEqual([]);
  expect(listed.filter(({ sources }) => sources.length === 0)).toEqual([]);
});

it('the library of metrics has what is done beside what is felt, each code once', () => {
  const codes = metricTemplates.map(({ definition }) => definition.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const kind of ['LEADING', 'LAGGING'])
    expect(metricTemplates.filter(({ definition }) => definition.kind === kind).length).toBeGreaterThan(5);
  expect(codes.filter((code) => code.startsWith('BELONG_'))).toEqual(['BELONG_TEAM', 'BELONG_UNIT', 'BELONG_ORG']);
});
