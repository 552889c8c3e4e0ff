import { metricsDeciders, SHARE_FORMULAS } from './index';
import { code, decimalText, period, words } from './vocabulary';

const said = (schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } | undefined } }) => ({
  of: (value: unknown): string | undefined => schema.safeParse(value).error?.issues[0]?.message,
});
type Shape = { readonly data: { safeParse(value: unknown): { success: boolean } }; readonly example: object };
const takes = (type: string, change: object): boolean => {
  const definitions = metricsDeciders.flatMap(({ commands, events }) => [
    ...Object.entries(commands),
    ...Object.entries(events),
  ]);
  const [, definition] = definitions.find(([name]) => name === type) ?? [];
  const { data, example } = definition as Shape;
  return data.safeParse({ ...example, ...change }).success;
};

describe('a word that is refused is answered with how it is written', () => {
  it.each(['', '-A', '_A', '.A', 'A B', ' A', 'A'.repeat(65)])('%j is no code', (text) => {
    expect(said(code).of(text)).toBe('a code has letters, digits, dot, dash and underscore, 64 at most');
  });
  it.each(['A', 'Ä.b_c-9', '9', 'A'.repeat(64)])('%j is a code', (text) => {
    expect(said(code).of(text)).toBeUndefined();
  });
  it('2026-Q5 is no period', () => {
    expect(said(period).of('2026-Q5')).toContain('write 2026, 2026-H1, 2026-Q3');
    expect(said(period).of('FY2026-Q3')).toBeUndefined();
  });
  it('1e3 is no number', () => {
    expect(said(decimalText).of('1e3')).toBe('write a plain decimal number of at most 34 digits, as 58 or 0.5');
  });
  it('blanks are no text, and none is kept around one', () => {
    expect(words(3).safeParse('   ').success).toBe(false);
    expect(words(3).parse(' abc ')).toBe('abc');
    expect(words(3).safeParse('abcd').success).toBe(false);
  });
});

it('what is given as numerator and denominator is a share', () => {
  expect([...SHARE_FORMULAS].sort()).toEqual(['checklist', 'favourable-share', 'record-share', 'response-rate']);
});

describe('a field takes what it is for and nothing else', () => {
  const uuid = 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18';
  it.each<[string, object, boolean]>([
    ['metrics.RecordExternalRelease', { fileHash: 'a'.repeat(64) }, true],
    ['metrics.RecordExternalRelease', { fileHash: 'a'.repeat(65) }, false],
    ['metrics.RecordExternalRelease', { fileHash: `x${'a'.repeat(64)}` }, false],
    ['metrics.RecordExternalRelease', { fileHash: 'A'.repeat(64) }, false],
    ['metrics.ExternalReleaseRecorded.v1', { fileHash: 'a'.repeat(65) }, false],
    ['metrics.ExternalReleaseRecorded.v1', { fileHash: `x${'a'.repeat(64)}` }, false],
    ['metrics.TargetProposed.v1', { definitionVersion: 2 }, true],
    ['metrics.TargetProposed.v1', { definitionVersion: 0 }, false],
    ['metrics.TargetLocked.v1', { definitionVersion: 2 }, true],
    ['metrics.TargetLocked.v1', { definitionVersion: 0 }, false],
    ['metrics.TargetDifficultyBackTested.v1', { obsIds: Array.from({ length: 5 }, () => uuid) }, false],
    ['metrics.TargetDifficultyBackTested.v1', { obsIds: Array.from({ length: 7 }, () => uuid) }, true],
    ['metrics.TargetDifficultyBackTested.v1', { periods: ['2019', '2020', '2021', '2022', '2023'] }, false],
    ['metrics.TargetDifficultyBackTested.v1', { periods: Array.from({ length: 7 }, (_, i) => `${2019 + i}`) }, true],
    ['metrics.MetricDefinitionRevised.v1', { version: 1 }, false],
    ['metrics.MetricDefinitionRevised.v1', { version: 3 }, true],
    ['metrics.MetricDefinitionRevised.v1', { comparability: 'COMPARABLE' }, true],
    ['metrics.MetricDefinitionRevised.v1', { comparability: 'BREAK' }, true],
    ['metrics.MetricDefinitionRevised.v1', { comparability: 'NEARLY' }, false],
    ['metrics.TargetAdjustmentApproved.v1', { capacity: 'PANEL' }, true],
    ['metrics.TargetAdjustmentApproved.v1', { capacity: 'OUTSIDE_THE_LINE' }, true],
    ['metrics.TargetAdjustmentApproved.v1', { capacity: 'NEIGHBOUR' }, false],
    ['metrics.TargetProposed.v1', { anchors: { curve: 'RANGE', low: '1', high: '2', tolerance: '1' } }, true],
    ['metrics.TargetProposed.v1', { anchors: { curve: 'BOW', low: '1', high: '2', tolerance: '1' } }, false],
  ])('%s with %p: %s', (type, change, isTaken) => {
    expect(takes(type, change)).toBe(isTaken);
  });

  it('a release is of ten thousand units at most', () => {
    const rates = (units: number, name: (index: number) => string) => ({
      responseRateByUnit: Object.fromEntries(Array.from({ length: units }, (_, index) => [name(index), '80'])),
    });
    const id = (index: number) => `00000000-0000-8000-8000-${`${index}`.padStart(12, '0')}`;
    const code_ = (index: number) => `U${index}`;
    expect(takes('metrics.RecordExternalRelease', rates(10_000, code_))).toBe(true);
    expect(takes('metrics.RecordExternalRelease', rates(10_001, code_))).toBe(false);
    expect(takes('metrics.ExternalReleaseRecorded.v1', rates(10_000, id))).toBe(true);
    expect(takes('metrics.ExternalReleaseRecorded.v1', rates(10_001, id))).toBe(false);
  });

  it('a measure of a process says what is counted in it, and regretted exits who coded them', () => {
    const [, defined] =
      Object.entries(metricsDeciders.find(({ concept }) => concept === 'metric')?.events ?? {}).find(
        ([type]) => type === 'metrics.MetricDefined.v1',
      ) ?? [];
    const { data, example } = defined as unknown as Shape & { readonly example: { readonly definition: object } };
    const isTaken = (definition: object) =>
      data.safeParse({ ...example, definition: { ...example.definition, ...definition } }).success;
    for (const countedIn of ['REQUESTS', 'PEOPLE'])
      expect(isTaken({ process: { openToAnyone: true, countedIn } })).toBe(true);
    expect(isTaken({ process: { openToAnyone: true, countedIn: 'PAPER' } })).toBe(false);
    expect(isTaken({ process: { openToAnyone: true } })).toBe(false);
    expect(isTaken({ codedBeforehandBy: 'hr' })).toBe(true);
    expect(isTaken({ codedBeforehandBy: 'leader' })).toBe(false);
  });
});
