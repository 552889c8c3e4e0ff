import { leadersAsOf, lineAround, lineOf, lineOfUnit } from './leaders';
import type { LeaderPostRow } from './leader-posts.read-model';
import { treeAsOf, type TreeRow } from './tree';

const post = (unit: string, leader: string, heldFrom: string, heldTo: string | null = null): LeaderPostRow => ({
  unitId: unit,
  leader,
  role: 'Head',
  heldFrom,
  heldTo,
});
const unit = (unitId: string, parent: string | null): TreeRow => ({
  unitId,
  code: unitId,
  outsideTree: false,
  classDefined: false,
  validFrom: '2020-01-01',
  closedFrom: null,
  names: [unitId],
  nameFrom: ['2020-01-01'],
  parentIds: parent === null ? [] : [parent],
  parentFrom: parent === null ? [] : ['2020-01-01'],
});
const posts = [
  post('top', 'chief', '2020-01-01'),
  post('division', 'director', '2024-01-01', '2026-03-31'),
  post('division', 'successor', '2026-04-01'),
  post('ward', 'lead-nurse', '2025-01-01'),
  post('ward', 'lead-doctor', '2025-01-01'),
];
const rows = [unit('top', null), unit('division', 'top'), unit('ward', 'division')];
const line = (person: string, day: string, held = posts) => lineOf(person, treeAsOf(rows, day), held);

describe('leaders on a day', () => {
  it('hold their posts from the first day to the last, both included', () => {
    const names = (day: string) => leadersAsOf(posts, day).map(({ leader }) => leader);
    expect(names('2026-03-31')).toContain('director');
    expect(names('2026-03-31')).not.toContain('successor');
    expect(names('2026-04-01')).toContain('successor');
    expect(names('2026-04-01')).not.toContain('director');
  });
});

describe('a reporting line', () => {
  it('is whoever leads the units above, nearest first, on that day', () => {
    expect(line('lead-nurse', '2026-03-31')).toEqual(['director', 'chief']);
    expect(line('lead-nurse', '2026-04-01')).toEqual(['successor', 'chief']);
  });
  it('is empty at the top, and for one who leads nothing', () => {
    expect(line('chief', '2026-04-01')).toEqual([]);
    expect(line('director', '2026-04-01')).toEqual([]);
  });
  it('names nobody who leads the same unit, and never the person', () => {
    expect(line('lead-doctor', '2026-04-01')).not.toContain('lead-nurse');
    expect(line('lead-nurse', '2026-04-01', [...posts, post('top', 'lead-nurse', '2020-01-01')])).toEqual([
      'successor',
      'chief',
    ]);
  });
  it('joins the lines of all units that someone leads', () => {
    const both = [...posts, post('division', 'lead-nurse', '2026-01-01')];
    expect(line('lead-nurse', '2026-04-01', both)).toEqual(['successor', 'chief']);
  });
});

describe('the line of a unit', () => {
  const of = (unitId: string, day: string) => lineOfUnit(unitId, treeAsOf([...rows, unit('other', 'top')], day), posts);

  it('is everyone who leads it, a unit above it or a unit below it, on that day', () => {
    expect(of('division', '2026-03-31')).toEqual(['chief', 'director', 'lead-doctor', 'lead-nurse']);
    expect(of('division', '2026-04-01')).toEqual(['chief', 'lead-doctor', 'lead-nurse', 'successor']);
    expect(of('ward', '2026-04-01')).toEqual(['chief', 'lead-doctor', 'lead-nurse', 'successor']);
  });
  it('leaves out whoever leads a unit beside it', () => {
    expect(of('other', '2026-04-01')).toEqual(['chief']);
  });
});

describe('the line around a person', () => {
  const around = (person: string, day = '2026-04-01') => lineAround(person, treeAsOf(rows, day), posts);
  it('is whoever leads the units they lead, those above and those below, on that day', () => {
    expect(around('successor')).toEqual(['chief', 'lead-doctor', 'lead-nurse']);
    expect(around('lead-nurse')).toEqual(['chief', 'lead-doctor', 'successor']);
    expect(around('lead-nurse', '2026-03-31')).toEqual(['chief', 'director', 'lead-doctor']);
  });
  it('is everyone who leads for whoever leads the whole, and nobody for one who leads nothing', () => {
    expect(around('chief')).toEqual(['lead-doctor', 'lead-nurse', 'successor']);
    expect(around('director')).toEqual([]);
    expect(around('stranger')).toEqual([]);
  });
});
