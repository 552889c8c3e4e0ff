import { type Disclosed, derived, withoutFigures } from '@plumbline/privacy';
import type { Change, Report, ReportCell } from '@plumbline/reporting/domain';
import { openedCell, openedChanges, openedReport } from './opened-report';

const EMPTY = {
  ...{ key: 'x', label: 'x', value: null, state: 'OK', reasonCode: null, status: null, n: null, base: null },
  ...{ eligible: null, numerator: null, margin: null, interval: null, target: null, unit: '', period: null },
  ...{ word: null, remarks: [] },
} as const satisfies ReportCell;

const reportOf = (words: Readonly<Record<string, string | null>>): Disclosed<Report> =>
  derived(
    withoutFigures({ ...EMPTY, cites: [] }),
    () =>
      ({
        cells: Object.entries(words).map(([key, word]) => ({ ...EMPTY, key, word })),
        trace: new Map(
          Object.keys(words).map((key) => [key, { cites: [{ event: 'e-7', as: 'target' as const }], subject: 'NONE' }]),
        ),
      }) as unknown as Report,
  );
const open = async (words: readonly string[]): Promise<readonly string[]> => words.map((word) => `<${word}>`);
const wordsOf = ({ cells }: Report): readonly (string | null)[] => cells.map(({ word }) => word);

describe('the sealed texts of a report', () => {
  it('are opened where the cell cites the event they are sealed in', async () => {
    const report = reportOf({ 'A/reason': 'sealed:e-7/reason', 'A/name': 'Nursing', 'A/none': null });
    expect(wordsOf(await openedReport(report, open))).toEqual(['<sealed:e-7/reason>', 'Nursing', null]);
    expect(wordsOf(report)[0]).toBe('sealed:e-7/reason');
  });

  it('stay closed where somebody wrote what looks like a reference to another event', async () => {
    const report = reportOf({ 'A/statement': 'sealed:e-9/reason' });
    expect(wordsOf(await openedReport(report, open))).toEqual(['sealed:e-9/reason']);
  });

  it('cost nothing where there are none', async () => {
    const report = reportOf({ 'A/name': 'Nursing' });
    expect(
      await openedReport(report, () => {
        throw new Error('asked for nothing');
      }),
    ).toBe(report);
  });
});

describe('the sealed text of an explained cell', () => {
  const cites = [{ event: 'e-7', as: 'target' as const }];
  it('is opened as in its report, and stays closed where the cell does not rest on the event', async () => {
    const said = async (word: string) => (await openedCell({ cell: { ...EMPTY, word }, cites }, open)).word;
    expect(await said('sealed:e-7/reason')).toBe('<sealed:e-7/reason>');
    expect(await said('sealed:e-9/reason')).toBe('sealed:e-9/reason');
    expect(await said('Nursing')).toBe('Nursing');
  });
});

describe('the sealed texts of a difference', () => {
  it('are opened where the cell of their own side cites the event, whatever caused the change', async () => {
    const change = (key: string, then: string | null, now: string | null): Change => ({
      ...{ key, label: key, kind: 'STATE', causes: [] },
      then: then === null ? null : { ...EMPTY, word: then },
      now: now === null ? null : { ...EMPTY, word: now },
    });
    const sides = { then: reportOf({ A: 'sealed:e-7/reason', B: null }), now: reportOf({ A: null }) };
    const said = await openedChanges(
      [
        ...[change('A', 'sealed:e-7/reason', 'Plain words'), change('B', 'sealed:e-7/note', null)],
        ...[change('A', 'sealed:e-9/reason', 'sealed:e-7/note'), change('C', null, 'sealed:e-7/reason')],
      ],
      sides,
      open,
    );
    expect(said.map(({ then, now }) => [then?.word, now?.word])).toEqual([
      ['<sealed:e-7/reason>', 'Plain words'],
      ['<sealed:e-7/note>', undefined],
      ['sealed:e-9/reason', '<sealed:e-7/note>'],
      [undefined, 'sealed:e-7/reason'],
    ]);
  });
});
