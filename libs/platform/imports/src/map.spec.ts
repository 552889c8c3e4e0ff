import { FileRefused } from './file';
import { checkColumns, DeclarationGatherer, isDropped, loadMap, mapRows } from './map';

const wide = loadMap(`
map: wide
kind: observations
columns: {unit: {value: CS}, metric: Measure, period: year, value: share}
pivot: {columns: [2019, 2020], name: year, value: share}
recode: {value: {NA: ""}}
skipEmpty: [value]
scale: {value: "100"}
`).map;

const long = loadMap(`
map: long
kind: observations
columns: {unit: organisation_code, metric: measure, value: value, period: {value: "2020"}}
drop: [{column: organisation_code, in: [CS_MEAN], because: it is the mean of the others}]
recode: {metric: {ENGAGEMENT: EES}}
release: R-1
declare:
  - command: organization.RegisterUnit
    forEach: organisation_code
    except: [cs_median]
    data: {code: "{organisation_code|upper}", name: "Unit {organisation_code}", parent: CS}
    overrides: {gpa: {name: Government Property Agency}}
  - command: metrics.RecordExternalRelease
    data: {code: R-1, fileHash: "{fileHash}", rates: {collect: {where: {measure: RR}, key: organisation_code, value: value, scale: "100"}}}
`).map;
const record = (line: number, organisation_code: string, measure: string, value: string) => ({
  line,
  fields: { organisation_code, measure, value },
});

describe('a map', () => {
  it('turns wide columns into rows, leaves empty values out and scales fractions', () => {
    expect([...mapRows(wide, { line: 4, fields: { Measure: 'lc_ts', '2019': '0.45', '2020': 'NA' } })]).toEqual([
      { line: 4, fields: { unit: 'CS', metric: 'lc_ts', period: '2019', value: '45' } },
    ]);
  });
  it('leaves text that is no number for the importer to name', () => {
    expect(
      [...mapRows(wide, { line: 4, fields: { Measure: 'lc_ts', '2019': 'n/a', '2020': '' } })][0]?.fields['value'],
    ).toBe('n/a');
  });
  it('drops rows by rule and recodes values', () => {
    expect(isDropped(long, record(2, 'CS_MEAN', 'EES', '0.6'))).toBe(true);
    expect(isDropped(long, record(3, 'GPA', 'EES', '0.6'))).toBe(false);
    expect([...mapRows(long, record(3, 'GPA', 'ENGAGEMENT', '0.6'))][0]?.fields).toEqual({
      unit: 'GPA',
      metric: 'EES',
      value: '0.6',
      period: '2020',
    });
  });
  it('declares a unit for each code that occurs once, whatever its case, and gathers rates for the release', () => {
    const gatherer = new DeclarationGatherer(long);
    for (const seen of [
      record(2, 'CS_MEDIAN', 'RR', '0.80'),
      record(3, 'GPA', 'RR', '1.02'),
      record(4, 'gpa', 'EES', '0.7'),
    ])
      gatherer.see(seen);
    expect(gatherer.declared('abc')).toEqual([
      {
        type: 'organization.RegisterUnit',
        always: false,
        data: { code: 'GPA', name: 'Government Property Agency', parent: 'CS' },
      },
      {
        type: 'metrics.RecordExternalRelease',
        always: false,
        data: { code: 'R-1', fileHash: 'abc', rates: { CS_MEDIAN: '80', GPA: '102' } },
      },
    ]);
  });
  it('is refused when it names columns that the file does not have', () => {
    expect(() => checkColumns(long, ['organisation_code', 'value'])).toThrow(/no column "measure"/);
    expect(() => checkColumns(long, ['organisation_code', 'measure', 'value'])).not.toThrow();
    expect(() => checkColumns(wide, ['Measure', '2019', '2020'])).not.toThrow();
  });
  it.each([
    ['not YAML', 'map: [', 'a-map-is-yaml'],
    [
      'a word that maps do not know',
      'map: x\nkind: observations\ncolumns: {}\nshell: rm',
      'a-map-says-only-what-maps-know',
    ],
    [
      'a scale that is no number',
      'map: x\nkind: observations\ncolumns: {}\nscale: {value: hundred}',
      'a-map-says-only-what-maps-know',
    ],
  ])('is refused for %s', (_, source, rule) => {
    let refused: unknown;
    try {
      loadMap(source);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(FileRefused);
    expect((refused as FileRefused).rule).toBe(rule);
  });
});
