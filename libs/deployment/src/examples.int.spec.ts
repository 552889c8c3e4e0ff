import { ScratchDeployment } from './scratch-deployment.testing';

const data = (file: string): string => `examples/data/${file}`;

describe('the example files of Eastmere', () => {
  let eastmere: ScratchDeployment;
  beforeAll(async () => {
    eastmere = await ScratchDeployment.open('2026-11-23T09:00:00.000Z');
    const map = 'examples/maps/eastmere-pulse.yaml';
    const first = await eastmere.import('observations', data('eastmere-pulse.csv'), { map });
    expect(first).toMatchObject({ state: 'recorded', problems: [] });
  }, 120_000);
  afterAll(() => eastmere.close());

  it.each([
    ['people', 'eastmere-people.csv', 10],
    ['organization', 'eastmere-units.csv', 13],
    ['commitments', 'eastmere-commitments.yaml', 10],
    ['targets', 'eastmere-targets.csv', 10],
    ['actions', 'eastmere-actions.csv', 10],
  ] as const)(
    'of %s is recorded row by row, and a second time nothing of it: %s',
    async (kind, file, rows) => {
      const by = eastmere.as('operator', kind === 'people' ? 'admin' : 'hr');
      const outcome = await eastmere.import(kind, data(file), { by });
      expect(outcome).toMatchObject({ state: 'recorded', rows, recorded: rows, refused: 0, problems: [] });
      const head = await eastmere.head();
      expect(await eastmere.import(kind, data(file), { by })).toMatchObject({ state: 'unchanged', unchanged: rows });
      expect(await eastmere.head()).toBe(head);
    },
    120_000,
  );
});
