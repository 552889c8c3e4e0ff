import { cellAt } from './assembly';
import { reportOfCells } from './cells.testing';
import { idsInReport, officesOn, type OfficeSources, withOffices } from './offices';
import { renderTable } from './render-table';
import { reportJson } from './report-json';

const HEAD = '1b96079e-4447-838f-a555-5ef3ed35e326';
const FORMER = '653f412c-14ca-88af-8e9b-9b422a534cad';
const ANALYST = '9f869b6d-96f4-827f-9f2b-ebbdfe8e5461';
const EVENT = '35896378-0c2a-8c6b-b012-746dbf12b72f';

const unit = (unitId: string, code: string): OfficeSources['units'][number] => ({
  ...{ unitId, code, name: code, parentId: null, outsideTree: false, classDefined: false, validFrom: '2023-01-01' },
  ...{ closedFrom: null, names: [code], nameFrom: ['2023-01-01'], parentIds: [], parentFrom: [], act: 'act-1' },
});
const post = (leader: string, role: string, unitId: string, heldTo: string | null = null) => ({
  ...{ leader, role, unitId, heldTo, heldFrom: heldTo === null ? '2026-05-01' : '2023-01-01' },
});
const sources = (given: Partial<OfficeSources> = {}): OfficeSources => ({
  posts: [post(HEAD, 'Head of Imaging', 'u-1'), post(FORMER, 'Head of Imaging', 'u-1', '2026-04-30')],
  grants: [{ personId: ANALYST, role: 'hr', held: true }],
  units: [unit('u-1', 'IMAGING'), unit('u-2', 'PHARMACY')],
  directory: new Map(),
  ...given,
});
const on = (given: Partial<OfficeSources> = {}, day = '2026-11-23') =>
  Object.fromEntries(officesOn([HEAD, FORMER, ANALYST, EVENT], sources(given), day));

describe('the office of a person', () => {
  it('is the post held on the day, then the last one held, then the roles with the beginning of the id', () => {
    expect(on()).toEqual({
      [HEAD]: 'Head of Imaging',
      [FORMER]: 'Head of Imaging until 2026-04-30',
      [ANALYST]: 'hr 9f869b6d',
    });
  });
  it('is the one of that day: before the change of heads the former is the head', () => {
    expect(on({}, '2026-03-01')).toEqual({ [FORMER]: 'Head of Imaging', [ANALYST]: 'hr 9f869b6d' });
  });
  it('names the units where others bear the same title', () => {
    const posts = [post(HEAD, 'Ward manager', 'u-1'), post(FORMER, 'Ward manager', 'u-2')];
    expect(on({ posts })).toMatchObject({ [HEAD]: 'Ward manager, IMAGING', [FORMER]: 'Ward manager, PHARMACY' });
  });
  it('is what the directory calls the office of who leads nothing, and two of one office are told apart', () => {
    const directory = new Map([
      [HEAD, 'Not asked: a post is held'],
      [ANALYST, 'Analyst'],
      [EVENT, 'Analyst'],
    ]);
    expect(on({ directory })).toMatchObject({
      [HEAD]: 'Head of Imaging',
      [ANALYST]: 'Analyst 9f869b6d',
      [EVENT]: 'Analyst 35896378',
    });
  });
  it('of a role that was given up is not the role', () => {
    expect(on({ grants: [{ personId: ANALYST, role: 'hr', held: false }] })[ANALYST]).toBeUndefined();
  });
});

describe('a report as people read it', () => {
  const report = reportOfCells(
    [
      cellAt(`${HEAD}:stay/by`, `By · ${HEAD}`, { word: `${ANALYST}, ${HEAD} (hr)` }),
      cellAt(`${HEAD}:stay/event`, 'Event', { word: EVENT, remarks: [`Asked by ${HEAD}.`] }),
    ],
    { narrowed: { leader: HEAD } },
  );
  const offices = officesOn(idsInReport(report), sources(), '2026-11-23');
  const shown = withOffices(report, offices);

  it('says offices in words, rows, labels, remarks and filters; what is no person keeps its id', () => {
    expect(shown.cells).toMatchObject([
      { key: 'Head of Imaging:stay/by', label: 'By · Head of Imaging', word: 'hr 9f869b6d, Head of Imaging (hr)' },
      { key: 'Head of Imaging:stay/event', word: EVENT, remarks: ['Asked by Head of Imaging.'] },
    ]);
    const table = renderTable(shown, 'Leader scorecard');
    expect(table).toContain('Only leader Head of Imaging');
    expect(table).not.toContain(HEAD);
  });
  it('is another thing than its JSON, which keeps the ids', () => {
    expect(JSON.stringify(reportJson(report))).toContain(ANALYST);
  });
  it('keeps the signs of a row’s id to the row: an office has no part in them', () => {
    const directory = new Map([[ANALYST, 'H.R. / people: analytics']]);
    const named = officesOn([ANALYST], sources({ directory }), '2026-11-23');
    const [cell] = withOffices(reportOfCells([cellAt(`${ANALYST}:stay/by`, 'By')]), named).cells;
    expect(cell?.key).toBe('HR   people  analytics:stay/by');
  });
});
