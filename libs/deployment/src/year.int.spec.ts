import { ScratchDeployment } from './scratch-deployment.testing';
import { asPattern, shownIn, Terminal } from './transcript.testing';

const DOCUMENT = 'docs/how-to/walk-through-a-year.md';
const ASKED = '--leader head-of-pharmacy --as internal-audit --format json';

interface Cell {
  readonly key: string;
  readonly value: string | null;
  readonly word: string | null;
}
interface ExplainedEvent {
  readonly id: string;
  readonly because: string;
}

describe('a year, typed by the persons concerned', () => {
  let terminal: Terminal;
  const said = async <T>(line: string): Promise<T> => JSON.parse(await terminal.type(`npx plumbline ${line}`)) as T;
  const cells = async (report: string) => (await said<{ cells: readonly Cell[] }>(`report ${report} ${ASKED}`)).cells;

  beforeAll(async () => {
    terminal = await Terminal.open(ScratchDeployment.simulated('2026-01-05'));
  }, 300_000);
  afterAll(() => terminal.close());

  const shown = shownIn(DOCUMENT);

  it('goes from the charter to a restatement, with refusals on the way', () => {
    const typed = shown.flatMap(({ typed: line }) =>
      [...line.matchAll(/plumbline (?:do )?([\w.]+)/g)].map(([, verb]) => verb),
    );
    expect(typed).toEqual(
      expect.arrayContaining([
        ...['charter.OpenConsultation', 'charter.AdoptCharter', 'charter.AcceptCommitment', 'metrics.ApproveTarget'],
        ...['metrics.LockTarget', 'metrics.RegisterHypothesis', 'programs.DeliverAction', 'metrics.RecordObservation'],
        ...['charter.ReportProgress', 'evaluations.FreezeCycle', 'evaluations.ProposeRating'],
        ...['evaluations.SignOffScorecard', 'metrics.CorrectObservation', 'diff'],
      ]),
    );
    expect(shown.filter(({ lines }) => lines.some((line) => / 4(03|22)\)$/.test(line))).length).toBeGreaterThan(20);
  });

  it.each(shown)(
    'prints what the document shows: $typed',
    async ({ typed, lines }) => {
      expect(`${await terminal.type(typed)}\n`).toMatch(asPattern(lines));
    },
    120_000,
  );

  it('resolves every figure of R3 in R4 to events of the log, with who checked it or what shows it', async () => {
    const [card, packet] = [await cells('R3'), await cells('R4')];
    const text = await terminal.type('npx plumbline events --format ndjson --as internal-audit');
    const log = new Set(
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    );
    const figures = card.filter(({ key, value }) => value !== null && !/^(total|restatement)/.test(key));
    const components = [...new Set(figures.map(({ key }) => key.split('/')[0] ?? ''))];
    expect(components).toEqual(['promises', 'talks', 'belonging', 'stay']);
    for (const component of components) {
      const records = packet.filter(({ key }) => key.startsWith(`${component}:`));
      const cited = records.filter(({ key }) => key.endsWith('/event')).map(({ word }) => word ?? '');
      expect(packet.find(({ key }) => key === `${component}/unresolved`)?.value).toBe('0');
      expect(cited.filter((event) => !log.has(event))).toEqual([]);
      const proofs = records.filter(({ key, word }) => /\/(verifier|evidence)$/.test(key) && word !== null);
      expect(proofs.length).toBeGreaterThan(0);
      for (const { key } of figures.filter((figure) => figure.key.startsWith(`${component}/`))) {
        const { events } = await said<{ events: readonly ExplainedEvent[] }>(`explain R3 ${key} ${ASKED}`);
        const sources = events.filter(({ because }) => because === 'source').map(({ id }) => id);
        expect(events.length).toBeGreaterThan(0);
        expect(sources.filter((event) => !cited.includes(event))).toEqual([]);
      }
    }
  }, 300_000);
});
