import { observationsImporter } from './observations.importer';

const options = {
  importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
  source: 'Civil Service People Survey 2020',
  complete: false,
  effective: '2026-11-23',
  personIdOf: (key: string) => key,
};
const row = (fields: Record<string, string>, line = 7) => ({ line, fields });
const plan = (fields: Record<string, string>, more: Partial<Parameters<typeof observationsImporter.plan>[1]> = {}) =>
  observationsImporter.plan(row(fields), { ...options, ...more });
const theme = { unit: 'GPA', metric: 'LC_TS', period: '2020', value: '58' };

describe('a row of an observations file', () => {
  it('records a figure with its source, its import and the map’s release', () => {
    expect(plan({ ...theme, n: '', num: '' }, { release: 'CSPS-2020' }).commands).toEqual([
      {
        type: 'metrics.RecordObservation',
        data: { ...theme, source: options.source, importId: options.importId, release: 'CSPS-2020' },
      },
    ]);
  });

  it('takes numerator and denominator, counts and standard deviation', () => {
    const fields = {
      unit: 'SURG',
      metric: 'BEL',
      period: '2026-Q3',
      num: '62',
      den: '84',
      n: '84',
      base: '84',
      eligible: '151',
    };
    expect(plan(fields).commands[0]?.data).toMatchObject({ num: '62', den: '84', n: 84, base: 84, eligible: 151 });
    expect(plan({ ...theme, s: '18.2' }).commands[0]?.data).toMatchObject({ s: '18.2' });
  });

  it('names its own release before the map’s', () => {
    expect(plan({ ...theme, release: 'PULSE-7' }, { release: 'CSPS-2020' }).commands[0]?.data).toMatchObject({
      release: 'PULSE-7',
    });
  });

  it('corrects what stands only when a reason is given', () => {
    expect(plan(theme).commands[0]?.data).not.toHaveProperty('correctBecause');
    expect(plan(theme, { corrections: 'second edition' }).commands[0]?.data).toMatchObject({
      correctBecause: 'second edition',
    });
  });

  it('is about the same as another, however the codes are written', () => {
    expect(plan({ ...theme, unit: 'gpa', metric: 'lc_ts' }).key).toBe(plan(theme).key);
    expect(plan({ ...theme, unit: 'gpa', metric: 'lc_ts' }).content).toBe(plan(theme).content);
    expect(plan({ ...theme, period: '2019' }).key).not.toBe(plan(theme).key);
    expect(plan({ ...theme, definitionVersion: '1' }).key).not.toBe(plan(theme).key);
  });

  it('says the same with another spelling of the same number', () => {
    expect(plan({ ...theme, value: '58.00' }).content).toBe(plan(theme).content);
  });

  it.each<Record<string, string>>([{ value: '57' }, { n: '12' }, { eligible: '40' }, { release: 'OTHER' }])(
    'says something else with %j',
    (more) => {
      const other = { ...theme, ...more };
      expect(plan(other).key).toBe(plan(theme).key);
      expect(plan(other).content).not.toBe(plan(theme).content);
    },
  );
});

describe('a row is refused, by line, column, value and rule,', () => {
  it.each([
    ['unit', 'G P A'],
    ['metric', ''],
    ['period', '2020-Q5'],
    ['value', '58,5'],
    ['value', 'n/a'],
    ['value', '1e3'],
    ['n', '12.5'],
    ['n', '-3'],
    ['eligible', 'many'],
    ['definitionVersion', '0'],
  ])('when %s reads "%s"', (column, value) => {
    const { commands, problems } = plan({ ...theme, [column]: value });
    expect(commands).toEqual([]);
    expect(problems).toMatchObject([{ line: 7, column, value, rule: 'a-field-has-its-form' }]);
  });

  it('when it holds no figure', () => {
    expect(plan({ ...theme, value: '' })).toMatchObject({
      commands: [],
      problems: [{ line: 7, column: 'value', value: '', rule: 'a-row-holds-a-figure' }],
    });
  });
});

it('asks for unit, metric and period, and says what each column means', () => {
  expect(observationsImporter.columns.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'unit',
    'metric',
    'period',
  ]);
  expect(observationsImporter.columns.every(({ meaning }) => meaning.length > 10)).toBe(true);
});
