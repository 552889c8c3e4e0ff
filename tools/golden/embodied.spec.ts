import { existsSync, readFileSync } from 'node:fs';
import { sourceRows } from '@plumbline/frameworks';
import { embodied } from './embodied';

const places = Object.entries(embodied).flatMap(([row, { places: all }]) =>
  all.map(({ path, symbol }) => [row, symbol, path] as const),
);

it('says of every row that is to be embodied where it is, or what it waits for', () => {
  const asked = sourceRows.filter(({ asks }) => asks === 'EMBODIED').map(({ id }) => id);
  expect(Object.keys(embodied).sort()).toEqual([...asked].sort());
  const nowhere = Object.values(embodied).filter((each) => each.places.length === 0 && each.awaits === undefined);
  expect(nowhere).toEqual([]);
});

it.each(places)('row %s is embodied by %s, which stands in %s', (_row, symbol, path) => {
  expect(existsSync(path)).toBe(true);
  expect(path).not.toMatch(/\.spec\.ts$/);
  expect(readFileSync(path, 'utf8')).toContain(symbol);
});
