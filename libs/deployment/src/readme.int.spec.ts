import { ScratchDeployment } from './scratch-deployment.testing';
import { asPattern, shownIn, Terminal } from './transcript.testing';

const onTheStory = () => ScratchDeployment.withStory('2026-11-23');
const onAnEmptyLog = () => ScratchDeployment.open('2026-11-23T09:41:00.000Z');

describe.each([
  { document: 'README.md', started: onTheStory, verbs: ['report', 'do', 'explain'] },
  { document: 'docs/how-to/import-a-file.md', started: onAnEmptyLog, verbs: ['import', 'do', 'report'] },
])('the transcript of $document', ({ document, started, verbs }) => {
  const shown = shownIn(document);
  let terminal: Terminal;

  beforeAll(async () => {
    terminal = await Terminal.open(started());
  }, 300_000);
  afterAll(() => terminal.close());

  it('shows what it is about', () => {
    const typed = shown.map((each) => /^npx plumbline (\w+)/.exec(each.typed)?.[1]);
    expect(typed).toEqual(expect.arrayContaining(verbs));
  });

  it.each(shown)(
    'is what it prints: $typed',
    async ({ typed, lines }) => {
      expect(`${await terminal.type(typed)}\n`).toMatch(asPattern(lines));
    },
    60_000,
  );
});
