import { ScratchDeployment } from './scratch-deployment.testing';
import { asPattern, shownIn, Terminal } from './transcript.testing';

const onTheStory = () => ScratchDeployment.withStory('2026-11-23');
const onAnEmptyLog = () => ScratchDeployment.open('2026-11-23T09:41:00.000Z');

/** The documents of a place are typed one after another before the same deployment: first those that only look. */
describe.each([
  {
    place: 'on the story',
    started: onTheStory,
    documents: [
      { document: 'README.md', verbs: ['report', 'do', 'explain'] },
      { document: 'docs/how-to/replay-history.md', verbs: ['report', 'diff', 'explain', 'events', 'rebuild'] },
      { document: 'docs/how-to/link-measures-to-reviews.md', verbs: ['do', 'report', 'document', 'import'] },
      { document: 'docs/how-to/track-your-promises.md', verbs: ['do', 'report', 'document'] },
    ],
  },
  {
    place: 'on an empty log',
    started: onAnEmptyLog,
    documents: [{ document: 'docs/how-to/import-a-file.md', verbs: ['import', 'do', 'report'] }],
  },
])('the transcripts $place', ({ documents, started }) => {
  let terminal: Terminal;

  beforeAll(async () => {
    terminal = await Terminal.open(started());
  }, 300_000);
  afterAll(() => terminal.close());

  describe.each(documents)('of $document', ({ document, verbs }) => {
    const shown = shownIn(document);

    it('show what it is about', () => {
      const typed = shown.map((each) => /^npx plumbline (\w+)/.exec(each.typed)?.[1]);
      expect(typed).toEqual(expect.arrayContaining(verbs));
    });

    it.each(shown)(
      'are what it prints: $typed',
      async ({ typed, lines }) => {
        expect(`${await terminal.type(typed)}\n`).toMatch(asPattern(lines));
      },
      60_000,
    );
  });
});
