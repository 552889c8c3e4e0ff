import { FileRefused } from './file';
import { DeclarationGatherer } from './declarations';
import { checkColumns, loadMap } from './map';
import { inTheFile, isDropped, mapRows } from './map-rows';

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
    expect([...mapRows(wide, { line: 4, fields: { Measure: 'lc_ts', '2019': '0.45', '2020': 'NA' } })]).toMatchObject([
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
    const refused = expect.objectContaining({ rule: 'a-map-names-columns-of-the-file', line: 1 }) as unknown;
    expect(() => checkColumns(long, ['organisation_code', 'value'])).toThrow(/no column "measure"/);
    expect(() => checkColumns(long, ['organisation_code', 'value'])).toThrow(refused as Error);
    expect(() => checkColumns(long, ['organisation_code', 'measure', 'value'])).not.toThrow();
    expect(() => checkColumns(wide, ['Measure', '2019', '2020'])).not.toThrow();
  });
  it('takes the first parts of a code', () => {
    const parts = loadMap(
      "map: p\nkind: commitments\ncolumns: {commitment: {column: key, parts: 1, of: '.'}, milestone: {column: key, parts: 2, of: '.'}}",
    ).map;
    const of = (key: string) => [...mapRows(parts, { line: 1, fields: { key } })][0]?.fields;
    expect(of('C01.2.3')).toEqual({ commitment: 'C01', milestone: 'C01.2' });
    expect(of('C01')).toEqual({ commitment: 'C01', milestone: '' });
  });
  it('names what is wrong as the file has it: its column and value, and ours beside it', () => {
    const problem = (column: string, value: string) => ({ line: 4, column, value, rule: 'a-field-has-its-form' });
    const [row] = [...mapRows(long, record(4, 'GPA', 'ENGAGEMENT', 'x'))];
    expect(inTheFile(long, row!, problem('metric', 'EES'))).toEqual({
      ...problem('measure', 'ENGAGEMENT'),
      field: 'metric',
    });
    expect(inTheFile(long, row!, problem('value', 'x'))).toEqual(problem('value', 'x'));
    expect(inTheFile(long, row!, problem('period', '2020'))).toEqual(problem('columns.period of the map', '2020'));
    const [pivoted] = [...mapRows(wide, { line: 4, fields: { Measure: 'lc_ts', '2019': '0.4x', '2020': 'NA' } })];
    expect(inTheFile(wide, pivoted!, problem('value', '0.4x'))).toEqual({ ...problem('2019', '0.4x'), field: 'value' });
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
    ['a tag', 'map: x\nkind: observations\ncolumns: !!js/function x', 'a-map-holds-plain-values', 3],
    [
      'aliases of aliases',
      `map: x\na: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\ne: [*d,*d]`,
      'a-map-repeats-little',
      3,
    ],
    ['many aliases', `map: x\na: &a 1\nb: [${Array(30).fill('*a').join(',')}]`, 'a-map-repeats-little', 3],
    ['nothing', '', 'a-map-says-only-what-maps-know'],
  ])('is refused for %s', (...[, source, rule, line]: readonly (string | number | undefined)[]) => {
    let refused: unknown;
    try {
      loadMap(source as string);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(FileRefused);
    expect((refused as FileRefused).rule).toBe(rule);
    if (typeof line === 'number') expect((refused as FileRefused).line).toBe(line);
  });
});
