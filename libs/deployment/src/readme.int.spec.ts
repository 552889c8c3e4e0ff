import { asPattern, shownIn, Terminal } from './transcript.testing';

describe.each(['README.md', 'docs/how-to/import-a-file.md'])('the transcript of %s', (document) => {
  const shown = shownIn(document);
  let terminal: Terminal;

  beforeAll(async () => {
    terminal = await Terminal.open('2026-11-23T09:41:00.000Z');
  }, 120_000);
  afterAll(() => terminal.close());

  it('shows an import and the report that follows it', () => {
    const verbs = shown.map(({ typed }) => /^npx plumbline (\w+)/.exec(typed)?.[1]);
    expect(verbs).toEqual(expect.arrayContaining(['import', 'do', 'report']));
  });

  it.each(shown)(
    'is what it prints: $typed',
    async ({ typed, lines }) => {
      expect(`${await terminal.type(typed)}\n`).toMatch(asPattern(lines));
    },
    60_000,
  );
});
